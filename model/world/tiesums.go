package world

import "agglo/sim/page"

// sumsAhead is how many rows lie between that whose ties are summed up and the one that is called: all firms are asked in turn, and of each row one
// line of three is read, which no processor foresees.
const sumsAhead = 12

// TieSums counts the half-ties that row i holds, suppliers and collaborators, and adds up the trust that the firm places in them. The
// sum is exact, so that sums of these do not depend on their order.
func (v View) TieSums(i int) (suppliers, collaborators int, trust float64) {
	f := &v.w.Firms
	if k := i + sumsAhead; k < len(f.TieRows) {
		page.CallAll(f.TieRows[k].bond[:])
		f.CallMore(k)
	}
	suppliers, collaborators = f.Suppliers(i), f.Collaborators(i)
	sum := 0
	if k := f.MoreOf[i]; k != 0 {
		sum = f.TieRows[i].trusts(f.SupplySet[i]) + f.More[k-1].trusts(lanesOf(f.CollabSet[i]))
	} else {
		sum = f.TieRows[i].trusts(f.SupplySet[i] | lanesOf(f.CollabSet[i]))
	}
	return suppliers, collaborators, float64(sum) / FullTrust
}

// trusts is the trust in those lanes, in parts of FullTrust.
func (r *TieRow) trusts(held Slots) (sum int) {
	for ; held != 0; held = held.Rest() {
		sum += int(r.bond[held.First()&(lanes-1)].trust)
	}
	return sum
}
