package measure

// Nearness is how much more often ties are short than pairs are.
type Nearness struct {
	Ties  float64 // share of ties within the radius
	Pairs float64 // share of all pairs of points within it
	Ratio float64 // Ties/Pairs; 1 if distance does not matter
}

// NearnessOf compares the ties between points, given by the numbers of their ends, with all pairs of the points: the share
// that is at most radius long. Towns raise both shares and so do not count as nearness. The cost is that of all pairs. It is
// undefined without ties, for fewer than two points and where no pair is within the radius.
func NearnessOf(x, y []float64, from, to []int32, radius float64) (Nearness, error) {
	const name = "nearness"
	if err := checkPoints(name, x, y); err != nil {
		return Nearness{}, err
	}
	if err := length(name, "to", len(to), len(from)); err != nil {
		return Nearness{}, err
	}
	if err := within(name, "from", from, len(x)); err != nil {
		return Nearness{}, err
	}
	if err := within(name, "to", to, len(x)); err != nil {
		return Nearness{}, err
	}
	if !(radius > 0) {
		return Nearness{}, &Invalid{name, "radius", -1, radius, "a distance above 0"}
	}
	square := float64(radius * radius)
	near := func(i, j int) bool {
		dx, dy := x[i]-x[j], y[i]-y[j]
		return float64(dx*dx)+float64(dy*dy) <= square
	}
	pairs, ties := 0, 0
	for i := range x {
		for j := range i {
			if near(i, j) {
				pairs++
			}
		}
	}
	for k := range from {
		if near(int(from[k]), int(to[k])) {
			ties++
		}
	}
	if len(from) == 0 || pairs == 0 {
		return Nearness{}, undefined(name, "want ties, and pairs within the radius")
	}
	n := float64(len(x))
	out := Nearness{Ties: float64(ties) / float64(len(from)), Pairs: float64(pairs) / (n * (n - 1) / 2)}
	out.Ratio = out.Ties / out.Pairs
	return out, nil
}
