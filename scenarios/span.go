package scenarios

// Span is the dates of the first and the last tick of a run of the scenario's own length.
func (s *Scenario) Span() (from, to Date) {
	from = s.Start.date()
	return from, from.plus(s.Ticks.Int())
}

// FirmsAtStart is the number of real firms at tick 0.
func (s *Scenario) FirmsAtStart() float64 {
	if n := len(s.plants); n > 0 {
		return float64(n)
	}
	sum := 0.0
	for _, x := range s.Sectors {
		if x.Emerging == nil {
			sum += x.Firms.Value
		}
	}
	return sum
}
