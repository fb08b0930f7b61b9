//go:build !purego

#include "textflag.h"

// Eight half-ties at a time, each by the same steps as in Passing.row (pass.go). A half-tie is three words of 32 bits: partner, key, and
// trust with nearness and state. A row has twelve slots: the first eight are taken, and the last eight where one behind the eighth is held.

DATA keys<>+0(SB)/4, $0x1
DATA keys<>+4(SB)/4, $0x4
DATA keys<>+8(SB)/4, $0x7
DATA keys<>+12(SB)/4, $0x2
DATA keys<>+16(SB)/4, $0x5
DATA keys<>+20(SB)/4, $0x0
DATA keys<>+24(SB)/4, $0x3
DATA keys<>+28(SB)/4, $0x6
GLOBL keys<>(SB), RODATA|NOPTR, $32
DATA words<>+0(SB)/4, $0x2
DATA words<>+4(SB)/4, $0x5
DATA words<>+8(SB)/4, $0x0
DATA words<>+12(SB)/4, $0x3
DATA words<>+16(SB)/4, $0x6
DATA words<>+20(SB)/4, $0x1
DATA words<>+24(SB)/4, $0x4
DATA words<>+28(SB)/4, $0x7
GLOBL words<>(SB), RODATA|NOPTR, $32
DATA slots<>+0(SB)/4, $0x1
DATA slots<>+4(SB)/4, $0x2
DATA slots<>+8(SB)/4, $0x4
DATA slots<>+12(SB)/4, $0x8
DATA slots<>+16(SB)/4, $0x10
DATA slots<>+20(SB)/4, $0x20
DATA slots<>+24(SB)/4, $0x40
DATA slots<>+28(SB)/4, $0x80
GLOBL slots<>(SB), RODATA|NOPTR, $32
DATA short1<>+0(SB)/4, $0xbf58476d
DATA short1<>+4(SB)/4, $0xbf58476d
DATA short1<>+8(SB)/4, $0xbf58476d
DATA short1<>+12(SB)/4, $0xbf58476d
DATA short1<>+16(SB)/4, $0xbf58476d
DATA short1<>+20(SB)/4, $0xbf58476d
DATA short1<>+24(SB)/4, $0xbf58476d
DATA short1<>+28(SB)/4, $0xbf58476d
GLOBL short1<>(SB), RODATA|NOPTR, $32
DATA short2<>+0(SB)/4, $0x94d049bb
DATA short2<>+4(SB)/4, $0x94d049bb
DATA short2<>+8(SB)/4, $0x94d049bb
DATA short2<>+12(SB)/4, $0x94d049bb
DATA short2<>+16(SB)/4, $0x94d049bb
DATA short2<>+20(SB)/4, $0x94d049bb
DATA short2<>+24(SB)/4, $0x94d049bb
DATA short2<>+28(SB)/4, $0x94d049bb
GLOBL short2<>(SB), RODATA|NOPTR, $32
DATA trusts<>+0(SB)/4, $0xffff
DATA trusts<>+4(SB)/4, $0xffff
DATA trusts<>+8(SB)/4, $0xffff
DATA trusts<>+12(SB)/4, $0xffff
DATA trusts<>+16(SB)/4, $0xffff
DATA trusts<>+20(SB)/4, $0xffff
DATA trusts<>+24(SB)/4, $0xffff
DATA trusts<>+28(SB)/4, $0xffff
GLOBL trusts<>(SB), RODATA|NOPTR, $32
DATA kept<>+0(SB)/4, $0xf0ff0000
DATA kept<>+4(SB)/4, $0xf0ff0000
DATA kept<>+8(SB)/4, $0xf0ff0000
DATA kept<>+12(SB)/4, $0xf0ff0000
DATA kept<>+16(SB)/4, $0xf0ff0000
DATA kept<>+20(SB)/4, $0xf0ff0000
DATA kept<>+24(SB)/4, $0xf0ff0000
DATA kept<>+28(SB)/4, $0xf0ff0000
GLOBL kept<>(SB), RODATA|NOPTR, $32
DATA once<>+0(SB)/4, $0x10000000
DATA once<>+4(SB)/4, $0x10000000
DATA once<>+8(SB)/4, $0x10000000
DATA once<>+12(SB)/4, $0x10000000
DATA once<>+16(SB)/4, $0x10000000
DATA once<>+20(SB)/4, $0x10000000
DATA once<>+24(SB)/4, $0x10000000
DATA once<>+28(SB)/4, $0x10000000
GLOBL once<>(SB), RODATA|NOPTR, $32
DATA honoured<>+0(SB)/4, $0x1000000
DATA honoured<>+4(SB)/4, $0x1000000
DATA honoured<>+8(SB)/4, $0x1000000
DATA honoured<>+12(SB)/4, $0x1000000
DATA honoured<>+16(SB)/4, $0x1000000
DATA honoured<>+20(SB)/4, $0x1000000
DATA honoured<>+24(SB)/4, $0x1000000
DATA honoured<>+28(SB)/4, $0x1000000
GLOBL honoured<>(SB), RODATA|NOPTR, $32

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
