// Package knowledge holds Marshall's third reason to cluster: firms learn from partners, from the air around them, from
// universities and from the world, and scatter and converge in knowledge space.
package knowledge

import (
	"math"

	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/num"
	"agglo/sim/rng"
)

// Params are the parameters of learning and innovation.
type Params struct {
	// Innovation is the rate of innovations of a firm with normal R&D and nobody to learn from.
	Innovation float64 `default:"0.05" unit:"1/year" in:"[0,5]" src:"assumed"`
	// Step is the mean gain of log technology from an innovation.
	Step float64 `default:"0.05" unit:"1" in:"[0,0.5]" src:"assumed"`
	// Largest is the largest gain from one innovation.
	Largest float64 `default:"0.5" unit:"1" in:"(0,5]" src:"assumed"`
	// ResearchElasticity is the elasticity of the rate of innovation to R&D, over what the sector spends on it.
	ResearchElasticity float64 `default:"0.5" unit:"1" in:"[0,2]" src:"assumed"`
	// AccessElasticity is the elasticity of the rate of innovation to 1+S, S the access to others' knowledge.
	AccessElasticity float64 `default:"0.25" unit:"1" in:"[0,2]" src:"assumed"`
	// Partners is the weight of partners' knowledge in S.
	Partners float64 `default:"0.5" unit:"1" in:"[0,10]" src:"assumed"`
	// Air is the weight of the R&D done nearby in S.
	Air float64 `default:"0.5" unit:"1" in:"[0,10]" src:"assumed"`
	// Science is the weight of universities and research centres in S.
	Science float64 `default:"0.5" unit:"1" in:"[0,10]" src:"assumed"`
	// AirKM is the distance over which knowledge in the air falls by e.
	AirKM float64 `default:"4" unit:"km" in:"(0,500]" src:"assumed"`
	// ScienceKM is the distance over which a university's knowledge falls by e.
	ScienceKM float64 `default:"50" unit:"km" in:"(0,1000]" src:"assumed"`
	// Imitation is the share of the gap to a better technology that a firm closes in a year.
	Imitation float64 `default:"0.05" unit:"1/year" in:"[0,2]" src:"assumed"`
	// Catchup is the share of a firm's lead over the world that the world makes good in a year: leaders are copied, their
	// products grow old.
	Catchup float64 `default:"0.1" unit:"1/year" in:"[0,2]" src:"assumed"`
	// Obsolescence is the share of the R&D stock that is lost in a year.
	Obsolescence float64 `default:"0.15" unit:"1/year" in:"(0,1]" src:"assumed"`
	// Convergence is how far an honoured dealing draws partners together in knowledge space, times trust.
	Convergence float64 `default:"0.02" unit:"1/deal" in:"[0,0.5]" src:"assumed"`
	// Scatter is the standard deviation, per dimension, by which an innovation moves a firm in knowledge space.
	Scatter float64 `default:"0.03" unit:"1" in:"[0,1]" src:"assumed"`
	// Distance is the cognitive distance from which a firm without R&D learns most.
	Distance float64 `default:"0.1" unit:"1" in:"(0,1]" src:"assumed"`
	// Referral is the share of a better access to science that a fully trusted partner passes on. It is off by default: no
	// source says how much of a university's use comes at second hand.
	Referral float64 `default:"0" unit:"1" in:"[0,1]" src:"assumed"`
	// Licence is what closing a log point of a gap by imitation costs under full protection of intellectual property. It is
	// off by default: imitation is free, only slower.
	Licence float64 `default:"0" unit:"years of sales" in:"[0,20]" src:"assumed"`
	// Pipeline is the rate at which an exporter wins a tie to the world's frontier (Bathelt, Malmberg and Maskell 2004,
	// doi:10.1191/0309132504ph469oa, for the idea); 0 = there are none. At .04 a twentieth of all firms holds one after ten
	// years and a twenty-fifth after forty, at .27 a fifth and a seventh.
	Pipeline float64 `default:"0" unit:"1/year" in:"[0,4]" src:"assumed"`
	// PipelineEnd is the rate at which such a tie ends.
	PipelineEnd float64 `default:"0.1" unit:"1/year" in:"[0,4]" src:"assumed"`
	// PipelineKnow is what such a tie adds to what a firm learns of its partners: by default as much as a partner with the
	// mean stock of R&D, at the best cognitive distance, trusted by half, .5 ln 2.
	PipelineKnow float64 `default:"0.35" unit:"1" in:"[0,10]" src:"assumed"`
	// PipelineCost is the yearly cost of keeping such a tie, as a share of sales, which is paid to households of the region.
	PipelineCost float64 `default:"0.005" unit:"1" in:"[0,1]" src:"assumed"`
	// Absorption is what full absorptive capacity adds to that distance.
	Absorption float64 `default:"0.15" unit:"1" in:"[0,1]" src:"assumed"`
}

// Purposes of random draws.
const (
	drawInnovate rng.Purpose = 0x3501
	drawStep     rng.Purpose = 0x3502
	drawScatter  rng.Purpose = 0x3503
	drawPipeline rng.Purpose = 0x3504
)

// Rules are the rules of knowledge with their scratch memory.
type Rules struct {
	P       Params
	air     [][]record // by area and cell
	strips  []strip
	scratch []world.Scratch // by plane
}

// New makes the rules and lays out the field of universities and research centres, which does not change.
func New(p Params, w *world.World) *Rules {
	r := &Rules{P: p, scratch: w.Scratch()}
	for a := range w.Ground {
		g := &w.Ground[a]
		r.air = append(r.air, make([]record, g.Cells))
		r.strips = append(r.strips, stripsOf(a, g, stripRows)...)
		for c := range g.Cells {
			mid, near := g.Mid(c), 0.0
			for k := range w.Setting.Institutions {
				in := &w.Setting.Institutions[k]
				if in.Science() {
					d := num.Hypot(mid.X-in.At.X, mid.Y-in.At.Y)
					near += float64(in.Capacity * num.Exp(-d/p.ScienceKM))
				}
			}
			w.Fields.Science[g.First+c] = near
		}
	}
	return r
}

// spending is firm i's R&D per year, what it is given for it included.
func spending(w *world.World, i int) float64 {
	own, given := w.Research(i)
	return own + given
}

// Learn moves each firm's knowledge: what it can reach, whether it innovates, what it imitates and what that costs. Once a
// year, each in its own quarter, a firm reviews what it can learn of whom. Sums: innovations, see Sums.
func (r *Rules) Learn(w *world.World, tick, lo, hi int) {
	call(w, hi)
	for ; lo < hi; lo += world.Summed {
		r.learn(w, tick, lo, min(lo+world.Summed, hi))
	}
}

// learn is Learn of rows that are added up by themselves.
func (r *Rules) learn(w *world.World, tick, lo, hi int) {
	f := &w.Firms
	sums := w.Sums.Block(lo, sim.BlockRows)
	const quarter = 1.0 / world.TicksPerYear
	if r.P.Pipeline > 0 {
		r.pipelines(w, tick, lo, hi)
	}
	usual := w.ResearchAsUsual()
	r.reviews(w, tick, lo, hi, usual)
	alone := w.Cut(world.ChannelKnowledge)
	r.imitate(w, lo, hi, alone)
	deck := w.Seed.Deck(drawInnovate, tick, 0)
	keep := 1 - float64(quarter*r.P.Obsolescence)
	id := f.ID[lo:hi]
	n := len(id)
	sector, sales, stock, spill := f.Sector[lo:][:n], f.Sales[lo:][:n], f.Stock[lo:][:n], f.Spill[lo:][:n]
	at, share := -1, 0.0 // of the sector at hand
	for k, id := range id {
		if id == 0 {
			continue
		}
		if s := int(sector[k]); s != at {
			at, share = s, w.ResearchShare(s)
		}
		normal, access := float64(share*sales[k]), float64(spill[k])
		if alone {
			access = 0
		}
		spent, bound := normal, quarter*r.P.most(access)
		if !usual {
			spent = spending(w, lo+k) * (1 + max(w.Levers.Of(world.LeverLaboratory, lo+k), 0))
			bound *= r.mostIntensity(spent, normal)
		}
		if u := rng.Unit(deck.Top(id)); u < bound {
			if rate := r.P.Rate(access); u < quarter*r.intensity(spent, normal)*rate {
				r.innovate(w, lo+k, tick, rate)
				sums[0]++
			}
		}
		stock[k] = float32(float64(keep*float64(stock[k])) + float64(quarter*spent))
	}
}

// imitate moves each firm's technology by what it imitates, for which it pays, and by being imitated. alone cuts off what is known in
// the region.
func (r *Rules) imitate(w *world.World, lo, hi int, alone bool) {
	const quarter = 1.0 / world.TicksPerYear
	f := &w.Firms
	sums, charged, front := w.Sums.Block(lo, sim.BlockRows), r.P.Licence > 0, w.Now.LogTech
	id := f.ID[lo:hi]
	n := len(id)
	tech, own, ahead := f.LogTech[lo:][:n], f.OwnLogTech[lo:][:n], f.Ahead[lo:][:n]
	for k, id := range id {
		if id == 0 {
			continue
		}
		best := float64(ahead[k])
		if alone {
			best = 0
		}
		if charged {
			sums[r.account(w, lo+k)] += r.licence(w, lo+k, best)
		}
		all := tech[k] + float64(quarter*r.P.drift(tech[k], front, best))
		mine := own[k] + float64(quarter*r.P.drift(own[k], front, 0))
		if mine > all { // by rounding
			mine = all
		}
		tech[k], own[k] = all, mine
	}
}

// reviews lets those firms review whose turn it is in a tick. usual is World.ResearchAsUsual.
func (r *Rules) reviews(w *world.World, tick, lo, hi int, usual bool) {
	f := &w.Firms
	c := class{usual: usual}
	var due [world.Summed]int32
	for ; lo < hi; lo += len(due) {
		for _, i := range due[:turns(f, tick, lo, min(lo+len(due), hi), &due)] {
			if c.join(w, int(i)); c.full() {
				r.review(w, &c)
			}
		}
	}
	r.review(w, &c)
}

// turns lists those of a few firms whose turn it is, and returns how many they are. There is no branch on whose it is: that hangs on
// their ids, and no processor could foresee it.
func turns(f *world.Firms, tick, lo, hi int, due *[world.Summed]int32) int {
	n, born := 0, f.Born[lo:hi]
	for k, id := range f.ID[lo:hi] {
		due[n] = int32(lo + k)
		turn := 0
		if (uint64(tick)+id)%world.TicksPerYear == 0 {
			turn = 1
		}
		if tick == int(born[k])+1 {
			turn = 1
		}
		if id == 0 {
			turn = 0
		}
		n += turn
	}
	return n
}

// intensity is the factor of R&D in the rate of innovation, (spent/(share x sales))^e, with the sector's share of sales.
func (r *Rules) intensity(spent, normal float64) float64 {
	if spent == normal || normal <= 0 {
		return 1
	}
	return num.Pow(spent/normal, r.P.ResearchElasticity)
}

// mostIntensity is a bound on intensity that needs no power, because most draws lie above it: x^e is at most the greater of 1
// and x for an elasticity e up to 1, and at most the greater of 1 and x^2 for one up to 2.
func (r *Rules) mostIntensity(spent, normal float64) float64 {
	if spent <= normal || normal <= 0 {
		return 1
	}
	x := spent / normal
	if r.P.ResearchElasticity > 1 {
		x *= x
	}
	return x
}

// innovate raises firm i's technology and scatters it in knowledge space. The part of its rate that it owes to others'
// knowledge is the chance that the innovation is not its own doing.
func (r *Rules) innovate(w *world.World, i, tick int, rate float64) {
	f := &w.Firms
	step := min(r.P.Step*w.Seed.Exponential(drawStep, f.ID[i], tick, 0), r.P.Largest)
	f.LogTech[i] += step
	if w.Seed.Uniform(drawStep, f.ID[i], tick, 1)*rate < r.P.Rate(0) {
		f.OwnLogTech[i] += step
	}
	for d := range f.Z[i] {
		z := float64(f.Z[i][d]) + float64(r.P.Scatter*w.Seed.Normal(drawScatter, f.ID[i], tick, d))
		f.Z[i][d] = float32(num.Clamp(z, 0, 1))
	}
}

// Rate is the yearly rate of innovations at normal R&D with access s to others' knowledge: lambda (1+S)^eS.
func (p *Params) Rate(s float64) float64 {
	return p.Innovation * num.Exp(p.AccessElasticity*num.Log1p(s))
}

// surely keeps a bound above what it bounds, whatever rounding does to either.
const surely = 1.001

// most is a bound on Rate(s) that needs no exponential, because most draws lie above it: (1+s)^e is at most 1+e s for an
// elasticity e up to 1 (Bernoulli), and at most (1+s)^2 for one up to 2.
func (p *Params) most(s float64) float64 {
	e, rise := p.AccessElasticity, 1+s
	if e > 1 {
		return p.Innovation * (rise * rise) * surely
	}
	return p.Innovation * (1 + float64(e*s)) * surely
}

// drift is the yearly change of log technology by imitation and by being imitated. best is how far a partner or the
// neighbours are ahead, as far as the firm can copy them.
func (p *Params) drift(tech, world, best float64) float64 {
	d := 0 - float64(p.Catchup*max(tech-world, 0))
	return d + float64(p.Imitation*max(world-tech, best, 0))
}

// cognitive is the distance between two positions in knowledge space, in [0,1].
func cognitive(a, b *[3]float32) float64 {
	x, y, z := float64(a[0]-b[0]), float64(a[1]-b[1]), float64(a[2]-b[2])
	return math.Sqrt((float64(x*x) + float64(y*y) + float64(z*z)) / 3)
}

// value is what a partner teaches at a cognitive distance, in distances from which the firm learns most: an inverted U with its peak 1 at
// 1 (Nooteboom 2000).
func value(x float64) float64 {
	if x >= 2 {
		return 0
	}
	return float64(x * (2 - float64(x)))
}

// Reach is one over the cognitive distance from which firm i learns most; see Lesson.
func (r *Rules) Reach(w *world.World, i int) float64 {
	return r.reach(1 - num.Exp(unabsorbed(&w.Firms, i)))
}

// reach is Reach at an absorptive capacity.
func (r *Rules) reach(absorb float64) float64 {
	return 1 / (r.P.Distance + float64(r.P.Absorption*absorb))
}

// Lesson is what a firm at a place in knowledge space, of a reach, could learn of another, before trust and distance: N(D) times
// what the other knows.
func Lesson(own *[3]float32, reach float64, other *world.Face) float64 {
	return value(cognitive(own, &other.Z)*reach) * float64(other.Know)
}

// Publish writes what partners can read of each firm, and marks the firms that have moved since they were seen last.
func (r *Rules) Publish(w *world.World, tick, lo, hi int) {
	for ; lo < hi; lo += world.Batch {
		publish(w, tick, lo, min(lo+world.Batch, hi))
	}
}

// publish is Publish of a batch of firms.
func publish(w *world.World, tick, lo, hi int) {
	f := &w.Firms
	id := f.ID[lo:hi]
	n := len(id)
	var logs [world.Batch]float64
	know, unit := logs[:n], 1/(w.Base.Stock*w.Now.Wage)
	for k, stock := range f.Stock[lo:][:n] {
		know[k] = 1 + float64(float64(stock)*unit)
	}
	num.Logs(know)
	flag, face, born, z, tech := f.Flag[lo:][:n], f.Face[lo:][:n], f.Born[lo:][:n], f.Z[lo:][:n], f.LogTech[lo:][:n]
	east, north := f.X[lo:][:n], f.Y[lo:][:n]
	for k, id := range id {
		if id == 0 {
			continue
		}
		x, y, seen, mark := float32(east[k]), float32(north[k]), &face[k], flag[k]&^world.FlagMoved
		if (seen.X != x || seen.Y != y) && int(born[k]) < tick-1 { // a newborn was never seen elsewhere
			mark |= world.FlagMoved
		}
		flag[k] = mark
		seen.X, seen.Y, seen.Z = x, y, z[k]
		seen.Know = float32(know[k] * (4 / float64(4+f.Ties(lo+k)))) // over the load of its ties, 1 + ties/4
		seen.LogTech, seen.Key = float32(tech[k]), uint32(id>>16)
	}
}
