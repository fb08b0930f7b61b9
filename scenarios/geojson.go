package scenarios

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A feature is a polygon, or several, of a GeoJSON file.
type feature struct {
	labels   map[string]string // its id and its properties, as text
	polygons [][][][2]float64  // polygons of rings of [longitude, latitude]
}

// parseGeoJSON reads the polygons of a feature collection or of one feature (RFC 7946). Other members are ignored, as the
// standard wants. Every fault comes back, beside the features with what could be read of them; of those that are numbered the first ones.
func parseGeoJSON(data []byte) (features []feature, faults []error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // which some programs write before UTF-8
	var top struct {
		Type     string            `json:"type"`
		Features []json.RawMessage `json:"features"`
	}
	if err := json.Unmarshal(data, &top); err != nil {
		return nil, []error{fmt.Errorf("not readable as JSON: %w", err)}
	}
	raw := top.Features
	switch top.Type {
	case "FeatureCollection":
	case "Feature":
		raw = []json.RawMessage{data}
	default:
		return nil, []error{fmt.Errorf("type is %q: want a FeatureCollection or a Feature", top.Type)}
	}
	if len(raw) == 0 {
		return nil, []error{errors.New("holds no feature")}
	}
	for i, one := range raw {
		f, err := parseFeature(one)
		if err != nil {
			faults = append(faults, fmt.Errorf("feature %d: %w", i, err))
		}
		features = append(features, f)
	}
	if more := len(faults) - mostFeatureFaults; more > 0 {
		faults = append(faults[:mostFeatureFaults], fmt.Errorf("and %d more features", more))
	}
	return features, faults
}

// mostFeatureFaults is how many faulty features of a file are told.
const mostFeatureFaults = 20

// parseFeature reads a feature; beside a fault stands what could be read of it.
func parseFeature(data []byte) (feature, error) {
	var in struct {
		ID         any            `json:"id"`
		Properties map[string]any `json:"properties"`
		Geometry   *struct {
			Type        string          `json:"type"`
			Coordinates json.RawMessage `json:"coordinates"`
		} `json:"geometry"`
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return feature{}, errors.New("not a feature: want an object with properties and geometry")
	}
	f := feature{labels: map[string]string{}}
	for key, value := range in.Properties {
		f.labels[key] = fmt.Sprint(value)
	}
	if in.ID != nil {
		f.labels["id"] = fmt.Sprint(in.ID)
	}
	if in.Geometry == nil {
		return f, nil
	}
	var polygons [][][][]float64
	var err error
	switch in.Geometry.Type {
	case "MultiPolygon":
		err = json.Unmarshal(in.Geometry.Coordinates, &polygons)
	case "Polygon":
		polygons = make([][][][]float64, 1)
		err = json.Unmarshal(in.Geometry.Coordinates, &polygons[0])
	}
	if err != nil {
		return f, fmt.Errorf("coordinates are not those of a %s", in.Geometry.Type)
	}
	for _, in := range polygons {
		var rings [][][2]float64
		for _, points := range in {
			ring := make([][2]float64, len(points))
			for i, p := range points {
				if len(p) < 2 {
					return f, fmt.Errorf("a point has %d numbers: want longitude and latitude", len(p))
				}
				ring[i] = [2]float64{p[0], p[1]}
			}
			rings = append(rings, ring)
		}
		f.polygons = append(f.polygons, rings)
	}
	return f, nil
}

// choose gives the polygons of the features that the conditions admit, and what is wrong with them: a property or a value that no
// feature has, a ring that is no ring.
func choose(features []feature, where map[string][]string) (polygons [][][][2]float64, problems []string) {
	keys := sortedKeys(where)
	if slices.ContainsFunc(features, func(f feature) bool { return f.labels == nil }) {
		keys = nil // one that cannot be read may have what no other has
	}
	for _, key := range keys {
		var has []string
		for _, f := range features {
			if label, ok := f.labels[key]; ok {
				has = append(has, label)
			}
		}
		if len(has) == 0 {
			problems = append(problems, fmt.Sprintf("no feature has a property %q%s", key, suggest(key, propertiesOf(features))))
			continue
		}
		for _, want := range where[key] {
			if !slices.Contains(has, want) {
				problems = append(problems, fmt.Sprintf("no feature has %q as its property %s%s", want, key, suggest(want, has)))
			}
		}
	}
	for i, f := range features {
		if !f.meets(where) {
			continue
		}
		name := strings.TrimSpace(f.labels["id"] + " " + f.labels["name"])
		for j, rings := range f.polygons {
			if len(rings) == 0 {
				problems = append(problems, fmt.Sprintf("feature %d (%s), polygon %d is empty: want at least its outer ring", i, name, j))
			}
			for k, ring := range rings {
				if problem := ringProblem(ring); problem != "" {
					problems = append(problems, fmt.Sprintf("feature %d (%s), polygon %d, ring %d %s", i, name, j, k, problem))
				}
			}
		}
		polygons = append(polygons, f.polygons...)
	}
	return polygons, problems
}

// propertiesOf lists what features are told by: their id and their properties.
func propertiesOf(features []feature) []string {
	all := map[string]bool{}
	for _, f := range features {
		for key := range f.labels {
			all[key] = true
		}
	}
	return sortedKeys(all)
}

// meets says whether a feature has one of the permitted values of every property named.
func (f feature) meets(where map[string][]string) bool {
	for key, values := range where {
		if label, ok := f.labels[key]; !ok || !slices.Contains(values, label) {
			return false
		}
	}
	return true
}

// sortedKeys lists the keys of a mapping in the order of the alphabet.
func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
