package plot

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// drawnOf draws the figure of a folder of tables as SVG.
func drawnOf(t *testing.T, files map[string]string, manifest string, of func(f *folder) (*sheet, error)) string {
	t.Helper()
	dir := t.TempDir()
	putTables(t, dir, files)
	if manifest != "" {
		if err := os.WriteFile(filepath.Join(dir, "manifest.json"), []byte(manifest), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	f, err := open(dir, "en")
	if err != nil {
		t.Fatal(err)
	}
	s, err := of(f)
	if err != nil {
		t.Fatal(err)
	}
	data, err := s.vector()
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// A published figure behind the end of a run is neither near nor off, and the figure says so.
func TestFiguresThatARunDoesNotReach(t *testing.T) {
	const head = "target,what,metric,sectors,regions,place,km,date,since,kind,unit,tick,tick_since,published,lo,hi,verdict,role,simulated\n"
	svg := drawnOf(t, map[string]string{
		"targets.csv":      head + "0,jobs,jobs,,,,,2005Q1,,level,jobs,20,,100,80,120,near,held_out,100\n1,jobs,jobs,,,,,2020Q1,,level,jobs,80,,100,80,120,,held_out,\n",
		"targets_path.csv": "run,target,tick,value\n0,0,0,90\n0,0,20,100\n0,1,0,90\n0,1,20,100\n",
	}, "", (*folder).targets)
	if !strings.Contains(svg, "not judged") || strings.Contains(svg, ">off<") {
		t.Error("a figure that the run does not reach is told as off")
	}
}

// The key of facilities tells firms, as the title does, where agents stand for several; and a figure of one replicate of several says so.
func TestFacilitiesTellFirms(t *testing.T) {
	svg := drawnOf(t, map[string]string{"facilities.csv": "run,tick,facility,kind,x,y,members,service\n0,4,park,science_park,0,0,15,.2\n"},
		`{"scenario":"plain","title":"Here","start":{"year":2000,"quarter":1},"tick_years":0.25,"scale":10,"runs":[{},{},{}]}`, (*folder).sites)
	for _, want := range []string{"150 member firms", ">100<", "Here, first of 3 replicates"} {
		if !strings.Contains(svg, want) {
			t.Errorf("the figure lacks %q", want)
		}
	}
}
