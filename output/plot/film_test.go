package plot

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// filmFolder writes a folder with the maps of some ticks: a cluster is there from tick 4 on and grows.
func filmFolder(t *testing.T, ticks ...int) string {
	t.Helper()
	dir := t.TempDir()
	var firms, cells, clusters strings.Builder
	firms.WriteString("tick,firm,sector,x,y,jobs,cluster\n")
	cells.WriteString("tick,cluster,cell,x,y,km\n")
	clusters.WriteString("run,tick,cluster,name,sector_group,x,y,jobs,share_regional_jobs\n")
	for _, tick := range ticks {
		for i := range 60 {
			member := 0
			if tick >= 4 && i < tick {
				member = 1
			}
			fmt.Fprintf(&firms, "%d,%d,a,%d,%d,%d,%d\n", tick, i+1, i%8*5+tick/4, i/8*5, 1+i%5, member)
		}
		if tick >= 4 {
			for k := range tick / 4 {
				fmt.Fprintf(&cells, "%d,1,%d,%d,10,5\n", tick, k, 5+5*k)
			}
			fmt.Fprintf(&clusters, "0,%d,1,Town metals,metals,10,10,%d,.%d\n", tick, 10*tick, tick)
		}
	}
	for name, text := range map[string]string{"firms.csv": firms.String(), "cluster_cells.csv": cells.String(), "clusters.csv": clusters.String(),
		"outline.csv":   "id,name,ring,x,y\nr,R,0,-5,-5\nr,R,0,-5,45\nr,R,0,50,45\nr,R,0,50,-5\n",
		"manifest.json": `{"agglo": 1, "scenario": "s", "title": {"en": "A film"}, "start": {"year": 2000, "quarter": 1}, "tick_years": 0.25, "scale": 1}`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A reader of the GIF sees the frames: parts laid over what was before, colours within what 255 of them can do.
func TestGIF(t *testing.T) {
	m, err := OpenFilm(filmFolder(t, 0, 4, 8, 12), "en")
	if err != nil {
		t.Fatal(err)
	}
	path, frames := filepath.Join(t.TempDir(), "a", "x.gif"), 0
	if err := m.GIF(t.Context(), path, func() { frames++ }); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	g, err := gif.DecodeAll(file)
	if err != nil || len(g.Image) != 4 || frames != 4 || g.Config.Width != 712 || g.LoopCount != 0 {
		t.Fatal(err, len(g.Image), frames, g.Config.Width)
	}
	seen := image.NewRGBA(image.Rect(0, 0, g.Config.Width, g.Config.Height))
	for k, part := range g.Image {
		draw.Draw(seen, part.Bounds(), part, part.Bounds().Min, draw.Over)
		want := m.Frame(k)
		worst, sum := 0, 0
		for i := range want.Pix {
			d := int(want.Pix[i]) - int(seen.Pix[i])
			worst, sum = max(worst, d, -d), sum+max(d, -d)
		}
		if mean := float64(sum) / float64(len(want.Pix)); worst > 40 || mean > .5 {
			t.Errorf("frame %d: colours differ by up to %d, on average by %.2f of 255", k, worst, mean)
		}
		if k > 0 && part.Bounds().Dx()*part.Bounds().Dy() >= g.Config.Width*g.Config.Height {
			t.Errorf("frame %d is stored whole", k)
		}
	}
	if g.Delay[3] != lastTime || g.Delay[0] != slowestTime {
		t.Errorf("delays %v", g.Delay)
	}
	again := filepath.Join(t.TempDir(), "y.gif")
	if err := os.Mkdir(again+".part", 0o777); err != nil { // the name that another command may be at work under
		t.Fatal(err)
	}
	if err := m.GIF(t.Context(), again, nil); err != nil {
		t.Fatal(err)
	}
	a, _ := os.ReadFile(path)
	b, _ := os.ReadFile(again)
	if string(a) != string(b) {
		t.Error("the same tables give other bytes")
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("beside the film: %v, %v", left, err)
	}
}

// What cannot be a film, and a video without ffmpeg, are told; what is called off leaves nothing.
func TestFilmFaults(t *testing.T) {
	if _, err := OpenFilm(filmFolder(t, 0, 8), "en"); err == nil || !strings.Contains(err.Error(), "run with --firms every:4") {
		t.Error(err)
	}
	spoilt := filmFolder(t, 0, 4, 8)
	_ = os.WriteFile(filepath.Join(spoilt, "cluster_cells.csv"), []byte("tick,cluster,x,y,km\n4,1,a,1,1\n"), 0o666)
	if _, err := OpenFilm(spoilt, "en"); err == nil || !strings.Contains(err.Error(), "cluster_cells.csv:2:3") {
		t.Error(err)
	}
	m, err := OpenFilm(filmFolder(t, 0, 4, 8), "ru")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := m.GIF(ctx, filepath.Join(dir, "x.gif"), nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	t.Setenv("PATH", dir)
	if err := m.MP4(t.Context(), filepath.Join(dir, "x.mp4"), nil); !errors.Is(err, ErrNoFFmpeg) {
		t.Error(err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Error("left behind:", left)
	}
}

// A few colours stay as they are; of many, the palette holds no more than it may.
func TestPalette(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 64, 64))
	few := []color.RGBA{{10, 20, 30, 255}, {200, 100, 0, 255}, {255, 255, 255, 255}}
	for y := range 64 {
		for x := range 64 {
			img.SetRGBA(x, y, few[min(x/30, 2)])
		}
	}
	p := paletteOf([]*image.RGBA{img}, 255)
	if len(p) != 3 {
		t.Fatal(p)
	}
	for _, c := range few {
		if p.Convert(c) != c {
			t.Errorf("%v became %v", c, p.Convert(c))
		}
	}
	for y := range 64 {
		for x := range 64 {
			img.SetRGBA(x, y, color.RGBA{uint8(4 * x), uint8(4 * y), uint8(x * y), 255})
		}
	}
	if p := paletteOf([]*image.RGBA{img}, 100); len(p) != 100 {
		t.Errorf("%d colours", len(p))
	}
}
