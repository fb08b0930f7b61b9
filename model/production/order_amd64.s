//go:build !purego

#include "textflag.h"

// Four sectors at a time, each by the same steps, in the same order, as in meet (order.go): no step is fused with another. The logarithm
// is that of sim/num's quick_amd64.s. Where up to three sectors are left, the others of the four are nothing, and add nothing.

DATA one<>+0(SB)/8, $0x3ff0000000000000
DATA one<>+8(SB)/8, $0x3ff0000000000000
DATA one<>+16(SB)/8, $0x3ff0000000000000
DATA one<>+24(SB)/8, $0x3ff0000000000000
GLOBL one<>(SB), RODATA|NOPTR, $32
DATA two<>+0(SB)/8, $0x4000000000000000
DATA two<>+8(SB)/8, $0x4000000000000000
DATA two<>+16(SB)/8, $0x4000000000000000
DATA two<>+24(SB)/8, $0x4000000000000000
GLOBL two<>(SB), RODATA|NOPTR, $32
DATA ln2<>+0(SB)/8, $0x3fe62e42fefa39ef
DATA ln2<>+8(SB)/8, $0x3fe62e42fefa39ef
DATA ln2<>+16(SB)/8, $0x3fe62e42fefa39ef
DATA ln2<>+24(SB)/8, $0x3fe62e42fefa39ef
GLOBL ln2<>(SB), RODATA|NOPTR, $32
DATA magic<>+0(SB)/8, $0x43300000000003ff
DATA magic<>+8(SB)/8, $0x43300000000003ff
DATA magic<>+16(SB)/8, $0x43300000000003ff
DATA magic<>+24(SB)/8, $0x43300000000003ff
GLOBL magic<>(SB), RODATA|NOPTR, $32
DATA l3<>+0(SB)/8, $0x3fe5555555555555
DATA l3<>+8(SB)/8, $0x3fe5555555555555
DATA l3<>+16(SB)/8, $0x3fe5555555555555
DATA l3<>+24(SB)/8, $0x3fe5555555555555
GLOBL l3<>(SB), RODATA|NOPTR, $32
DATA l5<>+0(SB)/8, $0x3fd999999999999a
DATA l5<>+8(SB)/8, $0x3fd999999999999a
DATA l5<>+16(SB)/8, $0x3fd999999999999a
DATA l5<>+24(SB)/8, $0x3fd999999999999a
GLOBL l5<>(SB), RODATA|NOPTR, $32
DATA l7<>+0(SB)/8, $0x3fd2492492492492
DATA l7<>+8(SB)/8, $0x3fd2492492492492
DATA l7<>+16(SB)/8, $0x3fd2492492492492
DATA l7<>+24(SB)/8, $0x3fd2492492492492
GLOBL l7<>(SB), RODATA|NOPTR, $32
DATA l9<>+0(SB)/8, $0x3fcc71c71c71c71c
DATA l9<>+8(SB)/8, $0x3fcc71c71c71c71c
DATA l9<>+16(SB)/8, $0x3fcc71c71c71c71c
DATA l9<>+24(SB)/8, $0x3fcc71c71c71c71c
GLOBL l9<>(SB), RODATA|NOPTR, $32
DATA l11<>+0(SB)/8, $0x3fc745d1745d1746
DATA l11<>+8(SB)/8, $0x3fc745d1745d1746
DATA l11<>+16(SB)/8, $0x3fc745d1745d1746
DATA l11<>+24(SB)/8, $0x3fc745d1745d1746
GLOBL l11<>(SB), RODATA|NOPTR, $32
DATA l13<>+0(SB)/8, $0x3fc416cfc3004898
DATA l13<>+8(SB)/8, $0x3fc416cfc3004898
DATA l13<>+16(SB)/8, $0x3fc416cfc3004898
DATA l13<>+24(SB)/8, $0x3fc416cfc3004898
GLOBL l13<>(SB), RODATA|NOPTR, $32
DATA below<>+0(SB)/8, $0xfff6a09e667f3bcd
DATA below<>+8(SB)/8, $0xfff6a09e667f3bcd
DATA below<>+16(SB)/8, $0xfff6a09e667f3bcd
DATA below<>+24(SB)/8, $0xfff6a09e667f3bcd
GLOBL below<>(SB), RODATA|NOPTR, $32
DATA exponent<>+0(SB)/8, $0x4330000000000000
DATA exponent<>+8(SB)/8, $0x4330000000000000
DATA exponent<>+16(SB)/8, $0x4330000000000000
DATA exponent<>+24(SB)/8, $0x4330000000000000
GLOBL exponent<>(SB), RODATA|NOPTR, $32
DATA top<>+0(SB)/8, $0xfff0000000000000
DATA top<>+8(SB)/8, $0xfff0000000000000
DATA top<>+16(SB)/8, $0xfff0000000000000
DATA top<>+24(SB)/8, $0xfff0000000000000
GLOBL top<>(SB), RODATA|NOPTR, $32
DATA four<>+0(SB)/8, $0x4010000000000000
DATA four<>+8(SB)/8, $0x4010000000000000
DATA four<>+16(SB)/8, $0x4010000000000000
DATA four<>+24(SB)/8, $0x4010000000000000
GLOBL four<>(SB), RODATA|NOPTR, $32
DATA iota<>+0(SB)/8, $0x0000000000000000
DATA iota<>+8(SB)/8, $0x3ff0000000000000
DATA iota<>+16(SB)/8, $0x4000000000000000
DATA iota<>+24(SB)/8, $0x4008000000000000
GLOBL iota<>(SB), RODATA|NOPTR, $32

// Four words from the (3-k)th on are the mask of k sectors, 1 to 3.
DATA some<>+0(SB)/8, $0xffffffffffffffff
DATA some<>+8(SB)/8, $0xffffffffffffffff
DATA some<>+16(SB)/8, $0xffffffffffffffff
DATA some<>+24(SB)/8, $0
DATA some<>+32(SB)/8, $0
DATA some<>+40(SB)/8, $0
GLOBL some<>(SB), RODATA|NOPTR, $48

// The fields of a buyer.
#define buyerAt 0
#define buyerEast 8
#define buyerNorth 16
#define buyerWeight 24
#define buyerLocal 56
#define buyerOwn 64
#define buyerSelf 72
#define buyerOmega 80
#define buyerOrders 88
#define buyerSpending 96
#define buyerSums 104
#define buyerSize 136

// MASS makes of the suppliers of four cells in Y0 to Y3, by sector, those within reach of the buyer, in Y0.
#define MASS \
	VMULPD Y0, Y8, Y0  \
	VMULPD Y1, Y9, Y1  \
	VADDPD Y1, Y0, Y0  \
	VMULPD Y2, Y10, Y2 \
	VMULPD Y3, Y11, Y3 \
	VADDPD Y3, Y2, Y2  \
	VADDPD Y2, Y0, Y0

// INDEX makes of that the index, where suppliers count as PULL says.
#define INDEX(PULL) \
	VMULPD       PULL, Y12, Y1         \
	VMULPD       Y0, Y1, Y0            \
	VADDPD       Y0, Y15, Y0           \
	VXORPD       Y2, Y2, Y2            \
	VCMPPD       $0, Y2, Y14, Y2       \
	VBROADCASTSD buyerSelf(R8), Y1     \
	VANDPD       Y1, Y2, Y1            \
	VSUBPD       Y1, Y0, Y0            \
	VSUBPD       four<>(SB), Y14, Y14  \
	VMAXPD       Y0, Y15, Y0

// ORDER makes the orders, in X2.
#define ORDER(OMEGA, PULL) \
	VMULPD     OMEGA, Y13, Y2 \
	VMULPD     PULL, Y2, Y2   \
	VDIVPD     Y0, Y2, Y2     \
	VCVTPD2PSY Y2, X2

// LOGARITHM makes the logarithm of Y0, in Y0.
#define LOGARITHM \
	VPSUBQ below<>(SB), Y0, Y1    \
	VPSRLQ $52, Y1, Y2            \
	VPOR   exponent<>(SB), Y2, Y2 \
	VSUBPD magic<>(SB), Y2, Y2    \
	VPAND  top<>(SB), Y1, Y1      \
	VPSUBQ Y1, Y0, Y1             \
	VPADDQ one<>(SB), Y1, Y1      \
	VSUBPD one<>(SB), Y1, Y3      \
	VADDPD one<>(SB), Y1, Y1      \
	VDIVPD Y1, Y3, Y3             \
	VMULPD Y3, Y3, Y4             \
	VMULPD Y4, Y4, Y5             \
	VMULPD l13<>(SB), Y4, Y0      \
	VADDPD l11<>(SB), Y0, Y0      \
	VMULPD Y0, Y5, Y0             \
	VMULPD l9<>(SB), Y4, Y6       \
	VADDPD l7<>(SB), Y6, Y6       \
	VADDPD Y0, Y6, Y6             \
	VMULPD Y6, Y5, Y6             \
	VMULPD l5<>(SB), Y4, Y0       \
	VADDPD l3<>(SB), Y0, Y0       \
	VADDPD Y6, Y0, Y0             \
	VMULPD Y0, Y4, Y0             \
	VADDPD two<>(SB), Y0, Y0      \
	VMULPD Y0, Y3, Y0             \
	VMULPD ln2<>(SB), Y2, Y2      \
	VADDPD Y0, Y2, Y0

// func meetWide(at *float32, pull, omega *float64, orders *float32, buyers *buyer, count int, rest float64, n int): n sectors, and more than no
// buyer
TEXT ·meetWide(SB), NOSPLIT, $0-64
	MOVQ         pull+8(FP), BX
	MOVQ         buyers+32(FP), R8
	MOVQ         count+40(FP), R9
	VBROADCASTSD rest+48(FP), Y15
	MOVQ         n+56(FP), R15
	MOVQ         R15, CX
	ANDQ         $~3, CX // sectors taken four at a time
	ANDQ         $3, R15 // and those that are left

buyerLoop:
	MOVQ         at+0(FP), R10
	MOVQ         buyerAt(R8), AX
	LEAQ         (R10)(AX*4), R10
	MOVQ         buyerEast(R8), AX
	LEAQ         (R10)(AX*4), R11
	MOVQ         buyerNorth(R8), SI
	LEAQ         (R10)(SI*4), R12
	LEAQ         (R12)(AX*4), R13
	MOVQ         omega+16(FP), DX
	MOVQ         buyerOmega(R8), AX
	LEAQ         (DX)(AX*8), DX
	MOVQ         orders+24(FP), DI
	MOVQ         DI, SI // 0 = no orders are wanted
	MOVQ         buyerOrders(R8), AX
	LEAQ         (DI)(AX*4), DI
	VBROADCASTSD (buyerWeight+0)(R8), Y8
	VBROADCASTSD (buyerWeight+8)(R8), Y9
	VBROADCASTSD (buyerWeight+16)(R8), Y10
	VBROADCASTSD (buyerWeight+24)(R8), Y11
	VBROADCASTSD buyerLocal(R8), Y12
	VBROADCASTSD buyerSpending(R8), Y13
	VBROADCASTSD buyerOwn(R8), Y14
	VSUBPD       iota<>(SB), Y14, Y14 // 0 in the own sector's place
	VXORPD       Y7, Y7, Y7
	XORQ         AX, AX
	CMPQ         AX, CX
	JGE          left

sectorLoop:
	VCVTPS2PD (R10)(AX*4), Y0
	VCVTPS2PD (R11)(AX*4), Y1
	VCVTPS2PD (R12)(AX*4), Y2
	VCVTPS2PD (R13)(AX*4), Y3
	MASS
	INDEX((BX)(AX*8))
	TESTQ     SI, SI
	JEQ       logarithm
	ORDER((DX)(AX*8), (BX)(AX*8))
	VMOVUPS   X2, (DI)(AX*4)

logarithm:
	LOGARITHM
	VMULPD (DX)(AX*8), Y0, Y0
	VADDPD Y0, Y7, Y7
	ADDQ   $4, AX
	CMPQ   AX, CX
	JLT    sectorLoop

left:
	TESTQ      R15, R15
	JEQ        done
	LEAQ       some<>+24(SB), R14
	MOVQ       R15, CX
	SHLQ       $3, CX
	SUBQ       CX, R14
	VMOVUPD    (R14), Y6              // the mask of those that are left
	VEXTRACTF128 $1, Y6, X5
	VSHUFPS    $0x88, X5, X6, X5      // the same of 32 bits
	VMASKMOVPS (R10)(AX*4), X5, X0
	VCVTPS2PD  X0, Y0
	VMASKMOVPS (R11)(AX*4), X5, X1
	VCVTPS2PD  X1, Y1
	VMASKMOVPS (R12)(AX*4), X5, X2
	VCVTPS2PD  X2, Y2
	VMASKMOVPS (R13)(AX*4), X5, X3
	VCVTPS2PD  X3, Y3
	MASS
	VMASKMOVPD (BX)(AX*8), Y6, Y3
	INDEX(Y3)
	TESTQ      SI, SI
	JEQ        leftLogarithm
	VMASKMOVPD (DX)(AX*8), Y6, Y4
	ORDER(Y4, Y3)
	VMOVSS     X2, (DI)(AX*4)
	CMPQ       R15, $2
	JLT        leftLogarithm
	VEXTRACTPS $1, X2, 4(DI)(AX*4)
	JEQ        leftLogarithm
	VEXTRACTPS $2, X2, 8(DI)(AX*4)

leftLogarithm:
	LOGARITHM
	VMOVUPD    (R14), Y6
	VMASKMOVPD (DX)(AX*8), Y6, Y1
	VMULPD     Y1, Y0, Y0
	VADDPD     Y0, Y7, Y7
	MOVQ       AX, CX // as many as were taken four at a time

done:
	VMOVUPD Y7, buyerSums(R8)
	ADDQ    $buyerSize, R8
	DECQ    R9
	JNZ     buyerLoop
	VZEROUPPER
	RET
