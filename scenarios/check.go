package scenarios

import (
	"fmt"
	"math"
	"reflect"
	"slices"

	"agglo/model/world"
)

// check looks at what one value cannot tell: names that must exist, numbers that must fit each other, dates, land.
func (s *Scenario) check(r *reader) {
	s.checkNames(r)
	s.checkAreas(r)
	s.checkRegions(r)
	s.checkSectors(r)
	areas := s.checkPlaces(r)
	s.checkMoney(r)
	s.checkEvents(r)
	if areas != nil && len(r.faults) == 0 {
		s.checkReached(r, areas)
	}
}

// checkNames looks up every name of a field with a tag ref.
func (s *Scenario) checkNames(r *reader) {
	ids := map[string][]string{"instruments": instruments()}
	for _, x := range s.Sectors {
		ids["sectors"] = append(ids["sectors"], x.ID)
	}
	for _, x := range s.Regions {
		ids["regions"] = append(ids["regions"], x.ID)
	}
	for _, x := range s.Places {
		ids["places"] = append(ids["places"], x.ID)
	}
	open := map[string]bool{} // sections with an entry whose id could not be read: a name may be meant for it
	for _, section := range []string{"sectors", "regions", "places"} {
		open[section] = r.unread(section) || slices.Contains(ids[section], "")
	}
	eachField(reflect.ValueOf(s).Elem(), "", func(f field, v reflect.Value, path string) {
		if f.ref == "" || open[f.ref] {
			return
		}
		look := func(id, path string) {
			if id != "" && !slices.Contains(ids[f.ref], id) {
				r.faultAt(path, "%q is none of the %s%s", id, f.ref, suggest(id, ids[f.ref]))
			}
		}
		switch x := v.Interface().(type) {
		case string:
			look(x, path)
		case []string:
			for i, id := range x {
				look(id, fmt.Sprintf("%s[%d]", path, i))
			}
		case map[string]Number:
			for _, id := range sortedKeys(x) {
				look(id, join(path, id))
			}
		}
	})
}

// eachField visits the fields of a struct of the format and of all structs inside it.
func eachField(v reflect.Value, path string, visit func(f field, v reflect.Value, path string)) {
	for _, f := range fieldsOf(v.Type()) {
		at, here := v.Field(f.index), join(path, f.key)
		visit(f, at, here)
		switch {
		case at.Kind() == reflect.Pointer && !at.IsNil() && isGroup(at.Type().Elem()):
			eachField(at.Elem(), here, visit)
		case isGroup(at.Type()):
			eachField(at, here, visit)
		case at.Kind() == reflect.Slice && isGroup(at.Type().Elem()):
			for i := range at.Len() {
				eachField(at.Index(i), fmt.Sprintf("%s[%d]", here, i), visit)
			}
		}
	}
}

// checkAreas counts cells and looks for land.
func (s *Scenario) checkAreas(r *reader) {
	if r.at["areas"] != nil && len(s.Areas) == 0 && !r.unread("areas") {
		r.faultAt("areas", "is empty: want at least one")
	}
	if r.at["sectors"] != nil && len(s.Sectors) == 0 && !r.unread("sectors") {
		r.faultAt("sectors", "is empty: want at least one")
	}
	total := 0.0
	for i, a := range s.Areas {
		path := fmt.Sprintf("areas[%d]", i)
		outline, ok := s.knownOutline(a.Shape)
		if !ok || a.CellKM.Value <= 0 || r.wrong(path+".cell_km", path+".land", path+".shape") {
			continue
		}
		low, high := outline.bounds()
		// Counted in floats before anything is laid out: a tiny cell must not ask for memory first.
		cells := math.Ceil((high.X-low.X)/a.CellKM.Value) * math.Ceil((high.Y-low.Y)/a.CellKM.Value)
		if total += float64(cells); total > maxCells {
			least := math.Ceil(10*math.Sqrt((high.X-low.X)*(high.Y-low.Y)/maxCells)) / 10
			r.faultAt(path+".cell_km", "%v km makes %.0f cells in all: want at most %d; cell_km %v would do for this area",
				a.CellKM, total, maxCells, least)
			return
		}
		if cells > 0 && !slices.ContainsFunc(s.worldArea(a, []land{nil}).Land, func(x float64) bool { return x > 0 }) {
			r.faultAt(path+".shape", "has no land: no cell of %v km has its middle inside the outline; want a smaller cell_km", a.CellKM)
		}
	}
}

// knownOutline gives the outline of a shape that could be read.
func (s *Scenario) knownOutline(shape *Shape) (land, bool) {
	if shape == nil || (shape.BoxKM == nil && s.shapes[shape.name()] == nil) {
		return nil, false
	}
	if shape.BoxKM != nil && (shape.BoxKM[0] <= 0 || shape.BoxKM[1] <= 0) {
		return nil, false
	}
	return s.outline(shape), true
}

// checkRegions admits one region without an outline.
func (s *Scenario) checkRegions(r *reader) {
	first := -1
	for i, x := range s.Regions {
		if x.Shape != nil || r.unread(at("regions", i)) {
			continue
		}
		if first >= 0 {
			r.faultAt(fmt.Sprintf("regions[%d].shape", i), "is missing: only one region may have none, and %s has none", s.Regions[first].ID)
		} else {
			first = i
		}
	}
}

// checkSectors compares firms, jobs and the labour force.
func (s *Scenario) checkSectors(r *reader) {
	jobs, force, complete := 0.0, 0.0, len(r.faults) == 0
	for i, x := range s.Sectors {
		path := at("sectors", i)
		if r.unread(path) {
			continue
		}
		sum := 0.0
		for _, id := range sortedKeys(x.Inputs) {
			sum += x.Inputs[id].Value
		}
		if x.Inputs != nil && sum <= 0 && !r.wrong(path+".inputs") {
			r.faultAt(path+".inputs", "sum to %v: want more than 0", sum)
		}
		s.checkTowns(r, x, path)
		if !x.Firms.given && !s.faultyTable(r) {
			r.faultAt(path+".firms", "is missing: want real firms at tick 0")
			continue
		}
		if e := x.Emerging; e != nil {
			s.checkEmerging(r, x, path)
			continue
		}
		if x.Employment == nil {
			if s.faultyTable(r) {
				continue
			}
			r.faultAt(path+".employment", "is missing: want the workers at tick 0")
			continue
		}
		jobs += x.Employment.Value
		misfit := x.Firms.Value > 0 && x.Employment.Value < x.Firms.Value || x.Firms.Value == 0 && x.Employment.Value > 0
		if misfit && !r.wrong(path+".firms", path+".employment") {
			r.faultAt(path+".employment", "%v workers in %v firms: want at least one worker a firm, and at least one firm for workers",
				x.Employment, x.Firms)
		}
	}
	for _, a := range s.Areas {
		force += a.LabourForce.Value
	}
	switch idle := force - jobs; {
	case !complete:
	case idle < 0:
		r.faultAt("areas[0].labour_force", "%v workers in all areas, but the sectors employ %v at tick 0: want at least as many", force, jobs)
	case idle > manyIdle*force && jobs > 0:
		s.note("the sectors employ %.0f of a labour force of %.0f: %.0f%% are unemployed at the start; if that is not so, labour_force counts people whose sectors the file leaves out",
			jobs, force, 100*idle/force)
	}
}

// manyIdle is the share of people without work at the start above which a file is more often out of joint than a region: where it has
// the jobs of some sectors and labour_force counts everybody, wages fall and firms are founded until the rest have work.
const manyIdle = .15

// checkTowns wants a sector's own towns to have some weight and a use.
func (s *Scenario) checkTowns(r *reader, x Sector, path string) {
	if x.Towns == nil || r.wrong(path+".towns") {
		return
	}
	weight := 0.0
	for _, id := range sortedKeys(x.Towns) {
		weight += x.Towns[id].Value
	}
	switch {
	case weight <= 0:
		r.faultAt(path+".towns", "sum to %v: want more than 0", weight)
	case x.Emerging != nil:
		r.faultAt(path+".towns", "stands beside emerging: founders of an emerging sector choose their place as all founders do")
	case (s.StartFrom == nil || s.StartFrom.TownKM == nil) && !r.wrong("start_from"):
		r.faultAt(path+".towns", "stands without start_from.town_km, over which the density of firms around a town falls")
	}
}

// checkEmerging looks at a sector that begins later.
func (s *Scenario) checkEmerging(r *reader, x Sector, path string) {
	if x.Firms.Value < 1 && !r.wrong(path+".firms") {
		r.faultAt(path+".firms", "%v: an emerging sector wants at least one seed firm", x.Firms)
	}
	if x.Employment != nil {
		r.faultAt(path+".employment", "stands beside emerging: the sector has no workers at tick 0; want mature_employment")
	}
	start, e := s.Start.date(), x.Emerging
	if e.From != (Date{}) && e.From.ticksSince(start) < 0 && !r.wrong("start") {
		r.faultAt(path+".emerging.from", "%v is before the start, %v", e.From, start)
	}
	if e.From != (Date{}) && e.Midpoint != (Date{}) && e.Midpoint.ticksSince(e.From) < 0 {
		r.faultAt(path+".emerging.midpoint", "%v is before the first seed firms, %v", e.Midpoint, e.From)
	}
}

// checkPlaces wants every point to have one position, and notes those beyond the land. It gives the areas' cells; nil where they
// cannot be laid out.
func (s *Scenario) checkPlaces(r *reader) (areas []world.Area) {
	if !r.wrong("areas", "regions", "origin", "scale", "") { // what else is wrong hides nothing of the map
		areas = s.worldAreas(nil)
		s.checkGround(r, areas)
		s.noteOverlap(areas)
	}
	point := func(at *LatLon, km *Pair, path, what string) {
		switch {
		case r.unread(path):
		case at == nil && km == nil:
			r.faultAt(path+".at", "is missing: want [latitude, longitude], or at_km: [east, north]")
		case at != nil && km != nil:
			r.faultAt(path+".at_km", "stands beside at: want one of them")
		case areas != nil && !onLand(areas, s.position(at, km)):
			s.offLand(r, areas, at, km, path, what)
		}
	}
	s.checkStart(r)
	if areas != nil {
		s.checkPlants(r, areas)
	}
	if areas != nil && !r.wrong("places", "sectors", "start_from.town_km") {
		s.checkShares(r, areas)
	}
	for i, p := range s.Places {
		point(p.At, p.AtKM, fmt.Sprintf("places[%d]", i), "place "+p.ID)
		if areas != nil && p.Region != "" {
			s.checkHome(r, areas, &p, fmt.Sprintf("places[%d].region", i))
		}
	}
	for i, p := range s.Institutions {
		path := fmt.Sprintf("institutions[%d]", i)
		point(p.At, p.AtKM, path, "institution "+p.ID)
		checkFacility(r, &p, path)
	}
	return areas
}

// checkHome wants a place to lie in its region. One on a shore without a cell is not asked.
func (s *Scenario) checkHome(r *reader, areas []world.Area, p *Place, path string) {
	if p.At == nil && p.AtKM == nil {
		return
	}
	at := s.position(p.At, p.AtKM)
	for _, a := range areas {
		ix, iy := int(math.Floor((at.X-a.X0)/a.CellKM)), int(math.Floor((at.Y-a.Y0)/a.CellKM))
		if ix < 0 || iy < 0 || ix >= a.NX || iy >= a.NY || a.Land[iy*a.NX+ix] <= 0 {
			continue
		}
		if k := a.Region[iy*a.NX+ix]; k >= 0 && s.Regions[k].ID != p.Region {
			r.faultAt(path, "place %s lies in %s, not in %s", p.ID, s.Regions[k].ID, p.Region)
		}
		return
	}
}

// checkFacility wants settings of shared facilities at those only, and one way of paying for them.
func checkFacility(r *reader, p *Institution, path string) {
	if p.Kind != "" && !(&world.Institution{Kind: p.Kind}).Shared() {
		if p.Budget != nil {
			r.faultAt(path+".budget", "is for shared facilities: %s is none", p.Kind)
		}
		if p.Fee != nil {
			r.faultAt(path+".fee", "is for shared facilities: %s is none", p.Kind)
		}
		if p.Sharing {
			r.faultAt(path+".sharing", "is for shared facilities: %s is none", p.Kind)
		}
	} else if p.Sharing && p.Fee != nil {
		r.faultAt(path+".fee", "stands beside sharing: want one of them")
	}
}

// checkGround wants a cell with land for every region: one without would tax nobody and its policies would reach nobody.
func (s *Scenario) checkGround(r *reader, areas []world.Area) {
	held := make([]bool, len(s.Regions))
	for _, a := range areas {
		for c, of := range a.Region {
			if of >= 0 && int(of) < len(held) && a.Land[c] > 0 {
				held[of] = true
			}
		}
	}
	for i, x := range s.Regions {
		if !held[i] {
			r.faultAt(fmt.Sprintf("regions[%d]", i), "%s has no cell with land: its outline lies outside every area, or inside that of a region before it", x.ID)
		}
	}
}

// checkStart wants one way to place the first firms.
func (s *Scenario) checkStart(r *reader) {
	from := s.StartFrom
	if from == nil {
		return
	}
	weight := 0.0
	for _, p := range s.Places {
		weight += p.Weight.Value
	}
	switch {
	case from.TownKM == nil && from.Firms == "" && from.Employment == "" && !r.wrong("start_from"):
		r.faultAt("start_from", "says nothing: want town_km, firms or employment")
	case from.Firms != "" && from.Employment != "":
		r.faultAt("start_from.employment", "stands beside firms: want one of them")
	case from.TownKM != nil && from.Firms != "":
		r.faultAt("start_from.town_km", "stands beside firms: want one of them")
	case from.TownKM != nil && weight <= 0 && !r.wrong("places"):
		r.faultAt("start_from.town_km", "has no towns: want places with a weight above 0")
	}
}

// position gives a point in the plane.
func (s *Scenario) position(at *LatLon, km *Pair) world.Point {
	if at != nil {
		return NewProjection(s.Origin).Plane(*at)
	}
	return world.Point{X: km[0], Y: km[1]}
}
