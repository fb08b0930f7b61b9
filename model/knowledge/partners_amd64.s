//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// Eight half-ties at a time, each by the same steps as in lesson.learn (partners.go): no step is fused with another. What is added up is added
// slot by slot, in the same order; what is not held counts as nothing. A row of ties begins with sixteen partners; sixteen words of trust,
// nearness and state lie BONDS behind them. Suppliers lie from the first lane on, collaborators from the last one back.

#define BONDS 128

// The fields of a Face: position in knowledge space and what can be learned, behind each other; technology.
#define faceMind 8
#define faceTech 24

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

TABLE(slots, $1, $2, $4, $8, $16, $32, $64, $128)
TABLE(up, $0, $1, $2, $3, $4, $5, $6, $7)
TABLE(down, $7, $6, $5, $4, $3, $2, $1, $0)
EIGHT(trusts, $0xffff)
EIGHT(nears, $0xff)
EIGHT(kept, $0xf0000000)
EIGHT(four, $0x40800000)

// WHO takes a partner of the eight in hand; MIND and TECH are what can be seen of it.
#define WHO(K) MOVL (4*K)(SP), AX
#define MIND faceMind(R8)(AX*8)
#define TECH faceTech(R8)(AX*8)

// func partnersWide(faces *world.Face, last int, suppliers, collaborators *world.TieRow, held uint32, l *lesson): held are slots of suppliers
// in the lower half, of collaborators in the upper one; last is the last row of all, which is read where a lane is
// free, and nothing behind it ever is
TEXT ·partnersWide(SB), NOSPLIT, $32-48
	MOVQ         faces+0(FP), R8
	MOVQ         suppliers+16(FP), SI
	MOVL         held+32(FP), DX
	MOVQ         l+40(FP), R9
	VMOVSS       lesson_own(R9), X11 // its place and 0; one by one, as it was written a moment ago: all at once would have to wait
	VINSERTPS    $0x10, (lesson_own+4)(R9), X11, X11
	VINSERTPS    $0x20, (lesson_own+8)(R9), X11, X11
	VINSERTF128  $1, X11, Y11, Y11
	VXORPS       X12, X12, X12       // sums: told and pull
	VXORPS       Y13, Y13, Y13       // ahead
	VXORPS       Y14, Y14, Y14       // honoured
	VMOVDQU      up<>(SB), Y15
	MOVQ         $32, R10            // the next eight lanes
	MOVWLZX      DX, BX
	TESTL        BX, BX
	JZ           kind

group:
	MOVBLZX BX, CX
	TESTL   CX, CX
	JZ      next

	// who
	VMOVD        CX, X0
	VPBROADCASTD X0, Y0
	VPAND        slots<>(SB), Y0, Y0
	VPCMPEQD     slots<>(SB), Y0, Y0  // held
	VPERMD       (SI), Y15, Y1
	VPBROADCASTD last+8(FP), Y2
	VPMINUD      Y2, Y1, Y1
	VPSLLD       $2, Y1, Y1
	VMOVDQU      Y1, (SP)
	WHO(0)
	VMOVUPS      MIND, X2
	VMOVSS       TECH, X6
	WHO(1)
	VMOVUPS      MIND, X3
	VINSERTPS    $0x10, TECH, X6, X6
	WHO(2)
	VMOVUPS      MIND, X4
	VINSERTPS    $0x20, TECH, X6, X6
	WHO(3)
	VMOVUPS      MIND, X5
	VINSERTPS    $0x30, TECH, X6, X6
	WHO(4)
	VINSERTF128  $1, MIND, Y2, Y2
	VMOVSS       TECH, X7
	WHO(5)
	VINSERTF128  $1, MIND, Y3, Y3
	VINSERTPS    $0x10, TECH, X7, X7
	WHO(6)
	VINSERTF128  $1, MIND, Y4, Y4
	VINSERTPS    $0x20, TECH, X7, X7
	WHO(7)
	VINSERTF128  $1, MIND, Y5, Y5
	VINSERTPS    $0x30, TECH, X7, X7
	VINSERTF128  $1, X7, Y6, Y6       // technology
	VSUBPS       Y11, Y2, Y2
	VSUBPS       Y11, Y3, Y3
	VSUBPS       Y11, Y4, Y4
	VSUBPS       Y11, Y5, Y5
	VUNPCKLPS    Y3, Y2, Y7
	VUNPCKHPS    Y3, Y2, Y8
	VUNPCKLPS    Y5, Y4, Y9
	VUNPCKHPS    Y5, Y4, Y10
	VUNPCKLPD    Y9, Y7, Y2
	VUNPCKHPD    Y9, Y7, Y3
	VUNPCKLPD    Y10, Y8, Y4
	VUNPCKHPD    Y10, Y8, Y5          // know
	VANDPS       Y0, Y2, Y2           // x
	VANDPS       Y0, Y3, Y3           // y
	VANDPS       Y0, Y4, Y4           // z

	// the bond
	VPERMD    BONDS(SI), Y15, Y1
	VPAND     Y0, Y1, Y7
	VPAND     kept<>(SB), Y7, Y8
	VPXOR     Y8, Y1, Y8
	VPERMD    Y8, Y15, Y8
	VMOVDQU   Y8, BONDS(SI)
	VPAND     trusts<>(SB), Y7, Y1
	VCVTDQ2PS Y1, Y1                  // trust
	VPSRLD    $16, Y7, Y8
	VPAND     nears<>(SB), Y8, Y8
	VCVTDQ2PS Y8, Y8                  // nearness
	VMULPS    Y8, Y1, Y10
	VPSRLD    $28, Y7, Y7
	VCVTDQ2PS Y7, Y7                  // honoured dealings

	// what is told
	VANDPS       Y0, Y5, Y5
	VMULPS       Y2, Y2, Y8
	VMULPS       Y3, Y3, Y9
	VADDPS       Y9, Y8, Y8
	VMULPS       Y4, Y4, Y9
	VADDPS       Y9, Y8, Y8
	VBROADCASTSS lesson_narrow(R9), Y9
	VMULPS       Y9, Y8, Y8           // square
	VSQRTPS      Y8, Y9
	VADDPS       Y9, Y9, Y9
	VSUBPS       Y8, Y9, Y9           // worth
	VMULPS       Y5, Y9, Y9
	VMULPS       Y9, Y10, Y10
	VCMPPS       $1, four<>(SB), Y8, Y8
	VANDPS       Y8, Y10, Y10         // told

	// who is ahead
	VBROADCASTSS lesson_tech(R9), Y8
	VSUBPS       Y8, Y6, Y6
	VMULPS       Y6, Y1, Y6
	VMAXPS       Y13, Y6, Y13

	// the pull
	VMULPS       Y7, Y1, Y1
	VADDPS       Y1, Y14, Y14         // whole numbers below 2^24
	VBROADCASTSS lesson_converge(R9), Y8
	VMULPS       Y8, Y1, Y1           // weight
	VMULPS       Y2, Y1, Y2
	VMULPS       Y3, Y1, Y3
	VMULPS       Y4, Y1, Y4

	// by slot
	VUNPCKLPS    Y2, Y10, Y5
	VUNPCKHPS    Y2, Y10, Y6
	VUNPCKLPS    Y4, Y3, Y7
	VUNPCKHPS    Y4, Y3, Y8
	VUNPCKLPD    Y7, Y5, Y1
	VUNPCKHPD    Y7, Y5, Y2
	VUNPCKLPD    Y8, Y6, Y3
	VUNPCKHPD    Y8, Y6, Y4
	VADDPS       X1, X12, X12
	VADDPS       X2, X12, X12
	VADDPS       X3, X12, X12
	VADDPS       X4, X12, X12
	VEXTRACTF128 $1, Y1, X1
	VEXTRACTF128 $1, Y2, X2
	VEXTRACTF128 $1, Y3, X3
	VEXTRACTF128 $1, Y4, X4
	VADDPS       X1, X12, X12
	VADDPS       X2, X12, X12
	VADDPS       X3, X12, X12
	VADDPS       X4, X12, X12

next:
	ADDQ R10, SI
	SHRL $8, BX
	JNZ  group

kind:
	SHRL    $16, DX
	JZ      done
	MOVL    DX, BX
	MOVQ    collaborators+24(FP), SI
	ADDQ    $32, SI
	NEGQ    R10
	VMOVDQU down<>(SB), Y15
	JMP     group

done:
	VMOVUPS      X12, lesson_told(R9)
	VEXTRACTF128 $1, Y13, X0
	VMAXPS       X0, X13, X13
	VPSHUFD      $0x4e, X13, X0
	VMAXPS       X0, X13, X13
	VPSHUFD      $0xb1, X13, X0
	VMAXPS       X0, X13, X13
	VMOVSS       X13, lesson_ahead(R9)
	VEXTRACTF128 $1, Y14, X0
	VADDPS       X0, X14, X14
	VPSHUFD      $0x4e, X14, X0
	VADDPS       X0, X14, X14
	VPSHUFD      $0xb1, X14, X0
	VADDPS       X0, X14, X14
	VMULSS       lesson_converge(R9), X14, X14
	VMOVSS       X14, lesson_drawn(R9)
	VZEROUPPER
	RET
