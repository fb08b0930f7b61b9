// Package model puts the mechanisms together: what a Setup is, how a world starts, and in which order a quarter runs.
// It is the only place where mechanisms meet; between them they share the columns of world.World.
package model

import (
	"context"
	"errors"

	"agglo/model/club"
	"agglo/model/cluster"
	"agglo/model/demography"
	"agglo/model/knowledge"
	"agglo/model/labour"
	"agglo/model/market"
	"agglo/model/policy"
	"agglo/model/production"
	"agglo/model/trust"
	"agglo/model/world"
	"agglo/sim"
	"agglo/sim/page"
	"agglo/sim/param"
	"agglo/sim/rng"
)

// Engine walks a world of firms.
type Engine = sim.Engine[world.World, world.View]

// phase is a step of a quarter.
type phase = sim.Phase[world.World]

// New makes a world at tick 0 and the engine that walks it. Parameters out of bounds, and settings in which no economy is
// possible, are returned as errors, all at once where they can be seen together.
func New(s Setup) (*Engine, error) { return NewContext(context.Background(), s) }

// NewContext is New that ends with ctx's error soon after ctx is done: a world of a million firms takes half a minute to make.
func NewContext(ctx context.Context, s Setup) (*Engine, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	w := &world.World{Setting: &s.Setting, Params: s.Params.Economy, Seed: rng.Seed(s.Seed)}
	p := &s.Params
	if err := layOut(w, p); err != nil {
		return nil, err
	}
	if err := populate(ctx, w, p); err != nil {
		return nil, err
	}
	w.Fields.Orders = make([]float32, w.Rows()*len(s.Setting.Sectors))
	r := newRules(w, p)
	if err := calibrate(w, p, r); err != nil {
		return nil, err
	}
	page.Widen(w)
	if err := warmTies(ctx, w, &s, r.trust, r.knowledge); err != nil {
		return nil, err
	}
	e, err := assemble(w, &s, r)
	if err != nil {
		return nil, err
	}
	if err := r.clusters.Find(w, 0); err != nil {
		return nil, err
	}
	w.Money.Stock = w.Total()
	return e, nil
}

// check lists parameters out of bounds and what leaves no economy.
func (s *Setup) check() error {
	var faults []error
	for _, f := range param.Check(&s.Params) {
		faults = append(faults, f)
	}
	return errors.Join(append(faults, impossible(s)...)...)
}

// rules are the mechanisms. They hold parameters and scratch; what lasts from tick to tick is in the world.
type rules struct {
	production *production.Rules
	market     *market.Rules
	labour     *labour.Rules
	knowledge  *knowledge.Rules
	trust      *trust.Rules
	demography *demography.Rules
	clusters   *cluster.Rules
	clubs      *club.Rules
	split      *split
}

// newRules makes the mechanisms of a world whose ground is laid out, and gives each what it needs of the others.
func newRules(w *world.World, p *Params) rules {
	r := rules{production: production.New(p.Production, w), labour: labour.New(p.Labour, w), knowledge: knowledge.New(p.Knowledge, w)}
	near := p.Trust.NearKM
	r.market = market.New(p.Market, w, r.production.Deliver)
	sigma := w.Params.Sigma
	r.trust = trust.New(p.Trust, trust.Teach{Reach: r.knowledge.Reach, Lesson: knowledge.Lesson}, func(prior, tau trust.Means, n int) trust.Means {
		r.production.Discounts(prior[:n], tau[:n], sigma)
		return tau
	})
	r.demography = demography.New(p.Demography, w, demography.Outside{
		Judge:   r.seen,
		Foresee: func(w *world.World, v *world.Visit) float64 { return r.knowledge.Foresee(w, v, near) },
		Credit:  r.market.Credit,
		SalesOf: func(w *world.World, l, wage float64) float64 { return production.SalesOf(&w.Params, l, wage) },
		Capital: func(w *world.World, sales float64) float64 {
			return production.CapitalFor(&w.Params, sales, w.Params.UserCost())
		},
		Inherit: func(w *world.World, child, partner int, tau float64) { trust.Inherit(w, child, partner, tau, near) },
	})
	r.clusters, r.split = cluster.New(p.Cluster, w), newSplit(r.production)
	r.clubs = club.New(p.Club, p.Policy.Facility, w)
	return r
}

// seen judges sites: as they are for those in the firm's own cell, elsewhere as firms have heard of them. Where they hear late it
// must run alone.
func (r *rules) seen(w *world.World, visits []world.Visit) {
	if len(w.Memory.Past) == 0 {
		r.production.Sites(w, visits)
		return
	}
	for k := range visits {
		v := &visits[k]
		if g := &w.Ground[v.Area]; g.First+g.CellAt(v.At) == int(w.Firms.Cell[v.Row]) {
			r.production.Sites(w, visits[k:k+1])
			continue
		}
		w.AsSeen(func() float64 {
			r.production.Sites(w, visits[k:k+1])
			return v.Value
		})
	}
}

// assemble makes the engine that walks a world from the tick that it has reached.
func assemble(w *world.World, s *Setup, r rules) (*Engine, error) {
	acts, err := policy.New(s.Policies, s.Params.Policy, w)
	if err != nil {
		return nil, err
	}
	e := &Engine{World: w, View: world.NewView, Phases: quarter(w, &s.Params, r, acts), Tick: w.Now.Tick}
	hold(e, s)
	return e, nil
}

//go:generate go run agglo/internal/schedule -source model.go -page ../docs/odd.md

// quarter is the schedule of a tick. Each phase reads what is settled and writes its own rows, or runs alone, or beside one that neither
// reads what it writes nor writes what it reads. docs/odd.md tells of each; its table is written from here.
func quarter(w *world.World, p *Params, r rules, a *policy.Rules) []phase {
	pr, m, l, k, t, d, c, s, f := r.production, r.market, r.labour, r.knowledge, r.trust, r.demography, r.clusters, r.split, r.clubs
	firms, cells := (*world.World).Rows, func(w *world.World) int { return len(w.Cells.Region) }
	planes := (*world.World).Planes
	return []phase{
		{Name: "time passes", Once: begin()},
		{Name: "policy acts", Once: a.Act},
		{Name: "firms are listed", Once: reindex, Beside: "partners are seen"},
		{Name: "partners are seen", Rows: firms, Each: k.Publish},
		{Name: "facilities open", Once: f.Act},
		{Name: "firms agree on prices", Once: m.Agree},
		{Name: "roads fill", Once: pr.Roads},
		{Name: "customers come and go", Rows: firms, Ready: sumsOf(len(w.Sectors)), Each: m.Win},
		{Name: "customers of the dead return", Once: m.Share},
		{Name: "suppliers and workers within reach", Rows: planes, Block: 1, Each: pr.Gather},
		{Name: "fields are laid out", Rows: cells, Each: pr.Lay},
		{Name: "customers are shared out, costs and prices", Rows: firms, Ready: priced(pr), Each: both(m.Rescale, pr.Cost)},
		{Name: "orders are laid out", Rows: func(*world.World) int { return market.Bands }, Block: 1, Each: m.Order},
		{Name: "orders are sorted by sector", Rows: cells, Each: m.Sort},
		{Name: "demand meets supply", Rows: planes, Block: 1, Each: m.Meet},
		{Name: "sales, vacancies and layoffs", Rows: firms, Ready: sumsOf(market.SellSums), Each: both(m.Sell, l.Plan)},
		{Name: "trade is booked", Once: m.Clear},
		{Name: "seekers meet vacancies", Once: l.Clear},
		{Name: "hires, accounts", Rows: firms, Ready: sumsOf(market.SettleSums(w)), Each: both(l.Hire, m.Settle)},
		{Name: "households are paid", Once: m.Book},
		{Name: "policy is charged", Once: a.Charge},
		{Name: "facilities are paid", Once: f.Charge},
		{Name: "research and technology are laid out", Rows: k.Strips, Block: 1, Each: k.Lay},
		{Name: "knowledge in the air", Rows: k.Lanes, Block: 1, Each: k.Gather},
		{Name: "learning, innovation, dealings, trust", Rows: firms, Ready: inTurn(sumsOf(knowledge.Sums(w)), t.ReadyToDeal), Each: both(k.Learn, t.Deal)},
		{Name: "innovations and dealings are counted", Once: counted(k)},
		{Name: "clubs bar cheats", Once: f.Bar},
		{Name: "damage is paid", Once: t.Pay},
		{Name: "search for partners", Rows: firms, Ready: t.Ready, Each: t.Search(p.Production.InputKM)},
		{Name: "foundings respond to profit", Once: d.Respond},
		{Name: "partners agree", Once: t.Match, Beside: "who closes, founds, moves"},
		{Name: "who closes, founds, moves", Rows: firms, Ready: sumsOf(demography.JudgeSums), Each: d.Judge},
		{Name: "ties end", Rows: firms, Each: t.Sever},
		{Name: "places are remembered", Once: d.Remember},
		{Name: "firms close", Once: d.Leave, Beside: "founders leave their jobs"},
		{Name: "founders leave their jobs", Rows: cells, Each: d.Conceive},
		{Name: "firms are founded", Once: d.Enter},
		{Name: "newborns choose sites", Rows: d.Newborns, Block: demography.Abreast, Ready: d.ReadyToSettle, Each: d.Settle},
		{Name: "spin-offs inherit ties", Once: d.Bequeath},
		{Name: "facilities make good", Once: f.MakeGood},
		{Name: "policy makes good", Once: a.MakeGood},
		{Name: "movers compare sites", Rows: firms, Ready: d.ReadyToCompare, Each: d.Compare},
		{Name: "firms move", Once: d.Relocate},
		{Name: "wages and migration", Once: l.Turn},
		{Name: "households' purses", Rows: cells, Each: m.Lay},
		{Name: "firms of each group are listed", When: yearEnd, Once: c.Count, Beside: "means for the split"},
		{Name: "means for the split", When: yearEnd, Rows: firms, Ready: s.ready, Each: s.means},
		{Name: "reference for the split", When: yearEnd, Once: s.reference},
		{Name: "clusters are sought", When: yearEnd, Rows: c.Groups, Block: 1, Each: c.Seek},
		{Name: "clusters", When: yearEnd, Once: c.Follow, Beside: "synergy"},
		{Name: "synergy", When: yearEnd, Rows: firms, Each: s.shares},
		{Name: "money is checked", Once: m.Balance},
	}
}

// yearEnd says whether a tick ends a year.
func yearEnd(tick int) bool { return tick%world.TicksPerYear == 0 }

// sumsOf makes room for n sums of each block of firms.
func sumsOf(n int) func(*world.World) {
	return func(w *world.World) { w.Sums.Reset(w.Rows(), sim.BlockRows, n) }
}

// begin moves the clock, and what grows outside. What has been made before the first tick is put on large pages; what is made later
// asks for them itself.
func begin() func(w *world.World, tick int) error {
	begun := false
	return func(w *world.World, tick int) error {
		if !begun {
			begun = true
			page.Widen(w)
		}
		w.Advance(tick)
		return nil
	}
}

// reindex lists the firms where they are.
func reindex(w *world.World, _ int) error {
	w.Reindex()
	return nil
}

// inTurn readies with one function, then the other.
func inTurn(a, b func(w *world.World)) func(w *world.World) {
	return func(w *world.World) {
		a(w)
		b(w)
	}
}

// priced makes room for the orders of every firm to every sector, and readies prices.
func priced(pr *production.Rules) func(w *world.World) {
	return func(w *world.World) {
		if n := w.Rows() * len(w.Setting.Sectors); len(w.Fields.Orders) != n {
			if cap(w.Fields.Orders) < n {
				w.Fields.Orders = page.Room[float32](n + n/32)
			}
			w.Fields.Orders = w.Fields.Orders[:n]
		}
		pr.Ready(w)
	}
}

// atHand is how many rows of a block are walked by a rule while they stay at hand for the next one: what is known of a firm
// takes up to a kilobyte, and the second cache of a processor holds some hundreds.
const atHand = 128

// both runs two rules over the same rows in turn, some at a time, while these are at hand. Neither may read what the other
// writes of another row.
func both(a, b func(w *world.World, tick, lo, hi int)) func(w *world.World, tick, lo, hi int) {
	return func(w *world.World, tick, lo, hi int) {
		for ; lo < hi; lo += atHand {
			end := min(lo+atHand, hi)
			a(w, tick, lo, end)
			b(w, tick, lo, end)
		}
	}
}

// counted counts what learning and dealings made, and lets those be paid from whom firms learned.
func counted(k *knowledge.Rules) func(w *world.World, _ int) error {
	return func(w *world.World, _ int) error {
		c := &w.Count
		c.Innovations, c.Deals, c.Broken = int(w.Sums.Total(0)), int(w.Sums.Total(1)), int(w.Sums.Total(2))
		k.Collect(w)
		return nil
	}
}

// warmTies lets firms search for partners and deal before tick 0, so that a run does not begin among strangers.
func warmTies(ctx context.Context, w *world.World, s *Setup, t *trust.Rules, k *knowledge.Rules) error {
	rows := (*world.World).Rows
	rounds := Engine{World: w, Threads: max(s.Threads, 1), Tick: -s.Params.Trust.StartRounds - 1, Phases: []phase{
		{Name: "dealings", Rows: rows, Ready: inTurn(sumsOf(3), t.ReadyToDeal), Each: t.Deal},
		{Name: "search for partners", Rows: rows, Ready: t.Ready, Each: t.Search(s.Params.Production.InputKM)},
		{Name: "partners agree", Once: t.Match},
		{Name: "partners are seen", Rows: rows, Each: k.Publish},
	}}
	if err := rounds.Run(ctx, -1); err != nil {
		return err
	}
	review := Engine{World: w, Threads: rounds.Threads, Tick: -1, Phases: []phase{
		{Name: "what firms know of others", Rows: rows, Each: func(w *world.World, _, lo, hi int) {
			for i := lo; i < hi; i++ {
				k.Review(w, i)
			}
		}},
	}}
	return review.Run(ctx, 0)
}
