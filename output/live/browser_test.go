//go:build browser

package live

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// desk is a browser that has the page open.
type desk struct {
	*testing.T
	ctx context.Context
	url string
	dir string // of pictures
}

// sit opens the page in Debian's chromium, in a window of a size.
func sit(t *testing.T, width, height int, query string) *desk {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("no chromium: make test-browser installs it")
	}
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = NewServer(ctx, "127.0.0.1", DefaultOptions()).Serve(l) }()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.WindowSize(width, height), chromedp.Flag("enable-unsafe-swiftshader", true), chromedp.Flag("lang", "en-GB"))
	a, cancel := chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	b, cancel := chromedp.NewContext(a)
	t.Cleanup(cancel)
	d := &desk{T: t, ctx: b, url: "http://" + l.Addr().String() + "/", dir: os.Getenv("AGGLO_SHOTS")}
	if d.dir == "" {
		d.dir = filepath.Join(os.TempDir(), "agglo-shots")
	}
	if err := os.MkdirAll(d.dir, 0o777); err != nil {
		t.Fatal(err)
	}
	d.do(chromedp.EmulateViewport(int64(width), int64(height)), chromedp.Navigate(d.url+query))
	d.wait("window.agglo && agglo.maps[0] && agglo.maps[0].frame")
	return d
}

func (d *desk) do(steps ...chromedp.Action[chromedp.Void]) {
	d.Helper()
	if err := chromedp.Do(d.ctx, steps...); err != nil {
		d.Fatal(err)
	}
}

// eval gives what an expression is on the page.
func eval[T any](d *desk, expression string) T {
	d.Helper()
	v, err := chromedp.Run(d.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		d.Fatalf("%s: %v", expression, err)
	}
	return v
}

// wait waits until an expression holds.
func (d *desk) wait(expression string) {
	d.Helper()
	for end := time.Now().Add(90 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		v, err := chromedp.Run(d.ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
		if err == nil && v {
			return
		}
	}
	d.shot("stuck")
	d.Fatalf("after 90 s it does not hold: %s; state %s", expression, eval[string](d, "JSON.stringify(window.agglo?.state ?? null).slice(0, 600)"))
}

// click presses what a person could press: it must be in sight.
func (d *desk) click(selector string) {
	d.Helper()
	d.wait("document.querySelector(" + quoted(selector) + ")")
	ctx, cancel := context.WithTimeout(d.ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Click(selector)); err != nil {
		d.Fatalf("click %s: %v", selector, err)
	}
}

// touch presses a point of the map, in parts of its width and height.
func (d *desk) touch(x, y float64) {
	d.Helper()
	at := eval[[]float64](d, fmt.Sprintf("(() => { const b = agglo.maps[0].box.getBoundingClientRect(); return [b.left + %g * b.width, b.top + %g * b.height]; })()", x, y))
	d.do(chromedp.MouseClickXY(at[0], at[1]))
}

// put gives a field a value as a user does who leaves it then.
func (d *desk) put(selector, value string) {
	d.Helper()
	eval[bool](d, fmt.Sprintf("(() => { const e = document.querySelector(%s); e.value = %s; e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: true})); return true; })()", quoted(selector), quoted(value)))
}

// shot keeps a picture of the page.
func (d *desk) shot(name string) {
	d.Helper()
	data, err := chromedp.Run(d.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		d.Fatal(err)
	}
	path := filepath.Join(d.dir, name+".png")
	if err := os.WriteFile(path, data, 0o666); err != nil {
		d.Fatal(err)
	}
	d.Logf("picture %s", path)
}

func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `\'`) + "'" }

func TestFirstLook(t *testing.T) {
	d := sit(t, 1366, 768, "")
	t.Log(eval[string](d, "JSON.stringify(agglo.measured())"))
	d.shot("1-open")
	d.click("#play")
	d.wait("agglo.state.tick >= 12")
	d.shot("2-playing")
	d.put("#pace", "0")
	d.wait("agglo.state.tick >= 120")
	d.shot("3-later")
	d.click("#tab-policies")
	d.shot("4-policies")
	d.click("[data-instrument=infrastructure]")
	d.touch(.5, .5)
	d.wait("agglo.state.twin_tick >= 150")
	d.shot("5-twin")
	t.Log(eval[string](d, "JSON.stringify(agglo.measured())"))
	d.click("#tab-settings")
	d.shot("6-settings")
	d.click("#tab-story")
	d.click("[data-cluster]")
	time.Sleep(time.Second)
	d.shot("7-story")
}
