package measure

import "agglo/sim/num"

// Information is the mutual information of the rows and columns of a table.
type Information struct {
	Total float64    // sum of p_ij T_ij, in nats, >= 0
	Terms []Optional // T_ij = ln(p_ij/(p_i. p_.j)) laid out as the table; none for an empty cell
}

// MutualInformation tells how much rows and columns of a table of counts tell of each other; with collaborations
// between regions, which pairs work together more (above 0) or less (below 0) than their sizes make likely (Frenken
// 2000, Research Policy 29).
//
// Table holds row i and column j at i*columns+j, >= 0. It is undefined for a table of zeros; an empty cell adds 0.
func MutualInformation(table []float64, columns int) (Information, error) {
	const name = "mutual-information"
	if columns < 1 || len(table)%columns != 0 {
		return Information{}, &Invalid{name, "columns", -1, float64(columns), "a divisor of the number of cells"}
	}
	p, err := share(name, "table", table)
	if err != nil {
		return Information{}, err
	}
	row, column := make([]float64, len(p)/columns), make([]float64, columns)
	for k, v := range p {
		row[k/columns] += v
		column[k%columns] += v
	}
	out := Information{Terms: make([]Optional, len(p))}
	for k, v := range p {
		if v > 0 {
			t := num.Log(v / row[k/columns] / column[k%columns])
			out.Terms[k] = defined(t)
			out.Total += float64(v * t)
		}
	}
	out.Total = max(0, out.Total)
	return out, nil
}
