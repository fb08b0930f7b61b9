package measure

import (
	"cmp"
	"slices"
)

// Gini is the inequality of equal units, 2 sum k x_(k) / (n sum x) - (n+1)/n with x_(1) <= x_(2) <= ..., in
// [0, 1-1/n] (Gini 1914; the formula of ordered values is Sen's, 1973).
//
// Equal values need no rule, since any order of them gives the same sum. It is undefined where all are 0.
func Gini(x []float64) (float64, error) {
	const name = "gini"
	s, err := share(name, "values", x)
	if err != nil {
		return 0, err
	}
	slices.Sort(s)
	n, sum := float64(len(s)), 0.0
	for k, v := range s {
		sum += float64(float64(k+1) * v)
	}
	return max(0, 2*sum/n-(n+1)/n), nil
}

// GiniLocation is the locational Gini of the quotients C_k = s_k/x_k of the part's and the whole's shares, with every
// unit counted alike: 2/(n^2 mean C) sum k (C_(k) - mean C) (Krugman 1991, Geography and Trade; the form of the R
// package REAT, gini.conc and gini.spec). With a sector by region it measures concentration, with a region by sector
// specialisation.
//
// Units where the whole is 0 have no quotient and are left out; a part in such a unit is an *Invalid. It is undefined
// where the part or the whole sums to 0.
func GiniLocation(part, whole []float64) (float64, error) {
	const name = "gini"
	q, _, err := quotients(name, part, whole)
	if err != nil {
		return 0, err
	}
	return Gini(q)
}

// GiniLorenz is the locational Gini with units counted by the whole: 1 less twice the area under the Lorenz curve of
// the part's against the whole's cumulative shares, units in the order of their quotients, in [0, 1) (also named
// Hoover-Gini; Hoover 1936, doi 10.2307/1927875). It does not change when a unit is divided in proportion.
//
// Units where the whole is 0 are left out as in GiniLocation.
func GiniLorenz(part, whole []float64) (float64, error) {
	const name = "gini"
	q, x, err := quotients(name, part, whole)
	if err != nil {
		return 0, err
	}
	order := make([]int, len(q))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(q[a], q[b]) })
	area, reached := 0.0, 0.0
	for _, k := range order {
		s := float64(q[k] * x[k])
		area += float64(x[k] * (reached + float64(s/2)))
		reached += s
	}
	return max(0, 1-float64(2*area)), nil
}

// quotients gives s/x and x for the units where the whole is above 0.
func quotients(name string, part, whole []float64) (q, x []float64, err error) {
	s, all, err := shares(name, part, whole)
	if err != nil {
		return nil, nil, err
	}
	for k, v := range all {
		switch {
		case v > 0:
			q, x = append(q, s[k]/v), append(x, v)
		case s[k] > 0:
			return nil, nil, &Invalid{name, "part", k, part[k], "0 where the whole is 0"}
		}
	}
	return q, x, nil
}
