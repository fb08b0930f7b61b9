package measure

import "agglo/sim/num"

// TheilIndex is the inequality of a list of values in nats, with its parts within and between groups.
type TheilIndex struct {
	T, Within, Between   float64  // T in [0, ln n], and its parts
	L, WithinL, BetweenL Optional // mean log deviation, >= 0, and its parts; none if a value is 0
}

// Theil gives both indices of Theil (1967, Economics and Information Theory), with m the mean of n values:
//
//	T = mean( x/m ln(x/m) )   L = mean( ln(m/x) )
//	T = sum_g share_g T_g + sum_g share_g ln(m_g/m)     share_g: the group's part of the sum of values
//	L = sum_g n_g/n L_g  + sum_g n_g/n ln(m/m_g)
//
// Group holds each value's group, 0..groups-1; a nil group is one group. A value of 0 adds 0 to T (the limit of x ln x)
// and makes L infinite, so that L does not exist. Both are undefined where all values are 0.
func Theil(x []float64, group []int32, groups int) (TheilIndex, error) {
	const name = "theil"
	if group == nil {
		group, groups = make([]int32, len(x)), 1
	}
	if err := length(name, "group", len(group), len(x)); err != nil {
		return TheilIndex{}, err
	}
	if err := within(name, "group", group, groups); err != nil {
		return TheilIndex{}, err
	}
	s, err := share(name, "values", x)
	if err != nil {
		return TheilIndex{}, err
	}
	sum, count := make([]float64, groups), make([]float64, groups)
	for k, g := range group {
		sum[g] += s[k]
		count[g]++
	}
	n := float64(len(s))
	out, logs, logsWithin, zero := TheilIndex{}, 0.0, 0.0, false
	for k, v := range s {
		g := group[k]
		if !(v > 0) {
			zero = true
			continue
		}
		all, own := num.Log(float64(v*n)), num.Log(float64(v*count[g])/sum[g])
		out.T += float64(v * all)
		out.Within += float64(v * own)
		logs -= all / n
		logsWithin -= own / n
	}
	between, betweenL := 0.0, 0.0
	for g, v := range sum {
		if v > 0 {
			l := num.Log(float64(v*n) / count[g])
			between += float64(v * l)
			betweenL -= float64(count[g] / n * l)
		}
	}
	out.T, out.Within, out.Between = max(0, out.T), max(0, out.Within), max(0, between)
	if !zero {
		out.L, out.WithinL, out.BetweenL = defined(max(0, logs)), defined(max(0, logsWithin)), defined(max(0, betweenL))
	}
	return out, nil
}
