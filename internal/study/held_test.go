package study

import (
	"strings"
	"testing"

	"agglo/scenarios"
)

// publishedScenario is the tiny world, which begins in the third quarter of 2001, with published figures.
func publishedScenario(t *testing.T) *scenarios.Scenario {
	t.Helper()
	const text = `agglo: 1
id: small
title: {en: A small square, ru: Малый квадрат}
start: {year: 2001, quarter: 3}
ticks: 8
seed: 5
currency: {code: XYZ, price_year: 2000, labour_cost: 30000, deflator: .03}
origin: [0, 0]
areas:
  - {id: square, cell_km: 7.5, shape: {box_km: [30, 30]}, labour_force: 1480, land: 5600}
regions:
  - {id: square, tax: .2, trust_prior: .4}
sectors:
  - {id: tools, firms: 150, employment: 690, inputs: {tools: .5, parts: .5}}
  - {id: parts, firms: 150, employment: 690, inputs: {tools: .5, parts: .5}}
targets:
  - {metric: jobs, sectors: [parts], date: 2002Q1, value: 700, tolerance: .1, fitted: true}
  - {metric: value_added, date: 2003Q2, value: 5e7, nominal: true}
  - {metric: wage, date: 2003Q2, since: 2001Q3, value: .1}
  - {metric: exports, date: 2003Q2, since: 2002Q3, absolute: true, value: -10}
  - {metric: innovations, date: 2003Q3, value: 9}
  - {metric: public_cost, date: 2003Q3, value: 9}
  - {metric: firms, date: 2003Q4, value: 290}
  - {metric: treasury, date: 2002Q1, value: 0}
`
	s, err := scenarios.Parse("small.yaml", []byte(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A quarter of the calendar is a tick behind the start, prices rise for those in current ones alone, and units are a quarter's.
func TestWantedOfAScenario(t *testing.T) {
	s := publishedScenario(t)
	setup, err := s.Setup(scenarios.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	all := Wanted(s, &setup.Setting)
	for k, c := range []struct {
		tick, from  int
		money, rise float64
		unit        string
		lo, hi      float64
	}{
		{2, -1, 0, 0, "jobs", 630, 770},
		{7, -1, 30000, .03, "XYZ/year", 4e7, 6e7},
		{7, 0, 30000, 0, "1", 0, 0}, // its range is that of TestSpan of the tables
		{7, 4, 30000, 0, "XYZ/year", -12, -8},
		{8, -1, 0, 0, "agents/quarter", 7.2, 10.8},
		{8, -1, 30000, 0, "XYZ/quarter", 7.2, 10.8},
	} {
		w := all[k]
		if w.Tick != c.tick || w.From != c.from || w.Money != c.money || w.Rise != c.rise || w.Unit != c.unit || w.PriceYear != 2000 || w.Start.Year != 2001 {
			t.Errorf("%s: %+v, want %+v", w.What, w, c)
		}
		if lo, hi := w.Span(); c.hi != c.lo {
			near(t, w.What+": lower end", lo, c.lo, 1e-6)
			near(t, w.What+": upper end", hi, c.hi, 1e-6)
		}
	}
	if len(all[0].Sectors) != 1 || all[0].Sectors[0] != 1 || !all[0].Fitted || all[1].Fitted {
		t.Errorf("%+v", all[0])
	}
}

// As aims, figures are as far off as they tolerate; where some are marked as fitted the others are held out. One outside the run, or without a
// tolerance, is none, and is told why.
func TestPublishedAims(t *testing.T) {
	s := publishedScenario(t)
	setup, err := s.Setup(scenarios.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	aims, wanted, left := publishedAims(s, &setup.Setting, 8)
	if len(aims) != 6 || len(wanted) != 6 || len(left) != 2 || !strings.Contains(left[0], "outside") || !strings.Contains(left[1], "nothing") {
		t.Fatalf("%d aims; left: %v", len(aims), left)
	}
	near(t, "tolerance of jobs", aims[0].Tolerance, 70, 1e-9)
	near(t, "tolerance of exports", aims[3].Tolerance, 2, 1e-9)
	if aims[0].Held || !aims[1].Held {
		t.Errorf("held out: %v, %v; want the second alone", aims[0].Held, aims[1].Held)
	}
}
