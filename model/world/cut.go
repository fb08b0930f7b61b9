package world

// Channels is a set of the ways in which nearness helps a firm, by bits.
type Channels uint8

// The channels.
const (
	ChannelInput     Channels = 1 << iota // suppliers within reach
	ChannelLabour                         // the labour pool
	ChannelKnowledge                      // knowledge of neighbours, partners and universities
	ChannelTrust                          // trust in suppliers
	ChannelClub                           // shared facilities
	AllChannels      = 1<<iota - 1
)

// ChannelNames lists the channels as tables name them, in the order of their bits.
var ChannelNames = [...]string{"input", "labour", "knowledge", "trust", "club"}

// Cuts says which channels are cut for all firms, for a replay of what they bring. A firm whose channel is cut meets the
// region's mean site of the moment of the cut, or the stranger's prior. No channel is cut in an ordinary run.
type Cuts struct {
	Off    Channels
	Supply []float64 // by sector: mean mass of suppliers within reach, weighted by workers, over what it was at the start, grown
	Pool   []float64 // by sector: mean labour pool of the sector's firms, alike
}

// Cut says whether a channel is cut.
func (w *World) Cut(c Channels) bool { return w.Cuts.Off&c != 0 }

// SupplyUnit is the mass of suppliers of a sector within reach of a mean site of the start, grown with the population and
// the sector.
func (w *World) SupplyUnit(sector int) float64 {
	return w.Base.Supply[sector] * w.Now.Demand[sector] * w.Now.Population
}

// PoolUnit is the labour pool of a sector at a mean site of the start, grown alike.
func (w *World) PoolUnit(sector int) float64 {
	return w.Base.Pool[sector] * w.Now.Population * w.Now.Demand[sector]
}

// Reliance is how far trust makes firm i rely on local suppliers: the relational discount, 1 at the stranger's prior.
func (w *World) Reliance(i int) float64 {
	if w.Cut(ChannelTrust) {
		return 1
	}
	return float64(w.Firms.Trustee[i])
}
