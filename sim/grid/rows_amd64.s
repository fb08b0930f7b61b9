//go:build !purego

#include "textflag.h"

// Four numbers at a time, each by the same steps, in the same order, as in rows.go: no step is fused with another. Steps that add take
// n numbers, a multiple of four, and more than none; those that only write take any number from four on: MORE goes back for the next four and,
// where fewer are left, for the last four, some of them once more.

DATA quarter<>+0(SB)/8, $0.25
GLOBL quarter<>(SB), RODATA|NOPTR, $8
DATA most<>+0(SB)/8, $0.75
GLOBL most<>(SB), RODATA|NOPTR, $8

// AX is the first of the four at hand, CX how many numbers there are, DX where the last four begin.
#define MORE(loop) \
	ADDQ    $4, AX  \
	CMPQ    AX, DX  \
	JLE     loop    \
	CMPQ    AX, CX  \
	CMOVQLT DX, AX  \
	JLT     loop

// func sevenWide(out, rows *float64, stride int, taps, near, far *float64, apart, n, count int): seven rows of n numbers lie stride numbers
// apart; so are the seven of which the next row is made, and there is more than none
TEXT ·sevenWide(SB), NOSPLIT, $16-72
	MOVQ         out+0(FP), DI
	MOVQ         rows+8(FP), R8
	MOVQ         taps+24(FP), SI
	MOVQ         near+32(FP), BX
	MOVQ         far+40(FP), R15
	MOVQ         n+56(FP), CX
	LEAQ         -4(CX), DX
	VBROADCASTSD 0(SI), Y0
	VBROADCASTSD 8(SI), Y1
	VBROADCASTSD 16(SI), Y2
	VBROADCASTSD 24(SI), Y3
	VBROADCASTSD quarter<>(SB), Y8
	VBROADCASTSD most<>(SB), Y9
	MOVQ         stride+16(FP), SI
	SHLQ         $3, SI
	LEAQ         (R8)(SI*1), R9
	LEAQ         (R9)(SI*1), R10
	LEAQ         (R10)(SI*1), R11
	LEAQ         (R11)(SI*1), R12
	LEAQ         (R12)(SI*1), R13
	LEAQ         (R13)(SI*1), R14
	MOVQ         count+64(FP), AX
	MOVQ         AX, 0(SP) // rows that are left
	MOVQ         $0, 8(SP) // 0 = an even row

sevenRow:
	XORQ AX, AX

sevenLoop:
	VMOVUPD (R10)(AX*8), Y4
	VADDPD  (R12)(AX*8), Y4, Y4
	VMULPD  Y4, Y1, Y4
	VMULPD  (R11)(AX*8), Y0, Y5
	VADDPD  Y4, Y5, Y5
	VMOVUPD (R9)(AX*8), Y6
	VADDPD  (R13)(AX*8), Y6, Y6
	VMULPD  Y6, Y2, Y6
	VMOVUPD (R8)(AX*8), Y7
	VADDPD  (R14)(AX*8), Y7, Y7
	VMULPD  Y7, Y3, Y7
	VADDPD  Y7, Y6, Y6
	VADDPD  Y6, Y5, Y5
	VMULPD  (R15)(AX*8), Y8, Y6
	VMULPD  (BX)(AX*8), Y9, Y7
	VADDPD  Y7, Y6, Y6
	VADDPD  Y6, Y5, Y5
	VMOVUPD Y5, (DI)(AX*8)
	MORE(sevenLoop)
	DECQ    0(SP)
	JEQ     sevenDone
	LEAQ    (DI)(CX*8), DI
	MOVQ    R9, R8
	MOVQ    R10, R9
	MOVQ    R11, R10
	MOVQ    R12, R11
	MOVQ    R13, R12
	MOVQ    R14, R13
	ADDQ    SI, R14
	XORQ    $1, 8(SP)
	JEQ     sevenEven
	MOVQ    apart+48(FP), AX // next to the one behind
	LEAQ    (BX)(AX*8), R15
	JMP     sevenRow

sevenEven:
	XCHGQ BX, R15 // in that one, and next to the one before
	JMP   sevenRow

sevenDone:
	VZEROUPPER
	RET

// func slideWide(out, row, taps *float64, n int): the row is read up to n+6
TEXT ·slideWide(SB), NOSPLIT, $0-32
	MOVQ out+0(FP), DI
	MOVQ row+8(FP), R8
	MOVQ taps+16(FP), SI
	MOVQ n+24(FP), CX
	LEAQ -4(CX), DX
	VBROADCASTSD 0(SI), Y0
	VBROADCASTSD 8(SI), Y1
	VBROADCASTSD 16(SI), Y2
	VBROADCASTSD 24(SI), Y3
	XORQ AX, AX

slideLoop:
	VMOVUPD 16(R8)(AX*8), Y4
	VADDPD  32(R8)(AX*8), Y4, Y4
	VMULPD  Y4, Y1, Y4
	VMULPD  24(R8)(AX*8), Y0, Y5
	VADDPD  Y4, Y5, Y5
	VMOVUPD 8(R8)(AX*8), Y6
	VADDPD  40(R8)(AX*8), Y6, Y6
	VMULPD  Y6, Y2, Y6
	VMOVUPD (R8)(AX*8), Y7
	VADDPD  48(R8)(AX*8), Y7, Y7
	VMULPD  Y7, Y3, Y7
	VADDPD  Y7, Y6, Y6
	VADDPD  Y6, Y5, Y5
	VMOVUPD Y5, (DI)(AX*8)
	MORE(slideLoop)
	VZEROUPPER
	RET

// func addWide(out, row *float64, weight float64, n int)
TEXT ·addWide(SB), NOSPLIT, $0-32
	MOVQ out+0(FP), DI
	MOVQ row+8(FP), R8
	VBROADCASTSD weight+16(FP), Y0
	MOVQ n+24(FP), CX
	XORQ AX, AX

addLoop:
	VMULPD  (R8)(AX*8), Y0, Y1
	VADDPD  (DI)(AX*8), Y1, Y1
	VMOVUPD Y1, (DI)(AX*8)
	ADDQ    $4, AX
	CMPQ    AX, CX
	JLT     addLoop
	VZEROUPPER
	RET

// func pairWide(out, a, b *float64, tap float64, n int)
TEXT ·pairWide(SB), NOSPLIT, $0-40
	MOVQ out+0(FP), DI
	MOVQ a+8(FP), R8
	MOVQ b+16(FP), R9
	VBROADCASTSD tap+24(FP), Y0
	MOVQ n+32(FP), CX
	XORQ AX, AX

pairLoop:
	VMOVUPD (R8)(AX*8), Y1
	VADDPD  (R9)(AX*8), Y1, Y1
	VMULPD  Y1, Y0, Y1
	VADDPD  (DI)(AX*8), Y1, Y1
	VMOVUPD Y1, (DI)(AX*8)
	ADDQ    $4, AX
	CMPQ    AX, CX
	JLT     pairLoop
	VZEROUPPER
	RET

// func foldWide(out *float64, apart int, rows *float64, stride, n, count int): rows of n numbers lie stride numbers apart, of which two more are
// taken for the next row, which is written apart numbers behind; there is more than none
TEXT ·foldWide(SB), NOSPLIT, $0-48
	MOVQ         out+0(FP), DI
	MOVQ         apart+8(FP), R12
	MOVQ         rows+16(FP), R8
	MOVQ         stride+24(FP), R13
	SHLQ         $3, R13
	MOVQ         n+32(FP), CX
	MOVQ         count+40(FP), BX
	LEAQ         -4(CX), DX
	VBROADCASTSD quarter<>(SB), Y0
	VBROADCASTSD most<>(SB), Y1

foldRow:
	LEAQ (R8)(R13*1), R9
	LEAQ (R8)(R13*2), R10
	LEAQ (R9)(R13*2), R11
	XORQ AX, AX

foldLoop:
	VMOVUPD (R8)(AX*8), Y2
	VADDPD  (R11)(AX*8), Y2, Y2
	VMULPD  Y2, Y0, Y2
	VMOVUPD (R9)(AX*8), Y3
	VADDPD  (R10)(AX*8), Y3, Y3
	VMULPD  Y3, Y1, Y3
	VADDPD  Y3, Y2, Y2
	VMOVUPD Y2, (DI)(AX*8)
	MORE(foldLoop)
	MOVQ    R10, R8
	LEAQ    (DI)(R12*8), DI
	DECQ    BX
	JNZ     foldRow
	VZEROUPPER
	RET

// func blendWide(out, near, far *float64, n int): three quarters of near and a quarter of far
TEXT ·blendWide(SB), NOSPLIT, $0-32
	MOVQ out+0(FP), DI
	MOVQ near+8(FP), R8
	MOVQ far+16(FP), R9
	MOVQ n+24(FP), CX
	LEAQ -4(CX), DX
	VBROADCASTSD quarter<>(SB), Y0
	VBROADCASTSD most<>(SB), Y1
	XORQ AX, AX

blendLoop:
	VMULPD  (R9)(AX*8), Y0, Y2
	VMULPD  (R8)(AX*8), Y1, Y3
	VADDPD  Y3, Y2, Y2
	VMOVUPD Y2, (DI)(AX*8)
	MORE(blendLoop)
	VZEROUPPER
	RET

// func halveWide(out, row *float64, n int): the row is read up to 2n+2
TEXT ·halveWide(SB), NOSPLIT, $0-24
	MOVQ out+0(FP), DI
	MOVQ row+8(FP), R8
	MOVQ n+16(FP), CX
	LEAQ -4(CX), DX
	VBROADCASTSD quarter<>(SB), Y0
	VBROADCASTSD most<>(SB), Y1
	XORQ AX, AX

halveLoop:
	LEAQ      (AX)(AX*1), BX
	LEAQ      (R8)(BX*8), SI
	VMOVUPD   (SI), Y2
	VMOVUPD   32(SI), Y3
	VUNPCKLPD Y3, Y2, Y4     // 0 4 2 6
	VUNPCKHPD Y3, Y2, Y5     // 1 5 3 7
	VMOVUPD   16(SI), Y2
	VMOVUPD   48(SI), Y3
	VUNPCKLPD Y3, Y2, Y6     // 2 6 4 8
	VUNPCKHPD Y3, Y2, Y7     // 3 7 5 9
	VADDPD    Y7, Y4, Y4
	VMULPD    Y4, Y0, Y4
	VADDPD    Y6, Y5, Y5
	VMULPD    Y5, Y1, Y5
	VADDPD    Y5, Y4, Y4
	VPERMPD   $0xD8, Y4, Y4  // in order: 0 2 1 3
	VMOVUPD   Y4, (DI)(AX*8)
	MORE(halveLoop)
	VZEROUPPER
	RET

// func doubleWide(out *float64, apart int, wide *float64, stride, n, count int): n pairs are written, and wide is read up to n+2; the next row is
// written apart numbers behind, and read stride numbers behind; there is more than none
TEXT ·doubleWide(SB), NOSPLIT, $0-48
	MOVQ         out+0(FP), DI
	MOVQ         apart+8(FP), R12
	MOVQ         wide+16(FP), SI
	MOVQ         stride+24(FP), R13
	MOVQ         n+32(FP), CX
	MOVQ         count+40(FP), R8
	LEAQ         -4(CX), DX
	VBROADCASTSD quarter<>(SB), Y0
	VBROADCASTSD most<>(SB), Y1

doubleRow:
	XORQ AX, AX

doubleLoop:
	LEAQ       (AX)(AX*1), BX
	VMULPD     8(SI)(AX*8), Y1, Y2
	VMULPD     (SI)(AX*8), Y0, Y3
	VMULPD     16(SI)(AX*8), Y0, Y4
	VADDPD     Y2, Y3, Y3       // the first of each pair
	VADDPD     Y4, Y2, Y4       // the second
	VUNPCKLPD  Y4, Y3, Y5       // a0 b0 a2 b2
	VUNPCKHPD  Y4, Y3, Y6       // a1 b1 a3 b3
	VPERM2F128 $0x20, Y6, Y5, Y2
	VPERM2F128 $0x31, Y6, Y5, Y3
	VMOVUPD    Y2, (DI)(BX*8)
	VMOVUPD    Y3, 32(DI)(BX*8)
	MORE(doubleLoop)
	LEAQ       (DI)(R12*8), DI
	LEAQ       (SI)(R13*8), SI
	DECQ       R8
	JNZ        doubleRow
	VZEROUPPER
	RET

DATA one<>+0(SB)/8, $1.0
GLOBL one<>(SB), RODATA|NOPTR, $8

// func strewWide(at *float64, base *int32, wx, wy, x *float32, n, east, north, m, count int): the first m of the n numbers of each record; m is
// a multiple of four, and more than none, and so is count
TEXT ·strewWide(SB), NOSPLIT, $0-80
	MOVQ base+8(FP), R8
	MOVQ wx+16(FP), R9
	MOVQ wy+24(FP), R10
	MOVQ x+32(FP), SI
	MOVQ north+56(FP), R12
	MOVQ m+64(FP), CX
	MOVQ count+72(FP), DX
	VMOVSD one<>(SB), X6

recordLoop:
	MOVLQSX (R8), AX
	IMULQ n+40(FP), AX
	MOVQ at+0(FP), DI
	LEAQ (DI)(AX*8), R13    // south-west
	LEAQ (R13)(R12*8), DI   // north-west
	MOVQ east+48(FP), R11
	LEAQ (R13)(R11*8), BX   // south-east
	LEAQ (DI)(R11*8), R11   // north-east
	VXORPD X0, X0, X0
	VCVTSS2SD (R9), X0, X0
	VXORPD X1, X1, X1
	VCVTSS2SD (R10), X1, X1
	VSUBSD X0, X6, X3       // 1-wx
	VMULSD X1, X3, X4       // north-west
	VMULSD X1, X0, X5       // north-east
	VSUBSD X4, X3, X3       // south-west
	VSUBSD X5, X0, X0       // south-east
	VBROADCASTSD X0, Y0
	VBROADCASTSD X3, Y3
	VBROADCASTSD X4, Y4
	VBROADCASTSD X5, Y5
	XORQ AX, AX

strewLoop:
	VCVTPS2PD (SI)(AX*4), Y1
	VMULPD  Y1, Y3, Y2
	VADDPD  (R13)(AX*8), Y2, Y2
	VMOVUPD Y2, (R13)(AX*8)
	VMULPD  Y1, Y0, Y2
	VADDPD  (BX)(AX*8), Y2, Y2
	VMOVUPD Y2, (BX)(AX*8)
	VMULPD  Y1, Y4, Y2
	VADDPD  (DI)(AX*8), Y2, Y2
	VMOVUPD Y2, (DI)(AX*8)
	VMULPD  Y1, Y5, Y2
	VADDPD  (R11)(AX*8), Y2, Y2
	VMOVUPD Y2, (R11)(AX*8)
	ADDQ    $4, AX
	CMPQ    AX, CX
	JLT     strewLoop
	MOVQ    n+40(FP), AX
	LEAQ    (SI)(AX*4), SI
	ADDQ    $4, R8
	ADDQ    $4, R9
	ADDQ    $4, R10
	DECQ    DX
	JNZ     recordLoop
	VZEROUPPER
	RET
