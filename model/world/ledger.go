package world

// A LedgerEntry is the book of one policy: what it cost in the present tick, and since the start. Money is in
// worker-years; flows are per tick.
type LedgerEntry struct {
	Policy     string // the policy's id
	Instrument string // what it does, so that works stand when the policy is forgotten
	Club       bool   // whether that is a shared facility
	Now        Cost   // of the present tick
	Total      Cost   // since the start, the present tick included

	// Public works outlive the programme that built them.
	Works float64 // capital that stands, worn; worker-years at base prices
	Sites []int32 // the cells where it stands, chosen when the first of it is built; never changed afterwards

	Lent     float64 // strength of the guarantees given last, which run off when the programme is over
	Budget   float64 // what a strategy that learns leaves to this instrument, worker-years; as it last decided
	Measured float64 // log growth of value added of those reached beyond that of all firms, since it last decided
}

// Cost is what the public has given for a policy. What comes back as taxes, and what would have happened anyway, only a
// twin without the policy can tell: it is no part of it.
type Cost struct {
	Gross   float64 // all that the policy gave, Forgone included
	Forgone float64 // of Gross: taxes that were not asked for, so that no money moved
	Admin   float64 // administration

	GuaranteeLoss  float64 // paid to banks for debts that firms left, and to owners for what they lost
	PrivateLevered float64 // put in by firms and investors beside it as the policy asks; no public money, no part of Sum
}

// Add adds what another tick or policy cost.
func (c *Cost) Add(d Cost) {
	c.Gross += d.Gross
	c.Forgone += d.Forgone
	c.Admin += d.Admin
	c.GuaranteeLoss += d.GuaranteeLoss
	c.PrivateLevered += d.PrivateLevered
}

// Times is the cost at a scale.
func (c Cost) Times(scale float64) Cost {
	return Cost{scale * c.Gross, scale * c.Forgone, scale * c.Admin, scale * c.GuaranteeLoss, scale * c.PrivateLevered}
}

// Sum is all public money.
func (c Cost) Sum() float64 { return c.Gross + c.Admin + c.GuaranteeLoss }

// Pay shares money out among the households of a region by residents, and among all households where nobody lives in the
// region. It says whether there was anybody to take it.
func (w *World) Pay(region int, money float64) bool {
	if w.pay(money, func(k int) bool { return int(w.Markets.Region[k]) == region }) {
		return true
	}
	return w.pay(money, func(int) bool { return true })
}

// pay shares money out among the labour markets chosen, by residents.
func (w *World) pay(money float64, chosen func(market int) bool) bool {
	residents := 0.0
	for k, force := range w.Markets.Force {
		if chosen(k) {
			residents += force
		}
	}
	if residents <= 0 {
		return false
	}
	for k, force := range w.Markets.Force {
		if chosen(k) {
			w.Markets.Balance[k] += money * force / residents
		}
	}
	return true
}

// Policies is the number of policies with a book.
func (v View) Policies() int { return len(v.w.Ledger) }

// Ledger is the book of policy k, by the order of the policies' ids; its sites are left out, see Site.
func (v View) Ledger(k int) LedgerEntry {
	e := v.w.Ledger[k]
	e.Sites = nil
	return e
}

// Sites is the number of cells in which works of policy k stand.
func (v View) Sites(k int) int { return len(v.w.Ledger[k].Sites) }

// Site is the n-th cell in which works of policy k stand.
func (v View) Site(k, n int) int { return int(v.w.Ledger[k].Sites[n]) }

// EfficiencyTerms splits LogEfficiency of row i into what the firm is able to do on its own, and what it owes to its
// place: suppliers within reach, the labour pool, trust in suppliers, knowledge of neighbours and partners. They add up to
// it. Trust is as of SynergyTick.
func (v View) EfficiencyTerms(i int) (own, input, labour, trust, knowledge float64) {
	f, p := &v.w.Firms, &v.w.Params
	unit := 1 / (p.Alpha + p.Beta)
	if s := v.w.Synergy.Saving; i < len(s) {
		trust = float64(s[i])
	}
	own, knowledge = f.OwnLogTech[i], f.LogTech[i]-f.OwnLogTech[i]
	input = -float64(p.InputShare()*float64(f.LogInput[i])) - trust
	return unit * own, unit * input, unit * float64(p.Beta*float64(f.Match[i])), unit * trust, unit * knowledge
}

// LogEfficiency is the log of how much a firm makes of labour and capital at its place, in units of value added: technology,
// matches with workers and the price of inputs, (ln A + beta ln m - (1-alpha-beta) ln q)/(alpha+beta). Wages, subsidies and
// the firm's own prices leave it alone.
func (v View) LogEfficiency(i int) float64 {
	f, p := &v.w.Firms, &v.w.Params
	made := f.LogTech[i] + float64(p.Beta*float64(f.Match[i])) - float64(p.InputShare()*float64(f.LogInput[i]))
	return made / (p.Alpha + p.Beta)
}
