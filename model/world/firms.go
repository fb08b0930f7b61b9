package world

import "agglo/sim/page"

// Firms holds the state of firms as columns. A row is a slot: a living firm keeps its row for life, so that ties can
// hold rows; the row of a firm that has died is free (ID 0) and goes to a newborn of its sector. Rows are not an order of any meaning.
// Money is in worker-years, flows are per year unless said otherwise, lengths are km. Columns of 32 bits hold seven digits:
// weights, rates, parts of a sum. What adds up over ticks, or is booked against another account, has all digits.
type Firms struct {
	ID     []uint64  // lineage key, never reused; 0 = the row is free
	Parent []uint64  // id of the firm that the founder left, 0 = de novo
	Sector []uint16  // index in the setting, as areas are
	Area   []uint16  // where the site is
	Born   []int32   // tick of founding; firms of the start have negative ticks
	Cell   []int32   // the cell that holds the site, numbered through all areas
	Base   []int32   // cloud in cell: south-west of the four nearest cells, numbered inside the area
	WX, WY []float32 // weights of the cells to the east, to the north, [0,1]
	X, Y   []float64 // km east and north of the origin
	// What a unit of the firm's own mass adds to a field where the firm reads it, by kernel; to be taken out again.
	SelfSupply, SelfPool, SelfAir []float32
	Face                          []Face // what partners can see, as of the start of the tick

	LogTech    []float64    // log of technology A
	OwnLogTech []float64    // log of the technology that the firm would have without knowledge from neighbours and partners
	Z          [][3]float32 // position in knowledge space, [0,1]^3
	Labour     []float64    // workers
	Capital    []float64    // worker-years at base prices
	Cash       []float64    // below 0 = overdraft
	Appeal     []float64    // customer base
	Swing      []float32    // standard deviation of a tick's change of log customer base in this year; 0 = not drawn yet
	Reach      []float32    // access to world demand, in [market.reach, 1]
	Exporter   []bool       // sells to the world itself
	Pipeline   []bool       // holds a tie to the world's frontier
	Stock      []float32    // of R&D, worker-years
	Losses     []float32    // moving average of profit, per year

	// Results of the present tick.
	LogPrice []float64 // log of price; the world's good costs 1
	LogInput []float32 // log of the price of inputs, ln q
	Match    []float32 // log of the quality of matches with workers, ln m
	Wage     []float64 // worker-years per worker and year
	Weight   []float32 // a p^(1-sigma) at this tick's price: weight in customers' choice
	Mass     []float32 // the same at last tick's price: weight in input buyers' choice
	Rent     []float32 // per worker and year
	Demand   []float64 // orders, value per year; what is not from firms or the world is from households
	Sales    []float64 // deliveries, value per year
	Inputs   []float64 // of Demand: by firms
	Exports  []float32 // of Demand: by the world
	Orders   []float64 // spending on inputs, value per year
	Profit   []float64 // after wages, inputs, depreciation, R&D, rent, interest, before tax; per year
	Capacity []float32 // value per year
	Vacancy  []float32 // workers wanted in this tick
	Invest   []float32 // capital bought in this tick
	Paid     []float64 // to households in this tick: wages, research, capital goods, their part of rents and dividends
	Spill    []float32 // knowledge access S, as of the last review
	Ahead    []float32 // how far the best that the firm can copy is ahead of it in log technology, as of the last review
	Trustee  []float32 // relational discount g on bought inputs
	Cluster  []int32   // number of the cluster, 0 = none
	Flag     []uint8   // marks of the present tick, see the constants

	TieRows   []TieRow // the buyer's halves of supply ties, of which the supplier holds none; halves of collaborations, which both ends hold
	SupplySet []Slots  // which slots hold a supplier
	CollabSet []Slots  // which slots hold a collaborator
	More      []TieRow // collaborations of firms that hold too many ties for one row
	MoreOf    []int32  // which of those a row has, counted from 1; 0 = its collaborations lie in TieRows

	moreHeld rowSet // which of those are in use

	freeRows []uint64 // free rows, by bits
	freeOf   []rows   // by sector: those that are kept for it
	Alive    int      // living firms
}

// Marks of a tick in Firms.Flag.
const (
	FlagExit    uint8 = 1 << iota // leaves at the end of the tick
	FlagSpinOff                   // an employee leaves to found a firm
	FlagMove                      // moves to another site
	FlagBroken                    // a partner broke a deal
	FlagShort                     // could not invest as much as it wished in the tick before the last accounts
	FlagCut                       // could not in the last accounts
	FlagMoved                     // has moved to another site in the last tick
)

// Face is what a partner can read of a firm, as of the start of the tick: half a cache line, because a look at a
// partner's row is a wait for memory.
type Face struct {
	X, Y    float32    // km
	Z       [3]float32 // position in knowledge space, [0,1]^3
	Know    float32    // ln(1+R/R0) over the load of its ties: what a partner can learn
	LogTech float32    // log of technology A
	Key     uint32     // part of the firm's key, by which draws about it are addressed
}

// Len is the number of rows, living or free.
func (f *Firms) Len() int { return len(f.ID) }

// Living says whether row i holds a firm.
func (f *Firms) Living(i int) bool { return f.ID[i] != 0 }

// Home is what households order from row i, value per year.
func (f *Firms) Home(i int) float64 { return f.Demand[i] - f.Inputs[i] - float64(f.Exports[i]) }

// columns are the columns of 64 bits.
func (f *Firms) columns() []*[]float64 {
	return []*[]float64{&f.X, &f.Y, &f.LogTech, &f.OwnLogTech, &f.Labour, &f.Capital, &f.Cash, &f.Appeal,
		&f.LogPrice, &f.Wage, &f.Demand, &f.Sales, &f.Inputs, &f.Orders, &f.Profit, &f.Paid}
}

// narrow are the columns of 32 bits.
func (f *Firms) narrow() []*[]float32 {
	return []*[]float32{&f.WX, &f.WY, &f.SelfSupply, &f.SelfPool, &f.SelfAir, &f.Swing, &f.Reach, &f.Stock, &f.Losses,
		&f.LogInput, &f.Match, &f.Weight, &f.Mass, &f.Rent, &f.Exports, &f.Capacity, &f.Vacancy, &f.Invest,
		&f.Spill, &f.Ahead, &f.Trustee}
}

// Reserve makes room for rows in all, so that columns need not be copied while they are filled. It must run alone.
func (f *Firms) Reserve(rows int) {
	if rows <= cap(f.ID) {
		return
	}
	for _, c := range f.columns() {
		*c = roomy(*c, rows)
	}
	for _, c := range f.narrow() {
		*c = roomy(*c, rows)
	}
	f.ID, f.Parent = roomy(f.ID, rows), roomy(f.Parent, rows)
	f.Sector, f.Area, f.Born = roomy(f.Sector, rows), roomy(f.Area, rows), roomy(f.Born, rows)
	f.Cell, f.Base, f.Cluster = roomy(f.Cell, rows), roomy(f.Base, rows), roomy(f.Cluster, rows)
	f.Face, f.Z, f.Exporter, f.Flag = roomy(f.Face, rows), roomy(f.Z, rows), roomy(f.Exporter, rows), roomy(f.Flag, rows)
	f.Pipeline = roomy(f.Pipeline, rows)
	f.TieRows, f.SupplySet, f.CollabSet, f.MoreOf = roomy(f.TieRows, rows), roomy(f.SupplySet, rows), roomy(f.CollabSet, rows), roomy(f.MoreOf, rows)
}

// roomy is a column with room for n rows; append alone would leave a quarter of it empty.
func roomy[T any](s []T, n int) []T { return append(page.Room[T](n), s...) }

// grow adds an empty row.
func (f *Firms) grow() {
	if n := len(f.ID); n == cap(f.ID) {
		f.Reserve(n + n/spare + spare)
	}
	n := len(f.ID) + 1
	for _, c := range f.columns() {
		*c = (*c)[:n]
	}
	for _, c := range f.narrow() {
		*c = (*c)[:n]
	}
	f.ID, f.Parent, f.Sector, f.Area, f.Born = f.ID[:n], f.Parent[:n], f.Sector[:n], f.Area[:n], f.Born[:n]
	f.Cell, f.Base, f.Cluster, f.Face, f.Z = f.Cell[:n], f.Base[:n], f.Cluster[:n], f.Face[:n], f.Z[:n]
	f.Exporter, f.Flag, f.Pipeline = f.Exporter[:n], f.Flag[:n], f.Pipeline[:n]
	f.TieRows, f.SupplySet, f.CollabSet, f.MoreOf = f.TieRows[:n], f.SupplySet[:n], f.CollabSet[:n], f.MoreOf[:n]
	f.clear(n - 1)
}

func (f *Firms) clear(i int) {
	for _, c := range f.columns() {
		(*c)[i] = 0
	}
	for _, c := range f.narrow() {
		(*c)[i] = 0
	}
	f.ID[i], f.Parent[i], f.Sector[i], f.Area[i], f.Born[i], f.Cell[i], f.Base[i] = 0, 0, 0, 0, 0, 0, 0
	f.Face[i], f.Z[i], f.Exporter[i], f.Cluster[i], f.Flag[i] = Face{}, [3]float32{}, false, 0, 0
	f.Pipeline[i] = false
	f.dropTies(i)
}
