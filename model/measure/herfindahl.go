package measure

// Concentration is the Herfindahl-Hirschman index of n values.
type Concentration struct {
	H          float64  // sum of squared shares, in [1/n, 1]
	Normalised Optional // (H-1/n)/(1-1/n), in [0, 1]; none for one value
	Equivalent float64  // 1/H, the number of equal units with the same H
}

// Herfindahl is the sum of squared shares (Hirschman 1945; Herfindahl 1950). Zeros count in n: a unit without jobs is
// one that could have had some. It is undefined where all values are 0.
func Herfindahl(x []float64) (Concentration, error) {
	s, err := share("hhi", "values", x)
	if err != nil {
		return Concentration{}, err
	}
	c := Concentration{}
	for _, v := range s {
		c.H += float64(v * v)
	}
	c.Equivalent = 1 / c.H
	if n := float64(len(s)); n > 1 {
		c.Normalised = defined(max(0, (c.H-1/n)/(1-1/n)))
	}
	return c, nil
}
