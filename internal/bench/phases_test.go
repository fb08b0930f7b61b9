//go:build linux

package bench

import (
	"cmp"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"agglo/model/world"
)

// BenchmarkPhases reports what each phase of a tick costs on one thread, in nanoseconds of processor time for a firm and tick.
func BenchmarkPhases(b *testing.B) {
	for _, p := range []Plan{{Firms: 10_000}, {Firms: 100_000}, {Firms: 100_000, Clustered: true}, {Firms: 1_000_000}} {
		p.Threads = 1
		b.Run(nameOf(p), func(b *testing.B) { phases(b, p) })
	}
}

// nameOf names a plan.
func nameOf(p Plan) string {
	name := map[int]string{10_000: "10k", 100_000: "100k", 1_000_000: "1M"}[p.Firms]
	if p.Clustered {
		name += "-clustered"
	}
	return name
}

func phases(b *testing.B, p Plan) {
	p.Ticks = b.N
	e, err := Engine(b.Context(), p)
	if err != nil {
		b.Fatal(err)
	}
	if err := e.Run(b.Context(), WarmUp); err != nil {
		b.Fatal(err)
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	spent := make([]time.Duration, len(e.Phases))
	for k := range e.Phases {
		p := &e.Phases[k]
		if ready := p.Ready; ready != nil {
			p.Ready = func(w *world.World) {
				begun := threadTime(b)
				ready(w)
				spent[k] += threadTime(b) - begun
			}
		}
		if each := p.Each; each != nil {
			p.Each = func(w *world.World, tick, lo, hi int) {
				begun := threadTime(b)
				each(w, tick, lo, hi)
				spent[k] += threadTime(b) - begun
			}
		}
		if once := p.Once; once != nil {
			p.Once = func(w *world.World, tick int) error {
				begun := threadTime(b)
				err := once(w, tick)
				spent[k] += threadTime(b) - begun
				return err
			}
		}
	}
	b.ResetTimer()
	begun, firms := threadTime(b), 0.0
	for range b.N {
		if err := e.Run(b.Context(), e.Tick+1); err != nil {
			b.Fatal(err)
		}
		firms += float64(e.World.Firms.Alive)
	}
	all := threadTime(b) - begun
	order := make([]int, len(spent))
	for k := range order {
		order[k] = k
	}
	slices.SortFunc(order, func(x, y int) int { return cmp.Compare(spent[y], spent[x]) })
	for _, k := range order {
		b.Logf("%8.1f  %s", float64(spent[k].Nanoseconds())/firms, e.Phases[k].Name)
	}
	b.ReportMetric(float64(all.Nanoseconds())/firms, "cpu-ns/firm-tick")
}

// threadTime is the processor time that the calling thread has used.
func threadTime(b *testing.B) time.Duration {
	const threadClock = 3 // CLOCK_THREAD_CPUTIME_ID
	var t syscall.Timespec
	if _, _, e := syscall.RawSyscall(syscall.SYS_CLOCK_GETTIME, threadClock, uintptr(unsafe.Pointer(&t)), 0); e != 0 {
		b.Fatal(e)
	}
	return time.Duration(t.Nano())
}
