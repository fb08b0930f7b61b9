package plot

import (
	"math"
	"slices"
	"strings"
	"testing"

	"agglo/internal/text"

	"gonum.org/v1/plot/vg"
)

// Numbers by hand: of 20 cells of 4 km2 roads stand in two, which save ln 1.25 and ln 1.0625 of freight, 20% and 5.88%; a park adds 400
// workers on a third.
func infrastructureByHand(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	var cells strings.Builder
	cells.WriteString("tick,cell,x,y,km,jobs\n")
	for k := range 20 {
		cells.WriteString("8," + text.Number("en", float64(k), 0) + "," + text.Number("en", float64(2*(k%5)+1), 0) + "," + text.Number("en", float64(2*(k/5)+1), 0) + ",2,10\n")
	}
	putTables(t, dir, map[string]string{
		"cells.csv": cells.String(),
		levelsOfCells: "tick,cell,x,y,km,transport,utilities,communications,land\n4,0,1,1,2,.5,.5,.5,9\n" +
			"8,0,1,1,2,.22314355131420976,0,0,0\n8,1,3,1,2,.06062462181643484,0,0,0\n8,2,5,1,2,0,0,0,400\n",
		worksTable: "tick,cell,x,y,km,policy,instrument,capital\n8,0,1,1,2,roads,infrastructure,5\n8,1,3,1,2,roads,infrastructure,5\n" +
			"8,2,5,1,2,park,technopark,90\n8,0,1,1,2,park-2,technopark,80\n8,4,9,1,2,home,incubator,70\n8,3,7,1,2,gone,transport,0\n",
		houses: "id,name,kind,x,y\nu,University,university,5,7\n",
	})
	return dir
}

func TestInfrastructureByHand(t *testing.T) {
	f, err := open(infrastructureByHand(t), "en")
	if err != nil {
		t.Fatal(err)
	}
	w, err := f.groundworks()
	if err != nil {
		t.Fatal(err)
	}
	if w.tick != 8 || len(w.stocks) != 2 || len(w.houses) != 1 {
		t.Fatalf("tick %g, %d kinds, %d institutions: want the last tick, transport and land, one university", w.tick, len(w.stocks), len(w.houses))
	}
	roads, land := &w.stocks[0], &w.stocks[1]
	if math.Abs(roads.level[0]-20) > 1e-9 || math.Abs(roads.level[1]-100*(1-1/1.0625)) > 1e-9 || roads.level[2] != 0 || land.level[2] != 100 {
		t.Errorf("roads save %v%%, land %v per km2: want 20, 5.88, 0 and 100 in the third cell", roads.level, land.level)
	}
	var names []string
	for _, b := range w.builders {
		names = append(names, b.name)
	}
	// The incubator adds no land, the second park stands where none was added, nothing is left of the last.
	if !slices.Equal(names, []string{"park", "roads"}) {
		t.Errorf("the works of %v are told: want park and roads", names)
	}
	if of := w.builtBy(roads); !slices.Equal(of, []int{1}) {
		t.Errorf("roads are built by %v: want the second", of)
	}
	s, err := f.infrastructure()
	if err != nil {
		t.Fatal(err)
	}
	if want := "Works stand on 15% of the land in 2002: freight costs up to 20% less; there is room for 400 more workers"; s.title != want {
		t.Errorf("the title is %q: want %q", s.title, want)
	}
}

// A run without works gets no empty map, and is told why.
func TestNoWorksNoMap(t *testing.T) {
	dir := t.TempDir()
	putTables(t, dir, map[string]string{"cells.csv": "tick,cell,x,y,km,jobs\n8,0,1,1,2,10\n"})
	for _, lang := range []string{"en", "ru"} {
		f, err := open(dir, lang)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.infrastructure(); err == nil || err.Error() != text.In(lang, "note.noworks") {
			t.Errorf("%s: %v", lang, err)
		}
	}
}

// Numbers of policies stand inside wide works, clear of institutions and of each other; of a single cell beside it.
func TestNumbersOfWorks(t *testing.T) {
	wide := builder{cluster: cluster{name: "wide", km: 2, x: 50, y: 50}}
	for k := range 400 {
		wide.cells = append(wide.cells, vg.Point{X: vg.Length(31 + 2*(k%20)), Y: vg.Length(31 + 2*(k/20))})
	}
	small := builder{cluster: cluster{name: "small", km: 2, x: 51, y: 51, cells: []vg.Point{{X: 51, Y: 51}}}}
	w := &grounds{builders: []builder{wide, small}, houses: []vg.Point{{X: 47, Y: 51}}}
	g := &ground{maxX: 100, maxY: 100}
	v := g.in(vg.Rectangle{Max: vg.Point{X: 180, Y: 180}})
	spots := v.numbers(w, []int{0, 1})
	middle := func(o callout) vg.Point {
		return vg.Point{X: (o.box.Min.X + o.box.Max.X) / 2, Y: (o.box.Min.Y + o.box.Max.Y) / 2}
	}
	at := middle(spots[0])
	if at.X < v.at(30, 0).X || at.X > v.at(70, 0).X || distance(at, v.at(51, 51)) < discWide || distance(at, v.at(47, 51)) < discWide {
		t.Errorf("the number of the wide works is at %v: want it in them, clear of the park and the institution", at)
	}
	if spots[1].near == spots[1].at || meet(spots[0].box, spots[1].box) {
		t.Errorf("the number of the park is in %v: want it beside the park, with a line, and clear of %v", spots[1].box, spots[0].box)
	}
}
