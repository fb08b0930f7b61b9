package session

import (
	"fmt"

	"agglo/internal/text"
	"agglo/model/world"
	"agglo/sim/num"
)

// FirmStory is what there is to tell of a firm. Money is in worker-years.
type FirmStory struct {
	Row          int          `json:"row"`
	ID           string       `json:"id"`
	Ended        int          `json:"ended,omitempty"` // tick in which the firm that was looked at was found gone
	Sector       int          `json:"sector"`
	Cluster      int          `json:"cluster"`
	ClusterName  string       `json:"cluster_name,omitempty"`
	X            float64      `json:"x"`
	Y            float64      `json:"y"`
	Age          float64      `json:"age"`
	Jobs         float64      `json:"jobs"`
	Wage         float64      `json:"wage"`
	Sales        float64      `json:"sales"`
	Productivity Figure       `json:"productivity"` // value added per worker
	Mean         Figure       `json:"mean"`         // of all firms
	Profit       float64      `json:"profit"`
	Technology   float64      `json:"technology"` // the world's = 1
	Exporter     bool         `json:"exporter"`
	Parent       int          `json:"parent"` // row of the firm that the founder left; -1 = none, or gone
	SpunOff      bool         `json:"spun_off"`
	Suppliers    []Tied       `json:"suppliers"`
	Partners     []Tied       `json:"partners"`
	History      [][2]float64 `json:"history"` // tick and workers, since the firm is looked at
}

// Tied is a firm at the other end of a tie.
type Tied struct {
	Row    int     `json:"row"`
	Sector int     `json:"sector"`
	Trust  float64 `json:"trust"`
	KM     float64 `json:"km"`
	Jobs   float64 `json:"jobs"`
	X      float64 `json:"x"`
	Y      float64 `json:"y"`
}

// firm tells the story of the firm in a row, and follows it from now on. Row -1 asks for the firm that is followed.
func (s *Session) firm(m *message) (any, error) {
	a := s.arm(m.Other)
	if a == nil {
		return nil, errNoWorld
	}
	v, f := a.view(), &a.follow
	if m.Row >= 0 {
		if m.Row >= v.Rows() || !v.Living(m.Row) {
			return nil, fmt.Errorf("there is no firm in row %d", m.Row)
		}
		if v.ID(m.Row) != f.id {
			*f = follow{id: v.ID(m.Row), row: m.Row}
			f.observe(v, a.tick())
		}
	}
	switch {
	case f.id == 0:
		return nil, fmt.Errorf("no firm is followed")
	case f.ended != 0:
		return FirmStory{Row: f.row, ID: fmt.Sprintf("%016x", f.id), Ended: f.ended, History: f.jobs}, nil
	}
	return a.firmStory(v, f.row, m.Lang), nil
}

func (a *arm) firmStory(v world.View, i int, lang string) FirmStory {
	st := FirmStory{Row: i, ID: fmt.Sprintf("%016x", v.ID(i)), Sector: v.Sector(i), Cluster: v.Cluster(i), X: v.X(i), Y: v.Y(i),
		Age: v.Age(i), Jobs: v.Jobs(i) * v.Scale(), Wage: v.Wage(i), Sales: v.Sales(i) * v.Scale(), Productivity: Figure(v.ValueAdded(i) / v.Jobs(i)),
		Profit: v.Profit(i) * v.Scale(), Technology: num.Exp(v.LogTech(i) - v.WorldLogTech()), Exporter: v.Exporter(i), Parent: -1,
		SpunOff: v.Parent(i) != 0, Suppliers: []Tied{}, Partners: []Tied{}, History: a.follow.jobs}
	if n, known := a.names[st.Cluster]; known {
		st.ClusterName = text.ClusterName(lang, n[0], n[1])
	}
	added, jobs := 0.0, 0.0
	for k := range v.Rows() {
		if v.Living(k) {
			added += v.ValueAdded(k)
			jobs += v.Jobs(k)
			if v.ID(k) == v.Parent(i) && st.SpunOff {
				st.Parent = k
			}
		}
	}
	st.Mean = Figure(added / jobs)
	v.EachTie(i, func(kind world.TieKind, j int, trust float64) {
		t := Tied{j, v.Sector(j), trust, num.Hypot(v.X(j)-st.X, v.Y(j)-st.Y), v.Jobs(j) * v.Scale(), v.X(j), v.Y(j)}
		if kind == world.SupplyTie {
			st.Suppliers = append(st.Suppliers, t)
		} else {
			st.Partners = append(st.Partners, t)
		}
	})
	return st
}

// ClusterStory is what there is to tell of a cluster.
type ClusterStory struct {
	Number       int     `json:"number"`
	Name         string  `json:"name"`
	Group        string  `json:"group"`
	Tick         int     `json:"tick"` // that is told of
	Alive        bool    `json:"alive"`
	Firms        int     `json:"firms"`
	Jobs         float64 `json:"jobs"`
	Share        Figure  `json:"share"`        // of all jobs
	Productivity Figure  `json:"productivity"` // value added per worker over that of all firms
	Synergy      Figure  `json:"synergy"`      // what nearness adds to value added, over what there would be without
	Input        Figure  `json:"input"`        // of it: suppliers within reach
	Labour       Figure  `json:"labour"`
	Knowledge    Figure  `json:"knowledge"`
	Trust        Figure  `json:"trust"`
	Club         Figure  `json:"club"`
	TrustIn      Figure  `json:"trust_in"`  // mean trust among its firms
	TrustOut     Figure  `json:"trust_out"` // in others
	Years        []year  `json:"years"`
	Sectors      []int   `json:"sectors"` // firms by sector
}

func (s *Session) cluster(m *message) (any, error) {
	a := s.arm(m.Other)
	if a == nil {
		return nil, errNoWorld
	}
	name, known := a.names[m.Cluster]
	if !known {
		return nil, fmt.Errorf("there is no cluster %d", m.Cluster)
	}
	v := a.view()
	st := ClusterStory{Number: m.Cluster, Name: text.ClusterName(m.Lang, name[0], name[1]), Group: text.Group(m.Lang, name[1]), Tick: a.tick(),
		Years: a.lives[m.Cluster], Sectors: make([]int, v.Sectors())}
	var in, out [2]float64 // sums of value added and jobs: inside, all
	var trust [4]float64   // sum and number inside, outside
	var split world.Split
	for i := range v.Rows() {
		if !v.Living(i) {
			continue
		}
		out[0] += v.ValueAdded(i)
		out[1] += v.Jobs(i)
		if v.Cluster(i) != m.Cluster {
			continue
		}
		st.Firms++
		st.Sectors[v.Sector(i)]++
		in[0] += v.ValueAdded(i)
		in[1] += v.Jobs(i)
		addSplit(&split, v.Split(i))
		v.EachTie(i, func(_ world.TieKind, j int, tau float64) {
			k := 0
			if v.Cluster(j) != m.Cluster {
				k = 2
			}
			trust[k] += tau
			trust[k+1]++
		})
	}
	st.Alive, st.Jobs, st.Share = st.Firms > 0, in[1]*v.Scale(), Figure(in[1]/out[1])
	st.Productivity = Figure(in[0] / in[1] / (out[0] / out[1]))
	base := split.Base
	st.Input, st.Labour, st.Knowledge = Figure(split.Input/base), Figure(split.Labour/base), Figure(split.Knowledge/base)
	st.Trust, st.Club = Figure(split.Trust/base), Figure(split.Club/base)
	st.Synergy = st.Input + st.Labour + st.Knowledge + st.Trust + st.Club
	st.TrustIn, st.TrustOut = Figure(trust[0]/trust[1]), Figure(trust[2]/trust[3])
	return st, nil
}

func addSplit(sum *world.Split, x world.Split) {
	sum.Base += x.Base
	sum.Input += x.Input
	sum.Labour += x.Labour
	sum.Trust += x.Trust
	sum.Knowledge += x.Knowledge
	sum.Club += x.Club
}
