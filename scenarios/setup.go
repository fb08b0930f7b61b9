package scenarios

import (
	"fmt"
	"math"

	"agglo/model"
	"agglo/model/world"
)

// Overrides replace values of a scenario for one run; a nil one leaves the scenario's own.
type Overrides struct {
	Seed  *uint64 // below 2^53
	Ticks *int    // quarters, >= 0
}

// Setup turns the scenario into what the model needs. Money becomes worker-years: amount x rate / (price rise x labour
// cost) / scale. Counts become agents': real workers, land and jobs over scale. Each call
// makes its own slices; only the points of outlines are shared, and nobody writes them.
func (s *Scenario) Setup(o Overrides) (model.Setup, error) {
	setup := model.Setup{
		Setting: world.Setting{
			ID:       s.ID,
			Start:    world.Date(s.Start.date()),
			Scale:    s.Scale.Value,
			Currency: world.Currency{Code: s.Currency.Code, PriceYear: s.priceYear(), LabourCost: s.Currency.LabourCost.Value},
			Sectors:  s.worldSectors(),
			Inputs:   s.inputShares(),
			Shocks:   s.worldShocks(),
		},
		Params: s.Params,
		Seed:   uint64(s.Seed.Value),
		Ticks:  s.Ticks.Int(),
	}
	if o.Seed != nil {
		setup.Seed = *o.Seed
	}
	if o.Ticks != nil {
		setup.Ticks = *o.Ticks
	}
	if setup.Seed >= 1<<53 {
		return model.Setup{}, fmt.Errorf("seed = %d: want a whole number below 2^53 = 9007199254740992", setup.Seed)
	}
	if setup.Ticks < 0 {
		return model.Setup{}, fmt.Errorf("ticks = %d quarters: want 0 or more", setup.Ticks)
	}
	if s.StartFrom != nil && s.StartFrom.TownKM != nil {
		setup.Setting.TownKM = s.StartFrom.TownKM.Value
	}
	setup.Setting.Areas = s.worldAreas(&setup.Setting)
	setup.Setting.Plants = s.worldPlants(setup.Seed, setup.Setting.Areas)
	for _, p := range s.Places {
		setup.Setting.Places = append(setup.Setting.Places, world.Place{ID: p.ID, Name: p.Name, At: s.position(p.At, p.AtKM), Weight: p.Weight.Value})
	}
	for _, p := range s.Institutions {
		in := world.Institution{
			ID: p.ID, Name: p.Name, Kind: p.Kind, At: s.position(p.At, p.AtKM), Capacity: p.Capacity.Value,
			Budget: -1, Fee: -1, Sharing: p.Sharing,
		}
		if p.Budget != nil {
			in.Budget = s.workerYears(p.Budget.Value, "", nil)
		}
		if p.Fee != nil {
			in.Fee = p.Fee.Value / s.Currency.LabourCost.Value // per worker: not for scale
		}
		setup.Setting.Institutions = append(setup.Setting.Institutions, in)
	}
	for _, p := range s.Policies {
		setup.Policies = append(setup.Policies, s.specs(p)...)
	}
	return setup, nil
}

// worldAreas cuts the areas into cells. Regions go to the setting, if there is one.
func (s *Scenario) worldAreas(setting *world.Setting) []world.Area {
	outlines := make([]land, len(s.Regions))
	for i, x := range s.Regions {
		if x.Shape != nil {
			outlines[i] = s.outline(x.Shape)
		}
	}
	areas := make([]world.Area, len(s.Areas))
	var rest land // what a region without an outline is drawn as
	for i, a := range s.Areas {
		areas[i] = s.worldArea(a, outlines)
		rest = append(rest, s.outline(a.Shape)...)
	}
	if setting == nil {
		return areas
	}
	for i, x := range s.Regions {
		outline := outlines[i]
		if outline == nil {
			outline = rest
		}
		setting.Regions = append(setting.Regions, world.Region{
			ID: x.ID, Name: x.Name, Country: x.Country, TaxRate: x.Tax.Value, TrustPrior: x.TrustPrior.Value,
			LawQuality: x.Traits.LawQuality.Value, IP: x.Traits.IP.Value, Enterprise: x.Traits.Enterprise.Value, EntryCost: x.Traits.EntryCost.Value, Outline: outline.rings(),
		})
	}
	return areas
}

func (s *Scenario) worldSectors() []world.Sector {
	sectors := make([]world.Sector, len(s.Sectors))
	for i, x := range s.Sectors {
		w := world.Sector{
			ID: x.ID, Name: x.Name, Group: x.Group, Firms: s.agents(x.Firms.Value),
			DemandGrowth: x.DemandGrowth.Value, Nation: x.NationShare.Value, Tradable: x.Tradable.Value, RDIntensity: x.RDIntensity.Value,
		}
		if x.Towns != nil {
			w.Towns = make([]float64, len(s.Places))
			for k, p := range s.Places {
				w.Towns[k] = x.Towns[p.ID].Value
			}
		}
		if x.Employment != nil {
			w.Employment = x.Employment.Value / s.Scale.Value
		}
		if e := x.Emerging; e != nil {
			w.Emerging = &world.Emerging{
				From: world.Date(e.From), Midpoint: world.Date(e.Midpoint),
				WidthYears: e.WidthYears.Value, Mature: e.Mature.Value / s.Scale.Value,
			}
		}
		sectors[i] = w
	}
	return sectors
}

// agents is the number of agents for a number of real firms; where there are firms, there is at least one agent.
func (s *Scenario) agents(firms float64) int {
	if firms <= 0 {
		return 0
	}
	return max(1, int(math.Round(firms/s.Scale.Value)))
}

func (s *Scenario) worldShocks() []world.Shock {
	shocks := make([]world.Shock, len(s.Shocks))
	for i, x := range s.Shocks {
		from, to := s.span(x.From, x.To)
		shocks[i] = world.Shock{ID: x.ID, What: x.What, Sectors: s.sectorIndices(x.Sectors), From: from, To: to, Change: x.Change.Value}
	}
	return shocks
}

// never is a tick beyond every run.
const never = math.MaxInt32

// span turns dates into ticks; no beginning is tick 0, no end is never.
func (s *Scenario) span(from, to Date) (first, end int) {
	start := s.Start.date()
	end = never
	if from != (Date{}) {
		first = max(0, from.ticksSince(start))
	}
	if to != (Date{}) {
		end = to.ticksSince(start)
	}
	return first, end
}

// sectorIndices looks up ids that check has found to exist.
func (s *Scenario) sectorIndices(ids []string) []int {
	var indices []int
	for i, x := range s.Sectors {
		for _, id := range ids {
			if id == x.ID {
				indices = append(indices, i)
			}
		}
	}
	return indices
}

// workerYears takes an amount of the file's money, or of another currency with a rate, at the prices of a year, to the
// model's money.
func (s *Scenario) workerYears(amount float64, code string, year *Number) float64 {
	if rate, other := s.Currency.FX[code]; other && code != s.Currency.Code {
		amount *= rate.Value
	}
	if year != nil {
		rise := 1 + s.Currency.Deflator.Value
		for n := year.Int(); n > s.priceYear(); n-- {
			amount /= rise
		}
		for n := year.Int(); n < s.priceYear(); n++ {
			amount *= rise
		}
	}
	return amount / s.Currency.LabourCost.Value / s.Scale.Value
}

// priceYear is the year of the file's constant prices.
func (s *Scenario) priceYear() int {
	if s.Currency.PriceYear != nil {
		return s.Currency.PriceYear.Int()
	}
	return s.Start.Year.Int()
}
