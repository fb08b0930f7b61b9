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

	"agglo/model"
	"agglo/model/world"
)

// BenchmarkPhases reports what each phase of a tick costs on one thread, in nanoseconds of processor time for a firm and tick: the mean, and
// what it costs in the quickest twentieth of the ticks in which it runs, which a busy machine or neighbour moves little.
func BenchmarkPhases(b *testing.B) {
	for _, p := range []Plan{{Firms: 1_000}, {Firms: 10_000}, {Firms: 100_000}, {Firms: 100_000, Clustered: true}, {Firms: 1_000_000}} {
		p.Threads = 1
		b.Run(nameOf(p), func(b *testing.B) { phases(b, p) })
	}
}

// nameOf names a plan.
func nameOf(p Plan) string {
	name := map[int]string{1_000: "1k", 10_000: "10k", 100_000: "100k", 1_000_000: "1M"}[p.Firms]
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
	spent := timed(b, e)
	b.ResetTimer()
	begun, firms := threadTime(b), 0.0
	costs, before := make([][]float64, len(spent)), make([]time.Duration, len(spent)) // by phase: of each tick, for a firm
	for range b.N {
		copy(before, spent)
		if err := e.Run(b.Context(), e.Tick+1); err != nil {
			b.Fatal(err)
		}
		alive := float64(e.World.Firms.Alive)
		firms += alive
		for k, until := range before {
			if cost := spent[k] - until; cost > 0 {
				costs[k] = append(costs[k], float64(cost.Nanoseconds())/alive)
			}
		}
	}
	all := threadTime(b) - begun
	order := make([]int, len(spent))
	for k := range order {
		order[k] = k
	}
	slices.SortFunc(order, func(x, y int) int { return cmp.Compare(spent[y], spent[x]) })
	for _, k := range order {
		b.Logf("%8.1f %8.1f  %s", float64(spent[k].Nanoseconds())/firms, least(costs[k]), e.Phases[k].Name)
	}
	b.ReportMetric(float64(all.Nanoseconds())/firms, "cpu-ns/firm-tick")
}

// timed lets the phases of an engine add what they take of the processor to a list.
func timed(b *testing.B, e *model.Engine) []time.Duration {
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
	return spent
}

// least is where the least twentieth of some costs ends.
func least(costs []float64) float64 {
	if len(costs) == 0 {
		return 0
	}
	slices.Sort(costs)
	return costs[len(costs)/20]
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
