package policy

import "agglo/model/world"

// A part is one thing that an instrument does; an instrument may do several. A part reads the world and writes nothing but
// levers, so that parts add up in any order without knowing each other.
type part interface {
	// cost is what the part at full strength would give firm i, or spend around it, in this tick; worker-years, >= 0. For
	// a guarantee it is the most that can be lost.
	cost(v world.View, i int) float64
	// apply lets a share in (0,1] of the strength act on those reached.
	apply(r *reach, share float64, l *world.Levers)
	// stand lets works act, in every tick in which they stand.
	stand(r *reach, l *world.Levers)
	// spent is what firm i did cost once its accounts are settled; planned is share times cost as of the start of the tick.
	spent(v world.View, l *world.Levers, i int, share, planned float64) float64
}

// plain is a part that costs what was planned and does nothing.
type plain struct{}

func (plain) apply(*reach, float64, *world.Levers) {}

func (plain) stand(*reach, *world.Levers) {}

func (plain) spent(_ world.View, _ *world.Levers, _ int, _, planned float64) float64 { return planned }

// Payment is the way in which a part's money goes.
type Payment int

// The ways.
const (
	ToFirms     Payment = iota // the accounts of firms take it up with the levers
	ToPurses                   // to firms, when the policy is charged
	NotAsked                   // a tax that is not asked for: no money moves
	ToBuilders                 // to the households around, who build works that last
	ToProviders                // to the households around, who serve the firms
	ToBanks                    // to banks, for interest that they do not ask of firms
	Guarantee                  // nothing unless a firm closes
	AtEntry                    // to founders, when firms are founded
	Burnt                      // nowhere
)

// pooled says whether firms or investors may add money of their own, because it goes to the same builders and providers.
func (p Payment) pooled() bool { return p == ToBuilders || p == ToProviders }

// A place says among whom a part works.
type place int

const (
	inTarget  place = iota // the firms of the target
	onSites                // the firms in the cells where works stand
	elsewhere              // the firms of the target outside its circle
)

// A component is a part of an instrument with the way of its money.
type component struct {
	part
	pays    Payment
	at      place
	single  bool    // works stand on one site: a facility
	private float64 // share of the money that investors from outside bring
}

// An Entry describes an instrument.
type Entry struct {
	ID       string // as scenarios name it
	Title    string
	Doc      string   // what it does, and the lever through which it does it
	Stands   string   // forms and instruments of docs/instruments.md that it stands for, such as "I1 I17"; empty for none
	Settings []string // paths of the parameters that set its ordinary strength
	parts    func(s Spec, p *Params) []component
}

// Local says whether an instrument serves all who are in its place, so that its target can be places and clusters only.
func (e *Entry) Local() bool {
	var p Params
	for _, c := range e.parts(Spec{}, &p) {
		if c.at == inTarget {
			return false
		}
	}
	return true
}

// outlay is a yearly share of firm i's value added, for a quarter.
func outlay(v world.View, i int, share float64) float64 {
	return share * max(v.ValueAdded(i), 0) / world.TicksPerYear
}
