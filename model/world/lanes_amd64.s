//go:build !purego

#include "textflag.h"

// Eight half-ties at a time, each by the same steps as in Passing.ties (pass.go) and markedOf (marked.go). A row of ties is sixteen partners, sixteen keys, sixteen words
// of trust, nearness and state; suppliers lie from the first lane on, collaborators from the last one back.

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

TABLE(supplies0, $1, $2, $4, $8, $16, $32, $64, $128)
TABLE(supplies8, $0x100, $0x200, $0x400, $0x800, $0x1000, $0x2000, $0x4000, $0x8000)
TABLE(collabs0, $0x8000, $0x4000, $0x2000, $0x1000, $0x800, $0x400, $0x200, $0x100)
TABLE(collabs8, $128, $64, $32, $16, $8, $4, $2, $1)
EIGHT(short1, $0xbf58476d)
EIGHT(short2, $0x94d049bb)
EIGHT(trusts, $0xffff)
EIGHT(kept, $0xf0ff0000)
EIGHT(once, $0x10000000)
EIGHT(honoured, $0x1000000)

// PASS lets a tick pass over eight half-ties of the row at SI, whose keys and bonds lie so many bytes behind it. Y0 and Y1 hold which slots
// hold suppliers and collaborators, in each element all, and the tables SUPPLIES and COLLABS the slot of each lane. It leaves in AX and R10 those
// of the two on which it has not passed, and adds to Y5 the trust of suppliers and to R9 the dealings of those on which it has.
#define PASS(KEYS, BONDS, SUPPLIES, COLLABS) \
	VPAND        SUPPLIES<>(SB), Y0, Y2                       \
	VPCMPEQD     SUPPLIES<>(SB), Y2, Y2 /* suppliers */       \
	VPAND        COLLABS<>(SB), Y1, Y3                        \
	VPCMPEQD     COLLABS<>(SB), Y3, Y3 /* collaborators */    \
	VPOR         Y2, Y3, Y4          /* held */               \
	VMOVDQU      KEYS(SI), Y6                                 \
	VPSRLD       $4, Y6, Y6          /* the pair's key */     \
	VPBROADCASTD 48(R12), Y7                                  \
	VPBLENDVB    Y3, Y7, Y15, Y7                              \
	VPXOR        Y7, Y6, Y6                                   \
	VPSRLD       $15, Y6, Y7                                  \
	VPXOR        Y7, Y6, Y6                                   \
	VPMULLD      short1<>(SB), Y6, Y6                         \
	VPSRLD       $15, Y6, Y7                                  \
	VPXOR        Y7, Y6, Y6                                   \
	VPBROADCASTD 52(R12), Y7                                  \
	VPBLENDVB    Y3, Y7, Y14, Y7                              \
	VPXOR        Y7, Y6, Y6                                   \
	VPMULLD      short2<>(SB), Y6, Y6                         \
	VPSRLD       $16, Y6, Y7                                  \
	VPXOR        Y7, Y6, Y6          /* the draw */           \
	VPMULLD      Y12, Y6, Y7         /* the firm's own */     \
	VPSRLD       $1, Y7, Y7                                   \
	VPCMPGTD     Y11, Y7, Y7         /* breaks no deal */     \
	VPSRLD       $1, Y6, Y6                                   \
	VPCMPGTD     Y13, Y6, Y8         /* does not end */       \
	VPBROADCASTD 4(R12), Y9                                   \
	VPCMPGTD     Y9, Y6, Y6          /* no dealing */         \
	VPOR         Y6, Y7, Y7                                   \
	VPAND        Y8, Y7, Y7                                   \
	VPAND        Y4, Y7, Y4          /* passes */             \
	VPANDN       Y2, Y4, Y7                                   \
	VMOVMSKPS    Y7, AX                                       \
	VPANDN       Y3, Y4, Y7                                   \
	VMOVMSKPS    Y7, R10                                      \
	VMOVDQU      BONDS(SI), Y8                                \
	VPAND        trusts<>(SB), Y8, Y9                         \
	VCVTDQ2PS    Y9, Y9                                       \
	VBROADCASTSS 28(R12), Y7                                  \
	VBROADCASTSS 16(R12), Y10                                 \
	VBLENDVPS    Y6, Y10, Y7, Y7     /* keep */               \
	VMULPS       Y7, Y9, Y9                                   \
	VBROADCASTSS 24(R12), Y7                                  \
	VBROADCASTSS 12(R12), Y10                                 \
	VBLENDVPS    Y6, Y10, Y7, Y7     /* gain */               \
	VADDPS       Y7, Y9, Y9                                   \
	VCVTTPS2DQ   Y9, Y9              /* trust */              \
	VPAND        Y4, Y9, Y7                                   \
	VPAND        Y2, Y7, Y7                                   \
	VPADDD       Y7, Y5, Y5                                   \
	VPANDN       Y4, Y6, Y6          /* passes, dealing */    \
	VMOVMSKPS    Y6, R11                                      \
	POPCNTL      R11, R11                                     \
	ADDL         R11, R9                                      \
	VPAND        kept<>(SB), Y8, Y7                           \
	VPAND        once<>(SB), Y6, Y10                          \
	VPADDUSB     Y10, Y7, Y7                                  \
	VPAND        kept<>(SB), Y7, Y7                           \
	VPAND        honoured<>(SB), Y6, Y10                      \
	VPOR         Y10, Y7, Y7                                  \
	VPOR         Y9, Y7, Y7                                   \
	VBLENDVPS    Y4, Y7, Y8, Y8                               \
	VMOVDQU      Y8, BONDS(SI)

// func passWide(ties *TieRow, suppliers, collaborators *Slots, more *int32, ids *uint64, rows int, p *Passing, passed *Passed)
TEXT ·passWide(SB), NOSPLIT, $0-64
	MOVQ         ties+0(FP), SI
	MOVQ         suppliers+8(FP), DX
	MOVQ         collaborators+16(FP), BX
	MOVQ         more+24(FP), R14
	MOVQ         ids+32(FP), DI
	MOVQ         rows+40(FP), CX
	MOVQ         p+48(FP), R12
	MOVQ         passed+56(FP), R13
	VPBROADCASTD 40(R12), Y15
	VPBROADCASTD 44(R12), Y14
	VPBROADCASTD (R12), Y13
	VPBROADCASTD 8(R12), Y11

row:
	MOVWLZX (DX), AX   // suppliers
	MOVWLZX (BX), R10  // collaborators
	XORL    R8, R8     // rare
	XORL    R9, R9     // dealings
	VPXOR   Y5, Y5, Y5 // trust
	MOVL    AX, R11
	ORL     R10, R11
	JZ      done
	CMPL    (R14), $0
	JEQ     here
	MOVL    $0x10000, R9 // more
	XORL    R10, R10

here:
	VMOVD        AX, X0
	VPBROADCASTD X0, Y0
	VMOVD        R10, X1
	VPBROADCASTD X1, Y1
	MOVL         (DI), AX
	ORL          $1, AX
	VMOVD        AX, X12
	VPBROADCASTD X12, Y12
	PASS(64, 128, supplies0, collabs0)
	SHLL         $16, R10
	ORL          R10, AX
	MOVL         AX, R8
	PASS(96, 160, supplies8, collabs8)
	SHLL         $16, R10
	ORL          R10, AX
	SHLL         $8, AX
	ORL          AX, R8
	VEXTRACTI128 $1, Y5, X0
	VPADDD       X0, X5, X5
	VPSHUFD      $0x4e, X5, X0
	VPADDD       X0, X5, X5
	VPSHUFD      $0xb1, X5, X0
	VPADDD       X0, X5, X5

done:
	VMOVD X5, (R13)
	MOVL  R8, 4(R13)
	MOVL  R9, 8(R13)
	ADDQ  $192, SI
	ADDQ  $2, DX
	ADDQ  $2, BX
	ADDQ  $4, R14
	ADDQ  $8, DI
	ADDQ  $12, R13
	DECQ  CX
	JNZ   row
	VZEROUPPER
	RET

EIGHT(threes, $3)

// MARKED finds those of the eight lanes PARTNERS bytes behind SI that hold suppliers, by Y0 and the table SUPPLIES, and whose partner has
// one of the marks in Y15. Marks are read four at a time; of the last four some may lie behind the end, in memory that is the program's, and
// are not looked at. It leaves them in AX.
#define MARKED(PARTNERS, SUPPLIES) \
	VPAND      SUPPLIES<>(SB), Y0, Y2                         \
	VPCMPEQD   SUPPLIES<>(SB), Y2, Y2   /* suppliers */       \
	VMOVDQU    PARTNERS(SI), Y3                               \
	VPSRLD     $2, Y3, Y4               /* four marks */      \
	VPAND      threes<>(SB), Y3, Y3                           \
	VPSLLD     $3, Y3, Y3               /* which of them */   \
	VMOVDQA    Y2, Y5                                         \
	VPXOR      Y6, Y6, Y6                                     \
	VPGATHERDD Y5, (R9)(Y4*4), Y6                             \
	VPSRLVD    Y3, Y6, Y6                                     \
	VPAND      Y15, Y6, Y6                                    \
	VPCMPEQD   Y14, Y6, Y6              /* has none */        \
	VPANDN     Y2, Y6, Y6                                     \
	VMOVMSKPS  Y6, AX

// func markedWide(ties *TieRow, suppliers *Slots, rows int, flags *uint8, marks uint32, found *Slots)
TEXT ·markedWide(SB), NOSPLIT, $0-48
	MOVQ         ties+0(FP), SI
	MOVQ         suppliers+8(FP), DX
	MOVQ         rows+16(FP), CX
	MOVQ         flags+24(FP), R9
	MOVL         marks+32(FP), AX
	VMOVD        AX, X15
	VPBROADCASTD X15, Y15
	MOVQ         found+40(FP), R13
	VPXOR        Y14, Y14, Y14

row:
	MOVWLZX      (DX), R10
	XORL         R8, R8
	TESTL        R10, R10
	JZ           done
	VMOVD        R10, X0
	VPBROADCASTD X0, Y0
	MARKED(0, supplies0)
	MOVL         AX, R8
	SHRL         $8, R10
	JZ           done
	MARKED(32, supplies8)
	SHLL         $8, AX
	ORL          AX, R8

done:
	MOVW R8, (R13)
	ADDQ $192, SI
	ADDQ $2, DX
	ADDQ $2, R13
	DECQ CX
	JNZ  row
	VZEROUPPER
	RET
