// Package policy holds the instruments by which an authority acts on firms, and the ledger of what they cost. An
// instrument never edits an outcome: it adds to a lever (world.Levers) that a rule reads, and books every unit of money.
//
// A policy acts twice in a tick. Before the rules run, Act finds whom it reaches, what that would cost, how much of it
// the budget still pays, and adds the levers. After the accounts are settled, Charge books what it did cost, and lets the
// payer pay: the region's treasury, which passes it on to its households as a tax, or somebody outside.
package policy

import "agglo/model/world"

// A Spec is one policy as a scenario states it: an instrument with its dates, money, strength and target.
type Spec struct {
	ID         string  // unique in the scenario
	Instrument string  // an id of the Catalogue
	From, To   int     // ticks: active in From <= tick < To
	Budget     float64 // worker-years in all, administration included; spending stops when it is gone. Negative means: no limit
	Intensity  float64 // strength in [0, 10]; 1 is the instrument's ordinary strength, 0 switches it off
	Finance    Finance // who pays
	Target     Target  // whom it reaches

	Style      Style      // who chooses whom a limited budget reaches
	Pace       Pace       // how fast a limited budget is spent
	Conditions Conditions // what is asked of those reached
	Potential  float64    // acts only where the sector's location quotient is at least this; 0 = do not ask
	Strategy   string     // id of the strategy that the policy is an element of; empty = none
	Learning   bool       // the strategy moves money once a year between its instruments by measured results
}

// A Style of government says whom a limited budget reaches.
type Style int

// The styles.
const (
	Everyone Style = iota // all in the target, at the strength that can be paid for
	Central               // the authority picks: the largest firms first, which it sees, at full strength until the money of the quarter is gone
	Network               // an open call: firms that make a profit and have partners apply; those whom their partners trust most come first
)

// A Pace says how fast a limited budget is spent.
type Pace int

// The paces.
const (
	Full Pace = iota // at full strength until the budget is gone
	Even             // of a quarter no more than what is left over the quarters left: the programme lasts until its end
)

// Conditions are asked of a firm before it takes part.
type Conditions struct {
	Match      float64 // share of the sum that the firm brings itself, [0,1)
	Membership string  // cluster, facility, or empty
	Trust      float64 // least mean trust of the firm in its partners, [0,1]; 0 = do not ask
}

// Finance says who pays for a policy.
type Finance int

const (
	LocalTax Finance = iota // the region's treasury, raised by a tax on its households
	Outside                 // money from outside the region
)

// Target chooses the firms (or cells) that a policy reaches. A zero Target reaches everyone.
type Target struct {
	Regions []int       // indices of regions; empty = all
	Sectors []int       // indices of sectors; empty = all
	Within  *Within     // only within a distance of a point
	Size    *[2]float64 // workers, from (included) to (excluded)
	Age     *[2]float64 // years, from (included) to (excluded)
	Cluster string      // any, existing, emerging or none; empty = do not ask
}

// Within is a circle.
type Within struct {
	At world.Point
	KM float64 // radius, km, > 0
}

// Off says whether a policy can do nothing whatever happens: no strength, no money, or no time.
func (s *Spec) Off() bool { return s.Intensity == 0 || s.Budget == 0 || s.To <= s.From }
