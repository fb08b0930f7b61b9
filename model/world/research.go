package world

import "agglo/sim/num"

// Protection is the strength of intellectual property at firm i: that of its region and what policies add, in [0,1].
func (w *World) Protection(i int) float64 { return w.ProtectionAt(i, int(w.Firms.Cell[i])) }

// ProtectionAt is what firm i would find of it in a cell.
func (w *World) ProtectionAt(i, cell int) float64 {
	ip := w.RegionOf(cell).IP
	if w.Levers.Any {
		ip = num.Clamp(ip+w.Levers.Of(LeverProtection, i), 0, 1)
	}
	return ip
}

// ResearchAsUsual says that no lever is pulled and no region protects ideas: then each firm spends its sector's share of sales on
// R&D, is given nothing, and Protection is 0 everywhere. Loops over many firms ask once.
func (w *World) ResearchAsUsual() bool {
	if w.Levers.Any {
		return false
	}
	for r := range w.Setting.Regions {
		if w.Setting.Regions[r].IP != 0 {
			return false
		}
	}
	return true
}

// Research is what firm i spends on R&D out of its own decision and what it is given for R&D beside that, value per year,
// both at least 0. Its own part is
//
//	share x sales x (1 - part given back)^-elasticity x (1 + response x IP) - crowding x given
//
// where the last term is left out for a firm that was short of credit: it could not do before what the money is given for
// (after David, Hall and Toole 2000, doi:10.1016/S0048-7333(99)00087-6; how much is assumed). What is given back of the own
// part is no part of the second result; see ResearchPaid. Both hold from the accounts of a tick to the next ones.
func (w *World) Research(i int) (own, given float64) {
	f, p := &w.Firms, &w.Params
	own = w.ResearchShare(int(f.Sector[i])) * f.Sales[i]
	if ip := w.Protection(i); ip > 0 {
		own *= 1 + float64(p.ResearchProtection*ip)
	}
	if !w.Levers.Any {
		return own, 0
	}
	if price := w.researchPrice(i); price != 1 {
		own *= num.Pow(price, -p.ResearchElasticity)
	}
	given = max(w.Levers.Of(LeverResearch, i), 0)
	if f.Flag[i]&FlagShort == 0 {
		own = max(own-float64(p.ResearchCrowding*given), 0)
	}
	return own, given
}

// researchPrice is the share of the cost of its own R&D that firm i bears itself.
func (w *World) researchPrice(i int) float64 {
	return num.Clamp(1-w.Levers.Of(LeverResearchPrice, i), w.Params.ResearchLeastPrice, 1)
}

// ResearchPaid is what the public pays of firm i's R&D, value per year: what is given, and what is given back of its own.
func (w *World) ResearchPaid(i int) float64 {
	if !w.Levers.Any {
		return 0
	}
	own, given := w.Research(i)
	return given + float64(own*(1-w.researchPrice(i)))
}

// ResearchAnswer is how many times as much a firm spends on R&D of its own when a share of the cost is given back.
func (v View) ResearchAnswer(back float64) float64 {
	p := &v.w.Params
	return num.Pow(num.Clamp(1-back, p.ResearchLeastPrice, 1), -p.ResearchElasticity)
}
