package production

import (
	"math"
	"slices"
	"testing"
	"unsafe"

	"agglo/sim/rng"
)

// The assembly counts on these places.
func TestBuyerFields(t *testing.T) {
	var b buyer
	got := []uintptr{unsafe.Offsetof(b.at), unsafe.Offsetof(b.east), unsafe.Offsetof(b.north), unsafe.Offsetof(b.weight), unsafe.Offsetof(b.local),
		unsafe.Offsetof(b.own), unsafe.Offsetof(b.self), unsafe.Offsetof(b.omega), unsafe.Offsetof(b.orders), unsafe.Offsetof(b.spending),
		unsafe.Offsetof(b.sums), unsafe.Sizeof(b)}
	if want := []uintptr{0, 8, 16, 24, 56, 64, 72, 80, 88, 96, 104, 136}; !slices.Equal(got, want) {
		t.Errorf("fields of a buyer lie at %v, order_amd64.s wants %v", got, want)
	}
}

// drawn are numbers from a to b.
func drawn(seed rng.Seed, n int, a, b float64) []float64 {
	x := make([]float64, n)
	for k := range x {
		x[k] = a + (b-a)*seed.Uniform(1, uint64(k), 0, 0)
	}
	return x
}

// buyers are some on a strip of four cells, with the fields that they read.
func buyers(n, count int) (at []float32, pull, omega []float64, orders []float32, list []buyer) {
	for _, mass := range drawn(1, 4*n, 0, 50) {
		at = append(at, float32(mass))
	}
	pull, omega, orders = drawn(2, n, .01, .2), drawn(3, n*n, 0, 2/float64(n)), make([]float32, n*count)
	x := drawn(4, 8*count, 0, 1)
	for k := range count {
		u := x[8*k:]
		list = append(list, buyer{at: 0, east: n, north: 2 * n, weight: [4]float64{u[0] / 4, u[1] / 4, u[2] / 4, u[3] / 4}, local: u[4],
			own: float64(k % n), self: u[5] * 3 * float64(k%3), omega: k % n * n, orders: k * n, spending: 100 * u[6]})
	}
	return at, pull, omega, orders, list
}

// Four sectors at a time and one at a time give the same bits, for any number of sectors; both are the formula.
func TestMeetWideAndPlain(t *testing.T) {
	for n := 1; n < 45; n++ {
		const count, rest = 19, .37
		at, pull, omega, fast, some := buyers(n, count)
		_, _, _, slow, others := buyers(n, count)
		for range 2 { // what buyers met before is forgotten
			meet(at, pull, omega, fast, some, rest, wide())
			meet(at, pull, omega, slow, others, rest, false)
		}
		if !slices.Equal(fast, slow) || !slices.Equal(some, others) {
			t.Fatalf("%d sectors: four at a time leave other orders or sums than one at a time", n)
		}
		for k := range some {
			b, sum := &some[k], 0.0
			for s := range n {
				mass := 0.0
				for c, weight := range b.weight {
					mass += weight * float64(at[c*n+s])
				}
				index := rest + b.local*pull[s]*mass
				if s == k%n {
					index = max(index-b.self, rest)
				}
				sum += omega[b.omega+s] * math.Log(index)
				if want := b.spending * omega[b.omega+s] * pull[s] / index; math.Abs(float64(slow[k*n+s])/want-1) > 1e-6 {
					t.Errorf("%d sectors, buyer %d: order %d is %v, want %v", n, k, s, slow[k*n+s], want)
				}
			}
			if again := slices.Clone(some); k == 0 {
				meet(at, pull, omega, nil, again, rest, wide()) // without room for orders
				if !slices.Equal(again, some) {
					t.Errorf("%d sectors: other sums without orders", n)
				}
			}
			if got := b.sums[0] + b.sums[1] + b.sums[2] + b.sums[3]; math.Abs(got-sum) > 1e-11*float64(n) {
				t.Errorf("%d sectors, buyer %d: sum of logs %v, want %v", n, k, got, sum)
			}
		}
	}
}

// Nothing is written beside a buyer's record, however many sectors there are: not behind the last one, nor into the next one, which is
// written before.
func TestMeetWritesItsRecordsOnly(t *testing.T) {
	for n := 1; n < 14; n++ {
		const count, mark = 5, -7
		at, pull, omega, _, list := buyers(n, count)
		slices.Reverse(list)
		var orders [2][]float32
		for k, wide := range []bool{wide(), false} {
			orders[k] = slices.Repeat([]float32{mark}, n*count+8)
			meet(at, pull, omega, orders[k][:n*count], list, .4, wide)
		}
		if !slices.Equal(orders[0], orders[1]) {
			t.Errorf("%d sectors: four at a time write %v, one at a time %v", n, orders[0], orders[1])
		}
	}
}

// A buyer whose records are not there panics; it does not read or write elsewhere.
func TestMeetStaysInside(t *testing.T) {
	for name, spoil := range map[string]func(b *buyer){
		"at": func(b *buyer) { b.at = 1 }, "north": func(b *buyer) { b.north = 1 << 40 }, "omega": func(b *buyer) { b.omega = 57 }, "orders": func(b *buyer) { b.orders = -8 },
	} {
		at, pull, omega, orders, list := buyers(8, 3)
		spoil(&list[2])
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s outside: want a panic", name)
				}
			}()
			meet(at, pull, omega, orders, list, .4, wide())
		}()
	}
	for name, cut := range map[string]func(omega *[]float64, orders *[]float32){
		"shares shorter than a record": func(omega *[]float64, _ *[]float32) { *omega = (*omega)[:4] },
		"orders shorter than a record": func(_ *[]float64, orders *[]float32) { *orders = (*orders)[:4] },
	} {
		at, pull, omega, orders, list := buyers(8, 1)
		cut(&omega, &orders)
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: want a panic", name)
				}
			}()
			meet(at, pull, omega, orders, list, .4, wide())
		}()
	}
}

func BenchmarkMeet(b *testing.B) {
	at, pull, omega, orders, list := buyers(8, 64)
	for _, how := range []struct {
		name string
		wide bool
	}{{"wide", wide()}, {"plain", false}} {
		b.Run(how.name, func(b *testing.B) {
			for range b.N {
				meet(at, pull, omega, orders, list, .4, how.wide)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(64*b.N), "ns/firm")
		})
	}
}
