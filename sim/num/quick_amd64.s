//go:build !purego

#include "textflag.h"

// Four numbers at a time, each by the same steps, in the same order, as LogQuick and ExpQuick: no step is fused with another. n is a
// multiple of four, and more than none.

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
DATA lowest<>+0(SB)/8, $0xc086200000000000
DATA lowest<>+8(SB)/8, $0xc086200000000000
DATA lowest<>+16(SB)/8, $0xc086200000000000
DATA lowest<>+24(SB)/8, $0xc086200000000000
GLOBL lowest<>(SB), RODATA|NOPTR, $32
DATA highest<>+0(SB)/8, $0x4086280000000000
DATA highest<>+8(SB)/8, $0x4086280000000000
DATA highest<>+16(SB)/8, $0x4086280000000000
DATA highest<>+24(SB)/8, $0x4086280000000000
GLOBL highest<>(SB), RODATA|NOPTR, $32
DATA log2e<>+0(SB)/8, $0x3ff71547652b82fe
DATA log2e<>+8(SB)/8, $0x3ff71547652b82fe
DATA log2e<>+16(SB)/8, $0x3ff71547652b82fe
DATA log2e<>+24(SB)/8, $0x3ff71547652b82fe
GLOBL log2e<>(SB), RODATA|NOPTR, $32
DATA rounder<>+0(SB)/8, $0x4338000000000000
DATA rounder<>+8(SB)/8, $0x4338000000000000
DATA rounder<>+16(SB)/8, $0x4338000000000000
DATA rounder<>+24(SB)/8, $0x4338000000000000
GLOBL rounder<>(SB), RODATA|NOPTR, $32
DATA head<>+0(SB)/8, $0x3fe62e42fee00000
DATA head<>+8(SB)/8, $0x3fe62e42fee00000
DATA head<>+16(SB)/8, $0x3fe62e42fee00000
DATA head<>+24(SB)/8, $0x3fe62e42fee00000
GLOBL head<>(SB), RODATA|NOPTR, $32
DATA tail<>+0(SB)/8, $0x3dea39ef35793c76
DATA tail<>+8(SB)/8, $0x3dea39ef35793c76
DATA tail<>+16(SB)/8, $0x3dea39ef35793c76
DATA tail<>+24(SB)/8, $0x3dea39ef35793c76
GLOBL tail<>(SB), RODATA|NOPTR, $32
DATA e2<>+0(SB)/8, $0x3fe0000000000000
DATA e2<>+8(SB)/8, $0x3fe0000000000000
DATA e2<>+16(SB)/8, $0x3fe0000000000000
DATA e2<>+24(SB)/8, $0x3fe0000000000000
GLOBL e2<>(SB), RODATA|NOPTR, $32
DATA e3<>+0(SB)/8, $0x3fc5555555555555
DATA e3<>+8(SB)/8, $0x3fc5555555555555
DATA e3<>+16(SB)/8, $0x3fc5555555555555
DATA e3<>+24(SB)/8, $0x3fc5555555555555
GLOBL e3<>(SB), RODATA|NOPTR, $32
DATA e4<>+0(SB)/8, $0x3fa5555555555555
DATA e4<>+8(SB)/8, $0x3fa5555555555555
DATA e4<>+16(SB)/8, $0x3fa5555555555555
DATA e4<>+24(SB)/8, $0x3fa5555555555555
GLOBL e4<>(SB), RODATA|NOPTR, $32
DATA e5<>+0(SB)/8, $0x3f81111111111111
DATA e5<>+8(SB)/8, $0x3f81111111111111
DATA e5<>+16(SB)/8, $0x3f81111111111111
DATA e5<>+24(SB)/8, $0x3f81111111111111
GLOBL e5<>(SB), RODATA|NOPTR, $32
DATA e6<>+0(SB)/8, $0x3f56c16c16c16c17
DATA e6<>+8(SB)/8, $0x3f56c16c16c16c17
DATA e6<>+16(SB)/8, $0x3f56c16c16c16c17
DATA e6<>+24(SB)/8, $0x3f56c16c16c16c17
GLOBL e6<>(SB), RODATA|NOPTR, $32
DATA e7<>+0(SB)/8, $0x3f2a01a01a01a01a
DATA e7<>+8(SB)/8, $0x3f2a01a01a01a01a
DATA e7<>+16(SB)/8, $0x3f2a01a01a01a01a
DATA e7<>+24(SB)/8, $0x3f2a01a01a01a01a
GLOBL e7<>(SB), RODATA|NOPTR, $32
DATA e8<>+0(SB)/8, $0x3efa01a01a01a01a
DATA e8<>+8(SB)/8, $0x3efa01a01a01a01a
DATA e8<>+16(SB)/8, $0x3efa01a01a01a01a
DATA e8<>+24(SB)/8, $0x3efa01a01a01a01a
GLOBL e8<>(SB), RODATA|NOPTR, $32
DATA e9<>+0(SB)/8, $0x3ec71de3a556c734
DATA e9<>+8(SB)/8, $0x3ec71de3a556c734
DATA e9<>+16(SB)/8, $0x3ec71de3a556c734
DATA e9<>+24(SB)/8, $0x3ec71de3a556c734
GLOBL e9<>(SB), RODATA|NOPTR, $32
DATA e10<>+0(SB)/8, $0x3e927e4fb7789f5c
DATA e10<>+8(SB)/8, $0x3e927e4fb7789f5c
DATA e10<>+16(SB)/8, $0x3e927e4fb7789f5c
DATA e10<>+24(SB)/8, $0x3e927e4fb7789f5c
GLOBL e10<>(SB), RODATA|NOPTR, $32
DATA e11<>+0(SB)/8, $0x3e5ae64567f544e4
DATA e11<>+8(SB)/8, $0x3e5ae64567f544e4
DATA e11<>+16(SB)/8, $0x3e5ae64567f544e4
DATA e11<>+24(SB)/8, $0x3e5ae64567f544e4
GLOBL e11<>(SB), RODATA|NOPTR, $32
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
DATA bias<>+0(SB)/8, $0x00000000000003ff
DATA bias<>+8(SB)/8, $0x00000000000003ff
DATA bias<>+16(SB)/8, $0x00000000000003ff
DATA bias<>+24(SB)/8, $0x00000000000003ff
GLOBL bias<>(SB), RODATA|NOPTR, $32

// LOG4 makes Y0 the logarithms of Y0; it uses Y1 to Y6, and wants 1 in Y15, 2 in Y14.
#define LOG4 \
	VPSUBQ  below<>(SB), Y0, Y1    \
	VPSRLQ  $52, Y1, Y2            \
	VPOR    exponent<>(SB), Y2, Y2 \
	VSUBPD  magic<>(SB), Y2, Y2    \
	VPAND   top<>(SB), Y1, Y1      \
	VPSUBQ  Y1, Y0, Y1             \
	VPADDQ  Y15, Y1, Y1            \
	VSUBPD  Y15, Y1, Y3            \
	VADDPD  Y15, Y1, Y1            \
	VDIVPD  Y1, Y3, Y3             \
	VMULPD  Y3, Y3, Y4             \
	VMULPD  Y4, Y4, Y5             \
	VMULPD  l13<>(SB), Y4, Y0      \
	VADDPD  l11<>(SB), Y0, Y0      \
	VMULPD  Y0, Y5, Y0             \
	VMULPD  l9<>(SB), Y4, Y6       \
	VADDPD  l7<>(SB), Y6, Y6       \
	VADDPD  Y0, Y6, Y6             \
	VMULPD  Y6, Y5, Y6             \
	VMULPD  l5<>(SB), Y4, Y0       \
	VADDPD  l3<>(SB), Y0, Y0       \
	VADDPD  Y6, Y0, Y0             \
	VMULPD  Y0, Y4, Y0             \
	VADDPD  Y14, Y0, Y0            \
	VMULPD  Y0, Y3, Y0             \
	VMULPD  ln2<>(SB), Y2, Y2      \
	VADDPD  Y0, Y2, Y0

// func logsWide(x *float64, n int)
TEXT ·logsWide(SB), NOSPLIT, $0-16
	MOVQ    x+0(FP), DI
	MOVQ    n+8(FP), CX
	VMOVUPD one<>(SB), Y15
	VMOVUPD two<>(SB), Y14
	XORQ    AX, AX

logsLoop:
	VMOVUPD (DI)(AX*8), Y0
	LOG4
	VMOVUPD Y0, (DI)(AX*8)
	ADDQ    $4, AX
	CMPQ    AX, CX
	JLT     logsLoop
	VZEROUPPER
	RET

// func dotLogWide(weight, x *float64, sums *[4]float64, n int)
TEXT ·dotLogWide(SB), NOSPLIT, $0-32
	MOVQ    weight+0(FP), SI
	MOVQ    x+8(FP), DI
	MOVQ    sums+16(FP), DX
	MOVQ    n+24(FP), CX
	VMOVUPD one<>(SB), Y15
	VMOVUPD two<>(SB), Y14
	VXORPD  Y13, Y13, Y13
	XORQ    AX, AX

dotLoop:
	VMOVUPD (DI)(AX*8), Y0
	LOG4
	VMULPD  (SI)(AX*8), Y0, Y0
	VADDPD  Y0, Y13, Y13
	ADDQ    $4, AX
	CMPQ    AX, CX
	JLT     dotLoop
	VMOVUPD Y13, (DX)
	VZEROUPPER
	RET

// func expsWide(x *float64, n int)
TEXT ·expsWide(SB), NOSPLIT, $0-16
	MOVQ    x+0(FP), DI
	MOVQ    n+8(FP), CX
	VMOVUPD lowest<>(SB), Y15
	VMOVUPD highest<>(SB), Y14
	VMOVUPD rounder<>(SB), Y13
	XORQ    AX, AX

expsLoop:
	VMAXPD  (DI)(AX*8), Y15, Y0 // of a NaN and a number, the second source: NaN stays
	VMINPD  Y0, Y14, Y0
	VMULPD  log2e<>(SB), Y0, Y1
	VADDPD  Y13, Y1, Y1
	VSUBPD  Y13, Y1, Y2 // k
	VPADDQ  bias<>(SB), Y1, Y1
	VPSLLQ  $52, Y1, Y1 // the scale
	VMULPD  head<>(SB), Y2, Y3
	VSUBPD  Y3, Y0, Y0
	VMULPD  tail<>(SB), Y2, Y2
	VSUBPD  Y2, Y0, Y0 // r
	VMULPD  Y0, Y0, Y2 // r squared
	VMULPD  Y2, Y2, Y3 // and to the fourth
	VMULPD  e11<>(SB), Y0, Y4
	VADDPD  e10<>(SB), Y4, Y4
	VMULPD  Y4, Y2, Y4
	VMULPD  e9<>(SB), Y0, Y5
	VADDPD  e8<>(SB), Y5, Y5
	VADDPD  Y4, Y5, Y4 // c
	VMULPD  Y4, Y3, Y4
	VMULPD  e7<>(SB), Y0, Y5
	VADDPD  e6<>(SB), Y5, Y5
	VMULPD  Y5, Y2, Y5
	VMULPD  e5<>(SB), Y0, Y6
	VADDPD  e4<>(SB), Y6, Y6
	VADDPD  Y5, Y6, Y5 // b
	VADDPD  Y4, Y5, Y4
	VMULPD  Y4, Y3, Y4
	VMULPD  e3<>(SB), Y0, Y5
	VADDPD  e2<>(SB), Y5, Y5
	VMULPD  Y5, Y2, Y5
	VADDPD  one<>(SB), Y0, Y0
	VADDPD  Y5, Y0, Y0 // a
	VADDPD  Y4, Y0, Y0
	VMULPD  Y1, Y0, Y0
	VMOVUPD Y0, (DI)(AX*8)
	ADDQ    $4, AX
	CMPQ    AX, CX
	JLT     expsLoop
	VZEROUPPER
	RET
