package world

import "agglo/sim/num"

// A Memory is how places have looked before, for firms that learn late of how they look. It is empty where they know at once.
type Memory struct {
	Past []Look // one a tick, the oldest first; the first is what firms know
	Seen Look   // that one, grown with the world since
}

// A Look is the fields by which firms compare sites, and the yardsticks of the tick.
type Look struct {
	Wage, Population        float64   // of the world, as in Now
	Demand                  []float64 // by sector
	SupplyAt                []float32 // this and the others as in Fields
	Pool, Access, Receipts  []float64 // by plane and cell
	LogWage, Jobs, EndPoint []float64 // by cell
}

// Remember notes how places look in this tick and forgets what is older than lag ticks. Firms know the oldest look that is
// left: that of lag ticks ago, or of the first tick noted while there is none so old. It must run alone.
func (w *World) Remember(lag int) {
	m := &w.Memory
	var free Look
	for len(m.Past) > lag {
		free = m.Past[0] // its memory is used again
		m.Past = append(m.Past[:0], m.Past[1:]...)
	}
	free.copyFrom(w)
	m.Past = append(m.Past, free)
	m.Seen.grow(&m.Past[0], w)
}

// copyFrom makes l the look of the present tick.
func (l *Look) copyFrom(w *World) {
	f, n := &w.Fields, &w.Now
	l.Wage, l.Population = n.Wage, n.Population
	l.Demand = append(l.Demand[:0], n.Demand...)
	l.SupplyAt = append(l.SupplyAt[:0], f.SupplyAt...)
	from := [...][]float64{f.Pool, f.Access, f.Receipts, f.LogWage, f.Jobs, f.EndPoint}
	for k, to := range l.columns() {
		*to = append((*to)[:0], from[k]...)
	}
}

// columns are the fields of a look but for that of suppliers, which is of another type.
func (l *Look) columns() [6]*[]float64 {
	return [...]*[]float64{&l.Pool, &l.Access, &l.Receipts, &l.LogWage, &l.Jobs, &l.EndPoint}
}

// grow makes l an old look, grown with the world since: how the world as a whole grows is known to all, and what is late is
// news of places. Suppliers and workers have grown with the population and the sector's demand, receipts with the wage.
func (l *Look) grow(old *Look, w *World) {
	l.SupplyAt = append(l.SupplyAt[:0], old.SupplyAt...)
	from := old.columns()
	for k, to := range l.columns() {
		*to = append((*to)[:0], *from[k]...)
	}
	n := &w.Now
	wage, people, sectors := n.Wage/old.Wage, n.Population/old.Population, len(n.Demand)
	rise := num.Log(wage)
	for c := range l.LogWage {
		l.LogWage[c] += rise
		l.Jobs[c] *= people
		for s := range sectors {
			at := &l.SupplyAt[c*sectors+s]
			*at = float32(float64(*at) * (people * n.Demand[s] / old.Demand[s]))
		}
	}
	for p := range w.Planes() {
		lo, hi := w.Plane(p)
		s := p % sectors
		for k := lo; k < hi; k++ {
			l.Pool[k] *= people * n.Demand[s] / old.Demand[s]
			l.Access[k] *= wage
			l.Receipts[k] *= wage
		}
	}
}

// AsSeen gives what judge makes of the world when places look as firms have heard of them. It must run alone.
func (w *World) AsSeen(judge func() float64) float64 {
	if len(w.Memory.Past) == 0 {
		return judge()
	}
	f, seen := &w.Fields, &w.Memory.Seen
	now := *f
	f.SupplyAt, f.Pool, f.Access, f.Receipts = seen.SupplyAt, seen.Pool, seen.Access, seen.Receipts
	f.LogWage, f.Jobs, f.EndPoint = seen.LogWage, seen.Jobs, seen.EndPoint
	value := judge()
	*f = now
	return value
}
