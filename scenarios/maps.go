package scenarios

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"path"

	"agglo/model/world"
	"agglo/sim/param"
)

// readMaps reads every outline that the scenario takes from a file, once, into the plane.
func (s *Scenario) readMaps(r *reader, dir fs.FS) {
	s.shapes = map[string]land{}
	files := map[string][]feature{}
	faulty := map[string]bool{}
	read := func(shape *Shape, path string) {
		if shape == nil || !s.shapeFits(r, shape, path) || s.shapes[shape.name()] != nil {
			return
		}
		features, known := files[shape.File]
		if !known {
			var faults []error
			features, faults = readFeatures(dir, shape.File)
			for _, err := range faults {
				r.faultAt(path+".file", "%v", err)
			}
			files[shape.File], faulty[shape.File] = features, len(faults) > 0
		}
		if features == nil || r.wrong(path+".where") {
			return
		}
		polygons, problems := choose(features, shape.Where)
		if len(problems) == 0 && len(polygons) == 0 && !faulty[shape.File] {
			problems = append(problems, "no polygon fits")
		}
		for _, problem := range problems {
			r.faultAt(path+".where", "%s: %s", shape.File, problem)
		}
		if len(problems) > 0 || faulty[shape.File] { // a part of an outline may lie anywhere
			return
		}
		s.shapes[shape.name()] = s.toPlane(polygons)
		s.checkNear(r, s.shapes[shape.name()], polygons, path+".file")
	}
	for i := range s.Areas {
		read(s.Areas[i].Shape, fmt.Sprintf("areas[%d].shape", i))
	}
	for i := range s.Regions {
		read(s.Regions[i].Shape, fmt.Sprintf("regions[%d].shape", i))
	}
	if len(files) > 0 && r.at["origin"] == nil {
		r.faultAt("origin", "is missing: want [latitude, longitude] of the middle of the map")
	}
}

const (
	farthest   = 2500 // km from the origin at which an outline may begin; there the plane stretches distances across by 2.6%
	suspicious = 500  // km from the origin from which on an outline that lies much nearer when turned is taken for a swapped one
	muchNearer = 4    // how many times nearer that is
)

// checkNear wants an outline to lie around the origin. One that does not has mostly its coordinates in the wrong order.
func (s *Scenario) checkNear(r *reader, outline land, polygons [][][][2]float64, path string) {
	away := fromOrigin(outline)
	if r.at["origin"] == nil || r.wrong("origin") || away <= suspicious {
		return
	}
	swapped := make([][][][2]float64, len(polygons))
	for i, rings := range polygons {
		for _, ring := range rings {
			turned := make([][2]float64, len(ring))
			for k, p := range ring {
				turned[k] = [2]float64{p[1], p[0]}
			}
			swapped[i] = append(swapped[i], turned)
		}
	}
	hint := ""
	if fromOrigin(s.toPlane(swapped)) < away/muchNearer {
		hint = "; in GeoJSON longitude stands first, then latitude"
	}
	if hint == "" && away <= farthest {
		return
	}
	r.faultAt(path, "the outline begins %.0f km from the origin, %v: want the origin in the middle of the map%s", away, s.Origin, hint)
}

// fromOrigin is the distance of the nearest corner of an outline from the origin, km; 0 when the origin is inside.
func fromOrigin(l land) float64 {
	if l.has(world.Point{}) {
		return 0
	}
	least := math.Inf(1)
	for _, ring := range l.rings() {
		for _, p := range ring {
			least = min(least, math.Hypot(p.X, p.Y))
		}
	}
	return least
}

// shapeFits says whether a shape is one that has to be read from a file, and notes what contradicts itself.
func (s *Scenario) shapeFits(r *reader, shape *Shape, path string) bool {
	switch {
	case shape.File == "" && r.wrong(path):
	case shape.File == "" && shape.BoxKM == nil:
		r.faultAt(path, "has no outline: want file or box_km")
	case shape.File != "" && shape.BoxKM != nil:
		r.faultAt(path+".box_km", "stands beside file: want one of them")
	case shape.File == "" && shape.Where != nil:
		r.faultAt(path+".where", "stands without file")
	case shape.File != "" && shape.Centre != nil:
		r.faultAt(path+".centre", "belongs to box_km, not to file")
	default:
		return shape.File != ""
	}
	return false
}

// toPlane projects polygons of [longitude, latitude].
func (s *Scenario) toPlane(polygons [][][][2]float64) land {
	projection := NewProjection(s.Origin)
	l := make(land, len(polygons))
	for i, rings := range polygons {
		for _, ring := range rings {
			points := make([]world.Point, len(ring))
			for k, p := range ring {
				points[k] = projection.Plane(LatLon{p[1], p[0]})
			}
			l[i] = append(l[i], points)
		}
	}
	return l
}

// readFeatures reads a map beside the scenario or, if there is none, a built-in one; see parseGeoJSON.
func readFeatures(dir fs.FS, name string) ([]feature, []error) {
	data, err := readBeside(dir, name)
	if err != nil {
		return nil, []error{err}
	}
	features, faults := parseGeoJSON(data)
	for k, err := range faults {
		faults[k] = fmt.Errorf("%s: %w", name, err)
	}
	return features, faults
}

// nearFile is a hint at the file of a folder that a misspelt name is most likely to mean.
func nearFile(dir fs.FS, name string) string {
	if dir == nil {
		return ""
	}
	entries, _ := fs.ReadDir(dir, path.Dir(name)) // where there is no folder there is nothing near
	var names []string
	for _, e := range entries {
		if !e.IsDir() {
			names = append(names, path.Join(path.Dir(name), e.Name()))
		}
	}
	if near, ok := param.Nearest(name, names); ok {
		return "; did you mean " + near + "?"
	}
	return ""
}

// readBeside reads a file that a scenario names, at most 16 MB.
func readBeside(dir fs.FS, name string) ([]byte, error) {
	if !fs.ValidPath(name) {
		return nil, fmt.Errorf("%q: want a path below the scenario's folder, with / and without ..", name)
	}
	var file fs.File
	err := fs.ErrNotExist
	if dir != nil {
		file, err = dir.Open(name)
	}
	if errors.Is(err, fs.ErrNotExist) {
		file, err = builtIn.Open(name)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: no such file beside the scenario, nor built in%s", name, nearFile(dir, name))
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(data) > maxBytes {
		return nil, fmt.Errorf("%s: more than %d bytes", name, maxBytes)
	}
	return data, nil
}
