package main

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"agglo/output"
)

// Targets that are shares: of a sector in jobs and exports, of R&D in value added. All jobs are the whole of all sectors.
func TestShareTargets(t *testing.T) {
	inFolder(t)
	text, err := os.ReadFile("small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	with := string(text)
	with = with[:strings.Index(with, "targets:")] + `targets:
  - {metric: jobs_share, date: 2001, value: 1, tolerance: 1.0e-9}
  - {metric: jobs_share, sectors: [tools], date: 2000, value: .3, tolerance: .1}
  - {metric: exports_share, sectors: [tools], date: 2001, value: 9, tolerance: .1}
  - {metric: rd_share, date: 2001, value: 9, tolerance: .1}
  - {metric: rd_share, sectors: [tools], since: 2000, date: 2001, value: 9, tolerance: .1}
`
	if err := os.WriteFile("shares.yaml", []byte(with), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "run", "shares.yaml", "-o", "shares", "--no-plots")
	got, err := output.ReadHeld("shares")
	if err != nil {
		t.Fatal(err)
	}
	at := func(table, sector, tick, column string) float64 {
		for _, row := range rows(t, "shares/"+table+".csv") {
			if row["tick"] == tick && row["sector"] == sector {
				x, err := strconv.ParseFloat(row[column], 64)
				if err != nil {
					t.Fatal(err)
				}
				return x
			}
		}
		t.Fatalf("no row of %s at %s", table, tick)
		return 0
	}
	rd := func(tick string) float64 {
		return at("series_sector", "tools", tick, "rd") / at("series_sector", "tools", tick, "value_added")
	}
	for k, want := range []float64{
		1,
		at("series_sector", "tools", "0", "jobs") / at("series", "", "0", "jobs"),
		at("series_sector", "tools", "4", "exports") / at("series", "", "4", "exports"),
		at("series", "", "4", "rd") / at("series", "", "4", "value_added"),
		rd("4")/rd("0") - 1,
	} {
		if x := got[k].Simulated; !(math.Abs(x-want) <= 1e-12) {
			t.Errorf("%s: %v, want %v", got[k].What, x, want)
		}
	}
}

// Figures of a sector in a region, of a circle, changes in units, counts of births and partners are those of the tables, and
// the path of a figure ends at it.
func TestFiguresOfParts(t *testing.T) {
	inFolder(t)
	text, err := os.ReadFile("small.yaml")
	if err != nil {
		t.Fatal(err)
	}
	with := string(text)
	with = with[:strings.Index(with, "targets:")] + `targets:
  - {metric: jobs, within: {at_km: [0, 0], km: 5000}, date: 2001, value: 1}
  - {metric: jobs, sectors: [tools], since: 2000, date: 2001, absolute: true, value: -1}
  - {metric: firms, within: {at_km: [0, 0], km: 4}, date: 2001, value: 1}
  - {metric: degree, date: 2001, value: 1}
  - {metric: births, sectors: [tools], date: 2000Q2, value: 1}
  - {metric: jobs, sectors: [tools], since: 2000, date: 2001, value: 0}
  - {metric: with_partner_share, date: 2001, value: 1}
  - {metric: jobs, date: 2100, value: 1}
  - {metric: births, date: 2000Q1, value: 1}
`
	if err := os.WriteFile("parts.yaml", []byte(with), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "run", "parts.yaml", "-o", "parts", "--no-plots")
	got, err := output.ReadHeld("parts")
	if err != nil {
		t.Fatal(err)
	}
	cell := func(table, sector, tick, column string) float64 {
		for _, row := range rows(t, "parts/"+table+".csv") {
			if row["tick"] == tick && row["sector"] == sector {
				x, err := strconv.ParseFloat(row[column], 64)
				if err != nil {
					t.Fatal(err)
				}
				return x
			}
		}
		t.Fatalf("no row of %s at %s", table, tick)
		return 0
	}
	tools := func(tick string) float64 { return cell("series_sector", "tools", tick, "jobs") }
	for k, want := range map[int]float64{
		0: cell("series", "", "4", "jobs"), 1: tools("4") - tools("0"), 3: cell("series", "", "4", "degree"),
		4: cell("series_sector", "tools", "1", "births"), 5: tools("4")/tools("0") - 1,
	} {
		if x := got[k].Simulated; !(math.Abs(x-want) <= 1e-9*math.Abs(want)) {
			t.Errorf("%s: %v, want %v", got[k].What, x, want)
		}
	}
	if x, all := got[2].Simulated, cell("series", "", "4", "firms_real"); !(x > 0 && x < all) {
		t.Errorf("%v firms in a circle, %v in all", x, all)
	}
	if x := got[6].Simulated; !(x > 0 && x <= 1) {
		t.Errorf("%v of firms have a partner", x)
	}
	if x := got[8].Simulated; x != 0 {
		t.Errorf("%v firms born at tick 0, want none: they stand there", x)
	}
	if got[7].Near != output.NotReached {
		t.Errorf("a figure behind the end: %s", got[7].Near)
	}
	if lo, hi := got[5].Lo, got[5].Hi; math.Abs(lo+.01) > 1e-12 || math.Abs(hi-.01) > 1e-12 {
		t.Errorf("a change over a year is near from %v to %v, want one point", lo, hi)
	}
}
