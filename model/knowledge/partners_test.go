package knowledge

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"unsafe"

	"agglo/model/world"
	"agglo/sim/rng"
)

// The assembly counts on these places.
func TestFaceFields(t *testing.T) {
	var f world.Face
	got := []uintptr{unsafe.Offsetof(f.Z), unsafe.Offsetof(f.Know), unsafe.Offsetof(f.LogTech), unsafe.Sizeof(f)}
	if want := []uintptr{8, 20, 24, 32}; !slices.Equal(got, want) {
		t.Errorf("fields of a face lie at %v, partners_amd64.s wants %v", got, want)
	}
}

// acquainted makes a world of firms whose ties have come and gone, so that they hold any number of each kind in any slots, some of them
// collaborations in a row of their own. Nobody knows the last firm, whose face says nothing sensible.
func acquainted(seed rng.Seed, firms int) *world.World {
	w := &world.World{}
	f := &w.Firms
	for i := range firms {
		f.Found(seed.Bits(1, uint64(i), 0, 0), 0)
		u := func(k int) float32 { return float32(seed.Uniform(2, uint64(i), 0, k)) }
		f.Z[i] = [3]float32{u(0), u(1), u(2)}
		if i%4 == 0 {
			f.Z[i] = [3]float32{.5, 1, 0} // many meet at one place
		}
		f.LogTech[i] = float64(u(3)) - .5
		f.Face[i] = world.Face{Z: f.Z[i], Know: u(4) * 2, LogTech: float32(f.LogTech[i])}
	}
	nan := float32(math.NaN())
	f.Face[firms-1] = world.Face{Z: [3]float32{nan, nan, nan}, Know: nan, LogTech: float32(math.Inf(1))}
	for round := range 24 {
		for i := range firms - 1 {
			u := func(k int) float64 { return seed.Uniform(3, uint64(i), round, k) }
			j := int(u(0) * float64(firms-1))
			if u(1) < float64(i%8)/8 {
				f.MakeRoom()
				f.TakeSupplier(i, world.NewHalfTie(int32(j), f.ID[i], f.ID[j], u(2), u(3)))
			}
			if u(4) < float64(i%5)/8 && j != i {
				f.Join(i, j, u(2), u(3))
			}
			if slot := f.SupplyHeld(i).Pick(u(5)); slot >= 0 && u(6) < .2 {
				f.DropSupplier(i, slot)
			}
			if slot := f.CollabHeld(i).Pick(u(7)); slot >= 0 && u(8) < .2 {
				f.Part(i, slot)
			}
			for _, b := range bonds(f, i) {
				b.SetState(uint8(u(9) * 3))
			}
		}
	}
	return w
}

// bonds are all that firm i holds.
func bonds(f *world.Firms, i int) (all []*world.Bond) {
	for held := f.SupplyHeld(i); held != 0; held = held.Rest() {
		all = append(all, f.SupplyOf(i).Bond(held.First()))
	}
	for held := f.CollabHeld(i); held != 0; held = held.Rest() {
		all = append(all, f.CollabOf(i).Bond(held.First()))
	}
	return all
}

// pupil is firm i before a lesson.
func pupil(f *world.Firms, i int, reach float64) lesson {
	return lesson{own: f.Z[i], tech: float32(f.LogTech[i]), narrow: float32(reach * reach / 3), converge: .02 / world.FullTrust,
		told: 7, pull: [3]float32{7, 7, 7}, drawn: 7, ahead: 7} // what it learnt before is forgotten
}

// Eight partners at a time teach what one at a time teaches, to the bit, whatever ties a firm holds, and nothing of a row is touched but the
// count of honoured dealings.
func TestPartnersWide(t *testing.T) {
	const firms = 400
	var seen struct{ elsewhere, none, many, late, early, left, ahead, behind, far int }
	for n := range 5 {
		reach := []float64{4, 10, .5, 3, 1}[n]
		w := acquainted(rng.Seed(n), firms)
		f, g := &w.Firms, &w.Clone().Firms
		for i := range firms {
			a, b := pupil(f, i, reach), pupil(g, i, reach)
			if wide() {
				a.learnWide(f, i)
			} else {
				a.learn(&w.Firms, i)
			}
			b.learn(g, i)
			if bitsOf(&a) != bitsOf(&b) {
				t.Fatalf("firm %d of %d, suppliers %b, collaborators %b: %+v, want %+v", i, n, f.SupplyHeld(i), f.CollabHeld(i), a, b)
			}
			s, c := f.SupplyHeld(i), f.CollabHeld(i)
			for what, is := range map[*int]bool{&seen.elsewhere: f.SupplyOf(i).Row() != f.CollabOf(i).Row(), &seen.none: s|c == 0, &seen.many: s.Len()+c.Len() > 14,
				&seen.late: s > 0xff, &seen.early: c > 0xff, &seen.ahead: a.ahead > 0, &seen.behind: s|c != 0 && a.ahead == 0, &seen.far: s|c != 0 && a.told == 0} {
				if is {
					*what++
				}
			}
			for slot := range world.SupplySlots {
				if free := *f.SupplyOf(i).Bond(slot); s>>slot&1 == 0 && f.SupplyOf(i).Partner(slot) < 0 && free.Kept() > 0 {
					seen.left++
				}
			}
		}
		if !slices.Equal(f.TieRows, g.TieRows) || !slices.Equal(f.More, g.More) {
			t.Fatalf("world %d: other rows of ties", n)
		}
		for i := range firms {
			for _, b := range bonds(f, i) {
				if b.Kept() != 0 {
					t.Fatalf("firm %d still counts dealings", i)
				}
			}
		}
	}
	if seen.elsewhere == 0 || seen.none == 0 || seen.many == 0 || seen.late == 0 || seen.early == 0 || seen.left == 0 || seen.ahead == 0 || seen.behind == 0 || seen.far == 0 {
		t.Errorf("not all kinds of rows were seen: %+v", seen)
	}
}

// (1-e^-w)/w: dealings that would each go a part of the way.
func TestDrawnBy(t *testing.T) {
	for _, c := range []struct{ weight, want float64 }{{0, 1}, {1e-6, 1 - .5e-6}, {.02, .99006634}, {.5, .78693868}, {1, .63212056}, {100, .01}} {
		near(t, fmt.Sprint(c.weight), float64(drawnBy(float32(c.weight))), c.want, 1e-7)
	}
}

// However often and with however many partners a firm has dealt, at whatever strength, it comes to lie between where it was and the weighted middle
// of its partners: here two at .2 and .8, the second trusted three times as much, so that the middle is .65.
func TestNobodyPassesItsPartners(t *testing.T) {
	for _, converge := range []float64{.02, .1, .5} {
		w, r := plain(t, 3, Params{Distance: .1, Absorption: .15, Convergence: converge, ScienceKM: 50})
		f := &w.Firms
		f.Face[1], f.Face[2] = world.Face{Z: [3]float32{.2, .5, .5}}, world.Face{Z: [3]float32{.8, .5, .5}}
		f.Z[0] = [3]float32{.1, .5, .5}
		f.Join(0, 1, .25, .8)
		f.Join(0, 2, .75, .8)
		for range 15 {
			f.CollabOf(0).Bond(0).SetState(world.TieKept)
			f.CollabOf(0).Bond(1).SetState(world.TieKept)
		}
		r.Review(w, 0)
		near(t, fmt.Sprintf("drawn by %g", converge), float64(f.Z[0][0]), .1+.55*(1-math.Exp(-15*converge)), 2e-6)
	}
}

// bitsOf are the bits of a lesson.
func bitsOf(l *lesson) [unsafe.Sizeof(lesson{}) / 4]uint32 {
	return *(*[unsafe.Sizeof(lesson{}) / 4]uint32)(unsafe.Pointer(l))
}

func BenchmarkPartners(b *testing.B) {
	const firms = 512 // their faces are at hand, as those that a class has called
	for _, eight := range []bool{false, true} {
		if eight && !wide() {
			continue
		}
		b.Run(map[bool]string{true: "wide", false: "plain"}[eight], func(b *testing.B) {
			w := &world.World{}
			f, seed := &w.Firms, rng.Seed(3)
			for i := range firms {
				f.Found(rng.Key(uint64(i)), 0)
				f.Z[i] = [3]float32{float32(seed.Uniform(1, uint64(i), 0, 0)), .5, .5}
				f.Face[i] = world.Face{Z: f.Z[i], Know: .5, LogTech: f.Z[i][0]}
			}
			for i := range firms {
				for k := range 3 + rng.Key(5, uint64(i))%5 {
					j := int(rng.Key(6, uint64(i), k) % firms)
					f.TakeSupplier(i, world.NewHalfTie(int32(j), f.ID[i], f.ID[j], .5, .5))
				}
				for k := range 1 + rng.Key(7, uint64(i))%3 { // each has as many again from others
					if j := int(rng.Key(8, uint64(i), k) % firms); j != i && f.Collaborators(j) < 8 && f.Collaborators(i) < 8 {
						f.Join(i, j, .5, .5)
					}
				}
			}
			ties := 0
			for i := range firms {
				ties += f.Ties(i)
			}
			l := pupil(f, 0, 4)
			b.ResetTimer()
			for range b.N {
				for i := range firms {
					l.own = f.Z[i]
					if eight {
						l.learnWide(f, i)
					} else {
						l.learn(&w.Firms, i)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/firms, "ns/firm")
			b.ReportMetric(float64(ties)/firms, "ties/firm")
		})
	}
}
