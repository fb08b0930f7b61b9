package scenarios

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// Eight different faults come back together, each with its line.
func TestEightFaults(t *testing.T) {
	const file = "testdata/eight-faults.yaml"
	_, err := Load(file)
	faults, ok := err.(Faults)
	if !ok || len(faults) != 8 {
		t.Fatalf("want eight faults, got %d: %v", len(faults), err)
	}
	for i, want := range []string{
		"4:1: colour: unknown key",
		"5:8: ticks: 10.5 quarters: want a whole number in [0,4000] quarters",
		"6:7: seed: 18446744073709551616: want a whole number in [0,9007199254740991]",
		"7:25: currency.labour_cost: \"a lot\" is a text: want a number in (0,1e12] currency per worker and year",
		"14:5: sectors[0].firms: this key stands here twice; first on line 12",
		"17:5: sectors[1].employmnt: unknown key; did you mean employment?",
		"19:15: sectors[1].tradable: 1.4: want a number in [0,1]",
		"20:9: sectors[2].id: metals is used twice; first on line 11",
	} {
		if got := faults[i].Error(); !strings.HasPrefix(got, file+":"+want) {
			t.Errorf("fault %d: %s\nwant %s", i+1, got, want)
		}
	}
	if lines := strings.Count(err.Error(), "\n"); lines != 7 {
		t.Errorf("%d line ends: want one fault a line", lines)
	}
}

// What makes a file unreadable comes first and alone, even if there are other faults.
func TestAlone(t *testing.T) {
	bomb := "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
	for name, c := range map[string]struct{ text, want string }{
		"empty":          {"", "the file is empty; agglo init"},
		"comments only":  {"# nothing\n", "the file is empty"},
		"null":           {"~\n", "the file is empty"},
		"syntax":         {"agglo: 1\nid: [x\n", "x.yaml:3:1: not readable as YAML"},
		"tab":            {"agglo: 1\n\tid: x\n", "x.yaml:2:1: not readable as YAML: found a tab character that violates indentation: indent with spaces, not tabs"},
		"tab in a list":  {"agglo: 1\nareas:\n\t- {id: x}\n", "x.yaml:3:1: not readable as YAML: found character that cannot start any token: indent with spaces, not tabs"},
		"invalid UTF-8":  {"agglo: 1\nid: a\xffb\n", "x.yaml:2:6: this byte is not valid UTF-8"},
		"UTF-16":         {"\xff\xfea\x00", "not valid UTF-8"},
		"alias bomb":     {bomb, "x.yaml:1:4: anchors (&a) are not read"},
		"alias":          {"colour: 1\na: *b\n", "unknown anchor"},
		"unused anchor":  {"agglo: &x 1\n", "anchors (&x)"},
		"merge key":      {"agglo: 1\n<<: {id: x}\n", "x.yaml:2:1: merge keys (<<)"},
		"second":         {"agglo: 1\n---\nagglo: 1\n", "x.yaml:2:1: a second document begins here"},
		"second, broken": {"agglo: 1\n---\na: [\n", "not readable as YAML"},
		"deep":           {"a: " + strings.Repeat("[", 200) + strings.Repeat("]", 200), "nested more than 100 levels deep"},
		"very deep":      {strings.Repeat("[", 20000), "not readable as YAML"},
		"too large":      {"# " + strings.Repeat("x", maxBytes), "want at most 16777216"},
	} {
		s, err := Parse("x.yaml", []byte(c.text), nil)
		faults, _ := err.(Faults)
		if s != nil || len(faults) != 1 || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %d faults, %v: want one with %q", name, len(faults), err, c.want)
		}
	}
}

// Faults of a value: what, where, unit, range and the nearest name.
func TestFaultyValues(t *testing.T) {
	for _, c := range []struct{ more, want string }{
		{"agglo: 2\n", "agglo: this key stands here twice"},
		{"ticks: 3.5\n", "x.yaml:5:8: ticks: 3.5 quarters: want a whole number in [0,4000] quarters"},
		{"ticks: \"8\"\n", "ticks: \"8\" is a text"},
		{"ticks: .nan\n", "ticks: .nan: want a plain decimal number: want a whole number"},
		{"ticks: -.inf\n", "ticks: -.inf: want a plain decimal number"},
		{"ticks: 010\n", "ticks: 010 begins with 0"},
		{"ticks: 0x10\n", "ticks: 0x10: want a plain decimal number"},
		{"ticks: 1_000\n", "want a plain decimal number"},
		{"ticks: 1e999\n", "\"1e999\" is a text"},
		{"ticks: [1]\n", "this is a list: want a whole number"},
		{"ticks:\n", "nothing stands here"},
		{"seed: 9007199254740992\n", "seed: 9007199254740992"},
		{"seed: -1\n", "want a whole number in [0,9007199254740991]"},
		{"scale: {value: 0, source: x}\n", "x.yaml:5:16: scale: 0 firms per agent: want a number in [1,100000] firms per agent"},
		{"scale: {source: x}\n", "scale.value: is missing"},
		{"scale: {value: 1, sorce: x}\n", "scale.sorce: unknown key; did you mean source?"},
		{"scale: {value: 1, verified: maybe}\n", "want true or false"},
		{"title: 3\n", "title: 3 is a number: want a text; write \"3\""},
		{"title: {de: x}\n", "title.de: unknown key"},
		{"start: {year: 2000, quarter: 5}\n", "start.quarter: 5: want a whole number in [1,4]"},
		{"start: 2000\n", "start: 2000 is a number: want a mapping"},
		{"origin: [-122.1, 37.4]\n", "latitude stands first"},
		{"origin: [37.4]\n", "origin: this is a list: want [latitude, longitude]"},
		{"origin: [a, b]\n", "\"a\" is a text: want [latitude, longitude]"},
		{"regions: {}\n", "regions: this is a mapping: want a list"},
		{"regions: [3]\n", "regions[0]: 3 is a number: want a mapping"},
		{"regions: [{id: A b}]\n", "regions[0].id: \"A b\": want an id of small letters"},
		{"regions: [{name: x}]\n", "regions[0].id: is missing"},
		{"regions: [{id: a}, {id: b}]\n", "regions[1].shape: is missing: only one region"},
		{"regions: [{id: a, tax: 1}]\n", "regions[0].tax: 1: want a number in [0,1)"},
		{"regions: [{id: a, shape: {box_km: [1, 0]}}]\n", "shape.box_km: 0: want two numbers in (0,5000] km"},
		{"regions: [{id: a, shape: {}}]\n", "has no outline: want file or box_km"},
		{"regions: [{id: a, shape: {box_km: [1, 1], file: x}}]\n", "stands beside file"},
		{"regions: [{id: a, shape: {file: x}}]\n", "x: no such file"},
		{"places: [{id: a}]\n", "places[0].at: is missing"},
		{"places: [{id: a, at: [1, 2], at_km: [1, 2]}]\n", "stands beside at"},
		{"places: [{id: far, at: [10, 10]}]\n", "places[0].at: place far lies 1560 km from the land of every area"},
		{"places: [{id: off, at_km: [0, 30]}]\n", "places[0].at_km: place off lies 27 km from the land of every area"},
		{"institutions: [{id: far, kind: bank, at: [0, 10]}]\n", "institutions[0].at: institution far lies 1103 km"},
		{"start_from: {}\n", "start_from: says nothing: want town_km, firms or employment"},
		{"start_from: {town_km: 5}\n", "has no towns"},
		{"start_from: {town_km: 0}\n", "want a number in (0,500] km"},
		{"places: [{id: a, at_km: [0, 0]}]\nstart_from: {town_km: 5, firms: x}\n", "stands beside firms"},
		{"institutions: [{id: a, kind: bnak, at: [0, 0]}]\n", "did you mean bank?"},
		{"institutions: [{id: a, kind: bank, at: [0, 0], budget: 1}]\n", "institutions[0].budget: is for shared facilities: bank is none"},
		{"institutions: [{id: a, kind: college, at: [0, 0], fee: 1}]\n", "is for shared facilities"},
		{"institutions: [{id: a, kind: bank, at: [0, 0], sharing: true}]\n", "is for shared facilities"},
		{"institutions: [{id: a, kind: chamber, at: [0, 0], sharing: true, fee: 1}]\n", "stands beside sharing"},
		{"institutions: [{id: a, kind: chamber, at: [0, 0], budget: -1}]\n", "want a number in [0,1e15] currency/year"},
		{"params: {nonsense: 1}\n", "params.nonsense: unknown key"},
		{"params: 4\n", "params: 4 is a number: want a mapping"},
		{"? [a]\n: 1\n", "this is a list stands for a key"},
		{"1: 2\n", "x.yaml:5:1: 1: unknown key"},
	} {
		refuses(t, c.more, c.want)
	}
}

// refuses wants the least scenario with more below it to have a fault with these words.
func refuses(t *testing.T, more, want string) {
	t.Helper()
	s, err := Parse("x.yaml", []byte(with(more)), nil)
	if s != nil || err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%s\tgives %v\n\twant %q", more, err, want)
	}
}

// Faults of policies, shocks and targets: names that do not exist, dates, money.
func TestFaultyEvents(t *testing.T) {
	for _, c := range []struct{ more, want string }{
		{"policies: [{id: a, instrument: subsidi}]\n", "policies[0].instrument: \"subsidi\" is none of the instruments; did you mean subsidy?"},
		{"policies: [{id: a, instrument: subsidy, budget: -5}]\n", "policies[0].budget: -5 currency: want a number in [0,1e18] currency"},
		{"policies: [{id: a, instrument: subsidy, from: 2030}]\n", "policies[0].from: 2030Q1 is outside the run, which goes from 2000Q1 to 2020Q1"},
		{"policies: [{id: a, instrument: subsidy, to: 1999}]\n", "policies[0].to: 1999Q1 is outside the run"},
		{"policies: [{id: a, instrument: subsidy, from: 2003Q1, to: 2003Q1}]\n", "is not after from"},
		{"policies: [{id: a, instrument: subsidy, from: 2003Q5}]\n", "want a date such as 2003Q1"},
		{"policies: [{id: a, instrument: subsidy, from: 2003-01-01}]\n", "want a date such as 2003Q1"},
		{"policies: [{id: a, instrument: subsidy, currency: DEM, budget: 1}]\n", "has no rate"},
		{"policies: [{id: a, instrument: subsidy, target: {sectors: [metal]}}]\n", "policies[0].target.sectors[0]: \"metal\" is none of the sectors; did you mean metals?"},
		{"policies: [{id: a, instrument: subsidy, target: {sectors: [metals, metals]}}]\n", "stands here twice"},
		{"policies: [{id: a, instrument: subsidy, target: {regions: [x]}}]\n", "is none of the regions"},
		{"policies: [{id: a, instrument: subsidy, target: {within: {place: x, km: 3}}}]\n", "is none of the places"},
		{"policies: [{id: a, instrument: subsidy, target: {within: {km: 3}}}]\n", "has 0 middles"},
		{"policies: [{id: a, instrument: subsidy, target: {size: [5, 5]}}]\n", "want the first number below the second"},
		{"policies: [{id: a, instrument: subsidy, target: {cluster: old}}]\n", "(valid: any, existing, emerging, none)"},
		{"policies: [{id: a}]\n", "policies[0].instrument: is missing: want an instrument, or instruments that share the budget"},
		{"policies: [{id: a, instrument: burn, instruments: [{instrument: subsidy, share: 1}]}]\n", "stands beside instrument: want one of them"},
		{"policies: [{id: a, instruments: [{instrument: burn, share: .5}, {instrument: subsidy, share: .4}]}]\n", "policies[0].instruments: shares sum to 0.9: want 1"},
		{"policies: [{id: a, instruments: [{instrument: burn, share: .5}, {instrument: burn, share: .5}]}]\n", "policies[0].instruments[1].instrument: burn stands in the strategy twice, first as instruments[0]"},
		{"policies: [{id: a, instruments: [{instrument: bern, share: 1}]}]\n", "policies[0].instruments[0].instrument: \"bern\" is none of the instruments; did you mean burn?"},
		{"policies: [{id: a, instruments: [{instrument: burn, share: 1, target: {size: [5, 5]}}]}]\n", "policies[0].instruments[0].target.size: [5, 5): want the first number below the second"},
		{"policies: [{id: a, instrument: subsidy, learning: true}]\n", "policies[0].learning: moves money between the instruments of a strategy"},
		{"policies: [{id: a, instrument: subsidy, style: central, budget: 1}]\n", "policies[0].style: central chooses whom the money of a quarter reaches: want a budget and a date to"},
		{"policies: [{id: a, instrument: subsidy, pace: even, budget: 1}]\n", "policies[0].pace: even parts the budget over the quarters: want a budget and a date to"},
		{"policies: [{id: a, instrument: subsidy, pace: slow, budget: 1, to: 2005}]\n", "(valid: full, even)"},
		{"policies: [{id: a, instrument: subsidy, style: centre}]\n", "did you mean central?"},
		{"policies: [{id: a, instrument: subsidy, conditions: {match: 1}}]\n", "policies[0].conditions.match: 1: want a number in [0,0.95]"},
		{"policies: [{id: a, instrument: subsidy, conditions: {membership: club}}]\n", "(valid: cluster, facility)"},
		{"policies: [{id: a, instrument: subsidy, conditions: {trust: 2}}]\n", "policies[0].conditions.trust: 2: want a number in [0,1]"},
		{"policies: [{id: a, instrument: subsidy, potential_assessment: 0}]\n", "policies[0].potential_assessment: 0: want a number in (0,1000]"},
		{"policies: [{id: a, instrument: utilities, target: {sectors: [metals]}}]\n", "policies[0].target: utilities serves all who pass"},
		{"policies: [{id: a, instrument: ppp, conditions: {trust: .2}}]\n", "it can have no style and no conditions"},
		{"policies: [{id: a, instrument: burn}]\noptions: [{id: a, instrument: burn}]\n", "x.yaml:6:16: options[0].id: a is used twice"},
		{"shocks: [{id: a, what: demand, from: 2001, to: 2002, change: -1, sectors: [x]}]\n", "shocks[0].change: -1: want a number in (-1,100]"},
		{"shocks: [{id: a, what: demand, from: 2001, to: 2002, change: 1, sectors: [x]}]\n", "shocks[0].sectors[0]: \"x\" is none of the sectors"},
		{"shocks: [{id: a, what: demand, from: 2001, to: 2002, change: 1, sectors: metals}]\n", "want a list of texts"},
		{"targets: [{metric: jobs, date: 1999, value: 1}]\n", "targets[0].date: 1999Q1 is outside the run"},
		{"targets: [{metric: jobs, date: 2001, since: 2002, value: 1}]\n", "is not before the target's date"},
		{"targets: [{metric: jbos, date: 2001, value: 1}]\n", "did you mean jobs?"},
	} {
		refuses(t, c.more, c.want)
	}
}

// Faults of areas and sectors, in place of those of the least scenario.
func TestFaultyRegion(t *testing.T) {
	const area, sector = "areas: [{id: here, shape: {box_km: [20, 10]}, labour_force: 1000}]", "sectors: [{id: metals, firms: 100, employment: 900}]"
	for _, c := range []struct{ old, new, want string }{
		{sector, "sectors: [{id: metals, firms: 100, employment: 900, towns: {here: 1}}]", "sectors[0].towns.here: \"here\" is none of the places"},
		{sector, "sectors: [{id: metals, firms: 100, employment: 900, towns: {t: 0}}]\nplaces: [{id: t, at_km: [0, 0]}]\nstart_from: {town_km: 5}", "sectors[0].towns: sum to 0"},
		{sector, "sectors: [{id: metals, firms: 100, employment: 900, towns: {t: 1}}]\nplaces: [{id: t, at_km: [0, 0]}]", "sectors[0].towns: stands without start_from.town_km"},
		{sector, "sectors: [{id: metals, firms: 9, towns: {t: 1}, emerging: {from: 2001, midpoint: 2009, mature_employment: 5}}]\nplaces: [{id: t, at_km: [0, 0]}]\nstart_from: {town_km: 5}", "sectors[0].towns: stands beside emerging"},
		{area, "", "areas: is missing"},
		{area, "areas: []", "areas: is empty"},
		{sector, "sectors: []", "sectors: is empty"},
		{"agglo: 1", "agglo: 2", "x.yaml:1:8: agglo: 2: the file is for a newer program: this one reads agglo: 1"},
		{"agglo: 1\n", "", "agglo: is missing: want version of the format"},
		{"{box_km: [20, 10]}", "{box_km: [1000, 1000]}, cell_km: .1", "areas[0].cell_km: 0.1 km makes 100000000 cells in all: want at most 250000; cell_km 2 would do"},
		{"{box_km: [20, 10]}", "{box_km: [5000, 5000]}, cell_km: .05", "at most 250000"},
		{"{box_km: [20, 10]}", "{box_km: [.1, .1]}, cell_km: 50", "has no land"},
		{"labour_force: 1000", "labour_force: 800", "x.yaml:3:61: areas[0].labour_force: 800 workers in all areas, but the sectors employ 900"},
		{"firms: 100", "firms: 1000", "want at least one worker a firm"},
		{", employment: 900", "", "sectors[0].employment: is missing"},
		{"employment: 900", "employment: 900, inputs: {metal: 1}", "sectors[0].inputs.metal: \"metal\" is none of the sectors; did you mean metals?"},
		{"employment: 900", "employment: 900, inputs: {metals: 0}", "sectors[0].inputs: sum to 0"},
		{"employment: 900", "employment: 900, inputs: {metals: -1}", "sectors[0].inputs.metals: -1: want a number in [0,1e6]"},
		{"employment: 900", "employment: 900, emerging: {from: 2001, midpoint: 2009, mature_employment: 5}", "stands beside emerging"},
		{"employment: 900", "emerging: {from: 1999, midpoint: 2009, mature_employment: 5}", "emerging.from: 1999Q1 is before the start"},
		{"employment: 900", "emerging: {from: 2003, midpoint: 2002, mature_employment: 5}", "before the first seed firms"},
		{"firms: 100, employment: 900", "firms: 0, emerging: {from: 2003, midpoint: 2009, mature_employment: 5}", "at least one seed firm"},
	} {
		_, err := Parse("x.yaml", []byte(strings.Replace(small, c.old, c.new, 1)), nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s\n\tgives %v\n\twant %q", c.new, err, c.want)
		}
	}
}

// A parameter of the rules is checked with its unit and range, and may carry its source.
func TestParams(t *testing.T) {
	p := aParam(t, parse(t, small))
	at := strings.Split(p.Path, ".")
	nest := func(value string) string {
		text := value
		for i := len(at) - 1; i >= 0; i-- {
			text = fmt.Sprintf("{%s: %s}", at[i], text)
		}
		return with("params: " + text + "\n")
	}
	for value, want := range map[string]string{
		"1.4": "params." + p.Path + ": 1.4", "{value: 7, source: me}": "want [0,1]", "[1]": "this is a list", ".nan": "plain decimal", "a": p.Path, "": "nothing stands here",
	} {
		_, err := Parse("x.yaml", []byte(nest(value)), nil)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "x.yaml:5:") {
			t.Errorf("%s: %v: want %q and a line", value, err, want)
		}
	}
	parse(t, nest("{value: .5, source: me, verified: true}"))
	_, err := Parse("x.yaml", []byte(strings.Replace(nest(".5"), at[len(at)-1]+":", at[len(at)-1]+"x:", 1)), nil)
	if err == nil || !strings.Contains(err.Error(), "did you mean "+at[len(at)-1]+"?") {
		t.Errorf("a misspelt parameter: %v", err)
	}
}

// Faults of a map name the file, the feature and the ring, on the line that asks for it.
func TestFaultyMaps(t *testing.T) {
	polygon := func(rings string) string {
		return `{"type":"FeatureCollection","features":[{"type":"Feature","id":"a","properties":{"name":"A"},"geometry":{"type":"Polygon","coordinates":[` + rings + `]}}]}`
	}
	for name, c := range map[string]struct{ data, want string }{
		"open":      {polygon(`[[0,0],[1,0],[1,1],[0,1]]`), "feature 0 (a A), polygon 0, ring 0 is not closed"},
		"no ring":   {polygon(``), "feature 0 (a A), polygon 0 is empty"},
		"nothing":   {`{"type":"FeatureCollection","features":[]}`, "holds no feature"},
		"no shape":  {`{"type":"Feature","geometry":null}`, "no polygon fits"},
		"two":       {polygon(`[[0,0],[1,0],[0,0]]`), "has 3 points: want at least 4"},
		"crossing":  {polygon(`[[0,0],[1,1],[1,0],[0,1],[0,0]]`), "crosses itself: the line after point 0 meets the line after point 2"},
		"swapped":   {polygon(`[[37,-122],[38,-122],[38,-121],[37,-122]]`), "point 0 is [37, -122]: want longitude in [-180,180], latitude in [-90,90]; in GeoJSON longitude stands first"},
		"far":       {polygon(`[[0,0],[400,0],[1,1],[0,0]]`), "point 1 is [400, 0]"},
		"date line": {polygon(`[[179,0],[-179,0],[-179,1],[179,1],[179,0]]`), "crosses the date line at point 1"},
		"number":    {polygon(`[[0],[1,0],[1,1],[0]]`), "a point has 1 numbers"},
		"text":      {polygon(`"x"`), "coordinates are not those of a Polygon"},
		"points":    {`{"type":"Feature","geometry":{"type":"Point","coordinates":[0,0]}}`, "no polygon fits"},
		"topology":  {`{"type":"Topology"}`, "want a FeatureCollection or a Feature"},
		"json":      {`{`, "not readable as JSON"},
		"feature":   {`{"type":"FeatureCollection","features":[3]}`, "feature 0: not a feature"},
	} {
		text := strings.Replace(with("origin: [0, 0]\n"), "box_km: [20, 10]", "file: m.geojson", 1)
		_, err := Parse("x.yaml", []byte(text), fstest.MapFS{"m.geojson": {Data: []byte(c.data)}})
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "x.yaml:3:") {
			t.Errorf("%s: %v: want %q", name, err, c.want)
		}
	}
	one := func(id, rings string) string {
		return `{"type":"Feature","id":"` + id + `","geometry":{"type":"Polygon","coordinates":[` + rings + `]}}`
	}
	several := `{"type":"FeatureCollection","features":[` + strings.Join([]string{one("a", `"x"`), one("b", `[[0,0],[1,0],[1,1],[0,1]]`), one("c", `[[0],[1,0],[1,1],[0]]`)}, ",") + `]}`
	text := strings.Replace(with("origin: [0, 0]\n"), "box_km: [20, 10]", "file: m.geojson, where: {id: [a, b, d]}", 1)
	_, err := Parse("x.yaml", []byte(text), fstest.MapFS{"m.geojson": {Data: []byte(several)}})
	for _, want := range []string{"feature 0: coordinates are not those of a Polygon", "feature 1 (b), polygon 0, ring 0 is not closed", "feature 2: a point has 1 numbers", `no feature has "d" as its property id`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("of several faults at once: %v: want %q", err, want)
		}
	}
	if n := len(strings.Split(fmt.Sprint(err), "\n")); n != 4 {
		t.Errorf("%d faults, want 4: %v", n, err)
	}
	text = strings.Replace(text, "[a, b, d]", "[d]", 1)
	if _, err = Parse("x.yaml", []byte(text), fstest.MapFS{"m.geojson": {Data: []byte(strings.Replace(several, `{"type":"Feature","id":"a"`, `3, {"type":"Feature","id":"a"`, 1))}}); err == nil || strings.Contains(err.Error(), `no feature has "d"`) {
		t.Errorf("a feature that cannot be read may be the one that is asked for: %v", err)
	}
	good := polygon(`[[0,0],[1,0],[1,1],[0,1],[0,0]]`)
	for where, want := range map[string]string{`{name: [B]}`: `no feature has "B" as its property name`, `{id: [a], name: [A]}`: "", `{colour: [x]}`: `no feature has a property "colour"`, "{id: [06001]}": "is a number: want a text"} {
		text := strings.Replace(with("origin: [0, 0]\n"), "box_km: [20, 10]", "file: m.geojson, where: "+where, 1)
		_, err := Parse("x.yaml", []byte(text), fstest.MapFS{"m.geojson": {Data: []byte(good)}})
		if (err == nil) != (want == "") || (err != nil && !strings.Contains(err.Error(), want)) {
			t.Errorf("where %s: %v: want %q", where, err, want)
		}
	}
	text = strings.Replace(small, "box_km: [20, 10]", "file: m.geojson", 1)
	if _, err := Parse("x.yaml", []byte(text), fstest.MapFS{"m.geojson": {Data: []byte(good)}}); err == nil || !strings.Contains(err.Error(), "origin: is missing") {
		t.Errorf("a map without origin: %v", err)
	}
}

// Places on a shore that coarse cells leave out are warnings.
func TestNotes(t *testing.T) {
	s := parse(t, with("places: [{id: shore, at_km: [13, 0]}]\npolicies: [{id: old, instrument: burn, from: 1994, budget: 1}]\ntargets: [{metric: jobs, date: 2099, value: 1}]\n"))
	notes := strings.Join(s.Notes, "\n")
	for _, want := range []string{"place shore lies on no cell", "policy old begins in 1994Q1, before the start", "no regions are given", "targets[0].date: 2099Q1 is behind the end"} {
		if !strings.Contains(notes, want) {
			t.Errorf("notes %q: want %q", notes, want)
		}
	}
}

// People whose sectors a file leaves out would look for work in those that it has: told, unless regions are known for so many.
func TestNoteIdle(t *testing.T) {
	for _, c := range []struct {
		force string
		want  string
	}{
		{"900", ""}, {"1050", ""}, {"1100", "the sectors employ 900 of a labour force of 1100: 18% are unemployed at the start"},
	} {
		s := parse(t, strings.Replace(small, "labour_force: 1000", "labour_force: "+c.force, 1))
		if told := strings.Join(s.Notes, "\n"); strings.Contains(told, "unemployed") != (c.want != "") || !strings.Contains(told, c.want) {
			t.Errorf("a labour force of %s: notes %q, want %q", c.force, told, c.want)
		}
	}
}

// A mistake elsewhere hides none of the map, and one of the map none elsewhere.
func TestMapBesideOtherFaults(t *testing.T) {
	_, err := Parse("x.yaml", []byte(with("colour: 1\nplaces: [{id: off, at_km: [0, 30]}]\nstart_from: {firms: f.csv}\npolicies: [{id: a, instrument: subsidi}]\n")),
		fstest.MapFS{"f.csv": {Data: []byte("sector,employment,x,y\nmetals,900,50,0\n")}})
	for _, want := range []string{"colour: unknown key", "place off lies 27 km", "f.csv:2", "km from the nearest", "did you mean subsidy?"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v\nwant %q too", err, want)
		}
	}
}
