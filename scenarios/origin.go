package scenarios

import (
	"math"

	"go.yaml.in/yaml/v4"
)

// OriginOf reads where on the globe the plane of a scenario lies, and nothing else: from the text of a manifest, which another
// version of the program may have written. false if it does not say.
func OriginOf(text []byte) (LatLon, bool) {
	var s struct {
		Origin []float64 `yaml:"origin"`
	}
	if err := yaml.Unmarshal(text, &s); err != nil || len(s.Origin) != 2 {
		return LatLon{}, false
	}
	at := LatLon{s.Origin[0], s.Origin[1]}
	return at, math.Abs(at[0]) <= 90 && math.Abs(at[1]) <= 180
}
