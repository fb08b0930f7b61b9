package model

import (
	"fmt"

	"agglo/model/policy"
	"agglo/model/world"
)

// Audit lets an engine's accounts be held in every tick from now on, and gives what finds their faults. The world is the same, to
// the bit; nothing stops when accounts are wrong. s is the setup that the engine goes by.
func Audit(e *Engine, s *Setup) *world.Audit {
	a := &world.Audit{Outside: map[string]bool{}}
	for k := range s.Policies {
		if p := &s.Policies[k]; p.Finance == policy.Outside {
			a.Outside[p.ID] = true
		}
	}
	seen := 0
	for k := range e.Phases {
		p := &e.Phases[k]
		once, ready := p.Once, p.Ready
		switch p.Name {
		case "time passes":
			p.Once = func(w *world.World, tick int) error { a.Begin(w); return once(w, tick) }
		case "sales, vacancies and layoffs":
			p.Ready = func(w *world.World) { a.Orders(w); ready(w) }
		case "money is checked":
			p.Once = func(w *world.World, tick int) error {
				if err := once(w, tick); err != nil {
					return err
				}
				a.Close(w)
				return nil
			}
		default:
			continue
		}
		seen++
	}
	if seen != 3 {
		panic(fmt.Sprintf("model: an engine with %d of the 3 phases at which accounts are held", seen))
	}
	return a
}
