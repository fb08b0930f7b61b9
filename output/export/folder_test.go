package export

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"agglo/output"
)

// Keys of the firms of the small folder. The third is above 2^63.
const (
	ann   = "11"
	bert  = "9007199254740993"
	carol = "18446744073709551615"
	dora  = "5"
)

// small makes a run folder that can be checked by hand: ann lives throughout, bert from tick 4, carol until tick 4, dora from tick 8. ann and
// carol part, ann and bert meet at tick 4, part, and meet again at the end, then written the other way round.
func small(t testing.TB) *Folder {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, lines ...string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.Join(lines, "\n")+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	firm := func(tick, key, sector, jobs, cluster string) string {
		return strings.Join([]string{tick, key, sector, "3", "-4", jobs, "2.5", "1.25", "", cluster}, ",")
	}
	write("firms.csv", "tick,firm,sector,x,y,jobs,age,technology,productivity,cluster",
		firm("0", ann, "a", "10", "0"), firm("0", carol, "b", "7", "0"),
		firm("4", ann, "a", "10", "1"), firm("4", bert, "b", "3", "1"), firm("4", carol, "b", "7", "0"),
		firm("8", ann, "a", "12", "1"), firm("8", bert, "b", "3", "1"), firm("8", dora, "b", "1", "0"),
		firm("12", ann, "a", "12", "1"), firm("12", bert, "b", "3", "0"), firm("12", dora, "b", "1", "0"))
	write("ties.csv", "tick,from,to,kind,trust_from,trust_to,x1,y1,x2,y2",
		"0,"+ann+","+carol+",collaboration,.5,.25,0,0,3,4",
		"4,"+ann+","+bert+",collaboration,.75,.5,0,0,3,4", "4,"+ann+","+carol+",collaboration,.5,.25,0,0,3,4",
		"8,"+bert+","+dora+",collaboration,0,.5,0,0,0,0",
		"12,"+bert+","+ann+",collaboration,.125,1,0,0,3,4")
	write("sectors.csv", "id,name,group,emerging", "a,A & B,g,0", `b,"<Sea>, ""wide""",g,0`)
	write("outline.csv", "id,name,ring,x,y", // a border, a hole in it, an island in the hole, all clockwise
		"r,Region,0,0,0", "r,Region,0,0,10", "r,Region,0,10,10", "r,Region,0,10,0", "r,Region,0,0,0",
		"r,Region,1,2,2", "r,Region,1,2,8", "r,Region,1,8,8", "r,Region,1,8,2", "r,Region,1,2,2",
		"r,Region,2,4,4", "r,Region,2,4,6", "r,Region,2,6,6", "r,Region,2,6,4", "r,Region,2,4,4")
	write("cells.csv", "tick,cell,x,y,km,jobs", "0,1,1,1,2,8", "12,1,1,1,2,0")
	write("clusters.csv", "run,tick,cluster,name,sector_group,x,y,firms,jobs,value_added,productivity,unit_cost,exports,trust_in,trust_out,event,other,region,share_regional_jobs,share_regional_value_added",
		"0,4,1,Town A,g,1,2,2,13,20,1.5,1,5,.5,,birth,,r,.65,.6", "0,8,1,Town A,g,1,2,0,0,0,,,0,,,death,,r,0,0", "1,4,1,Other run,g,1,2,2,13,20,1.5,1,5,.5,,birth,,r,.65,.6")
	tables := map[string]output.Hashed{}
	for _, name := range []string{"firms", "ties", "sectors", "outline", "cells", "clusters"} {
		tables[name+".csv"] = output.Hashed{}
	}
	return &Folder{Dir: dir, Tick: -1, Manifest: &output.Manifest{Scenario: "s", Start: output.Quarter{Year: 1999, Quarter: 3}, Ticks: 12, Tables: tables},
		Globe: func(x, y float64) (lon, lat float64) { return x / 100, y / 100 }}
}

// made writes files of the formats and gives them by name; the list says what was not made.
func made(t testing.TB, f *Folder, x Formats) (map[string]string, []Written, error) {
	t.Helper()
	to := t.TempDir()
	all, err := f.Write(t.Context(), to, x)
	files := map[string]string{}
	for _, w := range all {
		if data, err := os.ReadFile(w.File); err == nil {
			files[filepath.Base(w.File)] = string(data)
			if int64(len(data)) != w.Bytes {
				t.Errorf("%s has %d bytes, not %d", w.File, len(data), w.Bytes)
			}
		}
	}
	if left, _ := filepath.Glob(filepath.Join(to, "*.part")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	return files, all, err
}
