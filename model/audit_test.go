package model

import (
	"strings"
	"testing"

	"agglo/model/world"
)

// Broken accounts are found, each for what it is.
func TestAuditIsSeen(t *testing.T) {
	for _, c := range []struct {
		behind, want string
		do           func(w *world.World)
	}{
		{"wages and migration", "a labour force of", func(w *world.World) { w.Markets.Force[0] *= 1.001 }},
		{"seekers meet vacancies", "a labour force of", func(w *world.World) { w.Count.Arrived++ }},
		{"policy is charged", "the public paid", func(w *world.World) { w.Ledger[0].Now.Admin += .01; w.Ledger[0].Total.Admin += .01 }},
		{"policy is charged", "they have", func(w *world.World) { w.Money.Treasury[0] += .01 }},
		{"policy is charged", "came from outside", func(w *world.World) { w.Money.PolicyIn += .01 }},
		{"policy is charged", "booked", func(w *world.World) { w.Ledger[0].Total.Gross += .01 }},
		{"trade is booked", "suppliers are asked for", func(w *world.World) { w.Money.LocalOrders *= 1.001 }},
		{"trade is booked", "receipts of", func(w *world.World) { w.Money.InputReceipts = 1.001 * w.Money.LocalOrders }},
		{"trade is booked", "of buyers", func(w *world.World) { w.Money.Exports += .01 }},
	} {
		s := small(t, 9, 60)
		s.Policies = acts()
		e := begun(t, s)
		e.Check = nil
		a := Audit(e, &s)
		at := 3
		after(t, e, c.behind, phase{Name: "a break", Once: func(w *world.World, tick int) error {
			if tick == at {
				c.do(w)
			}
			return nil
		}})
		to(t, e, at-1)
		if err := a.Err(); err != nil {
			t.Fatalf("%s: before the break: %v", c.want, err)
		}
		to(t, e, at)
		if err := a.Err(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("want %q, got %v", c.want, err)
		}
	}
}
