//go:build !purego

#include "textflag.h"

// Eight half-ties at a time, each by the same steps as in Passing.row (pass.go). A half-tie is three words of 32 bits: partner, key, and
// trust with nearness and state. A row has twelve slots: the first eight are taken, and the last eight where one behind the eighth is held.

// TABLE is a table of eight numbers of 32 bits, EIGHT one of eight times the same.
#define TABLE(NAME, A, B, C, D, E, F, G, H) \
	DATA  NAME<>+0(SB)/4, A                   \
	DATA  NAME<>+4(SB)/4, B                   \
	DATA  NAME<>+8(SB)/4, C                   \
	DATA  NAME<>+12(SB)/4, D                  \
	DATA  NAME<>+16(SB)/4, E                  \
	DATA  NAME<>+20(SB)/4, F                  \
	DATA  NAME<>+24(SB)/4, G                  \
	DATA  NAME<>+28(SB)/4, H                  \
	GLOBL NAME<>(SB), RODATA|NOPTR, $32
#define EIGHT(NAME, A) TABLE(NAME, A, A, A, A, A, A, A, A)

TABLE(keys, $1, $4, $7, $2, $5, $0, $3, $6)
TABLE(words, $2, $5, $0, $3, $6, $1, $4, $7)
TABLE(slots, $1, $2, $4, $8, $16, $32, $64, $128)
EIGHT(short1, $0xbf58476d)
EIGHT(short2, $0x94d049bb)
EIGHT(trusts, $0xffff)
EIGHT(kept, $0xf0ff0000)
EIGHT(once, $0x10000000)
EIGHT(honoured, $0x1000000)

// PASS lets a tick pass over the eight half-ties AT bytes behind SI, of which BX holds those that are held by bits. It leaves those on which it has
// passed in AX and adds to Y5, their trust, and to R9, their dealings.
#define PASS(AT) \
	VMOVD        BX, X0                                       \
	VPBROADCASTD X0, Y0                                       \
	VPAND        slots<>(SB), Y0, Y0                          \
	VPCMPEQD     slots<>(SB), Y0, Y4 /* held */               \
	VMOVDQU      AT(SI), Y0                                   \
	VMOVDQU      (32+AT)(SI), Y1                              \
	VMOVDQU      (64+AT)(SI), Y2                              \
	VPBLENDD     $0x24, Y1, Y0, Y3                            \
	VPBLENDD     $0x49, Y2, Y3, Y3                            \
	VMOVDQU      keys<>(SB), Y6                               \
	VPERMD       Y3, Y6, Y3                                   \
	VPSRLD       $4, Y3, Y3          /* the pair's key */     \
	VPXOR        Y15, Y3, Y3                                  \
	VPSRLD       $15, Y3, Y6                                  \
	VPXOR        Y6, Y3, Y3                                   \
	VPMULLD      short1<>(SB), Y3, Y3                         \
	VPSRLD       $15, Y3, Y6                                  \
	VPXOR        Y6, Y3, Y3                                   \
	VPXOR        Y14, Y3, Y3                                  \
	VPMULLD      short2<>(SB), Y3, Y3                         \
	VPSRLD       $16, Y3, Y6                                  \
	VPXOR        Y6, Y3, Y3          /* the draw */           \
	VPMULLD      Y12, Y3, Y6         /* the firm's own */     \
	VPSRLD       $1, Y6, Y6                                   \
	VPCMPGTD     Y11, Y6, Y6         /* breaks no deal */     \
	VPSRLD       $1, Y3, Y3                                   \
	VPCMPGTD     Y13, Y3, Y10        /* does not end */       \
	VPBROADCASTD 4(R12), Y7                                   \
	VPCMPGTD     Y7, Y3, Y3          /* no dealing */         \
	VPOR         Y3, Y6, Y6                                   \
	VPAND        Y10, Y6, Y6                                  \
	VPAND        Y4, Y6, Y4          /* passes */             \
	VPBLENDD     $0x49, Y1, Y0, Y6                            \
	VPBLENDD     $0x92, Y2, Y6, Y6                            \
	VMOVDQU      words<>(SB), Y10                             \
	VPERMD       Y6, Y10, Y6         /* trust and state */    \
	VPAND        trusts<>(SB), Y6, Y7                         \
	VCVTDQ2PS    Y7, Y7                                       \
	VBROADCASTSS 28(R12), Y8                                  \
	VBROADCASTSS 16(R12), Y9                                  \
	VBLENDVPS    Y3, Y9, Y8, Y8      /* keep */               \
	VMULPS       Y8, Y7, Y7                                   \
	VBROADCASTSS 24(R12), Y8                                  \
	VBROADCASTSS 12(R12), Y9                                  \
	VBLENDVPS    Y3, Y9, Y8, Y8      /* gain */               \
	VADDPS       Y8, Y7, Y7                                   \
	VCVTTPS2DQ   Y7, Y7              /* trust */              \
	VPAND        Y4, Y7, Y8                                   \
	VPADDD       Y8, Y5, Y5                                   \
	VPANDN       Y4, Y3, Y3          /* passes, dealing */    \
	VMOVMSKPS    Y3, R10                                      \
	POPCNTL      R10, R10                                     \
	ADDL         R10, R9                                      \
	VPAND        kept<>(SB), Y6, Y8                           \
	VPAND        once<>(SB), Y3, Y9                           \
	VPADDUSB     Y9, Y8, Y8                                   \
	VPAND        kept<>(SB), Y8, Y8                           \
	VPAND        honoured<>(SB), Y3, Y9                       \
	VPOR         Y9, Y8, Y8                                   \
	VPOR         Y7, Y8, Y8                                   \
	VBLENDVPS    Y4, Y8, Y6, Y6                               \
	VPERMD       Y6, Y10, Y6                                  \
	VPBLENDD     $0x24, Y6, Y0, Y0                            \
	VPBLENDD     $0x49, Y6, Y1, Y1                            \
	VPBLENDD     $0x92, Y6, Y2, Y2                            \
	VMOVDQU      Y0, AT(SI)                                   \
	VMOVDQU      Y1, (32+AT)(SI)                              \
	VMOVDQU      Y2, (64+AT)(SI)                              \
	VMOVMSKPS    Y4, AX

// func passWide(ties *HalfTie, held *Slots, ids *uint64, rows int, before, after uint32, p *Passing, passed *Passed)
TEXT ·passWide(SB), NOSPLIT, $0-56
	MOVQ         ties+0(FP), SI
	MOVQ         held+8(FP), DX
	MOVQ         ids+16(FP), DI
	MOVQ         rows+24(FP), CX
	MOVQ         p+40(FP), R12
	MOVQ         passed+48(FP), R13
	MOVL         before+32(FP), AX
	VMOVD        AX, X15
	VPBROADCASTD X15, Y15
	MOVL         after+36(FP), AX
	VMOVD        AX, X14
	VPBROADCASTD X14, Y14
	VPBROADCASTD (R12), Y13
	VPBROADCASTD 8(R12), Y11

row:
	MOVWLZX (DX), R11  // held
	XORL    R8, R8     // rare
	XORL    R9, R9     // dealings
	VPXOR   Y5, Y5, Y5 // trust
	TESTL   R11, R11
	JZ      done
	MOVL    (DI), AX
	ORL     $1, AX
	VMOVD   AX, X12
	VPBROADCASTD X12, Y12
	MOVBLZX R11, BX
	PASS(0)
	XORL    BX, AX
	MOVL    AX, R8     // held, not passed
	SHRL    $8, R11
	JZ      added
	MOVL    R11, BX
	SHLL    $4, BX
	PASS(48)
	XORL    BX, AX
	SHLL    $4, AX
	ORL     AX, R8

added:
	VEXTRACTI128 $1, Y5, X0
	VPADDD       X0, X5, X5
	VPSHUFD      $0x4e, X5, X0
	VPADDD       X0, X5, X5
	VPSHUFD      $0xb1, X5, X0
	VPADDD       X0, X5, X5

done:
	VMOVD X5, (R13)
	MOVW  R8, 4(R13)
	MOVW  R9, 6(R13)
	ADDQ  $144, SI
	ADDQ  $2, DX
	ADDQ  $8, DI
	ADDQ  $8, R13
	DECQ  CX
	JNZ   row
	VZEROUPPER
	RET
