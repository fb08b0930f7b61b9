//go:build interop

package main

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// python is Debian's: other Pythons of a machine do not see Debian's modules.
const python = "/usr/bin/python3"

// module installs a module of Python unless it is there.
func module(t *testing.T, name string) {
	t.Helper()
	if exec.Command(python, "-c", "import "+name).Run() != nil {
		debian(t, "no command of this name: "+name, "python3-"+name)
	}
}

// exported makes a run on a real place, with maps and networks of several ticks, and exports it. The present folder has it as r.
func exported(t *testing.T) {
	t.Helper()
	inFolder(t)
	spoil(t, "small.yaml", "origin: [0, 0]", "origin: [37.4, -122.1]")
	spoil(t, "small.yaml", "centre: [0, -0.0898]", "centre: [37.4, -122.213]")
	must(t, "run", "small.yaml", "-o", "r", "--firms", "every:4", "--ties", "every:4", "--no-plots", "-q")
	must(t, "export", "r", "-q")
}

// network is what networkx has found.
type network struct {
	Directed bool
	Nodes    map[string]map[string]any
	Edges    [][3]json.RawMessage
}

func networkx(t *testing.T, here, path string) network {
	t.Helper()
	module(t, "networkx")
	out, err := exec.Command(python, filepath.Join(here, "testdata/interop/networks.py"), path).Output()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var n network
	if err := json.Unmarshal(out, &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// arcs gives the attributes of the edges by their ends.
func (n *network) arcs(t *testing.T) map[string]map[string]any {
	t.Helper()
	all := map[string]map[string]any{}
	for _, e := range n.Edges {
		var from, to string
		var data map[string]any
		for k, into := range []any{&from, &to, &data} {
			if err := json.Unmarshal(e[k], into); err != nil {
				t.Fatal(err)
			}
		}
		all[from+" "+to] = data
	}
	return all
}

// networkx reads the network of the last tick from GraphML: every firm and every tie, each value to the bit.
func TestInteropGraphML(t *testing.T) {
	here, _ := os.Getwd()
	exported(t)
	n := networkx(t, here, "r/export/network.graphml")
	firms, ties := at(t, "r/firms.csv", "8"), at(t, "r/ties.csv", "8")
	arcs := n.arcs(t)
	if !n.Directed || len(n.Nodes) != len(firms) || len(arcs) != 2*len(ties) || len(ties) == 0 {
		t.Fatalf("%d nodes, %d arcs: want %d and twice %d", len(n.Nodes), len(arcs), len(firms), len(ties))
	}
	for _, firm := range firms {
		node := n.Nodes[firm["firm"]]
		for column, name := range map[string]string{"x": "x_km", "y": "y_km", "jobs": "jobs", "age": "age_years", "technology": "technology",
			"productivity": "productivity_worker_years", "cluster": "cluster"} {
			if node[name] != bitsOf(t, firm[column]) {
				t.Errorf("firm %s: %s = %v, want %s", firm["firm"], name, node[name], firm[column])
			}
		}
		if node["sector"] != firm["sector"] {
			t.Errorf("firm %s: sector %v, want %s", firm["firm"], node["sector"], firm["sector"])
		}
	}
	for _, tie := range ties {
		for ends, trust := range map[string]string{tie["from"] + " " + tie["to"]: tie["trust_from"], tie["to"] + " " + tie["from"]: tie["trust_to"]} {
			if arcs[ends]["weight"] != bitsOf(t, trust) {
				t.Errorf("arc %s: %v, want %s", ends, arcs[ends]["weight"], trust)
			}
		}
	}
	t.Logf("network.graphml: %d nodes with 8 attributes and %d arcs, equal to firms.csv and ties.csv", len(n.Nodes), len(arcs))
}

// networkx reads the network with time from GEXF: the jobs of every firm at every tick, and trust. It keeps the last weight of an
// arc, which is that of the last tick.
func TestInteropGEXF(t *testing.T) {
	here, _ := os.Getwd()
	exported(t)
	n := networkx(t, here, "r/export/network.gexf")
	starts := map[string]string{"0": "2000-01-01", "4": "2001-01-01", "8": "2002-01-01"}
	values := 0
	for _, firm := range rows(t, "r/firms.csv") {
		node := n.Nodes[firm["firm"]]
		for column, name := range map[string]string{"jobs": "jobs", "productivity": "productivity_worker_years", "cluster": "cluster"} {
			series, _ := node[name].([]any)
			found := false
			for _, one := range series { // value, first day, last day
				x := one.([]any)
				if x[1].(string) <= starts[firm["tick"]] && starts[firm["tick"]] <= x[2].(string) {
					found = x[0] == bitsOf(t, firm[column])
				}
			}
			if !found {
				t.Errorf("firm %s at tick %s: %s is not among %v", firm["firm"], firm["tick"], firm[column], series)
			}
			values++
		}
	}
	arcs := n.arcs(t)
	last := map[string]string{}
	for _, tie := range rows(t, "r/ties.csv") {
		last[tie["from"]+" "+tie["to"]], last[tie["to"]+" "+tie["from"]] = tie["trust_from"], tie["trust_to"]
	}
	if len(arcs) != len(last) {
		t.Errorf("%d arcs, want %d", len(arcs), len(last))
	}
	for ends, trust := range last {
		if arcs[ends]["weight"] != bitsOf(t, trust) {
			t.Errorf("arc %s: %v, want %s", ends, arcs[ends]["weight"], trust)
		}
	}
	t.Logf("network.gexf: %d firms, %d values over time, %d arcs, equal to firms.csv and ties.csv", len(n.Nodes), values, len(arcs))
}

// GDAL reads the maps: kinds of fields and the reference system with ogrinfo, values with ogr2ogr, which takes degrees back to the
// plane by PROJ's azimuthal equidistant projection.
func TestInteropGeoJSON(t *testing.T) {
	debian(t, "ogrinfo", "gdal-bin")
	exported(t)
	must(t, "run", "grenoble", "--ticks", "4", "-o", "g", "--no-plots", "-q") // for its clusters
	must(t, "export", "g", "--geojson", "-q")
	for file, table := range map[string]string{"firms": "r/firms.csv", "ties": "r/ties.csv", "cells": "r/cells.csv", "clusters": "g/clusters.csv", "regions": ""} {
		path := "r/export/" + file + ".geojson"
		if file == "clusters" {
			path = "g/export/clusters.geojson"
		}
		info := shell(t, "ogrinfo", "-so", "-al", path)
		for _, want := range []string{"Layer name: " + file, `ID["EPSG",4326]`} {
			if !strings.Contains(info, want) {
				t.Errorf("%s: ogrinfo does not say %s:\n%s", path, want, info)
			}
		}
		if file != "regions" && (!strings.Contains(info, "begin: Date") || !strings.Contains(info, "end: Date")) {
			t.Errorf("%s: begin and end are no dates:\n%s", path, info)
		}
		if table != "" && !strings.Contains(info, "Feature Count: "+strconv.Itoa(len(rows(t, table)))+"\n") {
			t.Errorf("%s: want %d features:\n%s", path, len(rows(t, table)), info)
		}
	}
	shell(t, "ogr2ogr", "-f", "CSV", "back.csv", "r/export/firms.geojson", "-lco", "GEOMETRY=AS_XY", "-s_srs", "+proj=longlat +R=6371008.8 +no_defs",
		"-t_srs", "+proj=aeqd +lat_0=37.4 +lon_0=-122.1 +R=6371008.8 +units=km +no_defs")
	back, want := rows(t, "back.csv"), rows(t, "r/firms.csv")
	if len(back) != len(want) {
		t.Fatalf("%d rows, want %d", len(back), len(want))
	}
	worst := 0.0
	for k, row := range back {
		for column, name := range map[string]string{"jobs": "jobs", "age": "age_years", "technology": "technology", "productivity": "productivity_worker_years", "cluster": "cluster", "tick": "tick"} {
			is, should := bitsOf(t, row[name]), bitsOf(t, want[k][column])
			if math.Abs(is-should) > 1e-14*math.Abs(should) { // ogr2ogr writes 15 digits
				t.Errorf("row %d: %s = %s, want %s", k, name, row[name], want[k][column])
			}
		}
		if row["firm"] != want[k]["firm"] || row["sector"] != want[k]["sector"] {
			t.Errorf("row %d: %s, %s", k, row["firm"], row["sector"])
		}
		worst = math.Max(worst, math.Hypot(bitsOf(t, row["X"])-bitsOf(t, want[k]["x"]), bitsOf(t, row["Y"])-bitsOf(t, want[k]["y"])))
	}
	if worst > 1e-4 {
		t.Errorf("places differ by up to %g km", worst)
	}
	t.Logf("firms.geojson: %d features, values equal to firms.csv in the 15 digits that GDAL writes; PROJ's way back to the plane differs by %.2g m at most", len(back), 1000*worst)
}

// DuckDB reads the firms and ties as Parquet, each value to the bit.
func TestInteropFirms(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	script := npm(t, here, "duckdb.mjs", "@duckdb/node-api@1.5.6-r.1")
	exported(t)
	for _, name := range []string{"firms", "ties"} {
		out, err := exec.Command("node", script, "r/export/"+name+".parquet").Output()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		var found struct {
			Columns [][2]string
			Rows    [][]*string
		}
		if err := json.Unmarshal(out, &found); err != nil {
			t.Fatal(err)
		}
		file, err := os.Open("r/" + name + ".csv")
		if err != nil {
			t.Fatal(err)
		}
		want, err := csv.NewReader(file).ReadAll()
		_ = file.Close()
		if err != nil || len(found.Rows) != len(want)-1 || len(found.Columns) != len(want[0]) {
			t.Fatalf("%s: %d rows, want %d; %v", name, len(found.Rows), len(want)-1, err)
		}
		for c, column := range found.Columns {
			if column[0] != want[0][c] || (column[1] == "VARCHAR") != strings.Contains("firm sector from to kind", column[0]) {
				t.Errorf("%s: column %d is %v, want %s", name, c, column, want[0][c])
			}
			for k, row := range found.Rows {
				text, is := want[k+1][c], ""
				if row[c] != nil {
					is = *row[c]
				}
				if column[1] == "DOUBLE" && is != "" && text != "" && bitsOf(t, is) == bitsOf(t, text) {
					continue
				}
				if is != text {
					t.Errorf("%s, row %d: %s = %s, want %s", name, k, column[0], is, text)
				}
			}
		}
		t.Logf("%s.parquet: %d rows and %d columns, equal to %s.csv", name, len(found.Rows), len(found.Columns), name)
	}
}

// ffmpeg makes the animation a video; ffprobe finds as many pictures as the frames take.
func TestInteropVideo(t *testing.T) {
	debian(t, "ffmpeg", "ffmpeg")
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "r", "--firms", "every:2", "--no-plots", "-q")
	must(t, "export", "r", "--gif", "--mp4", "-q")
	for _, c := range []struct{ file, codec string }{{"clusters.gif", "gif"}, {"clusters.mp4", "h264"}} {
		said := shell(t, "ffprobe", "-v", "error", "-count_frames", "-show_entries", "stream=codec_name,width,nb_read_frames,duration", "r/export/"+c.file)
		if !strings.Contains(said, "codec_name="+c.codec) || !strings.Contains(said, "width=712") || c.codec == "gif" && !strings.Contains(said, "nb_read_frames=5") {
			t.Errorf("%s: %s", c.file, said)
		}
		t.Logf("%s: %s", c.file, strings.Join(strings.Fields(said), " "))
	}
}

// The notebooks read a run folder in Python with pandas and in R alone, and see what the tables hold.
func TestInteropNotebooks(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	module(t, "pandas")
	debian(t, "Rscript", "r-base-core")
	inFolder(t)
	must(t, "run", "small.yaml", "-o", "r", "--no-plots", "-q")
	notebooks := filepath.Join(here, "..", "..", "docs", "notebooks")
	series, firms, ties := rows(t, "r/series.csv"), at(t, "r/firms.csv", "8"), at(t, "r/ties.csv", "8")
	trust, largest, members := 0.0, 0.0, 0
	for _, tie := range ties {
		trust += (bitsOf(t, tie["trust_from"]) + bitsOf(t, tie["trust_to"])) / float64(2*len(ties))
	}
	for _, firm := range firms {
		largest = math.Max(largest, bitsOf(t, firm["jobs"]))
		if firm["cluster"] != "0" {
			members++
		}
	}
	for language, said := range map[string]string{
		"Python": shell(t, python, filepath.Join(notebooks, "read_run.py"), "r"),
		"R":      shell(t, "Rscript", filepath.Join(notebooks, "read_run.R"), "r", "jobs.pdf"),
	} {
		found := map[string][]float64{}
		for line := range strings.Lines(said) {
			for _, what := range []string{"tick 0 ", "tick 8 ", "firms at the end ", "ties at the end "} {
				if strings.HasPrefix(line, what) {
					for _, word := range strings.Fields(strings.TrimPrefix(line, what)) {
						if x, err := strconv.ParseFloat(word, 64); err == nil {
							found[what] = append(found[what], x)
						}
					}
				}
			}
		}
		want := map[string][]float64{
			"tick 0 ":           {bitsOf(t, series[0]["firms"]), bitsOf(t, series[0]["jobs"]), bitsOf(t, series[0]["trust"])},
			"tick 8 ":           {bitsOf(t, series[8]["firms"]), bitsOf(t, series[8]["jobs"]), bitsOf(t, series[8]["trust"])},
			"firms at the end ": {float64(len(firms)), float64(members), largest},
			"ties at the end ":  {float64(len(ties)), trust},
		}
		for what, values := range want {
			if len(found[what]) != len(values) {
				t.Errorf("%s: %s%v, want %v:\n%s", language, what, found[what], values, said)
				continue
			}
			for k, x := range values {
				if math.Abs(found[what][k]-x) > 1e-12*math.Abs(x) {
					t.Errorf("%s: %s%v, want %v", language, what, found[what][k], x)
				}
			}
		}
		t.Logf("%s sees %v", language, found)
	}
	if info, err := os.Stat("jobs.pdf"); err != nil || info.Size() < 1000 {
		t.Error("R drew nothing:", err)
	}
}
