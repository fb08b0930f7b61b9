package measure

// PairIndex is the co-agglomeration of two sectors.
type PairIndex struct {
	A, B  int32    // sectors, A < B
	Gamma Optional // none where a sector has no jobs or all jobs of the economy lie in one region
}

// Coagglomeration gives for every pair of sectors the index of Ellison, Glaeser and Kerr (2010,
// doi 10.1257/aer.100.3.1195), a covariance of their shares over the regions:
//
//	gamma_ab = sum_j (s_aj - x_j)(s_bj - x_j) / (1 - sum_j x_j^2)
//
// 0 if the sectors choose apart from each other, negative if they avoid each other. Pairs come in the order of A, then
// B. The cost is that of pairs times regions.
func Coagglomeration(p Plants) ([]PairIndex, error) {
	const name = "coagglomeration"
	if err := p.check(name); err != nil {
		return nil, err
	}
	x, err := p.regionShares(name)
	if err != nil {
		return nil, err
	}
	gaps, jobs := p.gaps(x)
	room := 1 - sumSquares(x)
	out := make([]PairIndex, 0, p.Sectors*(p.Sectors-1)/2)
	for a := range p.Sectors {
		for b := a + 1; b < p.Sectors; b++ {
			pair := PairIndex{A: int32(a), B: int32(b)}
			if jobs[a] > 0 && jobs[b] > 0 && room > 1e-12 {
				sum := 0.0
				other := gaps[b*p.Regions : (b+1)*p.Regions]
				for j, d := range gaps[a*p.Regions : (a+1)*p.Regions] {
					sum += float64(d * other[j])
				}
				pair.Gamma = defined(sum / room)
			}
			out = append(out, pair)
		}
	}
	return out, nil
}

// GroupCoagglomeration is the index of Ellison and Glaeser (1997, doi 10.1086/262098) for a group of sectors taken
// together: whether plants of different sectors of the group lie near each other, beyond what each sector's own
// concentration makes. With w_i sector i's part of the group's jobs, H = sum w_i^2 H_i, and G that of the group's
// shares s_j = sum_i w_i s_ij:
//
//	gamma^c = [G/(1-S2) - H - sum_i gamma_i w_i^2 (1-H_i)] / (1 - sum_i w_i^2)
//
// Sectors without jobs play no part. A sector of one plant has no gamma, but its term is 0, since 1-H_i is. The index
// is undefined for a group of fewer than two sectors with jobs, and where all jobs of the economy lie in one region.
func GroupCoagglomeration(p Plants, group []int32) (float64, error) {
	const name = "coagglomeration"
	single, err := EllisonGlaeser(p)
	if err != nil {
		return 0, err
	}
	if err := within(name, "group", group, p.Sectors); err != nil {
		return 0, err
	}
	x, err := p.regionShares(name)
	if err != nil {
		return 0, err
	}
	total, some := 0.0, 0
	member := make([]bool, p.Sectors)
	for _, i := range group {
		if member[i] {
			return 0, &Invalid{name, "group", -1, float64(i), "each sector once"}
		}
		member[i] = true
		total += single[i].Jobs
		if single[i].Jobs > 0 {
			some++
		}
	}
	room := 1 - sumSquares(x)
	if some < 2 || !(room > 1e-12) {
		return 0, undefined(name, "want two sectors with jobs in the group, and jobs in two regions")
	}
	gaps, _ := p.gaps(x)
	mean := make([]float64, p.Regions) // s_j - x_j of the group
	h, own, squares := 0.0, 0.0, 0.0
	for _, i := range group {
		w := single[i].Jobs / total
		ww := float64(w * w)
		squares += ww
		h += float64(ww * single[i].H)
		own += float64(float64(single[i].Gamma*ww) * (1 - single[i].H))
		for j := range mean {
			mean[j] += float64(w * gaps[int(i)*p.Regions+j])
		}
	}
	return (sumSquares(mean)/room - h - own) / (1 - squares), nil
}

// gaps gives s_ij - x_j at i*Regions+j, and each sector's jobs. A sector without jobs has zeros.
func (p Plants) gaps(x []float64) (gap, jobs []float64) {
	gap, jobs = make([]float64, p.Sectors*p.Regions), make([]float64, p.Sectors)
	for k, e := range p.Employment {
		gap[int(p.Sector[k])*p.Regions+int(p.Region[k])] += e
		jobs[p.Sector[k]] += e
	}
	for i, total := range jobs {
		if total > 0 {
			for j := range x {
				gap[i*p.Regions+j] = gap[i*p.Regions+j]/total - x[j]
			}
		}
	}
	return gap, jobs
}

func sumSquares(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += float64(v * v)
	}
	return sum
}
