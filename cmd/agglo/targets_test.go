package main

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"agglo/output"
	"agglo/scenarios"
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
	s, err := scenarios.Load("shares.yaml")
	if err != nil {
		t.Fatal(err)
	}
	m, err := output.Open("shares")
	if err != nil {
		t.Fatal(err)
	}
	got, err := compareTargets(s, m, "shares")
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
		if x := got[k].Simulated; x == nil || math.Abs(*x-want) > 1e-12 {
			t.Errorf("%s: %v, want %v", got[k].What, x, want)
		}
	}
}
