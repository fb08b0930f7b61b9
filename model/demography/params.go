// Package demography holds how firms come, go and move: spin-offs, founders who start where they work, closures, and the
// choice of a site.
package demography

import (
	"agglo/model/world"
	"agglo/sim/rng"
)

// Params are the parameters of entry, exit and location.
type Params struct {
	// SpinOff is the rate at which an average firm's employees leave to found a firm, before the profit response.
	SpinOff float64 `default:"0.09" unit:"1/year" in:"[0,1]" src:"assumed"`
	// DeNovo is the rate of other foundings per firm that the market carries, before the profit response.
	DeNovo float64 `default:"0.07" unit:"1/year" in:"[0,1]" src:"assumed"`
	// NormalProfit is the profit per firm, in base sales per firm and world wages, at which foundings run at these rates.
	// It pins the number of firms and so their mean size.
	NormalProfit float64 `default:"0.18" unit:"1" in:"(0,1]" src:"assumed"`
	// ProfitResponse is the elasticity of foundings to profit per firm.
	ProfitResponse float64 `default:"2" unit:"1" in:"[0,10]" src:"assumed"`
	// Stay is the chance that a founder stays near the firm that he or she left.
	Stay float64 `default:"0.8" unit:"1" in:"[0,1]" src:"assumed"`
	// StayKM is the scale of the distance, east and north, at which a founder who stays settles.
	StayKM float64 `default:"3" unit:"km" in:"(0,100]" src:"assumed"`
	// OwnTrade is the chance that a founder who is no spin-off comes from the sector itself; others come from its
	// suppliers and customers.
	OwnTrade float64 `default:"0.5" unit:"1" in:"[0,1]" src:"assumed"`
	// EntrantNoise is the standard deviation of log technology of a founder around the firm left.
	EntrantNoise float64 `default:"0.15" unit:"1" in:"[0,1]" src:"assumed"`
	// EntrantLeast is the smallest size at birth; sizes are EntrantLeast exp(EntrantTail x), x exponential of mean 1.
	EntrantLeast float64 `default:"1.2" unit:"workers" in:"(0,100]" src:"assumed"`
	// EntrantTail is the inverse of the tail exponent of sizes at birth.
	EntrantTail float64 `default:"0.5" unit:"1" in:"[0,1)" src:"assumed"`
	// Seed is the part of the first year's wages that founders bring.
	Seed float64 `default:"0.35" unit:"years of wages" in:"[0,5]" src:"assumed"`
	// OwnCapital is the part of the first capital that founders bring; an overdraft carries the rest.
	OwnCapital float64 `default:"0.5" unit:"1" in:"[0,1]" src:"assumed"`
	// Constraint is the part of the cost of entry and of the seed money that a founder must own, or be lent; 0 switches
	// founders' finance off.
	Constraint float64 `default:"1" unit:"1" in:"[0,1]" src:"assumed"`
	// EntryCost is what it costs to set a firm up, beside its seed money.
	EntryCost float64 `default:"0.5" unit:"world wages" in:"[0,50]" src:"assumed"`
	// Wealth is the median wealth of founders.
	Wealth float64 `default:"3" unit:"world wages" in:"(0,1000]" src:"assumed"`
	// WealthSpread is the standard deviation of founders' log wealth.
	WealthSpread float64 `default:"1" unit:"1" in:"[0,5]" src:"assumed"`
	// Backing is the finance that every founder finds: kin, partners, the branch round the corner. A founder short of
	// money is financed with the chance 1 - e^-(Backing + Finance x institutions within reach).
	Backing float64 `default:"0.7" unit:"1" in:"[0,20]" src:"assumed"`
	// Finance is what a fund or a bank of capacity 1 adds to that at its door.
	Finance float64 `default:"0.02" unit:"1" in:"[0,20]" src:"assumed"`
	// FinanceKM is the distance over which a fund's or a bank's help for founders falls by e.
	FinanceKM float64 `default:"30" unit:"km" in:"(0,1000]" src:"assumed"`
	// ClosesEarly is the chance with which founders reckon to close within five years: a promise to make good a part of
	// their loss counts so much less than money.
	ClosesEarly float64 `default:"0.5" unit:"1" in:"[0,1]" src:"assumed"`
	// HeirTies is the number of its parent's collaborators that a spin-off inherits, at most.
	HeirTies int `default:"2" unit:"ties" in:"[0,12]" src:"assumed"`
	// Hazard is the rate of closures for reasons that are not money, at mean size.
	Hazard float64 `default:"0.02" unit:"1/year" in:"[0,1]" src:"assumed"`
	// HazardSize is the elasticity of that rate to size; it stays within [1/4, 2] of the rate.
	HazardSize float64 `default:"-0.3" unit:"1" in:"[-2,0]" src:"assumed"`
	// LossWeight is the weight of the present quarter in a firm's view of its profits.
	LossWeight float64 `default:"0.2" unit:"1/quarter" in:"(0,1]" src:"assumed"`
	// Resale is what capital of a closed firm brings.
	Resale float64 `default:"0.5" unit:"1" in:"[0,1]" src:"assumed"`
	// Move is the rate at which a firm compares its site with others.
	Move float64 `default:"0.05" unit:"1/year" in:"[0,1]" src:"assumed"`
	// Sharpness is the weight of a site's value in the choice of a site, a logit.
	Sharpness float64 `default:"60" unit:"1" in:"[0,1000]" src:"assumed"`
	// MoveCost is the cost of moving in yearly sales.
	MoveCost float64 `default:"0.05" unit:"years of sales" in:"[0,1]" src:"assumed"`
	// Horizon is the number of years over which a firm spreads the cost of moving.
	Horizon float64 `default:"5" unit:"year" in:"(0,50]" src:"assumed"`
	// Successes says whether a firm that compares sites looks near a visible success: a cell drawn by the workers whom its sector had there at the start of the quarter.
	Successes bool `default:"true" unit:"1" in:"{true,false}" src:"assumed"`
	// Strangers is the number of random sites that a firm looks at.
	Strangers int `default:"2" unit:"sites" in:"[0,20]" src:"assumed"`
	// PerceptionLag is how late firms learn of how other places have changed, when they compare sites. They know their own.
	PerceptionLag int `default:"0" unit:"quarter" in:"[0,40]" src:"assumed"`
	// LearningYears is how many years of what it would learn there a firm counts when it compares sites: of partners, who teach the less the farther
	// away they are, of the air and of universities. It is off by default: firms look at the present.
	LearningYears float64 `default:"0" unit:"year" in:"[0,50]" src:"assumed"`
	// Contagion is the part of founders who are no spin-offs that comes in proportion to how many firms of their sector have just succeeded
	// around them, for each who works there (after Minniti 2005, Nanda and Sorensen 2010, for the idea); others come from related work wherever
	// it is. It moves where they come from, not how many they are. It is off by default: no source says how large that part is.
	Contagion float64 `default:"0" unit:"1" in:"[0,1]" src:"assumed"`
	// ContagionYears is the age below which a firm with a profit is a success that founders hear of.
	ContagionYears float64 `default:"5" unit:"year" in:"(0,100]" src:"assumed"`
}

// Purposes of random draws.
const (
	drawHazard  rng.Purpose = 0x3901
	drawDeNovo  rng.Purpose = 0x3802
	drawSource  rng.Purpose = 0x3803
	drawSize    rng.Purpose = 0x3804
	drawSkill   rng.Purpose = 0x3805
	drawStay    rng.Purpose = 0x3806
	drawOffset  rng.Purpose = 0x3807
	drawMind    rng.Purpose = 0x3808
	drawWealth  rng.Purpose = 0x3809
	drawBacking rng.Purpose = 0x380a
	drawSite    rng.Purpose = 0x3a02
	drawTaste   rng.Purpose = 0x3a03
	drawFurther rng.Purpose = 0x3a04
)

// Outside is what demography needs of other mechanisms; model wires it.
type Outside struct {
	Judge   func(w *world.World, visits []world.Visit)              // sets the values of sites, log profit over sigma
	Foresee func(w *world.World, v *world.Visit) float64            // growth of log technology a year that a firm expects at a site
	Credit  func(w *world.World, i int) float64                     // credit line
	SalesOf func(w *world.World, labour, wage float64) float64      // yearly sales that workers deliver
	Capital func(w *world.World, sales float64) float64             // capital that sales need
	Inherit func(w *world.World, child, partner int, trust float64) // gives a founder a tie
}

// Rules are the rules of demography with their scratch memory.
type Rules struct {
	P        Params
	Outside  Outside
	births   []int32   // by cell: founders who leave their work in this tick
	related  []float64 // by sector x sector: where founders come from; rows sum to 1
	rate     []float64 // by sector: foundings per related worker in this tick
	pull     []float64 // by sector: foundings, of whatever sector, per worker there in this tick
	clamp    []float64 // by sector: profit response
	jobs     []float64 // by sector: workers per firm
	tech     []float64 // by sector: mean log technology
	there    []float64 // by sector: workers in the cell that a founder leaves, while its sector is drawn
	chance   []float64 // by sector: how likely it is then, up to a factor
	spared   []float64 // by sector: see spare
	land     [][]int32 // by area: cells with land
	compare  comparison
	visits   []world.Visit // scratch
	rows     []int32       // scratch
	founders []founder     // of this tick
	born     []newborn     // of this tick

	caught  []float64       // by plane and cell, see spread; none without contagion
	scratch []world.Scratch // of the planes, alike
}

// New makes the rules.
func New(p Params, w *world.World, o Outside) *Rules {
	n := len(w.Setting.Sectors)
	r := &Rules{P: p, Outside: o, births: make([]int32, len(w.Cells.Region)), related: make([]float64, n*n)}
	for _, x := range []*[]float64{&r.rate, &r.pull, &r.clamp, &r.jobs, &r.tech, &r.there, &r.chance, &r.spared} {
		*x = make([]float64, n)
	}
	for a := range w.Ground {
		g := &w.Ground[a]
		var land []int32
		for c := range g.Cells {
			if w.Cells.Land[g.First+c] > 0 {
				land = append(land, int32(c))
			}
		}
		r.land = append(r.land, land)
	}
	if p.Contagion > 0 {
		r.scratch = w.Scratch()
	}
	r.layFinance(w)
	if w.Base.Accepted == 0 {
		w.Base.Accepted = r.accepted(w)
	}
	return r
}
