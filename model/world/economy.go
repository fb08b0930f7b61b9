package world

import "agglo/sim/num"

// Params are the constants of technology, taste and growth that several rules share.
type Params struct {
	// Sigma is the elasticity of substitution between the goods of firms, for households and for input buyers alike.
	Sigma float64 `default:"5" unit:"1" in:"(1,20]" src:"assumed"`
	// Alpha is the share of capital in cost.
	Alpha float64 `default:"0.15" unit:"1" in:"(0,0.9]" src:"assumed"`
	// Beta is the share of variable labour in cost; the rest, 1-alpha-beta, goes to inputs.
	Beta float64 `default:"0.35" unit:"1" in:"(0,0.9]" src:"assumed"`
	// Overhead is the labour that a firm needs before it makes anything. It is the source of increasing returns.
	Overhead float64 `default:"0.3" unit:"workers" in:"[0,100]" src:"assumed"`
	// Interest is the real rate at which banks lend and owners value capital.
	Interest float64 `default:"0.05" unit:"1/year" in:"[0,1]" src:"assumed"`
	// Depreciation is the share of capital that wears out.
	Depreciation float64 `default:"0.10" unit:"1/year" in:"(0,1]" src:"assumed"`
	// WorldGrowth is the growth of the world's wage and, times beta, of its technology.
	WorldGrowth float64 `default:"0.015" unit:"1/year" in:"[-0.1,0.1]" src:"assumed"`
	// PopulationGrowth is the growth of the labour force, of housing and of world demand at a constant wage.
	PopulationGrowth float64 `default:"0.005" unit:"1/year" in:"[-0.05,0.1]" src:"assumed"`
	// HomeShare is the share of home demand that local firms meet at the start; rivals from the world meet the rest.
	HomeShare float64 `default:"0.6" unit:"1" in:"(0,1)" src:"assumed"`
	// Research is the share of sales spent on R&D where a sector does not say otherwise.
	Research float64 `default:"0.03" unit:"1" in:"[0,0.5]" src:"assumed"`
	// ResearchElasticity is the elasticity of a firm's own R&D to its price, where a part of it is given back. It is put in:
	// studies find about 1.
	ResearchElasticity float64 `default:"1" unit:"1" in:"[0,5]" src:"doi:10.1016/S0048-7333(99)00085-2"`
	// ResearchLeastPrice is the least share of the cost of its own R&D that a firm bears, whatever is promised to it.
	ResearchLeastPrice float64 `default:"0.1" unit:"1" in:"(0,1]" src:"assumed"`
	// ResearchCrowding is the part of money given for R&D by which a firm that is not short of credit spends less of its own.
	ResearchCrowding float64 `default:"0.5" unit:"1" in:"[0,1]" src:"assumed"`
	// ResearchProtection is the share by which full protection of intellectual property raises firms' own R&D.
	ResearchProtection float64 `default:"0.3" unit:"1" in:"[0,5]" src:"assumed"`
	// OwnersAtHome is the share of dividends, rents and leftovers that goes to households of the region.
	OwnersAtHome float64 `default:"0.5" unit:"1" in:"[0,1]" src:"assumed"`
}

// TicksPerYear is the number of quarters in a year.
const TicksPerYear = 4

// UserCost is the yearly cost of a unit of capital without subsidy: interest and depreciation.
func (p *Params) UserCost() float64 { return p.Interest + p.Depreciation }

// Staying is the part of the labour force that is still there a quarter later: all of it, unless the population shrinks.
func (p *Params) Staying() float64 {
	if p.PopulationGrowth >= 0 {
		return 1
	}
	return num.Exp(p.PopulationGrowth / TicksPerYear)
}

// InputShare is the share of inputs in cost, 1-alpha-beta.
func (p *Params) InputShare() float64 { return 1 - p.Alpha - p.Beta }

// CostShare is unit cost over price, (sigma-1)/sigma: the inverse of the Dixit-Stiglitz markup.
func (p *Params) CostShare() float64 { return (p.Sigma - 1) / p.Sigma }

// Now holds what grows outside the region, at the present tick.
type Now struct {
	Tick       int
	Wage       float64   // the world's wage, e^(g_w t); 1 at tick 0
	LogTech    float64   // log of the world's technology, beta g_w t
	Population float64   // e^(n t)
	Demand     []float64 // by sector: demand path h_s over that of tick 0; an emerging sector's runs from near 0 to its growth path
	Share      []float64 // by sector: share of home demand, sums to 1 with what sectors not yet born would take spread over the others
	Inputs     []float64 // by buyer sector x seller sector: shares of input spending, renormalised for sectors not yet born
	World      []float64 // by sector: factor on world demand: shifts between sectors, and shocks
}

// Advance sets what grows outside to the tick t. shareBase holds the home-demand shares of mature sectors.
func (w *World) Advance(t int) {
	s := w.Setting
	years := float64(t) / TicksPerYear
	n := &w.Now
	n.Tick = t
	n.Wage = num.Exp(w.Params.WorldGrowth * years)
	n.LogTech = w.Params.Beta * w.Params.WorldGrowth * years
	n.Population = num.Exp(w.Params.PopulationGrowth * years)
	then, now := 0.0, 0.0
	for k := range s.Sectors {
		n.Demand[k] = s.Sectors[k].Path(years, s.Start)
		mature := w.Base.Firms[k] * w.Base.Sales[k]
		now += float64(mature * n.Demand[k])
		if s.Sectors[k].Emerging == nil {
			then += float64(mature)
		}
	}
	shift := 1.0 // the world's spending moves between sectors; its sum grows with the world only
	if now > 0 {
		shift = then / now
	}
	total := 0.0
	for k := range s.Sectors {
		n.World[k] = shift
		n.Share[k] = w.Base.Share[k] * n.Demand[k]
		for i := range s.Shocks {
			sh := &s.Shocks[i]
			if t < sh.From || t >= sh.To || !sh.reaches(k) {
				continue
			}
			if sh.What == "demand" {
				n.World[k] *= 1 + sh.Change
				n.Share[k] *= 1 + sh.Change
			} else if sh.What == "world_price" {
				n.World[k] *= num.Pow(1+sh.Change, w.Params.Sigma-1)
			}
		}
		total += n.Share[k]
	}
	for k := range n.Share {
		n.Share[k] /= total
	}
	sectors := len(s.Sectors)
	for r := range sectors {
		row := n.Inputs[r*sectors : (r+1)*sectors]
		sum := 0.0
		for k := range row {
			row[k] = s.Inputs[r][k] * n.Demand[k]
			sum += float64(row[k])
		}
		for k := range row {
			if sum > 0 {
				row[k] /= sum
			}
		}
	}
}

func (s *Shock) reaches(sector int) bool {
	if len(s.Sectors) == 0 {
		return true
	}
	for _, k := range s.Sectors {
		if k == sector {
			return true
		}
	}
	return false
}

// Path is the sector's demand relative to that of a mature sector without growth of its own, years after the start. For
// an emerging sector it rises logistically around the midpoint; before the seed firms come it is what the logistic says,
// which is next to nothing.
func (s *Sector) Path(years float64, start Date) float64 {
	h := num.Exp(s.DemandGrowth * years)
	if e := s.Emerging; e != nil {
		h *= max(num.Logistic((years-e.Midpoint.YearsAfter(start))/e.WidthYears), 1e-9) // never 0: shares are divided by it
	}
	return h
}

// YearsAfter is the time from start to d, in years.
func (d Date) YearsAfter(start Date) float64 {
	return float64(d.Year-start.Year) + float64(float64(d.Quarter-start.Quarter)/TicksPerYear)
}

// Ticks is the number of quarters from start to d.
func (d Date) Ticks(start Date) int {
	return (d.Year-start.Year)*TicksPerYear + d.Quarter - start.Quarter
}

// WorldDemand is what the world spends on a sector's goods per unit of seller's mass, per year. It grows with the world's
// wage; the population's growth is in the sum of appeals already.
func (w *World) WorldDemand(sector int) float64 {
	return w.Base.World[sector] * w.Now.World[sector] * w.Now.Wage
}

// VentureFinance is what shocks leave of venture funds' help for founders of a sector; 1 without shocks.
func (w *World) VentureFinance(sector int) float64 {
	left := 1.0
	for i := range w.Setting.Shocks {
		if sh := &w.Setting.Shocks[i]; sh.What == "venture" && w.Now.Tick >= sh.From && w.Now.Tick < sh.To && sh.reaches(sector) {
			left *= max(1+sh.Change, 0)
		}
	}
	return left
}
