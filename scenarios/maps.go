package scenarios

import (
	"errors"
	"fmt"
	"io"
	"io/fs"

	"agglo/model/world"
)

// readMaps reads every outline that the scenario takes from a file, once, into the plane.
func (s *Scenario) readMaps(r *reader, dir fs.FS) {
	s.shapes = map[string]land{}
	files := map[string][]feature{}
	read := func(shape *Shape, path string) {
		if shape == nil || !s.shapeFits(r, shape, path) || s.shapes[shape.name()] != nil {
			return
		}
		features, known := files[shape.File]
		if !known {
			var err error
			if features, err = readFeatures(dir, shape.File); err != nil {
				r.faultAt(path+".file", "%v", err)
			}
			files[shape.File] = features
		}
		if features == nil {
			return
		}
		polygons, problems := choose(features, shape.Where)
		for _, problem := range problems {
			r.faultAt(path+".where", "%s: %s", shape.File, problem)
		}
		if len(problems) == 0 {
			s.shapes[shape.name()] = s.toPlane(polygons)
		}
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

// shapeFits says whether a shape is one that has to be read from a file, and notes what contradicts itself.
func (s *Scenario) shapeFits(r *reader, shape *Shape, path string) bool {
	switch {
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

// readFeatures reads a map beside the scenario or, if there is none, a built-in one.
func readFeatures(dir fs.FS, name string) ([]feature, error) {
	data, err := readBeside(dir, name)
	if err != nil {
		return nil, err
	}
	features, err := parseGeoJSON(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return features, nil
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
		return nil, fmt.Errorf("%s: no such file beside the scenario, nor built in", name)
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
