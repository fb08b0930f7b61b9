package scenarios

import (
	"strings"
	"testing"
)

// A value that is wrong is told once: nothing is said of what would follow from it.
func TestNothingFollowsFromAFault(t *testing.T) {
	const box, sector, jobs = "{box_km: [20, 10]}", "{id: metals, firms: 100, employment: 900}", "firms: 100, employment: 900"
	for _, c := range []struct{ old, new, more, want string }{
		{"firms: 100", "firms: ten", "", "sectors[0].firms: \"ten\" is a text"},
		{"employment: 900", "employment: x", "", "sectors[0].employment: \"x\" is a text"},
		{jobs, "firms: x, emerging: {from: 2003, midpoint: 2009, mature_employment: 5}", "", "sectors[0].firms: \"x\" is a text"},
		{sector, "3", "", "sectors[0]: 3 is a number"},
		{"[" + sector + "]", "3", "policies: [{id: a, instrument: subsidy, target: {sectors: [metals]}}]\n", "sectors: 3 is a number"},
		{"id: metals", "id: Metals", "policies: [{id: a, instrument: subsidy, target: {sectors: [Metals]}}]\n", "sectors[0].id: \"Metals\""},
		{jobs, jobs + ", inputs: {metals: -1}", "", "sectors[0].inputs.metals: -1"},
		{jobs, jobs + ", towns: {t: -1}", "places: [{id: t, at_km: [0, 0]}]\nstart_from: {town_km: 5}\n", "sectors[0].towns.t: -1"},
		{jobs, jobs + ", towns: {t: 1}", "places: [{id: t, at_km: [0, 0]}]\nstart_from: 5\n", "start_from: 5 is a number"},
		{jobs, "firms: 5, emerging: {from: 1999, midpoint: 2009, mature_employment: 5}", "start: {year: 99}\n", "start.year: 99"},
		{box, box + ", land: 0", "", "areas[0].land: 0 workers per cell"},
		{box, box + ", land: -1", "", "areas[0].land: -1 workers per cell"},
		{box, "{box_km: [1, 1]}, cell_km: 0", "", "areas[0].cell_km: 0 km"},
		{box, "3", "", "areas[0].shape: 3 is a number"},
		{box, "{file: 3}", "", "areas[0].shape.file: 3 is a number"},
		{box, "{file: geo/finland.geojson, where: {shapeName: [6]}}", "origin: [64, 26]\n", "areas[0].shape.where.shapeName[0]: 6 is a number"},
		{box, "{file: geo/finland.geojson}", "origin: [164, 26]\n", "origin: latitude 164 degrees"},
		{"", "", "regions: [3, 4]\n", "regions[0]: 3 is a number\nregions[1]: 4 is a number"},
		{"", "", "places: [3]\n", "places[0]: 3 is a number"},
		{"", "", "places: 3\nstart_from: {town_km: 5}\n", "places: 3 is a number"},
		{"", "", "start_from: {firms: 3}\n", "start_from.firms: 3 is a number"},
		{"", "", "currency: {fx: 3}\npolicies: [{id: a, instrument: subsidy, currency: DEM, budget: 1}]\n", "currency.fx: 3 is a number"},
		{"", "", "ticks: x\ntargets: [{metric: jobs, date: 1990, value: 1}]\npolicies: [{id: a, instrument: subsidy, from: 2100}]\n", "ticks: \"x\" is a text"},
		{"", "", "targets: [{metric: jobs, absolute: true, since: x, date: 2001, value: 1}]\n", "targets[0].since: \"x\" is a text"},
		{"", "", "policies: [{id: a, instrument: 3}]\n", "policies[0].instrument: 3 is a number"},
		{"", "", "policies: [{id: a, learning: true, instruments: 3}]\n", "policies[0].instruments: 3 is a number"},
		{"", "", "policies: [{id: a, instruments: [{instrument: 3, share: .5}, {instrument: 4, share: x}]}]\n",
			"policies[0].instruments[0].instrument: 3 is a number\npolicies[0].instruments[1].instrument: 4 is a number\npolicies[0].instruments[1].share: \"x\" is a text"},
		{"", "", "policies: [{id: a, instrument: subsidy, style: central, budget: 1, to: x}]\n", "policies[0].to: \"x\" is a text"},
		{"", "", "policies: [{id: a, instrument: subsidy, target: {size: [5]}}]\n", "policies[0].target.size: this is a list"},
		{"", "", "policies: [{id: a, instrument: subsidy, target: {within: {km: 5, place: 3}}}]\n", "policies[0].target.within.place: 3 is a number"},
	} {
		_, err := Parse("", []byte(strings.Replace(small, c.old, c.new, 1)+c.more), nil)
		faults, _ := err.(Faults)
		want := strings.Split(c.want, "\n")
		if len(faults) != len(want) {
			t.Errorf("%s%s\tgives %v\n\twant %d, %q", c.new, c.more, err, len(want), c.want)
			continue
		}
		for k := range want {
			if !strings.HasPrefix(faults[k].Error(), want[k]) {
				t.Errorf("%s%s\tgives %v\n\twant %q", c.new, c.more, faults[k], want[k])
			}
		}
	}
}

// What stands under a key for the second time is looked through as well, and only the first is what other values are held against.
func TestFaultsInsideADouble(t *testing.T) {
	for _, c := range []struct{ more, want string }{
		{"params: {trust: {loss: .5}}\nparams: {trust: {los: .5, gain: 7}}\n", "6:1: params: this key stands here twice; first on line 5\n" +
			"6:18: params.trust.los: unknown key; did you mean loss?\n6:33: params.trust.gain: 7 1/deal: want [0,1]"},
		{"sectors: [{id: food, firms: 9, employment: 3, tradabel: 1}]\n", "5:1: sectors: this key stands here twice; first on line 4\n" +
			"5:47: sectors[0].tradabel: unknown key; did you mean tradable?"},
		{"start: {year: 1990}\nstart: {year: 2000, yaer: 1}\nstart: {quarter: 9}\n", "6:1: start: this key stands here twice; first on line 5\n" +
			"6:21: start.yaer: unknown key; did you mean year?\n7:1: start: this key stands here twice; first on line 5\n" +
			"7:8: start.year: is missing\n7:18: start.quarter: 9"},
		{"colour: {a: 1}\ncolour: {b: 1}\n", "5:1: colour: unknown key\n6:1: colour: this key stands here twice"},
	} {
		_, err := Parse("x.yaml", []byte(with(c.more)), nil)
		faults, _ := err.(Faults)
		want := strings.Split(c.want, "\n")
		if len(faults) != len(want) {
			t.Errorf("%s\tgives %v\n\twant %d, %q", c.more, err, len(want), c.want)
			continue
		}
		for k := range want {
			if !strings.HasPrefix(faults[k].Error(), "x.yaml:"+want[k]) {
				t.Errorf("%s\tgives %v\n\twant %q", c.more, faults[k], want[k])
			}
		}
	}
}
