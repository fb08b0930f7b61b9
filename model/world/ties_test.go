package world

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"agglo/sim/rng"

	"pgregory.net/rapid"
)

// A row is three lines of memory.
func TestTieRowIsThreeLines(t *testing.T) {
	if size := unsafe.Sizeof(TieRow{}); size != 192 || unsafe.Offsetof(TieRow{}.key) != 64 || unsafe.Offsetof(TieRow{}.bond) != 128 {
		t.Errorf("a row takes %d bytes: want 192, in three lines; see passWide too", size)
	}
}

func TestTies(t *testing.T) {
	var f Firms
	for k := range 20 {
		f.Found(uint64(1000+k)<<20, 0)
	}
	if !f.Join(3, 7, .5, .25) || !f.Join(3, 9, .5, 1) || !f.Join(7, 9, .5, 1) {
		t.Fatal("firms without ties have no room")
	}
	if f.Collaborators(3) != 2 || f.Collaborators(7) != 2 || f.Collaborators(9) != 2 || f.Collaborators(0) != 0 {
		t.Errorf("collaborators of 3, 7, 9, 0: %d %d %d %d", f.Collaborators(3), f.Collaborators(7), f.Collaborators(9), f.Collaborators(0))
	}
	one := f.CollabOf(3).Half(0)
	two := f.CollabOf(7).Half(back(one.key))
	if one.Partner != 7 || two.Partner != 3 || back(two.key) != 0 || pair(one.key) != pair(two.key) || one.Trust() != .5 || math.Abs(one.Nearness()-.25) > 2e-3 {
		t.Errorf("the halves %+v and %+v do not fit", one, two)
	}
	if other := f.CollabOf(3).Pair(1); other == pair(one.key) {
		t.Error("two ties with one key")
	}
	f.Part(3, 0)
	if f.Collaborators(3) != 1 || f.Collaborators(7) != 1 || f.CollabOf(3).Partner(0) != nobody || f.CollabOf(7).Partner(back(one.key)) != nobody {
		t.Error("a tie ended at one end only")
	}
	f.Retire(9)
	if f.Collaborators(3) != 0 || f.Collaborators(7) != 0 {
		t.Errorf("ties to a dead firm: %d and %d", f.Collaborators(3), f.Collaborators(7))
	}
	for k := range SupplySlots {
		if !f.TakeSupplier(2, NewHalfTie(int32(3+k%5), f.ID[2], f.ID[3+k%5], .3, 1)) || f.Suppliers(2) != k+1 {
			t.Fatalf("supplier %d: %d held", k, f.Suppliers(2))
		}
	}
	if f.TakeSupplier(2, NewHalfTie(4, 1, 2, .3, 1)) || f.Suppliers(2) != SupplySlots {
		t.Error("a supplier too many")
	}
	f.DropSupplier(2, 5)
	if f.Suppliers(2) != SupplySlots-1 || f.SupplyOf(2).Partner(5) != nobody || f.Suppliers(3) != 0 {
		t.Error("a supplier was not dropped, or the supplier holds a tie")
	}
	for k := range CollaborationSlots {
		if !f.Join(0, 1+k, .1, 1) {
			if 1+k != 9 {
				t.Fatalf("collaborator %d refused", k)
			}
		}
	}
	if f.Join(0, 15, .1, 1) || f.Collaborators(15) != 0 {
		t.Error("a collaborator too many")
	}
	f.Join(13, 14, .1, 1)
	if f.Join(14, 0, .1, 1) || f.Collaborators(14) != 1 {
		t.Error("a firm without room was joined from the other end")
	}
}

// A firm of two suppliers and a collaborator places .25 + .5 + .125 of trust.
func TestTieSums(t *testing.T) {
	w := &World{Setting: &Setting{}}
	f := &w.Firms
	for k := range 4 {
		f.Found(uint64(k+1)<<30, 0)
	}
	f.TakeSupplier(0, NewHalfTie(1, f.ID[0], f.ID[1], .25, 1))
	f.TakeSupplier(0, NewHalfTie(2, f.ID[0], f.ID[2], .5, 1))
	f.Join(0, 3, .125, 1)
	if s, c, sum := NewView(w).TieSums(0); s != 2 || c != 1 || sum != .875 {
		t.Errorf("%d suppliers, %d collaborators, trust %v; want 2, 1, .875", s, c, sum)
	}
	if s, c, sum := NewView(w).TieSums(1); s != 0 || c != 0 || sum != 0 {
		t.Errorf("who is bought from holds %d, %d, %v", s, c, sum)
	}
}

// Whatever is joined, taken, parted and retired, wherever it lies, a firm holds what it would hold in slots of its own for each kind, and
// both ends of a collaboration know it.
func TestTiesStayWhole(t *testing.T) {
	const firms = 14
	type held map[int]HalfTie // by slot
	elsewhereSeen := false
	rapid.Check(t, func(t *rapid.T) {
		w := &World{Setting: &Setting{}}
		f := &w.Firms
		var want [2][firms]held
		empty := func(i int) { want[0][i], want[1][i] = held{}, held{} }
		for k := range firms {
			f.Found(uint64(k+1)<<30, 0)
			f.Appeal[k] = 1
			empty(k)
		}
		free := func(h held) int {
			for slot := range 12 {
				if _, taken := h[slot]; !taken {
					return slot
				}
			}
			return 12
		}
		join := func(i, j int, trust float64) {
			a, b := free(want[1][i]), free(want[1][j])
			if room := a < 12 && b < 12; f.Join(i, j, trust, 1) != room {
				t.Fatalf("room for a collaboration: want %v", room)
			} else if room {
				mine, theirs := NewHalfTie(int32(j), f.ID[i], f.ID[j], trust, 1), NewHalfTie(int32(i), f.ID[i], f.ID[j], trust, 1)
				mine.key, theirs.key = mine.key|uint32(b), theirs.key|uint32(a)
				want[1][i][a], want[1][j][b] = mine, theirs
			}
		}
		take := func(i, j int, trust float64) {
			a, tie := free(want[0][i]), NewHalfTie(int32(j), f.ID[i], f.ID[j], trust, .5)
			f.MakeRoom()
			if f.TakeSupplier(i, tie) != (a < 12) {
				t.Fatalf("room for a supplier: want %v", a < 12)
			} else if a < 12 {
				want[0][i][a] = tie
			}
		}
		for k := range 6 { // a supplier more, and the two have rows of their own
			join(0, 2+k, .5)
			join(1, 8+k, .5)
		}
		for k := range 10 {
			take(0, 1+k, .5)
			take(1, 2+k, .5)
		}
		for step := range rapid.IntRange(1, 250).Draw(t, "steps") {
			i, j := rapid.IntRange(0, firms-1).Draw(t, "i"), rapid.IntRange(0, firms-1).Draw(t, "j")
			slot, trust := rapid.IntRange(0, 11).Draw(t, "slot"), float64(step)/256
			switch rapid.SampledFrom([]string{"join", "join", "join", "take", "take", "take", "part", "drop", "retire", "copy"}).Draw(t, "what") {
			case "join":
				if i != j && f.Living(i) && f.Living(j) {
					join(i, j, trust)
				}
			case "take":
				if i != j && f.Living(i) && f.Living(j) {
					take(i, j, trust)
				}
			case "part":
				if tie, is := want[1][i][slot]; is {
					f.Part(i, slot)
					delete(want[1][tie.Partner], back(tie.key))
					delete(want[1][i], slot)
				}
			case "drop":
				if _, is := want[0][i][slot]; is {
					f.DropSupplier(i, slot)
					delete(want[0][i], slot)
				}
			case "retire":
				if f.Living(i) && f.Alive > 5 {
					for k := range firms {
						for slot, tie := range f.AllSupplies(k) {
							if tie.Partner == int32(i) {
								f.DropSupplier(k, slot)
								delete(want[0][k], slot)
							}
						}
						for slot, tie := range want[1][k] {
							if tie.Partner == int32(i) {
								delete(want[1][k], slot)
							}
						}
					}
					f.Retire(i)
					empty(i)
				}
			case "copy": // goes on as the world itself
				before := slices.Clone(f.moreHeld)
				f.recount()
				if got := f.moreHeld; got.first() != before.first() || !slices.Equal(got, before[:len(got)]) {
					t.Fatalf("rows of their own %b, want %b", got, before)
				}
			}
			elsewhereSeen = elsewhereSeen || len(f.More) > 1
			if err := w.Invariants(); err != nil {
				t.Fatal(err)
			}
			for k := range firms {
				if got := maps.Collect(f.AllSupplies(k)); !maps.Equal(got, want[0][k]) || f.Suppliers(k) != len(got) {
					t.Fatalf("firm %d has suppliers %v, want %v", k, got, want[0][k])
				}
				if got := maps.Collect(f.AllCollaborations(k)); !maps.Equal(got, want[1][k]) || f.Collaborators(k) != len(got) {
					t.Fatalf("firm %d has collaborators %v, want %v", k, got, want[1][k])
				}
			}
		}
	})
	if !elsewhereSeen {
		t.Error("no two firms ever held their collaborations elsewhere")
	}
}

// A supplier for whom no room was made is not laid over a collaboration.
func TestNoRoomWasMade(t *testing.T) {
	var f Firms
	for k := range 20 {
		f.Found(uint64(k+1)<<30, 0)
	}
	for k := range 8 {
		f.Join(0, 1+k, .5, 1)
	}
	for k := range 8 {
		f.TakeSupplier(0, NewHalfTie(int32(9+k), f.ID[0], f.ID[9+k], .5, 1))
	}
	defer func() {
		if said := fmt.Sprint(recover()); !strings.Contains(said, "no room was made for a supplier of firm 1073741824") {
			t.Errorf("said %q", said)
		}
	}()
	f.TakeSupplier(0, NewHalfTie(19, f.ID[0], f.ID[19], .5, 1))
}

// A half-tie counts honoured dealings up to 15 until it is asked, and forgets the tick's state when it is not set anew.
func TestHalfTieMemory(t *testing.T) {
	tie := NewHalfTie(1, 2, 3, .5, .5)
	for k, c := range []struct {
		state uint8
		kept  int
	}{{TieKept, 1}, {TieIdle, 0}, {TieBroken, 0}, {TieKept, 1}} {
		tie.SetState(c.state)
		if tie.State() != c.state {
			t.Errorf("state %d, want %d", tie.State(), c.state)
		}
		if got := tie.Kept(); got != c.kept {
			t.Errorf("step %d: %d dealings, want %d", k, got, c.kept)
		}
	}
	for range 40 {
		tie.SetState(TieKept)
	}
	if got := tie.Kept(); got != 15 || tie.State() != TieKept || tie.Kept() != 0 {
		t.Errorf("40 honoured dealings count %d, then state %d", got, tie.State())
	}
	for _, near := range []float64{0, .1, .5, .999, 1} {
		if tie = NewHalfTie(1, 2, 3, .5, near); math.Abs(tie.Nearness()-near) > .5/255+1e-12 {
			t.Errorf("nearness %v became %v", near, tie.Nearness())
		}
	}
	for _, tau := range []float64{0, .1, .25, .999, 1} {
		if tie.SetTrust(tau); math.Abs(tie.Trust()-tau) > .5/FullTrust {
			t.Errorf("trust %v became %v", tau, tie.Trust())
		}
		kept, idle := NewRevision(TieKept, .08, .92), NewRevision(TieIdle, 0, 1)
		tie.Revise(&kept)
		if x := float64(tie.Revise(&idle)) / FullTrust; x != tie.Trust() || math.Abs(x-.08-.92*tau) > 1./FullTrust || tie.State() != TieIdle || tie.Kept() != 1 {
			t.Errorf("trust %v was revised to %v, want %v", tau, tie.Trust(), .08+.92*tau)
		}
	}
	if a, b := NewHalfTie(1, 2<<20, 9<<20, 0, 0), NewHalfTie(1, 9<<20, 2<<20, 0, 0); a.key != b.key {
		t.Error("the key of a pair depends on the end")
	}
}

// Each held tie is picked by an equal part of (0,1).
func TestOneOf(t *testing.T) {
	row, n := TieRow{partner: noPartners}, map[int32]int{}
	ties, held := Ties{&row, lanes - 1}, Slots(1<<1|1<<3|1<<4)
	for k, slot := range []int{1, 3, 4} {
		ties.put(slot, HalfTie{Partner: int32(4 + k)})
	}
	for k := range 300 {
		n[oneOf(ties, held, (float64(k)+.5)/300)]++
	}
	if n[4] != 100 || n[5] != 100 || n[6] != 100 {
		t.Errorf("300 picks: %v", n)
	}
	if got := oneOf(ties, 0, .5); got != nobody {
		t.Errorf("tie %d was picked from none", got)
	}
}

// Each thing that can be wrong is named, all at once.
func TestInvariantsAreSeen(t *testing.T) {
	w := &World{Setting: &Setting{}}
	f := &w.Firms
	for k := range 8 {
		i := f.Found(uint64(k+1), 0)
		f.Appeal[i], f.Labour[i] = 1, 1
	}
	w.Markets = Markets{Force: []float64{10}, Employed: []float64{8}, LogWage: []float64{0}, Balance: []float64{0}}
	w.Money.Turnover = 1
	f.Join(0, 1, .5, 1)
	f.TakeSupplier(0, NewHalfTie(2, 1, 3, .5, 1))
	if err := w.Invariants(); err != nil {
		t.Fatalf("a whole world: %v", err)
	}
	for _, c := range []struct {
		want  string
		wreck func(w *World)
	}{
		{"firm 4: cash is NaN", func(*World) { f.Cash[3] = math.NaN() }},
		{"firm 4: technology is +Inf", func(*World) { f.LogTech[3] = math.Inf(1) }},
		{"firm 5: labour -1", func(*World) { f.Labour[4] = -1 }},
		{"firm 5: labour 1, capital -2", func(*World) { f.Capital[4] = -2 }},
		{"appeal 0", func(*World) { f.Appeal[5] = 0 }},
		{"knowledge position 2 is 1.5", func(*World) { f.Z[1][2] = 1.5 }},
		{"firm 1 holds a supply tie to row 2, whose firm has closed", func(*World) { f.ID[2] = 0 }},
		{"firm 1 holds a collaboration with row 1 that the other end does not know", func(*World) { f.CollabOf(1).free(0) }},
		{"trust 1.5 in a supplier", func(*World) { f.SupplyOf(0).Bond(0).trust = 3 * FullTrust / 2 }},
		{"trust 1.25 in a collaborator", func(*World) { f.CollabOf(0).Bond(0).trust = 5 * FullTrust / 4 }},
		{"7 workers at home, 8 at work", func(w *World) { w.Markets.Employed[0] = 7 }},
		{"NaN workers at home, 8 at work", func(w *World) { w.Markets.Employed[0] = math.NaN() }},
		{"labour market 0: NaN more at work than live there", func(w *World) { w.Markets.Employed[0] = math.NaN() }},
		{"labour market 0: force NaN", func(w *World) { w.Markets.Force[0] = math.NaN() }},
		{"labour market 0: force 10, log wage +Inf", func(w *World) { w.Markets.LogWage = []float64{math.Inf(1)} }},
		{"log wage 0, balance -Inf", func(w *World) { w.Markets.Balance = []float64{math.Inf(-1)} }},
		{"money: 0.5 came from nowhere", func(w *World) { w.Money.Gap = .5 }},
		{"money: NaN came from nowhere", func(w *World) { w.Money.Gap = math.NaN() }},
	} {
		labour, capital, cash, tech, z, ids := f.Labour[4], f.Capital[4], f.Cash[3], f.LogTech[3], f.Z[1], f.ID[2]
		appeal, supply, mine, theirs, market, money := f.Appeal[5], f.TieRows[0], f.CollabSet[0], f.TieRows[1], w.Markets, w.Money
		market.Employed, market.Force = []float64{8}, []float64{10}
		c.wreck(w)
		if err := w.Invariants(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("want %q, have %v", c.want, err)
		}
		f.Labour[4], f.Capital[4], f.Cash[3], f.LogTech[3], f.Z[1], f.ID[2] = labour, capital, cash, tech, z, ids
		f.Appeal[5], f.TieRows[0], f.CollabSet[0], f.TieRows[1], w.Markets, w.Money = appeal, supply, mine, theirs, market, money
		if err := w.Invariants(); err != nil {
			t.Fatalf("after %q: %v", c.want, err)
		}
	}
	f.Cash[3], w.Money.Gap = math.NaN(), 1
	if err := w.Invariants(); err == nil || len(strings.Split(err.Error(), "\n")) != 2 {
		t.Errorf("two faults: %v", err)
	}
}

// Ties that pass the check of a state that was read can be walked, passed over, looked up, moved and ended, whatever stood in the file.
func FuzzTiesThatWereRead(f *testing.F) {
	whole := func() *World {
		w := &World{Setting: &Setting{}}
		for k := range 4 {
			w.Firms.Found(uint64(k+1)<<30, 0)
		}
		w.Firms.Join(0, 1, .5, 1)
		w.Firms.Join(2, 1, .5, 1)
		for k := range 3 {
			w.Firms.TakeSupplier(0, NewHalfTie(int32(1+k), w.Firms.ID[0], w.Firms.ID[1+k], .5, 1))
		}
		w.Firms.makeRoom(1, lanes-1)
		return w
	}
	f.Add([]byte{0, 0, 3, 2, 9, 4, 1, 60, 255, 4, 130, 7})
	f.Fuzz(func(t *testing.T, data []byte) {
		w := whole()
		firms := &w.Firms
		for ; len(data) >= 3; data = data[3:] { // where, what
			row, at, to := int(data[0]>>2)%4, int(data[1]), data[2]
			ties := &firms.TieRows[row]
			if data[0]&3 == 3 {
				ties = &firms.More[0]
			}
			switch {
			case at < 64:
				ties.partner[at%lanes] = int32(int8(to))
			case at < 128:
				ties.key[at%lanes] = uint32(to)
			case at < 180:
				firms.SupplySet[row] ^= 1 << (to % 16)
			case at < 240:
				firms.CollabSet[row] ^= 1 << (to % 16)
			default:
				firms.ID[row] = 0
			}
		}
		var wrong faults
		if w.tiesAstray(&wrong); wrong != nil {
			return
		}
		firms.recount()
		firms.MakeRoom()
		passed, found := make([]Passed, 4), make([]Slots, 4)
		firms.Pass(0, &Passing{Ends: rng.BarAt(.3), Deals: rng.BarAt(.6)}, passed)
		firms.Marked(0, FlagExit, found)
		for i := range firms.ID {
			if firms.ID[i] == 0 {
				continue
			}
			for k, tie := range firms.AllSupplies(i) {
				if tie.Partner >= 0 && firms.ID[tie.Partner] != 0 {
					firms.DropSupplier(i, k)
				}
			}
			for firms.SupplySet[i].free() < 3 {
				firms.MakeRoom()
				firms.TakeSupplier(i, NewHalfTie(0, 1, 2, .5, 1))
			}
			for k := range firms.AllCollaborations(i) {
				if firms.CollabSet[i]>>k&1 != 0 {
					firms.Part(i, k)
				}
			}
		}
	})
}

// The slot of a set behind so many others is the one that a walk through the set finds, for all sets; Pick takes each of them with the same
// chance, and none of an empty set.
func TestPickWalks(t *testing.T) {
	for s := Slots(1); s != 0; s++ {
		at, n := 0, s.Len()
		for rest := s; rest != 0; rest = rest.Rest() {
			if got := s.nth(uint32(at)); got != rest.First() {
				t.Fatalf("set %#x: behind %d others lies slot %d, want %d", s, at, got, rest.First())
			}
			low, high := (float64(at)+.001)/float64(n), (float64(at)+.999)/float64(n)
			if a, b := s.Pick(low), s.Pick(high); a != rest.First() || b != rest.First() {
				t.Fatalf("set %#x: %g and %g pick slots %d and %d, want %d", s, low, high, a, b, rest.First())
			}
			at++
		}
	}
	if got := Slots(0).Pick(.5); got != -1 {
		t.Errorf("an empty set gives slot %d", got)
	}
}
