//go:build !purego

#include "textflag.h"

// A firm at a time, but all that it adds to a cell in one go, by the same steps, in the same order, as in plot.lay (air.go): no step is fused
// with another. Its weights, of which each goes into four numbers, are made four times over rather than copied.

DATA one<>+0(SB)/8, $1.0
GLOBL one<>(SB), RODATA|NOPTR, $8

// ADD adds the firm in Y4, times a weight, to the cell at CELL.
#define ADD(WEIGHT, CELL) \
	VMULPD  Y4, WEIGHT, WEIGHT   \
	VADDPD  CELL, WEIGHT, WEIGHT \
	VMOVUPD WEIGHT, CELL

// func layWide(cells *record, rows, base *int32, wx, wy *float32, sales, logs *float64, share float64, first, east, north, size, count, n int)
// (laid int): count rows, and more than none, of n firms, on size cells. It ends before a firm that is not there or one of whose eastern cells
// lies behind the last cell.
TEXT ·layWide(SB), NOSPLIT, $0-120
	MOVQ         cells+0(FP), DI
	MOVQ         rows+8(FP), R8
	MOVQ         base+16(FP), R9
	MOVQ         wx+24(FP), R10
	MOVQ         wy+32(FP), R11
	MOVQ         sales+40(FP), R12
	MOVQ         logs+48(FP), R13
	VBROADCASTSD one<>(SB), Y7
	VMOVSD       share+56(FP), X6
	VUNPCKLPD    X7, X6, X6            // share, 1
	MOVQ         first+64(FP), R15
	SHLQ         $5, R15
	MOVQ         east+72(FP), AX
	MOVQ         size+88(FP), DX
	SUBQ         AX, DX
	SHLQ         $5, DX                // so many bytes of cells have a cell in the east
	SHLQ         $5, AX
	LEAQ         (DI)(AX*1), SI        // the eastern cells
	MOVQ         north+80(FP), R14
	SHLQ         $5, R14
	MOVQ         count+96(FP), CX
	LEAQ         (R8)(CX*4), R8
	NEGQ         CX                    // rows that are left, below 0

row:
	MOVLQSX      (R8)(CX*4), AX
	CMPQ         AX, n+104(FP)
	JAE          done
	MOVLQSX      (R9)(AX*4), BX
	VBROADCASTSS (R10)(AX*4), X0
	VCVTPS2PD    X0, Y0
	VBROADCASTSS (R11)(AX*4), X1
	VCVTPS2PD    X1, Y1
	VMULSD       (R12)(AX*8), X6, X4
	VMOVSD       (R13)(AX*8), X5
	VINSERTF128  $1, X5, Y4, Y4        // spending, 1, technology, 0
	VSUBPD       Y0, Y7, Y2            // 1-wx
	VMULPD       Y1, Y2, Y3            // north-west
	VMULPD       Y1, Y0, Y1            // north-east
	VSUBPD       Y3, Y2, Y2            // south-west
	VSUBPD       Y1, Y0, Y0            // south-east
	SHLQ         $5, BX
	SUBQ         R15, BX
	CMPQ         BX, DX
	JAE          southOutside
	ADD(Y2, (DI)(BX*1))
	ADD(Y0, (SI)(BX*1))

north:
	ADDQ         R14, BX
	CMPQ         BX, DX
	JAE          northOutside
	ADD(Y3, (DI)(BX*1))
	ADD(Y1, (SI)(BX*1))

next:
	INCQ         CX
	JNZ          row

done:
	ADDQ         count+96(FP), CX
	MOVQ         CX, laid+112(FP)
	VZEROUPPER
	RET

southOutside:
	MOVQ size+88(FP), AX
	SHLQ $5, AX
	CMPQ BX, AX
	JAE  north
	JMP  done

northOutside:
	MOVQ size+88(FP), AX
	SHLQ $5, AX
	CMPQ BX, AX
	JAE  next
	JMP  done
