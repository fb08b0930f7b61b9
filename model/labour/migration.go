package labour

import (
	"agglo/model/world"
	"agglo/sim/num"
)

// migrate lets a part of the labour force choose anew where to live: a logit in real wages, unemployment and rent, with
// places weighted by who lives there already (McFadden 1974 for the logit).
func (r *Rules) migrate(w *world.World) {
	m := &w.Markets
	weights, leaving := 0.0, 0.0
	for k, force := range m.Force {
		r.rate[k] = 0
		if force <= 0 {
			continue
		}
		rent := num.Log(force / m.Housing[k])
		better := m.LogWage[k] - float64(2*(m.Unemployment(k)-r.P.Natural)) - float64(r.P.RentWeight*r.P.HousingElasticity*rent)
		r.rate[k] = force * num.Exp(r.P.MigrationPull*(better-num.Log(w.Now.Wage)))
		weights += r.rate[k]
	}
	share := r.P.Migration / world.TicksPerYear
	for k := range m.Force {
		gone := max(min(share*m.Force[k], m.Force[k]-m.Employed[k]), 0) // who moves has given up a job or had none
		m.Force[k] -= gone
		leaving += gone
	}
	if weights > 0 {
		for k := range m.Force {
			m.Force[k] += leaving * r.rate[k] / weights
		}
	}
}

// follow lets people live within reach of their work: where a firm that has moved, or been founded, employs more people than
// live there, they have come with it. Their homes are taken from those of the jobless elsewhere, so that nobody is lost.
func follow(w *world.World) {
	m := &w.Markets
	missing, free := 0.0, 0.0
	for k, force := range m.Force {
		missing += max(m.Employed[k]-force, 0)
		free += max(force-m.Employed[k], 0)
	}
	if missing <= 0 || free <= 0 {
		return
	}
	gone, come := min(missing/free, 1), min(free/missing, 1)
	for k, force := range m.Force {
		left := force - m.Employed[k]
		switch {
		case left > 0:
			m.Force[k] -= float64(gone * left)
		case come == 1:
			m.Force[k] = m.Employed[k]
		default:
			m.Force[k] -= float64(come * left)
		}
	}
}

// arrive lets people from outside join the labour force of the market where they settle. They bring no money and no homes.
// They are kept apart, so that residents' jobs can be told from theirs.
func arrive(w *world.World) {
	m := &w.Markets
	w.Count.Arrived = 0
	for _, a := range w.Levers.Arrivals {
		k := w.Cells.Market[a.Cell]
		if k < 0 {
			continue // nobody lives on water
		}
		if len(m.Arrived) == 0 {
			m.Arrived = make([]float64, len(m.Force))
		}
		m.Force[k] += a.Workers
		m.Arrived[k] += a.Workers
		w.Count.Arrived += a.Workers
	}
}
