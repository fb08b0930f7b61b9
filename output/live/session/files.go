package session

import (
	"fmt"
	"slices"
)

// Series is the series.csv of the world, or of its twin: the bytes that the shown command line writes.
func (s *Session) Series(twin bool) ([]byte, error) {
	a := s.arm(twin)
	if a == nil {
		return nil, errNoWorld
	}
	return a.series()
}

// File is the resolved scenario file with all that the page has added, for agglo run. The format has no place for parameters that change
// while the world runs: the head of the file names them, with the flags that make a run change them again.
func (s *Session) File() ([]byte, error) {
	if s.ready == nil {
		return nil, errNoWorld
	}
	file := *s.ready.scenario
	file.Seed.Value = float64(s.spec.Seed)
	ticks := 0
	if s.main != nil {
		ticks = s.main.tick()
	}
	for _, p := range s.spec.Policies {
		ticks = max(ticks, p.From+1) // a run must reach what is planned, or the file is refused
	}
	flags := ""
	for _, c := range s.ready.changes {
		ticks = max(ticks, c.Tick+1) // the same of what is to change
		flags += " --set " + c.String()
	}
	file.Ticks.Value = float64(ticks)
	if flags != "" {
		file.Notes = slices.Concat(file.Notes, []string{"parameters were changed while the world ran, which a scenario file cannot hold: agglo run FILE" + flags})
	}
	return file.YAML(), nil
}

// Download is a file that the page offers by its name: series.csv or scenario.yaml.
func (s *Session) Download(name string, twin bool) ([]byte, error) {
	switch name {
	case "series.csv":
		return s.Series(twin)
	case "scenario.yaml":
		return s.File()
	}
	return nil, fmt.Errorf("there is no file %q", name)
}
