// Package bench measures the speed and memory of the model on a region made for the purpose. The command agglo bench and
// the Go benchmarks use it.
package bench

import (
	"context"
	"fmt"
	"math"
	"os"
	"runtime"
	"time"

	"agglo/internal/process"
	"agglo/model"
	"agglo/model/world"
	"agglo/sim/num"
	"agglo/sim/param"
	"agglo/sim/rng"
)

// A Plan says what to measure.
type Plan struct {
	Firms     int  // at the start, one a km2
	Ticks     int  // to measure
	Threads   int  // >= 1
	Clustered bool // 90% of the firms start in a square of 20 x 20 km, with land and workers to match
}

// A Result is what was measured.
type Result struct {
	Firms              int     `json:"firms"`
	Ticks              int     `json:"ticks"`
	Threads            int     `json:"threads"`
	Clustered          bool    `json:"clustered"`
	NsPerFirmTick      float64 `json:"ns_per_firm_tick"`     // of living firms, over the ticks measured
	BytesPerFirm       float64 `json:"bytes_per_firm"`       // of the heap, ties and fields included
	AllocsPerFirmTick  float64 `json:"allocs_per_firm_tick"` // births included
	FirmsAtEnd         int     `json:"firms_at_end"`         // how many there were to share the last tick
	SecondsToStart     float64 `json:"seconds_to_start"`     // to make the world at tick 0
	PeakBytes          float64 `json:"peak_bytes"`           // the most memory that the process has held at once; 0 where the system does not tell
	CellsPerSideOfArea int     `json:"cells_per_side"`       // of 2 km
}

const (
	cellKM     = 2   // width of a cell
	sectors    = 8   // of the region
	meanJobs   = 4.6 // of a firm
	jobless    = .06 // unemployment at the start
	squareKM   = 20  // of the square that holds most firms when clustered
	inSquare   = .9  // the share it holds
	landOfCell = 400 // workers that a cell's land carries at base rent, on the mean
	ownInputs  = .3  // share of inputs from the own sector
)

// Purposes of random draws.
const (
	drawPlace rng.Purpose = 0x7001
	drawSize  rng.Purpose = 0x7002
)

// WarmUp is how many ticks run before the measurement: columns and scratch memory grow in the first ones.
const WarmUp = 4

// Run measures. It stops between ticks when ctx is done. watch is told of each tick that is done, those of the warm-up too; nil =
// nobody.
func Run(ctx context.Context, p Plan, watch func(tick int)) (Result, error) {
	var before, after, ready runtime.MemStats
	runtime.GC()
	runtime.GC() // what pools hold goes with the second one
	runtime.ReadMemStats(&before)
	begun := time.Now()
	engine, err := Engine(ctx, p)
	if err != nil {
		return Result{}, err
	}
	start := time.Since(begun)
	if watch == nil {
		watch = func(int) {}
	}
	for tick := 1; tick <= WarmUp; tick++ {
		if err := engine.Run(ctx, tick); err != nil {
			return Result{}, err
		}
		watch(tick)
	}
	runtime.GC()
	runtime.ReadMemStats(&ready)
	firms := 0.0
	begun = time.Now()
	for tick := WarmUp + 1; tick <= WarmUp+p.Ticks; tick++ {
		if err := engine.Run(ctx, tick); err != nil {
			return Result{}, err
		}
		firms += float64(engine.World.Firms.Alive)
		watch(tick)
	}
	took := time.Since(begun)
	runtime.ReadMemStats(&after)
	alive := engine.World.Firms.Alive
	r := Result{
		Firms: p.Firms, Ticks: p.Ticks, Threads: p.Threads, Clustered: p.Clustered, FirmsAtEnd: alive,
		NsPerFirmTick:     float64(took.Nanoseconds()) / firms,
		AllocsPerFirmTick: float64(after.Mallocs-ready.Mallocs) / firms,
		SecondsToStart:    start.Seconds(), CellsPerSideOfArea: side(p.Firms), PeakBytes: process.PeakMemory(os.DirFS("/")),
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	r.BytesPerFirm = (float64(after.HeapAlloc) - float64(before.HeapAlloc)) / float64(alive)
	runtime.KeepAlive(engine)
	return r, nil
}

// Engine makes the region of a plan at tick 0, unless ctx is done before.
func Engine(ctx context.Context, p Plan) (*model.Engine, error) {
	var params model.Params
	if err := param.Fill(&params); err != nil {
		return nil, err
	}
	engine, err := model.NewContext(ctx, model.Setup{Setting: setting(p), Params: params, Seed: 1, Ticks: WarmUp + p.Ticks, Threads: p.Threads})
	if err != nil {
		return nil, fmt.Errorf("the region to measure with: %w", err)
	}
	engine.World.Setting.Plants = nil // the list to start from is no part of the memory of a run
	engine.Threads = p.Threads
	return engine, nil
}

// Sized is a setup of the size of the plan's, without the region itself: enough to tell how much memory it will take.
func (p Plan) Sized() model.Setup {
	n := side(p.Firms)
	s := world.Setting{ID: "bench", Areas: []world.Area{{NX: n, NY: n}}, Sectors: make([]world.Sector, sectors)}
	s.Sectors[0].Firms = p.Firms
	return model.Setup{Setting: s, Ticks: WarmUp + p.Ticks, Threads: p.Threads}
}

// side is the number of cells on a side of the square that has one firm a km2.
func side(firms int) int {
	return max(int(math.Ceil(math.Sqrt(float64(firms))/cellKM)), int(squareKM/cellKM)+2)
}

// setting is the region: a square of land with eight sectors that buy from each other.
func setting(p Plan) world.Setting {
	n := side(p.Firms)
	area := world.Area{
		ID: "square", CellKM: cellKM, X0: -float64(n), Y0: -float64(n), NX: n, NY: n, Wage: 1,
		Land: make([]float64, n*n), Region: make([]int32, n*n), LabourForce: float64(p.Firms) * meanJobs / (1 - jobless),
	}
	inside := 0
	for c := range area.Land {
		if inCore(&area, c) {
			inside++
		}
	}
	for c := range area.Land {
		area.Land[c] = landOfCell
		if !p.Clustered {
			continue
		}
		share, cells := 1-inSquare, n*n-inside
		if inCore(&area, c) {
			share, cells = inSquare, inside
		}
		area.Land[c] = landOfCell * float64(n*n) * share / float64(cells)
	}
	s := world.Setting{
		ID: "bench", Start: world.Date{Year: 2000, Quarter: 1}, Scale: 1, Currency: world.Currency{Code: "unit", PriceYear: 2000, LabourCost: 1},
		Areas: []world.Area{area}, Regions: []world.Region{{ID: "square", Name: "square", TaxRate: .2, TrustPrior: .4, LawQuality: .5}},
		Plants: plants(p, &area),
	}
	for k := range sectors {
		id := string(rune('a' + k))
		row := make([]float64, sectors)
		for j := range row {
			row[j] = (1 - ownInputs) / (sectors - 1)
		}
		row[k] = ownInputs
		s.Inputs = append(s.Inputs, row)
		s.Sectors = append(s.Sectors, world.Sector{ID: id, Name: id, Group: id, Tradable: 1})
	}
	for k := range s.Plants {
		of := &s.Sectors[s.Plants[k].Sector]
		of.Firms++
		of.Employment += s.Plants[k].Employment
	}
	return s
}

// inCore says whether a cell lies in the square in the middle.
func inCore(a *world.Area, c int) bool {
	x := a.X0 + (float64(c%a.NX)+.5)*a.CellKM
	y := a.Y0 + (float64(c/a.NX)+.5)*a.CellKM
	return math.Abs(x) < squareKM/2. && math.Abs(y) < squareKM/2.
}

// plants draws the firms: sizes from a Pareto law of exponent 1.4, places evenly over the land or most of them in the
// middle.
func plants(p Plan, a *world.Area) []world.Plant {
	seed := rng.Seed(1)
	out := make([]world.Plant, p.Firms)
	sum := 0.0
	for k := range out {
		key := uint64(k)
		wide := float64(a.NX) * a.CellKM
		if p.Clustered && seed.Chance(inSquare, drawPlace, key, 0, 2) {
			wide = squareKM
		}
		out[k].Sector = k % sectors
		out[k].At.X = wide * (seed.Uniform(drawPlace, key, 0, 0) - .5)
		out[k].At.Y = wide * (seed.Uniform(drawPlace, key, 0, 1) - .5)
		out[k].Employment = num.Exp(-num.Log(seed.Uniform(drawSize, key, 0, 0)) / 1.4)
		sum += out[k].Employment
	}
	for k := range out {
		out[k].Employment *= float64(p.Firms) * meanJobs / sum
	}
	return out
}
