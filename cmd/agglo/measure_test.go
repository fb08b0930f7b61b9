package main

import (
	"encoding/csv"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// measured runs agglo measure on files of testdata/measure and gives the table, header first. Words that end in .csv are
// names of such files.
func measured(t testing.TB, words string) [][]string {
	t.Helper()
	args := append([]string{"measure"}, strings.Fields(words)...)
	for k, word := range args {
		if strings.HasSuffix(word, ".csv") {
			args[k] = filepath.Join("testdata", "measure", word)
		}
	}
	table, err := csv.NewReader(strings.NewReader(must(t, args...))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// cell finds the cell of a column in the row that begins with the words of first.
func cell(t testing.TB, table [][]string, first, column string) string {
	t.Helper()
	for _, row := range table[1:] {
		if !strings.HasPrefix(strings.Join(row, ","), first+",") && strings.Join(row, ",") != first {
			continue
		}
		for k, name := range table[0] {
			if name == column {
				return row[k]
			}
		}
		t.Fatalf("no column %s in %v", column, table[0])
	}
	t.Fatalf("no row %s in %v", first, table)
	return ""
}

// TestMeasureWorked holds every worked number to all the digits that its source prints.
func TestMeasureWorked(t *testing.T) {
	type number struct{ row, column, want string }
	for _, c := range []struct {
		args    string
		numbers []number
	}{
		// R package REAT, ellison.a; Hoover by hand.
		{"ellison-glaeser --plants austria_plants.csv --regions austria_regions.csv", []number{
			{"machines", "gamma", "0.05990628"}, {"machines", "g", ".1681632653"}, {"machines", "h", ".2446887755"},
			{"machines", "z", ".195900197"}, {"machines", "plants", "10"}}},
		{"hoover --table austria_jobs.csv", []number{{"machines", "value", ".3142857"}}},
		// REAT: locq, gini.conc, gini.spec, theil, herf, litzenberger.
		{"location-quotient --table quotient.csv", []number{{"here,machines", "value", "0.3847623"}}},
		{"gini --table gini_concentration.csv", []number{{"machines", "value", "0.4068966"}}},
		{"gini --by region --table gini_specialisation.csv", []number{{"here", "value", "0.6222222"}}},
		{"theil --table theil.csv", []number{{"", "L", ".2326302"}, {"", "T", ".2502012"}, {"one", "L", ".2326302"}}},
		{"hhi --table herfindahl.csv", []number{{"machines", "value", ".34"}}},
		{"hhi --table herfindahl.csv --form normalised", []number{{"machines", "value", ".12"}}},
		{"hhi --table herfindahl.csv --form equivalent", []number{{"machines", "value", "2.94"}}},
		{"litzenberger-sternberg --units cluster_units.csv", []number{{"here,machines", "value", "21.87491"}}},
		// R package EconGeo.
		{"hoover --table lorenz.csv", []number{{"machines", "value", ".25"}}},
		{"krugman --by sector --table lorenz.csv", []number{{"machines", "value", ".50"}}},
		{"gini --form lorenz --table lorenz.csv", []number{{"machines", "value", ".31"}}},
		{"gini --form plain --table lorenz.csv", []number{{"machines", "value", ".48"}}},
		// By hand.
		{"theil --table theil_groups.csv", []number{
			{"", "T", ".12938251"}, {"", "within", ".03450492"}, {"", "between", ".09487759"}}},
		{"krugman --table austria_jobs.csv --against Wien", []number{{"Wien", "value", "0"}, {"Graz", "value", ".448"}, {"Linz", "value", ".108"}}},
		{"coagglomeration --plants coagglomeration.csv --regions coagglomeration_regions.csv --group b,a", []number{
			{"a,b", "gamma_c", "-.1200000000"}, {"b,a", "gamma_c", "-.1200000000"}}},
		{"triple-helix --units helix_xor.csv", []number{
			{"", "t_bits", "-1.0000000000"}, {"", "h_place_sector_size", "2.0000000000"}, {"", "t0", "0"}, {"0", "term", "-.5000000000"}}},
		{"triple-helix --units helix_same.csv", []number{{"", "t_bits", "1.0000000000"}, {"", "t0", "1.0000000000"}}},
		{"triple-helix --units helix_independent.csv", []number{{"", "t_bits", ".0000000000"}, {"", "h_size", "1.0000000000"}}},
		{"colocation --units colocation.csv", []number{{"A,B", "value", ".5555556"}}},
		// Frenken 2000: collaborations of France, the United Kingdom and Germany.
		{"mutual-information --counts collaboration.csv", []number{{",", "value", ".30"}, {"F,F", "value", ".92"},
			{"F,UK", "value", "-.69"}, {"F,G", "value", "-.29"}, {"UK,UK", "value", ".69"}, {"UK,G", "value", "-1.39"},
			{"G,G", "value", ".63"}}},
		{"moran --points moran_points.csv --band 1", []number{{"0", "expected", "-.5"}, {"0", "z", "1.4142135624"}}},
		{"moran --points moran_points.csv --weights moran_weights.csv", []number{{"0", "expected", "-.5"}, {"0", "z", "1.4142135624"}}},
		{"marcon-puech --plants points.csv --radii 20,2", []number{{"A,,2", "m", "3.0000000000"}, {"A,,20", "m", "1.0000000000"}}},
		{"marcon-puech --plants points.csv --radii 2,20 --pair A,B", []number{{"A,B,2", "m", "0"}, {"A,B,20", "m", "1.0000000000"}}},
		{"distribution --values sizes.csv --top 1", []number{
			{"100", "rank_size_slope", "-1.059403131"}, {"100", "se", ".1498222"}, {"100", "hill", "1.022963537"}}},
		{"distribution --values growth.csv", []number{{"8", "laplace_location", "0.01"}, {"8", "laplace_scale", ".15"}}},
		// Zachary's karate club: density .1390374 is 78 of 34*33/2.
		{"network --edges karate.csv", []number{
			{"34", "edges", "78"}, {"34", "triangles", "45"}, {"34", "transitivity", ".2556818"}, {"34", "clustering", ".5706385"},
			{"34", "assortativity", "-.4756131"}, {"34", "mean_path", "2.4081996"}, {"34", "diameter", "5"}, {"34", "path_sources", "34"}}},
		{"network --edges karate.csv --communities karate_two.csv", []number{{"34", "modularity", ".3714661"}, {"34", "communities", "2"}}},
		{"network --edges karate.csv --communities karate_split.csv", []number{{"34", "modularity", ".3582347"}}},
		{"network --edges karate.csv --communities karate_best.csv", []number{{"34", "modularity", ".4197896"}, {"34", "communities", "4"}}},
		{"network --edges karate.csv --communities karate_louvain.csv", []number{{"34", "modularity", ".418803"}}},
	} {
		t.Run(c.args, func(t *testing.T) {
			table := measured(t, c.args)
			for _, n := range c.numbers {
				digits := ""
				if _, fraction, ok := strings.Cut(n.want, "."); ok {
					digits = fraction
				}
				got, err := strconv.ParseFloat(cell(t, table, n.row, n.column), 64)
				want, _ := strconv.ParseFloat(n.want, 64)
				if half := .5 * math.Pow(10, -float64(len(digits))); err != nil || !(math.Abs(got-want) <= half*1.0000001) {
					t.Errorf("%s of %q is %v, want %s (%v)", n.column, n.row, got, n.want, err)
				}
			}
		})
	}
	q, _ := strconv.ParseFloat(cell(t, measured(t, "network --edges karate.csv"), "34", "modularity"), 64)
	if q < .40 || q > .4198 {
		t.Errorf("the communities of the karate club have modularity %v, want .40 to .4198", q)
	}
}

// TestMeasureColumns holds the header of every table to the contract.
func TestMeasureColumns(t *testing.T) {
	for args, want := range map[string]string{
		"ellison-glaeser --plants austria_plants.csv":      "sector,plants,gamma,g,h,z",
		"coagglomeration --plants austria_plants.csv":      "sector_a,sector_b,gamma_c",
		"location-quotient --table austria_plants.csv":     "region,sector,value",
		"colocation --units colocation.csv":                "sector_a,sector_b,value",
		"mutual-information --counts collaboration.csv":    "row,column,value",
		"hoover --table austria_plants.csv":                "sector,value",
		"hoover --by region --table austria_plants.csv":    "region,value",
		"krugman --table austria_plants.csv":               "region,value",
		"gini --table austria_plants.csv":                  "sector,value",
		"theil --table austria_plants.csv":                 "region,T,L,within,between",
		"theil --by sector --table austria_plants.csv":     "sector,T,L,within,between",
		"hhi --table austria_plants.csv":                   "sector,value",
		"litzenberger-sternberg --units cluster_units.csv": "region,sector,value",
		"duranton-overman --plants points.csv":             "sector,distance,kd,lo,hi,global_lo,global_hi,localised",
		"marcon-puech --plants points.csv":                 "sector,neighbour,r,m",
		"moran --points moran_points.csv --band 1":         "i,expected,z,p",
		"triple-helix --units helix_xor.csv": "place,firms,t_bits,h_place,h_sector,h_size,h_place_sector,h_place_size," +
			"h_sector_size,h_place_sector_size,t0,term",
		"network --edges karate.csv": "nodes,edges,triangles,transitivity,clustering,assortativity,mean_path,diameter," +
			"modularity,communities,path_sources",
		"distribution --values sizes.csv": "n,hill,rank_size_slope,se,laplace_location,laplace_scale,subbotin_b,kurtosis," +
			"lognormal_vs_pareto",
	} {
		if got := strings.Join(measured(t, args)[0], ","); got != want {
			t.Errorf("%s: %s, want %s", args, got, want)
		}
	}
}

// TestMeasureHelp wants formula, source, input and output of every WHAT, and an example that names real flags.
func TestMeasureHelp(t *testing.T) {
	list := must(t, "measure", "--help")
	for _, s := range indicators() {
		if !strings.Contains(list, s.name) {
			t.Errorf("measure --help does not list %s", s.name)
		}
		page := must(t, "measure", s.name, "--help")
		for _, part := range []string{"Formula ", "\nSource ", "\nInput ", "\nOutput ", "agglo measure " + s.tries} {
			if !strings.Contains(page, part) {
				t.Errorf("measure %s --help has no %q", s.name, part)
			}
		}
		for word := range strings.FieldsSeq(s.tries) {
			if strings.HasPrefix(word, "--") && !strings.Contains(page, "\n      "+word) {
				t.Errorf("measure %s: the example's %s is no flag", s.name, word)
			}
		}
	}
}
