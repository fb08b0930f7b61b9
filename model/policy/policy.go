package policy

import "agglo/model/world"

// A Policy is an instrument at work on one firm at a time. It reads the world and writes nothing but levers, so that
// instruments add up in any order without knowing each other.
type Policy interface {
	// Cost is what the instrument at full strength would give firm i, or spend around it, in this tick; worker-years, >= 0.
	Cost(v world.View, i int) float64
	// Apply adds what the instrument does to firm i to the levers; share in (0,1] is the part of its strength that its
	// budget pays for.
	Apply(i int, share float64, l *world.Levers)
	// Spent is what firm i did cost once its accounts are settled; planned is share times Cost as of the start of the tick.
	Spent(v world.View, l *world.Levers, i int, share, planned float64) float64
}

// Payment is the way in which an instrument's money goes.
type Payment int

const (
	ToFirms    Payment = iota // the accounts of firms take it up with the levers
	NotAsked                  // a tax that is not asked for: no money moves
	ToBuilders                // to the households around, who build works that last
	Burnt                     // nowhere
)

// An Entry describes an instrument.
type Entry struct {
	ID       string // as scenarios name it
	Title    string
	Doc      string   // what it does, and the lever through which it does it
	Settings []string // paths of the parameters that set its ordinary strength
	Pays     Payment
	New      func(s Spec, p *Params) Policy // a policy of this kind at the strength of s
}

// Catalogue lists the instruments by id.
var Catalogue = []Entry{
	{
		ID: "burn", Title: "Placebo: burn money", Pays: Burnt, New: newBurn,
		Doc:      "Spends like infrastructure and does nothing. A comparison that finds an effect beyond that of the tax is wrong.",
		Settings: []string{"policy.outlay", "policy.admin"},
	},
	{
		ID: "infrastructure", Title: "Transport infrastructure", Pays: ToBuilders, New: newInfrastructure,
		Doc: "Builds public transport capital in the cells of the target. It lowers the cost of every journey that begins or " +
			"ends there by its yearly return over the yearly sales and input spending of the firms there, and wears out. " +
			"Builders are paid as households of the place.",
		Settings: []string{"policy.outlay", "policy.return", "policy.wear", "policy.most_saving", "policy.admin"},
	},
	{
		ID: "subsidy", Title: "Investment subsidy", Pays: ToFirms, New: newSubsidy,
		Doc: "Pays a part of the yearly user cost of capital. It lowers unit cost, makes more capital worth having, and brings " +
			"cash to firms that lack credit.",
		Settings: []string{"policy.subsidy", "policy.admin"},
	},
	{
		ID: "tax_break", Title: "Profit tax break", Pays: NotAsked, New: newTaxBreak,
		Doc:      "Takes points off the tax rate on profits. It leaves firms more cash; no price changes.",
		Settings: []string{"policy.tax_break", "policy.admin"},
	},
}

// Instruments lists the ids of the Catalogue.
func Instruments() []string {
	ids := make([]string, len(Catalogue))
	for k := range Catalogue {
		ids[k] = Catalogue[k].ID
	}
	return ids
}

// Find gives the instrument of an id, and whether there is one.
func Find(id string) (Entry, bool) {
	for k := range Catalogue {
		if Catalogue[k].ID == id {
			return Catalogue[k], true
		}
	}
	return Entry{}, false
}
