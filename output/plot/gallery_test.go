package plot

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"agglo/internal/golden"
	"agglo/internal/text"
)

// The gallery shows one example of every figure, drawn from made-up tables, so that it changes with the drawing and not with the
// rules. Its PNG are half the resolution of those of a run.
const (
	galleryDots = 100
	galleryDir  = "../../docs/figures/gallery"
	galleryPage = "../../docs/gallery.md"
)

// galleries are the folders of the gallery: what makes them, and what a reader types to get such figures.
var galleries = []struct {
	title, command string
	folder         func(t testing.TB, dir string)
	of             []painter
}{
	{"A run", "agglo run SCENARIO", func(t testing.TB, dir string) { newToy(t, dir, 700, 3) }, ofRun},
	{"A comparison of policies", "agglo compare SCENARIO --policy A --policy B", func(t testing.TB, dir string) { newToy(t, dir, 700, 3) }, ofCompare},
	{"A validation", "agglo validate", galleryFacts, ofValidate},
	{"Published effects", "agglo validate --effects", galleryEffects, ofEffects},
	{"Claims put to the test", "agglo claims", galleryClaims, ofClaims},
	{"Distances between plants", "agglo measure duranton-overman --plants FILE --figures DIR", galleryDistances, ofDistances},
	{"A sweep", "agglo sweep EXPERIMENT.yaml -o DIR", gallerySweep, ofSweep},
	{"What matters", "agglo sensitivity EXPERIMENT.yaml", gallerySensitivity, ofSensitivity},
	{"A fit to targets", "agglo calibrate TARGETS.yaml", galleryCalibration, ofCalibration},
	{"What a firm costs", "agglo bench --growth", galleryScaling, ofScaling},
	{"The best mix of instruments", "agglo optimise BUDGET.yaml", galleryOptimum, ofOptimum},
}

// putTables writes files of a folder of the gallery.
func putTables(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	files["manifest.json"] = `{"scenario":"plain","title":{"en":"Four towns on a bay"},"start":{"year":2000,"quarter":1},"tick_years":0.25}`
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func galleryFacts(t testing.TB, dir string) {
	putTables(t, dir, map[string]string{"facts.csv": "id,statistic,value,lo,hi,band_lo,band_hi,role,verdict,seeds,world,tick,source\n" +
		"T1a,elasticity,0.046,0.03,0.06,0.027,0.064,calibrated,in band,4,plain,240,x\nT2,tail,1.36,1.32,1.41,.85,1.15,conditional,outside,4,plain,240,x\n" +
		"T3,shape,.98,.97,1,.8,1.3,held_out,in band,4,plain,240,x\nT12,near,2.3,2,2.6,1.2,1000,held_out,in band,4,plain,240,x\n" +
		"T17,bell,0,0,0,1,1,held_out,outside,4,plain,240,x\nT5d,late,.47,.45,.49,0.39,0.49,calibrated,in band,4,plain,240,x\n"})
}

func galleryEffects(t testing.TB, dir string) {
	putTables(t, dir, map[string]string{"published.csv": "id,instrument,statistic,by,outcome,unit,expected,value,lo,hi,twin,twin_lo,twin_hi,smallest,found,verdict,standing,role,seeds,source\n" +
		"E1a,joint_programme,more innovators,ddd,innovator,points,+,3,2,4,3,2,4,1,+,as published,by construction,held_out,9,x\n" +
		"E6b,joint_programme,no jobs,did,jobs,log %,0,2,1.5,2.5,0,-1,1,1,+,otherwise,counted,held_out,9,x\n" +
		"E13,cluster_organisation,ties,did,ties,ties,+,.2,-.1,.5,0,-1,1,.1,?,undecided,counted,held_out,9,x\n"})
}

func galleryClaims(t testing.TB, dir string) {
	putTables(t, dir, map[string]string{"claims.csv": "test,quote,unit,pairs,effect,lo,hi,relative,relative_lo,relative_hi,verdict,standing\n" +
		"C1,together,%,30,2,1.5,2.5,2,1.5,2.5,supported,counted\nC2,near,%,30,8,7,9,-8,-9,-7,contradicted,counted\n" +
		"C6,shared,%,30,-3,-4,-2,3,2,4,supported,by construction\nC7b,easy,years,30,-1,-3,1,1,-1,3,undecided,counted\n" +
		"C25,recovery,years,30,0,-.1,.1,0,-.2,.2,no effect worth naming,counted\n"})
}

func galleryDistances(t testing.TB, dir string) {
	var b strings.Builder
	b.WriteString("sector,distance,kd,lo,hi,global_lo,global_hi,localised\n")
	for k, name := range []string{"software", "metals", "tools"} {
		for r := range 41 {
			chance := .02 * (1 - math.Exp(-float64(r+2)/12))
			kd := chance + []float64{.012, .005, 0}[k]*math.Exp(-float64(r)/8)*math.Sqrt(float64(r)+1)/2
			fmt.Fprintf(&b, "%s,%d,%.6f,%.6f,%.6f,%.6f,%.6f,%t\n", name, r, kd, .93*chance, 1.07*chance, .88*chance, 1.12*chance, k < 2)
		}
	}
	putTables(t, dir, map[string]string{kdTable: b.String()})
}

func galleryScaling(t testing.TB, dir string) {
	var b strings.Builder
	b.WriteString("firms,clustered,threads,ticks,ns_per_firm_tick,bytes_per_firm,allocs_per_firm_tick,seconds_to_start\n")
	for round := range 3 {
		for k, firms := range []int{1000, 10000, 100000, 1000000} {
			for clustered := range 2 {
				ns := 1700 + 320*float64(k) + 90*float64(round) - 60*float64(clustered*k)
				fmt.Fprintf(&b, "%d,%d,1,8,%.0f,%d,.1,%.3f\n", firms, clustered, ns, 1010-8*k+120*clustered, .02*math.Pow(11, float64(k)))
			}
		}
	}
	putTables(t, dir, map[string]string{scalingTable: b.String()})
}

// Every kind of figure is drawn as it was last looked at: SVG to the byte, PNG but for the smoothing of edges, which may differ
// between processors. After a change of the drawing: make gallery, and look at what has changed.
func TestGallery(t *testing.T) {
	var page strings.Builder
	page.WriteString("# Gallery\n\nOne example of every figure that agglo draws, made by `make gallery` from made-up tables: they show what a figure looks like,\n" +
		"not what the model finds. Every figure is written as PNG (200 dots per inch) and SVG, and as PDF with `--pdf`; `--lang ru` makes\n" +
		"it Russian. Titles say what to see and are computed from the data.\n")
	for _, g := range galleries {
		dir := t.TempDir()
		g.folder(t, dir)
		f, err := open(dir, "en")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&page, "\n## %s\n\n`%s`\n", g.title, g.command)
		for _, p := range g.of {
			sheets, err := p.of(f)
			if err != nil || len(sheets) == 0 {
				t.Fatalf("%s: %v", p.name, err)
			}
			s := sheets[0]
			s.name = p.name
			fmt.Fprintf(&page, "\n### %s\n\n%s\n\n![%s](figures/gallery/%s.png)\n", p.name, text.In("en", "alt."+p.name), strings.NewReplacer("[", "(", "]", ")").Replace(s.title), p.name)
			t.Run(p.name, func(t *testing.T) { compareSheet(t, s) })
		}
	}
	golden.File(t, galleryPage, []byte(page.String()))
}

// compareSheet holds a sheet against its golden images.
func compareSheet(t *testing.T, s *sheet) {
	vector, err := s.vector()
	if err != nil {
		t.Fatal(err)
	}
	golden.File(t, filepath.Join("testdata", "gallery", s.name+".svg"), vector)
	pixels, err := s.pixels(galleryDots)
	if err != nil {
		t.Fatal(err)
	}
	pixels = fewColours(t, pixels)
	if len(pixels) > 100_000 {
		t.Errorf("the PNG has %d bytes: want at most 100,000", len(pixels))
	}
	path := filepath.Join(galleryDir, s.name+".png")
	want, err := os.ReadFile(path)
	if err == nil {
		parts := differing(t, want, pixels)
		if parts == 0 || parts <= mostDiffering && !golden.Updating() {
			return
		} else if !golden.Updating() {
			t.Errorf("%s: %.2f%% of the pixels differ: want at most %.2f%% (make gallery writes it anew)", path, 100*parts, 100*mostDiffering)
			return
		}
	}
	golden.File(t, path, pixels)
}

// fewColours writes a picture with 256 colours, the most frequent ones, which makes it half as large.
func fewColours(t *testing.T, data []byte) []byte {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	box := img.Bounds()
	coarse := func(at image.Point) color.NRGBA {
		c := color.NRGBAModel.Convert(img.At(at.X, at.Y)).(color.NRGBA)
		step := func(v uint8) uint8 { return v&0xf8 | v>>5 }
		return color.NRGBA{step(c.R), step(c.G), step(c.B), 0xff}
	}
	count := map[color.NRGBA]int{}
	var order []color.NRGBA
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			c := coarse(image.Pt(x, y))
			if count[c] == 0 {
				order = append(order, c)
			}
			count[c]++
		}
	}
	slices.SortStableFunc(order, func(a, b color.NRGBA) int { return count[b] - count[a] })
	var palette color.Palette
	for _, c := range order[:min(len(order), 256)] {
		palette = append(palette, c)
	}
	small := image.NewPaletted(box, palette)
	index := map[color.NRGBA]uint8{}
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			c := coarse(image.Pt(x, y))
			k, ok := index[c]
			if !ok {
				k = uint8(palette.Index(c))
				index[c] = k
			}
			small.SetColorIndex(x, y, k)
		}
	}
	var out bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestCompression}
	if err := e.Encode(&out, small); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// mostDiffering is the share of pixels that may differ visibly between processors.
const mostDiffering = .002

// differing is the share of pixels whose brightness differs by more than an eighth; 1 if the sizes differ.
func differing(t *testing.T, a, b []byte) float64 {
	t.Helper()
	x, err := png.Decode(bytes.NewReader(a))
	if err != nil {
		t.Fatal(err)
	}
	y, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	box := x.Bounds()
	if box != y.Bounds() {
		return 1
	}
	grey := func(img image.Image, at image.Point) int {
		return int(color.GrayModel.Convert(img.At(at.X, at.Y)).(color.Gray).Y)
	}
	n := 0
	for py := box.Min.Y; py < box.Max.Y; py++ {
		for px := box.Min.X; px < box.Max.X; px++ {
			at := image.Pt(px, py)
			if d := grey(x, at) - grey(y, at); d > 32 || d < -32 {
				n++
			}
		}
	}
	return float64(n) / float64(box.Dx()*box.Dy())
}

// The comparison of pictures sees one letter that has changed.
func TestDiffering(t *testing.T) {
	dir := t.TempDir()
	galleryClaims(t, dir)
	f, err := open(dir, "en")
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.claims()
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.pixels(galleryDots)
	if err != nil {
		t.Fatal(err)
	}
	s.title = strings.Replace(s.title, "article's claims", "paper's statements", 1)
	b, err := s.pixels(galleryDots)
	if err != nil {
		t.Fatal(err)
	}
	if same, other := differing(t, a, a), differing(t, a, b); same != 0 || other <= mostDiffering {
		t.Errorf("the same picture differs by %v, another by %v", same, other)
	}
}

// Every kind of figure of these lists has its example, with words for readers who do not see it.
func TestGalleryHasEveryKind(t *testing.T) {
	shown := map[string]bool{}
	for _, g := range galleries {
		for _, p := range g.of {
			shown[p.name] = true
		}
	}
	for _, p := range slices.Concat(ofRun, ofCompare, ofValidate, ofEffects, ofClaims, ofDistances, ofSweep, ofSensitivity, ofCalibration, ofOptimum) {
		if !shown[p.name] {
			t.Errorf("figure %s is not in the gallery", p.name)
		}
		if !text.Has("alt." + p.name) {
			t.Errorf("figure %s has no text alt.%[1]s for readers who do not see it", p.name)
		}
	}
}
