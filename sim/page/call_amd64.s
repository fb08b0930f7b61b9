//go:build !purego

#include "textflag.h"

// func call(place unsafe.Pointer, from, bytes int, numbers unsafe.Pointer, step, n int)
TEXT ·call(SB), NOSPLIT, $0-48
	MOVQ place+0(FP), DI
	ADDQ from+8(FP), DI
	MOVQ bytes+16(FP), BX
	MOVQ numbers+24(FP), SI
	MOVQ step+32(FP), DX
	MOVQ n+40(FP), CX

next:
	MOVLQSX    (SI), AX
	IMULQ      BX, AX
	PREFETCHT0 (DI)(AX*1)
	ADDQ       DX, SI
	DECQ       CX
	JNZ        next
	RET

// func callAll(place unsafe.Pointer, bytes int)
TEXT ·callAll(SB), NOSPLIT, $0-16
	MOVQ place+0(FP), DI
	MOVQ bytes+8(FP), CX
	ADDQ DI, CX
	ANDQ $~63, DI

next:
	PREFETCHT1 (DI)
	ADDQ       $64, DI
	CMPQ       DI, CX
	JB         next
	RET
