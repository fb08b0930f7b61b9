//go:build linux

package grid

import (
	"math/rand/v2"
	"os"
	"syscall"
	"testing"
	"unsafe"
)

// guarded gives n numbers that end at a page which nobody may touch, or begin behind one, filled, and to be read alone where asked.
func guarded(t *testing.T, r *rand.Rand, n int, end, write bool) []float64 {
	t.Helper()
	page := os.Getpagesize()
	room := (8*n + page - 1) / page * page
	mem, err := syscall.Mmap(-1, 0, room+2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Munmap(mem) })
	at := page
	if end {
		at += room - 8*n
	}
	s := unsafe.Slice((*float64)(unsafe.Pointer(&mem[at])), n)
	for k := range s {
		s[k] = r.Float64()
	}
	for _, no := range [][]byte{mem[:page], mem[page+room:]} {
		if err := syscall.Mprotect(no, syscall.PROT_NONE); err != nil {
			t.Fatal(err)
		}
	}
	if !write {
		if err := syscall.Mprotect(mem[page:page+room], syscall.PROT_READ); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// No step of smoothing reads or writes beyond its slices, each of which has exactly the length that it takes.
func TestStepsStayInside(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, end := range []bool{true, false} {
		for n := 1; n <= 24; n++ {
			in := func(n int) []float64 { return guarded(t, r, n, end, false) }
			out := func(n int) []float64 { return guarded(t, r, n, end, true) }
			s, taps, a, b := stepper(widens()), in(4), in(n), in(n)
			s.slide(out(n), in(n+6), taps)
			s.halve(out(n), in(2*n+2))
			s.addPair(out(n), a, b, .3)
			s.addScaled(out(n), a, .3)
			for _, count := range []int{1, 2, 3, band} {
				for _, more := range []int{0, 3} {
					stride, above := n+more, in((count/2+2)*n)
					s.seven(out(count*n), in((count+5)*stride+n), n, stride, taps, above[n:], above, n)
					s.seven(out(count*n), in((count+5)*stride+n), n, stride, taps, a, a, 0)
					s.blend(out(count*n), n, above[n:], above, n)
					s.fold(out((count-1)*stride+n), stride, in((2*count+1)*stride+n), stride, n, count)
					s.stretch(out(count*n), n, in(count*(n/2+2)), n/2+2)
				}
			}
		}
	}
}
