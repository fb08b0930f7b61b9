package session

import (
	"math"

	"agglo/internal/text"
	"agglo/model/world"
	"agglo/scenarios"
	"agglo/sim/num"
)

// Ground is what a map shows that does not change while a world lives.
type Ground struct {
	Life     int           `json:"life"`
	ID       string        `json:"id"`
	Title    string        `json:"title"`
	Box      [4]float64    `json:"box"` // west, south, east, north, km
	Start    [2]int        `json:"start"`
	Currency string        `json:"currency"` // in words: what sums are told in, and the year of its prices
	Money    float64       `json:"money"`    // what a worker-year is in it
	Scale    float64       `json:"scale"`
	Sectors  []Sector      `json:"sectors"`
	Outlines [][][2]Figure `json:"outlines"`
	Towns    []Spot        `json:"towns"`
	Own      []OwnPolicy   `json:"own"` // policies of the scenario itself
	Notes    []string      `json:"notes,omitempty"`
}

// Sector is a sector of the legend.
type Sector struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Group string `json:"group"`
	Rank  int    `json:"rank"` // by size at the start, from 0: colour and mark go by it
}

// Spot is a place with a name.
type Spot struct {
	Name    string  `json:"name"`
	Kind    string  `json:"kind"`
	X       float64 `json:"x"`
	Y       float64 `json:"y"`
	Members int     `json:"members,omitempty"`
}

// OwnPolicy is a policy of the scenario itself, which both worlds have unless the twin is to do without it.
type OwnPolicy struct {
	ID   string `json:"id"`
	Name string `json:"name"` // of its instrument
	From int    `json:"from"`
	To   int    `json:"to"` // 0 = it does not end
	// Its circle, km; without one it acts in regions, in clusters or everywhere.
	X  Figure `json:"x,omitempty"`
	Y  Figure `json:"y,omitempty"`
	KM Figure `json:"km,omitempty"`
}

func (s *Session) ground(m *message) (any, error) {
	if s.main == nil {
		return nil, errNoWorld
	}
	v := s.main.view()
	d := v.Start()
	c := v.Currency()
	sc := s.ready.scenario
	g := Ground{Life: s.life, ID: sc.ID, Title: titleOf(sc.Title, m.Lang), Start: [2]int{d.Year, d.Quarter}, Currency: text.Money(m.Lang, c.Code, c.PriceYear),
		Money: c.LabourCost, Scale: v.Scale(), Outlines: [][][2]Figure{}, Towns: []Spot{}, Own: []OwnPolicy{}, Notes: sc.Notes}
	box := [4]float64{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for k := range v.Cells() {
		at, half := v.CellMid(k), v.CellKM(k)/2
		box[0], box[1] = min(box[0], at.X-half), min(box[1], at.Y-half)
		box[2], box[3] = max(box[2], at.X+half), max(box[3], at.Y+half)
	}
	g.Box = box
	for k := range v.Sectors() {
		g.Sectors = append(g.Sectors, Sector{v.SectorID(k), text.Name(m.Lang, v.SectorName(k)), v.SectorGroup(k), v.SectorRank(k)})
	}
	for r := range v.Regions() {
		for ring := range v.RegionRings(r) {
			line := [][2]Figure{}
			for k := range v.RingPoints(r, ring) {
				p := v.RingPoint(r, ring, k)
				line = append(line, [2]Figure{Figure(p.X), Figure(p.Y)})
			}
			g.Outlines = append(g.Outlines, line)
		}
	}
	for k := range v.Places() {
		p := v.Place(k)
		g.Towns = append(g.Towns, Spot{Name: text.Name(m.Lang, p.Name), Kind: "town", X: p.At.X, Y: p.At.Y})
	}
	for _, p := range s.ready.own {
		own := OwnPolicy{ID: p.ID, Name: text.In(m.Lang, "policy."+p.Instrument), From: p.From, To: p.To}
		if own.To > MaxTicks {
			own.To = 0
		}
		if in := p.Target.Within; in != nil {
			own.X, own.Y, own.KM = Figure(in.At.X), Figure(in.At.Y), Figure(in.KM)
		}
		g.Own = append(g.Own, own)
	}
	return g, nil
}

// titleOf is a text of a scenario in a language, English where it has no other.
func titleOf(t scenarios.Text, lang string) string {
	if lang == text.Russian && t.RU != "" {
		return t.RU
	}
	return t.EN
}

// Scene is what a map shows that changes at most once a quarter.
type Scene struct {
	Life     int       `json:"life"`
	Tick     int       `json:"tick"`
	Surveyed int       `json:"surveyed"` // tick of the year's end that firms and jobs of clusters are of; 0 = none yet
	Clusters []Cluster `json:"clusters"`
	Spots    []Spot    `json:"spots"`  // institutions and facilities
	Levels   []Level   `json:"levels"` // of infrastructure, where there is any
	Works    []Works   `json:"works"`  // whose it is
}

// Cluster is a cluster on the map.
type Cluster struct {
	Number int           `json:"number"`
	Name   string        `json:"name"`
	Group  string        `json:"group"`
	X      float64       `json:"x"`
	Y      float64       `json:"y"`
	Jobs   float64       `json:"jobs"`
	Firms  int           `json:"firms"`
	Event  string        `json:"event"`
	Rings  [][][2]Figure `json:"rings"`
}

// Level is what public works and facilities make of a cell: middle and width in km, the shares that they save of freight, unit cost and
// the cost of selling there, and the workers a km2 that it carries more.
type Level [7]Figure

// levels lists the cells in which something stands.
func levels(v world.View) []Level {
	all := []Level{}
	saved := func(log float64) Figure { return Figure(1 - num.Exp(-log)) }
	for c := range v.Cells() {
		if x := v.Infrastructure(c); !x.None() {
			at, km := v.CellMid(c), v.CellKM(c)
			all = append(all, Level{Figure(at.X), Figure(at.Y), Figure(km), saved(x.Transport), saved(x.Utilities), saved(x.Communications),
				Figure(x.Land * v.Scale() / (km * km))})
		}
	}
	return all
}

// Works are the cells in which a policy has built.
type Works struct {
	ID    string       `json:"id"`
	Name  string       `json:"name"`  // of its instrument
	Cells [][3]float64 `json:"cells"` // x, y, width in km
}

func (s *Session) scene(m *message) (any, error) {
	a := s.arm(m.Other)
	if a == nil {
		return nil, errNoWorld
	}
	v := a.view()
	sc := Scene{Life: s.life, Tick: a.tick(), Clusters: []Cluster{}, Spots: spots(v, m.Lang), Levels: levels(v), Works: []Works{}}
	for k := range v.Groups() {
		g := v.Group(k)
		c := Cluster{Number: int(g.Number), Name: text.ClusterName(m.Lang, g.Name, g.Group), Group: text.Group(m.Lang, g.Group),
			X: g.At.X, Y: g.At.Y, Event: g.Event, Rings: rings(v, k)}
		if years := a.lives[c.Number]; len(years) > 0 {
			last := years[len(years)-1]
			c.Jobs, c.Firms, sc.Surveyed = last.Jobs, last.Firms, max(sc.Surveyed, last.Tick)
		}
		sc.Clusters = append(sc.Clusters, c)
	}
	for k := range v.Policies() {
		book := v.Ledger(k)
		w := Works{ID: book.Policy, Name: text.In(m.Lang, "policy."+book.Instrument)}
		for n := range v.Sites(k) {
			at := v.CellMid(v.Site(k, n))
			w.Cells = append(w.Cells, [3]float64{at.X, at.Y, v.CellKM(v.Site(k, n))})
		}
		if len(w.Cells) > 0 {
			sc.Works = append(sc.Works, w)
		}
	}
	return sc, nil
}

// spots lists institutions and shared facilities, with their names in a language.
func spots(v world.View, lang string) []Spot {
	all := []Spot{}
	members := map[string]int{}
	for k := range v.Facilities() {
		members[v.FacilityOf(k).ID] = v.FacilityMembers(k)
	}
	for k := range v.Institutions() {
		p := v.Institution(k)
		all = append(all, Spot{text.Name(lang, p.Name), p.Kind, p.At.X, p.At.Y, members[p.ID]})
	}
	return all
}

// rings are the outlines of a cluster's cells: closed lines along their outer sides, land to the left.
func rings(v world.View, group int) [][][2]Figure {
	type corner struct{ x, y int }
	next := map[corner][]corner{}
	first := world.Point{}
	width := 1.0
	held := map[corner]bool{}
	for n := range v.GroupCells(group) {
		c := v.GroupCell(group, n)
		if n == 0 {
			first, width = v.CellMid(c), v.CellKM(c)
		}
		at := v.CellMid(c)
		held[corner{int(math.Round((at.X - first.X) / width)), int(math.Round((at.Y - first.Y) / width))}] = true
	}
	var order []corner
	add := func(a, b corner) { next[a] = append(next[a], b); order = append(order, a) }
	for n := range v.GroupCells(group) {
		at := v.CellMid(v.GroupCell(group, n))
		x, y := int(math.Round((at.X-first.X)/width)), int(math.Round((at.Y-first.Y)/width))
		if !held[corner{x, y - 1}] {
			add(corner{x, y}, corner{x + 1, y})
		}
		if !held[corner{x + 1, y}] {
			add(corner{x + 1, y}, corner{x + 1, y + 1})
		}
		if !held[corner{x, y + 1}] {
			add(corner{x + 1, y + 1}, corner{x, y + 1})
		}
		if !held[corner{x - 1, y}] {
			add(corner{x, y + 1}, corner{x, y})
		}
	}
	out := [][][2]Figure{}
	for _, start := range order {
		var line [][2]Figure
		for at := start; len(next[at]) > 0; {
			to := next[at][0]
			next[at] = next[at][1:]
			line = append(line, [2]Figure{Figure(first.X + (float64(at.x)-.5)*width), Figure(first.Y + (float64(at.y)-.5)*width)})
			at = to
		}
		if len(line) > 2 {
			out = append(out, line)
		}
	}
	return out
}
