package scenarios

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"agglo/model/world"
)

// greatCircle is the distance of two places by the haversine formula, km.
func greatCircle(a, b LatLon) float64 {
	rad := math.Pi / 180
	h := math.Pow(math.Sin((b[0]-a[0])*rad/2), 2) + math.Cos(a[0]*rad)*math.Cos(b[0]*rad)*math.Pow(math.Sin((b[1]-a[1])*rad/2), 2)
	return 2 * earthRadius * math.Asin(math.Sqrt(h))
}

// One degree of latitude is 111.195 km on this sphere; a degree of longitude at the equator too. At 10, 10 from 0, 0 the
// angle is c = acos(cos 10 cos 10) = .24620, so k = c / sin c = 1.010167, x = k cos 10 sin 10 and y = k sin 10.
func TestProjectionKnown(t *testing.T) {
	for _, c := range []struct {
		origin, at LatLon
		x, y       float64
	}{
		{LatLon{0, 0}, LatLon{1, 0}, 0, 111.1951},
		{LatLon{0, 0}, LatLon{0, -1}, -111.1951, 0},
		{LatLon{37.6, -122.1}, LatLon{37.6, -122.1}, 0, 0},
		{LatLon{37.6, -122.1}, LatLon{38.6, -122.1}, 0, 111.1951},
		{LatLon{90, 0}, LatLon{89, 90}, 111.1951, 0},
		{LatLon{0, 0}, LatLon{10, 10}, .172749 * earthRadius, .175413 * earthRadius},
		{LatLon{0, 179.5}, LatLon{0, -179.5}, 111.1951, 0}, // a place beyond the date line is near
	} {
		got := NewProjection(c.origin).Plane(c.at)
		if math.Abs(got.X-c.x) > .04 || math.Abs(got.Y-c.y) > .04 {
			t.Errorf("%v from %v: %v, want (%v, %v)", c.at, c.origin, got, c.x, c.y)
		}
	}
	// San Jose to San Francisco, both off the origin: 67.7 km along the great circle.
	p := NewProjection(LatLon{37.6, -122.1})
	a, b := LatLon{37.3394, -121.895}, LatLon{37.7749, -122.4194}
	d := math.Hypot(p.Plane(a).X-p.Plane(b).X, p.Plane(a).Y-p.Plane(b).Y)
	if want := greatCircle(a, b); math.Abs(d-want) > .005 || math.Abs(want-67.1) > 1 {
		t.Errorf("San Jose to San Francisco %v km, great circle %v", d, want)
	}
}

// Distances from the origin are true, and the way back leads home.
func TestProjectionInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		origin := LatLon{rapid.Float64Range(-80, 80).Draw(t, "lat0"), rapid.Float64Range(-180, 180).Draw(t, "lon0")}
		at := LatLon{rapid.Float64Range(-85, 85).Draw(t, "lat"), math.Remainder(origin[1]+rapid.Float64Range(-60, 60).Draw(t, "dlon"), 360)}
		p := NewProjection(origin)
		plane := p.Plane(at)
		if d := math.Hypot(plane.X, plane.Y); math.Abs(d-greatCircle(origin, at)) > 1e-3 {
			t.Fatalf("distance %v, great circle %v", d, greatCircle(origin, at))
		}
		back := p.Globe(plane)
		if greatCircle(back, at) > 1e-3 {
			t.Fatalf("%v comes back as %v", at, back)
		}
	})
}

// A square of 10 km with a hole of 4 km, and an island: area 100-16+4.
func TestOutline(t *testing.T) {
	hole := land{append(box(world.Point{}, 10, 10)[0], box(world.Point{}, 4, 4)[0]...)}
	l := append(hole, box(world.Point{X: 20}, 2, 2)...)
	inside := 0
	for x := -30.0; x < 30; x++ {
		for y := -30.0; y < 30; y++ {
			if l.has(world.Point{X: x + .5, Y: y + .5}) {
				inside++
			}
		}
	}
	if inside != 88 {
		t.Errorf("area %d, want 88", inside)
	}
	// Two polygons that overlap are still land where they do.
	if twice := append(box(world.Point{}, 2, 2), box(world.Point{}, 4, 4)...); !twice.has(world.Point{X: .1, Y: .1}) {
		t.Error("overlapping polygons cut a hole")
	}
}

func TestSelfCrossing(t *testing.T) {
	for name, c := range map[string]struct {
		ring [][2]float64
		want bool
	}{
		"square":  {[][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}, false},
		"bow tie": {[][2]float64{{0, 0}, {1, 1}, {1, 0}, {0, 1}, {0, 0}}, true},
		"spike":   {[][2]float64{{0, 0}, {1, 0}, {2, 0}, {1, 0}, {1, 1}, {0, 0}}, false},
		"pinch":   {[][2]float64{{0, 0}, {2, 0}, {1, 1}, {2, 2}, {0, 2}, {1, 1}, {0, 0}}, false},
	} {
		if _, _, got := selfCrossing(c.ring); got != c.want {
			t.Errorf("%s: crosses itself %v, want %v", name, got, c.want)
		}
	}
}

// Cells lie on lines through the origin, and only those with their middle inside have land.
func TestLattice(t *testing.T) {
	x0, y0, nx, ny := lattice(box(world.Point{}, 20, 10), 2)
	if x0 != -10 || y0 != -6 || nx != 10 || ny != 6 {
		t.Errorf("lattice (%v, %v) %dx%d, want (-10, -6) 10x6", x0, y0, nx, ny)
	}
	a := setup(t, parse(t, small)).Setting.Areas[0]
	land := 0
	for i, l := range a.Land {
		switch {
		case l == 0 && a.Region[i] != -1, l > 0 && (l != 400 || a.Region[i] != 0):
			t.Errorf("cell %d: land %v, region %d", i, l, a.Region[i])
		case l > 0:
			land++
		}
	}
	if land != 10*4 && land != 10*6 && land != 10*5 {
		t.Errorf("%d cells of 4 km2 for 200 km2", land)
	}
}

// A cell belongs to the first region that has it, else to the one without an outline, else to the nearest.
func TestRegionOf(t *testing.T) {
	west, east := box(world.Point{X: -10}, 4, 4), box(world.Point{X: 10}, 4, 4)
	for _, c := range []struct {
		at      world.Point
		regions []land
		want    int32
	}{
		{world.Point{X: -10}, []land{west, east}, 0},
		{world.Point{X: 10}, []land{west, east}, 1},
		{world.Point{X: 3}, []land{west, east}, 1},
		{world.Point{X: -3}, []land{west, east}, 0},
		{world.Point{X: 3}, []land{west, nil, east}, 1},
		{world.Point{X: 10}, []land{nil, east, east}, 1},
	} {
		if got := regionOf(c.at, c.regions, cuts(c.regions, c.at.Y)); got != c.want {
			t.Errorf("%v: region %d, want %d", c.at, got, c.want)
		}
	}
}

// By hand: cells of 2 km whose land lies at (11, 1) and (15, 3). From (14, 7) the second is the root of 17 away, from (1, 1) the first is 10. A place in no
// region's outline belongs to the one whose middle is nearest: to (11, 5) that is (20, 5), not (0, 5).
func TestNearestLandAndRegion(t *testing.T) {
	areas := []world.Area{{CellKM: 2, X0: 10, Y0: 0, NX: 3, NY: 2, Land: []float64{1, 0, 0, 0, 0, 1}}}
	for _, c := range []struct {
		at   world.Point
		away float64
	}{{world.Point{X: 14, Y: 7}, math.Sqrt(17)}, {world.Point{X: 1, Y: 1}, 10}, {world.Point{X: 18, Y: 3}, 3}} {
		if away, cell := toLand(areas, c.at); math.Abs(away-c.away) > 1e-12 || cell != 2 {
			t.Errorf("%v is %v from land of cells of %v, want %v of 2", c.at, away, cell, c.away)
		}
	}
	if !onLand(areas, world.Point{X: 11, Y: 1}) || onLand(areas, world.Point{X: 13, Y: 1}) || onLand(areas, world.Point{X: 9, Y: 1}) {
		t.Error("land lies elsewhere")
	}
	regions := []land{box(world.Point{X: 0, Y: 5}, 16, 10), box(world.Point{X: 20, Y: 5}, 4, 10)}
	at := world.Point{X: 11, Y: 5}
	if got := regionOf(at, regions, cuts(regions, at.Y)); got != 1 {
		t.Errorf("region %d, want 1", got)
	}
	at.X = 7
	if got := regionOf(at, regions, cuts(regions, at.Y)); got != 0 {
		t.Errorf("region %d of a place inside, want 0", got)
	}
}
