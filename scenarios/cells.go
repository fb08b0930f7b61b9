package scenarios

import (
	"fmt"
	"math"

	"agglo/model/world"
)

const (
	maxCells    = 250000 // of all areas together
	baseDensity = 100.0  // workers per km2 that land carries at base rent when a scenario does not say (400 per cell of 2 km)
)

// outline gives the land of a shape.
func (s *Scenario) outline(shape *Shape) land {
	if shape.BoxKM == nil {
		return s.shapes[shape.name()]
	}
	var centre world.Point
	if shape.Centre != nil {
		centre = NewProjection(s.Origin).Plane(*shape.Centre)
	}
	return box(centre, shape.BoxKM[0], shape.BoxKM[1])
}

// name tells one choice of features from a file from another.
func (s *Shape) name() string { return fmt.Sprint(s.File, sortedKeys(s.Where), s.Where) }

// lattice lays a grid of cells over an outline. Its lines run through the origin, so that a small change of an outline
// moves no cell.
func lattice(l land, cell float64) (x0, y0 float64, nx, ny int) {
	low, high := l.bounds()
	first := func(v float64) float64 { return math.Floor(v/cell+1e-9) * cell }
	count := func(v, from float64) int {
		return max(1, int(math.Ceil(float64((float64(v)-float64(from))/cell)-1e-9)))
	}
	x0, y0 = first(low.X), first(low.Y)
	return x0, y0, count(high.X, x0), count(high.Y, y0)
}

// worldArea cuts an area into cells and gives each cell its land and its region. A cell of the area that lies in no
// region's outline belongs to the region without an outline; if there is none, to the region whose outline's middle is
// nearest, so that no firm lives beyond all treasuries.
func (s *Scenario) worldArea(a Area, regions []land) world.Area {
	outline := s.outline(a.Shape)
	x0, y0, nx, ny := lattice(outline, a.CellKM.Value)
	w := world.Area{
		ID: a.ID, CellKM: a.CellKM.Value, X0: x0, Y0: y0, NX: nx, NY: ny,
		Land: make([]float64, nx*ny), Region: make([]int32, nx*ny),
		LabourForce: a.LabourForce.Value / s.Scale.Value, Wage: 1,
	}
	if a.Wage != nil {
		w.Wage = a.Wage.Value / s.Currency.LabourCost.Value
	}
	full := baseDensity * a.CellKM.Value * a.CellKM.Value
	if a.Land != nil {
		full = a.Land.Value
	}
	for row := range ny {
		y := y0 + float64((float64(row)+.5)*a.CellKM.Value)
		whole, parts := outline.cut(y), cuts(regions, y)
		for column := range nx {
			i := row*nx + column
			w.Region[i] = -1
			at := world.Point{X: x0 + float64((float64(column)+.5)*a.CellKM.Value), Y: y}
			if whole.has(at.X) {
				w.Land[i] = full / s.Scale.Value
				w.Region[i] = regionOf(at, regions, parts)
			}
		}
	}
	return w
}

// regionOf gives the index of the region that a place belongs to; parts are the regions' cuts at its y.
func regionOf(at world.Point, regions []land, parts []cut) int32 {
	rest := -1
	for i, l := range regions {
		if l == nil {
			rest = i
		} else if parts[i].has(at.X) {
			return int32(i)
		}
	}
	if rest >= 0 {
		return int32(rest)
	}
	nearest, least := 0, math.Inf(1)
	for i, l := range regions {
		low, high := l.bounds()
		if d := math.Hypot(at.X-float64((low.X+high.X)/2), at.Y-float64((low.Y+high.Y)/2)); d < least {
			nearest, least = i, d
		}
	}
	return int32(nearest)
}

// shore is how many cells beyond its land a scenario's towns and institutions may lie: coarse cells leave out a coast.
const shore = 4

// offLand looks at a point without land under it: on a shore that the cells leave out it is noted, farther off refused.
func (s *Scenario) offLand(r *reader, areas []world.Area, at *LatLon, km *Pair, path, what string) {
	away, cell := toLand(areas, s.position(at, km))
	if away <= shore*cell {
		s.note("%s lies on no cell with land", what)
		return
	}
	if at == nil {
		r.faultAt(path+".at_km", "%s lies %.0f km from the land of every area", what, away)
		return
	}
	hint := ""
	if turned := (LatLon{at[1], at[0]}); math.Abs(turned[0]) <= 90 && onLand(areas, s.position(&turned, nil)) {
		hint = "; latitude stands first, then longitude"
	}
	r.faultAt(path+".at", "%s lies %.0f km from the land of every area%s", what, away, hint)
}

// toLand is the distance from a point to the middle of the nearest cell with land, and that cell's width; km.
func toLand(areas []world.Area, p world.Point) (away, cell float64) {
	away = math.Inf(1)
	for _, a := range areas {
		for i, land := range a.Land {
			if land <= 0 {
				continue
			}
			x, y := a.X0+float64((float64(i%a.NX)+.5)*a.CellKM), a.Y0+float64((float64(i/a.NX)+.5)*a.CellKM)
			if d := math.Hypot(x-p.X, y-p.Y); d < away {
				away, cell = d, a.CellKM
			}
		}
	}
	return away, cell
}

// onLand says whether a point lies on a cell with land.
func onLand(areas []world.Area, p world.Point) bool {
	for _, a := range areas {
		ix, iy := int(math.Floor((p.X-a.X0)/a.CellKM)), int(math.Floor((p.Y-a.Y0)/a.CellKM))
		if ix >= 0 && iy >= 0 && ix < a.NX && iy < a.NY && a.Land[iy*a.NX+ix] > 0 {
			return true
		}
	}
	return false
}
