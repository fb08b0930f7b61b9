package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"agglo/model"
	"agglo/model/policy"
	"agglo/sim/param"
)

// A recipe is a random world as plain values, from which a scenario file is written. Relations change a recipe, not a file:
// twice the lengths, twice the money, other names, other policies.
type recipe struct {
	Seed         uint64
	Ticks        int
	Scale        int
	Areas        []area
	Regions      []region
	Places       []point
	TownKM       float64 // 0: firms start anywhere
	Sectors      []sector
	Institutions []institution
	Shocks       []shock
	Policies     []act
	Params       []setting

	Stretch float64 // all lengths, times this
	Dearer  float64 // all amounts of money, times this
	Label   string  // is added to every free name
	Order   []int   // in which the file lists the sectors; nil: as they are
}

type area struct {
	W, H, North float64 // km, km, degrees north of the origin
	Cell        float64
	Force, Land float64
	Wage        float64 // currency, 0: labour cost
}

type region struct {
	Inner                         bool // a box in the middle of the first area; else all that is left
	Tax, Trust, Law, IP, Enter, F float64
}

type point struct{ X, Y, Weight float64 }

type sector struct {
	Firms, Jobs              float64
	Group                    int
	Growth, Tradable, Nation float64
	Research                 float64
	Inputs                   []float64
	Emerges, Midpoint        int // ticks; Emerges < 0: is there from the start
	Mature                   float64
}

type institution struct {
	Kind        string
	X, Y        float64
	Capacity    float64
	Budget, Fee float64 // < 0: not given
	Sharing     bool
}

type shock struct {
	What     string
	Sector   int // < 0: all
	From, To int
	Change   float64
}

// act is a policy.
type act struct {
	ID         string
	Instrument string
	From, To   int // ticks; To < 0: to the end
	Budget     float64
	Intensity  float64
	Outside    bool
	Style      string
	Region     int // < 0: all
	Sector     int // < 0: all
	KM, X, Y   float64
	Size       float64 // largest firm it reaches; 0: all
	Cluster    string
	Match      float64
}

type setting struct {
	Path  string
	Value string
}

// maker draws recipes.
type maker struct{ *rand.Rand }

// draw makes the recipe of a number: the same one every time.
func draw(number uint64) recipe {
	m := maker{rand.New(rand.NewPCG(number, 0x70_72_74))}
	r := recipe{Seed: m.Uint64N(1 << 53), Ticks: 8 + m.IntN(25), Scale: 1, Stretch: 1, Dearer: 1}
	if m.chance(.15) {
		r.Scale = 10
	}
	m.sectors(&r)
	m.ground(&r)
	for range m.IntN(5) {
		in := institution{Kind: pick(m, kinds), Capacity: .5 + 3*m.Float64(), Budget: -1, Fee: -1}
		in.X, in.Y = m.spot(&r)
		if slices.Contains(shared, in.Kind) {
			switch m.IntN(4) {
			case 0:
				in.Budget = 1e5 * math.Exp(3*m.NormFloat64())
			case 1:
				in.Fee = 2000 * m.Float64()
			case 2:
				in.Sharing = true
			}
		}
		r.Institutions = append(r.Institutions, in)
	}
	for range m.IntN(3) {
		from := m.IntN(r.Ticks)
		s := shock{What: pick(m, []string{"demand", "venture", "world_price"}), Sector: m.IntN(len(r.Sectors)+1) - 1, From: from, To: from + 1 + m.IntN(8), Change: -.6 + 1.2*m.Float64()}
		r.Shocks = append(r.Shocks, s)
	}
	for k := range m.IntN(6) {
		r.Policies = append(r.Policies, m.policy(&r, k))
	}
	m.params(&r)
	return r
}

func (m maker) chance(p float64) bool { return m.Float64() < p }

func pick[T any](m maker, from []T) T { return from[m.IntN(len(from))] }

// sectors draws what firms do, and how many there are.
func (m maker) sectors(r *recipe) {
	n := 1 + m.IntN(5)
	for k := range n {
		s := sector{Firms: float64(2 + m.IntN(400/n)), Group: m.IntN(n), Tradable: 1, Emerges: -1}
		s.Jobs = math.Ceil(s.Firms * (1.5 + 8*m.Float64()))
		if m.chance(.4) {
			s.Growth, s.Tradable = .04*m.NormFloat64(), m.Float64()
		}
		if m.chance(.3) {
			s.Research, s.Nation = .15*m.Float64(), .3*m.Float64()
		}
		if k > 0 && m.chance(.25) {
			s.Firms, s.Emerges = float64(1+m.IntN(4)), m.IntN(r.Ticks)
			s.Midpoint, s.Mature = s.Emerges+m.IntN(40), s.Jobs
		}
		for range n {
			s.Inputs = append(s.Inputs, m.Float64())
		}
		s.Inputs[k] += .1
		r.Sectors = append(r.Sectors, s)
	}
}

// ground draws land, people, authorities and towns.
func (m maker) ground(r *recipe) {
	jobs := 0.0
	for _, s := range r.Sectors {
		if s.Emerges < 0 {
			jobs += s.Jobs
		}
	}
	n := 1
	if m.chance(.25) {
		n = 2
	}
	land := 0.0
	for k := range n {
		cell := pick(m, []float64{1, 2, 2, 2.5, 4})
		a := area{W: cell * float64(4+m.IntN(16)), H: cell * float64(4+m.IntN(16)), Cell: cell, North: 3 * float64(k)}
		spare := 1.02 + .3*m.Float64()
		a.Land = (5 + 100*m.Float64()) * cell * cell
		if m.chance(.3) {
			a.Wage = 40000 * (.7 + m.Float64())
		}
		a.Force = spare
		land += a.W * a.H / (cell * cell) * a.Land
		r.Areas = append(r.Areas, a)
	}
	for k := range r.Areas { // people where the jobs will be, which are where land is
		a := &r.Areas[k]
		part := a.W * a.H / (a.Cell * a.Cell) * a.Land / land
		a.Force = math.Ceil(1.001 * jobs * part * (a.Force + .2*float64(n-1)))
	}
	if m.chance(.7) {
		rest := region{Tax: .5 * m.Float64(), Trust: m.Float64(), Law: m.Float64(), IP: m.Float64(), Enter: 1, F: .5 + m.Float64()}
		if m.chance(.5) {
			inner := rest
			inner.Inner, inner.Tax, inner.Trust, inner.Enter = true, .4*m.Float64(), m.Float64(), .5+m.Float64()
			r.Regions = append(r.Regions, inner)
		}
		r.Regions = append(r.Regions, rest)
	}
	for range m.IntN(4) {
		x, y := m.spot(r)
		r.Places = append(r.Places, point{x, y, .1 + m.Float64()})
	}
	if len(r.Places) > 0 && m.chance(.5) {
		r.TownKM = 1 + 8*m.Float64()
	}
}

// spot is a place on the first area, in km of its middle; on a lattice of eighths, so that twice as far is exact.
func (m maker) spot(r *recipe) (x, y float64) {
	a := r.Areas[0]
	eighth := func(km float64) float64 { return math.Round(8*km*.45*(2*m.Float64()-1)) / 8 }
	return eighth(a.W), eighth(a.H)
}

// policy draws an instrument with its wrappers.
func (m maker) policy(r *recipe, k int) act {
	p := act{
		ID: fmt.Sprintf("p%d", k), Instrument: pick(m, policy.Instruments()), From: m.IntN(r.Ticks), To: -1, Intensity: math.Round(30*m.Float64()) / 10,
		Region: -1, Sector: -1, Outside: m.chance(.3), Budget: -1,
	}
	if m.chance(.6) {
		p.To = p.From + 1 + m.IntN(16)
	}
	if m.chance(.6) {
		p.Budget = math.Round(40000 * math.Exp(3+3*m.NormFloat64()))
	}
	if len(r.Regions) > 0 && m.chance(.4) {
		p.Region = m.IntN(len(r.Regions))
	}
	if m.chance(.3) {
		p.KM = 2 + 20*m.Float64()
		p.X, p.Y = m.spot(r)
	}
	if m.chance(.3) {
		p.Cluster = pick(m, []string{"any", "existing", "emerging", "none"})
	}
	if e, _ := policy.Find(p.Instrument); e.Local() {
		return p // serves all who pass
	}
	if m.chance(.3) {
		p.Sector = m.IntN(len(r.Sectors))
	}
	if m.chance(.3) {
		p.Size = 1 + 20*m.Float64()
	}
	if p.Budget >= 0 && p.To >= 0 && m.chance(.4) {
		p.Style = pick(m, []string{"central", "network"})
	}
	if m.chance(.2) {
		p.Match = .9 * m.Float64()
	}
	return p
}

// params moves some parameters, most a little, some to a bound.
func (m maker) params(r *recipe) {
	entries := model.Describe()
	for range m.IntN(7) {
		e := pick(m, entries)
		if _, taken := r.set(e.Path); taken {
			continue
		}
		if v, ok := m.value(e); ok {
			r.Params = append(r.Params, setting{e.Path, v})
		}
	}
	if m.chance(.4) {
		m.rare(r, entries)
	}
}

// rare puts mechanisms side by side that are off unless somebody asks for them, and sees to it that there are clusters for them.
func (m maker) rare(r *recipe, entries []param.Entry) {
	for _, e := range entries {
		off := e.Default == "0" || e.Default == "false" || e.Path == "trust.organisation"
		if !off || !m.chance(.4) {
			continue
		}
		if v, ok := m.value(e); ok {
			r.put(e.Path, v)
		}
	}
	if m.chance(.6) { // nearly all firms are in a cluster
		r.put("cluster.density", "0")
		r.put("cluster.quotient", "0")
		r.put("cluster.ties", "0")
		r.put("cluster.firms", "2")
	}
}

// value draws a permitted value of a parameter.
func (m maker) value(e param.Entry) (string, bool) {
	if words, ok := strings.CutPrefix(e.In, "{"); ok {
		return pick(m, strings.Split(strings.TrimSuffix(words, "}"), ",")), true
	}
	x, err := strconv.ParseFloat(e.Default, 64)
	lo, hi, ok := bounds(e.In)
	if err != nil || !ok {
		return "", false
	}
	switch {
	case m.chance(.08):
		x = lo
	case lo < 0 && m.chance(.3):
		x = lo * m.Float64()
	case m.chance(.04):
		x = min(hi, 20*max(x, 1))
	case x == 0:
		x = min(hi, m.Float64()*min(hi, 1))
	default:
		x *= math.Exp(.5 * m.NormFloat64())
	}
	x = min(max(x, lo), hi)
	if e.Kind == "int" {
		x = math.Round(x)
	}
	return strconv.FormatFloat(x, 'g', 6, 64), true
}

// bounds reads the ends of a range as a parameter's tag states it; an open end is moved inside by a thousandth.
func bounds(in string) (lo, hi float64, ok bool) {
	if len(in) < 5 {
		return 0, 0, false
	}
	a, b, found := strings.Cut(in[1:len(in)-1], ",")
	lo, errLo := strconv.ParseFloat(a, 64)
	hi, errHi := strconv.ParseFloat(b, 64)
	if !found || errLo != nil || errHi != nil || math.IsInf(lo, 0) || math.IsInf(hi, 0) {
		return 0, 0, false
	}
	inside := (hi - lo) / 1000
	if in[0] == '(' {
		lo += inside
	}
	if in[len(in)-1] == ')' {
		hi -= inside
	}
	return lo, hi, true
}

// put sets a parameter, whatever it was.
func (r *recipe) put(path, value string) {
	r.Params = slices.DeleteFunc(slices.Clone(r.Params), func(p setting) bool { return p.Path == path })
	r.Params = append(r.Params, setting{Path: path, Value: value})
}

// set gives the value of a parameter that the recipe sets.
func (r *recipe) set(path string) (string, bool) {
	for _, p := range r.Params {
		if p.Path == path {
			return p.Value, true
		}
	}
	return "", false
}
