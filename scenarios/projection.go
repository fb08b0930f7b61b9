package scenarios

import (
	"math"

	"agglo/model/world"
)

// earthRadius is the mean radius of the Earth, km (IUGG mean radius R1).
const earthRadius = 6371.0088

// A Projection takes the globe to a plane in km, x east and y north of an origin, by the azimuthal equidistant projection
// of a sphere: distances and directions from the origin are true. 100 km from it, lengths across the direction of the
// origin are .004% too long; at 500 km, .1%. Formulas: Snyder (1987), Map Projections: A Working Manual, US Geological
// Survey Professional Paper 1395, pp. 191-202.
type Projection struct {
	latitude, longitude float64 // of the origin, radians
	sin, cos            float64 // of the latitude
}

// NewProjection makes the projection about an origin in degrees.
func NewProjection(origin LatLon) Projection {
	lat, lon := origin[0]*math.Pi/180, origin[1]*math.Pi/180
	return Projection{lat, lon, math.Sin(lat), math.Cos(lat)}
}

// Plane takes degrees to km. Coordinates are rounded to a millimetre, so that the last bit of a sine, which may differ
// from one kind of processor to another, does not reach the model.
func (p Projection) Plane(at LatLon) world.Point {
	lat, east := at[0]*math.Pi/180, at[1]*math.Pi/180-p.longitude
	sin, cos := math.Sin(lat), math.Cos(lat)
	north := float64(p.cos*sin) - float64(p.sin*cos*math.Cos(east))
	across := cos * math.Sin(east)
	along := float64(p.sin*sin) + float64(p.cos*cos*math.Cos(east))
	sine := math.Hypot(across, north) // of the angle from the origin
	if sine == 0 {
		return world.Point{}
	}
	k := earthRadius * math.Atan2(sine, along) / sine
	return world.Point{X: millimetre(k * across), Y: millimetre(k * north)}
}

// Globe takes km back to degrees.
func (p Projection) Globe(at world.Point) LatLon {
	rho := math.Hypot(at.X, at.Y)
	if rho == 0 {
		return LatLon{p.latitude * 180 / math.Pi, p.longitude * 180 / math.Pi}
	}
	sin, cos := math.Sincos(rho / earthRadius)
	lat := math.Asin(float64(cos*p.sin) + float64(at.Y*sin)*p.cos/rho)
	lon := p.longitude + math.Atan2(at.X*sin, float64(rho*p.cos*cos)-float64(at.Y*p.sin*sin))
	return LatLon{lat * 180 / math.Pi, math.Remainder(lon*180/math.Pi, 360)}
}

func millimetre(km float64) float64 { return math.Round(km*1e6) / 1e6 }
