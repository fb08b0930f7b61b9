package output

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// mostDepartures bounds the parameters that departures names.
const mostDepartures = 3

// departures says in what two runs differ, of all that counts for Manifest.Fingerprint.
func departures(old, now *Manifest) string {
	var list []string
	add := func(what string, was, is any) {
		if was != is {
			list = append(list, fmt.Sprintf("%s was %v, is %v", what, was, is))
		}
	}
	code := func(c Code) string {
		words := strings.TrimSpace(c.Version + " " + c.Revision)
		if c.Modified {
			words += " with changes"
		}
		return words
	}
	add("scenario", old.Scenario, now.Scenario)
	add("seed", old.Seed, now.Seed)
	add("ticks", old.Ticks, now.Ticks)
	add("number of runs", max(old.Replicates, len(old.Runs)), max(now.Replicates, len(now.Runs)))
	add("--every", old.Every, now.Every)
	for _, x := range []struct {
		flag    string
		was, is int
	}{{"--firms every", old.FirmsEvery, now.FirmsEvery}, {"--ties every", old.TiesEvery, now.TiesEvery}, {"--replay", old.Replay, now.Replay}, {"--from a checkpoint of tick", old.FromTick, now.FromTick}} {
		add(x.flag, orNone(x.was), orNone(x.is))
	}
	add("--set in the middle of the run", strings.Join(old.Changes, " "), strings.Join(now.Changes, " "))
	add("program", code(old.Code), code(now.Code))
	before := len(list)
	params := now.read()
	for _, path := range slices.Sorted(maps.Keys(params)) {
		was, is := fmt.Sprint(old.Params[path]), fmt.Sprint(params[path])
		if was == is {
			continue
		}
		if len(list)-before == mostDepartures {
			list = append(list, "and more parameters")
			break
		}
		add(path, was, is)
	}
	if len(list) == 0 && old.ScenarioYAML != now.ScenarioYAML {
		list = append(list, "what is in the scenario")
	}
	if len(list) == 0 {
		return "its manifest was edited"
	}
	return strings.Join(list, "; ")
}

// read gives the parameters as a reader of the manifest has them.
func (m *Manifest) read() map[string]any {
	var params map[string]any
	text, err := json.Marshal(m.Params)
	if err != nil || json.Unmarshal(text, &params) != nil {
		return nil // the manifest cannot be written either, which is told then
	}
	return params
}

// orNone writes a number of ticks, of which 0 are none.
func orNone(ticks int) string {
	if ticks == 0 {
		return "none"
	}
	return fmt.Sprint(ticks)
}
