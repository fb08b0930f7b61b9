//go:build browser

package live

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// built makes the page without a server, once for all tests; it gives the folder and the file.
var built = sync.OnceValues(func() (dir string, err error) {
	if dir, err = os.MkdirTemp("", "agglo-site"); err != nil {
		return "", err
	}
	out, err := exec.Command("go", "run", "agglo/internal/site", "-root", "../..", "-o", dir).CombinedOutput()
	_, _ = os.Stderr.Write(out)
	return dir, err
})

func site(t *testing.T) string {
	t.Helper()
	dir, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// strict is a policy of a careful host that the page can live with.
const strict = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'"

// host serves the folder under a path, as some host might: change sees the headers before they go. It gives the page's address.
func host(t *testing.T, under string, change func(name string, h http.Header)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	files := http.StripPrefix(under, http.FileServer(http.Dir(filepath.Join(site(t), "web"))))
	h := &http.Server{ReadHeaderTimeout: 5 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		change(filepath.Base(r.URL.Path), w.Header())
		files.ServeHTTP(w, r)
	})}
	go func() { _ = h.Serve(l) }()
	t.Cleanup(func() { _ = h.Shutdown(context.Background()) })
	return "http://" + l.Addr().String() + under
}

// table runs plain with a seed to a tick on the page that is open, and takes its table with the button.
func (d *desk) table(seed, ticks string) string {
	d.Helper()
	d.put("#seed", seed)
	d.wait("agglo.state.ready && agglo.state.spec.seed === " + seed)
	eval[bool](d, "agglo.do({do: 'goto', tick: "+ticks+"})")
	d.wait("agglo.state.tick === " + ticks + " && !agglo.state.busy")
	d.catch()
	d.click("#csv")
	return d.caught("series.csv")
}

// The numbers are the same to the byte on the command line, on the served page, on a web host and from a file.
func TestTheSameNumbersEverywhere(t *testing.T) {
	want := series(t, program(t), "agglo run plain --seed 7 --ticks 80", "run")
	if lines := strings.Count(want, "\n"); lines != 82 {
		t.Fatalf("the command line writes %d lines: want a head and 81", lines)
	}
	served := sit(t, 1366, 768, "?lang=en")
	if got := served.table("7", "80"); got != want {
		t.Errorf("the served page has another table: %d bytes, want %d", len(got), len(want))
	}
	// A host that forbids all it can, knows no type for the engine and unpacks it on the way.
	hosted := browse(t, 1366, 768)
	hosted.url = host(t, "/some/where/", func(name string, h http.Header) {
		h.Set("Content-Security-Policy", strict)
		if strings.HasPrefix(name, "engine") {
			h.Set("Content-Type", "text/plain")
		}
		if strings.HasSuffix(name, ".gz") {
			h.Set("Content-Encoding", "gzip")
		}
	})
	hosted.visit("?lang=en")
	if got := hosted.table("7", "80"); got != want {
		t.Errorf("the page of a web host has another table: %d bytes, want %d", len(got), len(want))
	}
	file := browse(t, 1366, 768)
	file.url = "file://" + filepath.Join(site(t), "agglo.html")
	file.visit("?lang=en")
	if got := file.table("7", "80"); got != want {
		t.Errorf("the page of a file has another table: %d bytes, want %d", len(got), len(want))
	}
	t.Logf("four times the same %d bytes", len(want))
}

// All that the served page can do, the page without a server can do too: time, sliders, policies, twin, files, links.
func TestWithoutAServer(t *testing.T) {
	d := browse(t, 1280, 800)
	d.url = host(t, "/", func(string, http.Header) {})
	d.visit("?lang=en")
	d.Logf("first picture %.0f ms after opening", eval[float64](d, "window.firstPicture"))
	d.click("#step")
	d.wait("agglo.state.tick === 1")
	d.put("#pace", "30")
	d.wait("agglo.state.pace === 30")
	d.click("#play")
	d.wait("agglo.state.playing && agglo.state.tick > 3")
	d.click("#play")
	d.wait("!agglo.state.playing && !agglo.state.busy")
	was := d.tick()
	d.click("#tab-settings")
	d.put("#knob-trust-loss", "0.6")
	d.wait("(agglo.state.spec.changes || []).some((c) => c.path === 'trust.loss' && c.value === '0.6')")
	d.click("#tab-policies")
	d.click("[data-instrument=technopark]")
	d.touch(.5, .5)
	d.wait("agglo.policies.length === 1 && agglo.state.twin && agglo.maps.length === 2")
	eval[bool](d, "agglo.do({do: 'goto', tick: 80})")
	d.wait("agglo.state.tick === 80 && agglo.state.twin_tick === 80 && agglo.maps[1].tick === 80 && !agglo.state.busy")
	d.shot("site-twin-1280x800")
	d.repeat()
	d.click("#share")
	d.click("#scenariofile")
	if yaml := d.caught("plain.yaml"); !strings.Contains(yaml, "technopark") {
		t.Error("the scenario file lacks the policy")
	}
	link := eval[string](d, "document.querySelector('#sharelink').value")
	d.click("#png")
	if png := d.caught("agglo-plain-80.png"); !strings.Contains(png[:12], "PNG") {
		t.Error("no PNG")
	}
	d.click("#gif")
	if gif := d.caught("agglo-plain.gif"); !strings.HasPrefix(gif, "GIF89a") || len(gif) < 20000 {
		t.Errorf("no GIF: %d bytes", len(gif))
	}
	d.wait("JSON.parse(localStorage.getItem('agglo.saves') || '[]').some((k) => k.tick === 120)")
	d.do(chromedp.Navigate("about:blank"), chromedp.Navigate(link))
	d.wait("window.agglo && agglo.state && agglo.state.ready && agglo.state.tick === 80 && agglo.policies.length === 1")
	d.click("#saves")
	eval[bool](d, "([...document.querySelectorAll('.kept .open')].find((b) => b.textContent.includes(' 30 ')).click(), true)")
	d.wait("agglo.state.ready && agglo.state.tick === 120 && agglo.state.twin_tick === 120 && !agglo.state.busy")
	if was < 4 {
		t.Errorf("tick %d", was)
	}
}

// A lesson can be gone through to its end, from a file.
func TestWithoutAServerLesson(t *testing.T) {
	d := browse(t, 1280, 800)
	d.url = "file://" + filepath.Join(site(t), "agglo.html")
	d.visit("?lang=en")
	d.click("#tab-lesson")
	d.click("[data-lesson=why]")
	d.click(".answers button:nth-child(2)")
	steps := int(eval[float64](d, "document.querySelectorAll('[data-step]').length"))
	for k := 1; k <= steps; k++ {
		d.click(fmt.Sprintf("[data-step='%d']", k))
		done := fmt.Sprintf("document.querySelectorAll('.lesson li.done').length >= %d", k)
		for n := 0; n < 600 && !eval[bool](d, done); n++ {
			time.Sleep(time.Second)
		}
		d.wait(done)
	}
	d.click("#reveal")
	d.wait("document.querySelector('#revealed')")
	told := eval[string](d, "document.querySelector('#revealed').innerText")
	if d.Logf("%d steps: %s", steps, told); steps < 2 || strings.Contains(told, "NaN") || strings.Contains(told, "%s") {
		t.Errorf("after %d steps it tells %q", steps, told)
	}
	d.shot("site-lesson-1280x800")
}

// What it cannot do it says, in both languages.
func TestWithoutAServerItSaysWhatItCannot(t *testing.T) {
	d := browse(t, 1280, 800)
	d.url = host(t, "/", func(string, http.Header) {})
	d.visit("?lang=en")
	d.click("#limits")
	d.wait("document.querySelector('#limitsdialog')")
	if said := eval[string](d, "document.querySelector('#limitsdialog').innerText"); !strings.Contains(said, "90,000 firms") || !strings.Contains(said, "one core") {
		t.Errorf("it says %q", said)
	}
	d.shot("site-limits")
	d.click("#limitsdialog .close")
	d.click("#language")
	d.wait("document.querySelector('#play').textContent.includes('Пуск')")
	d.click("#limits")
	if said := eval[string](d, "document.querySelector('#limitsdialog').innerText"); !strings.Contains(said, "90 000 фирм") && !strings.Contains(said, "90\u00a0000 фирм") {
		t.Errorf("in Russian it says %q", said)
	}
	d.shot("site-limits-russian")
	d.click("#limitsdialog .close")

	// A tablet: touch, and less memory.
	d.do(chromedp.EmulateViewport(820, 1180, chromedp.EmulateMobile, chromedp.EmulateTouch), chromedp.Navigate("about:blank"))
	d.visit("?lang=ru")
	d.put("#scenario", "silicon-valley")
	d.wait("!document.querySelector('#toast').hidden")
	said := eval[string](d, "document.querySelector('#toast').textContent")
	if !strings.Contains(said, "35") || !strings.Contains(said, "эта страница берёт не больше") || eval[string](d, "document.querySelector('#scenario').value") != "plain" {
		t.Errorf("of a large world it says %q", said)
	}
	d.shot("site-tablet-large-world")
}

// A browser that lacks something, and a folder opened from a disk, get a sentence; what can go on goes on.
func TestWhereItCannotRun(t *testing.T) {
	folder := host(t, "/", func(string, http.Header) {})
	file := "file://" + filepath.Join(site(t), "agglo.html")
	for name, c := range map[string]struct{ url, lacks, says string }{
		"unpacking":  {file + "?lang=en", "delete window.DecompressionStream", "cannot unpack the model"},
		"engine":     {file + "?lang=ru", "delete window.WebAssembly", "нет WebAssembly"},
		"disk":       {"file://" + filepath.Join(site(t), "web", "index.html"), "", "Откройте agglo.html"},
		"bad engine": {folder + "?lang=en", "const get = window.fetch; window.fetch = (url, ...more) => String(url).startsWith('engine') ? Promise.resolve(new Response('<p>It is not here.')) : get(url, ...more)", "could not be fetched: engine.wasm"},
	} {
		d := browse(t, 820, 1180)
		if c.lacks != "" {
			d.script(c.lacks)
		}
		d.do(chromedp.Navigate(c.url))
		d.wait("document.querySelector('#loading.failed')")
		if said := eval[string](d, "document.querySelector('#loading').innerText"); !strings.Contains(said, c.says) {
			t.Errorf("%s: it says %q", name, said)
		}
		d.shot("site-without-" + strings.ReplaceAll(name, " ", "-"))
	}
	d := browse(t, 820, 1180)
	d.script("delete window.DecompressionStream; const get = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = function (kind, ...a) { return kind === 'webgl2' ? null : get.call(this, kind, ...a); }")
	d.url = folder
	d.visit("?lang=en")
	d.click("#limits")
	if said := eval[string](d, "document.querySelector('#limitsdialog').innerText"); !strings.Contains(said, "WebGL 2") {
		t.Errorf("without WebGL 2 it says %q", said)
	}
	d.shot("site-without-webgl")
}

// script is run in every page before its own.
func (d *desk) script(source string) {
	d.Helper()
	d.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, cdpage.AddScriptToEvaluateOnNewDocument, cdpage.AddScriptToEvaluateOnNewDocumentParams{Source: source})
		return err
	}))
}

// An engine that has ended, for want of memory for instance, is told, and the next world gets another.
func TestAnEngineThatEnds(t *testing.T) {
	d := browse(t, 1280, 800)
	d.url = host(t, "/", func(string, http.Header) {})
	d.visit("?lang=en")
	d.put("#seed", "5")
	d.wait("agglo.state.ready && agglo.state.spec.seed === 5")
	eval[bool](d, "agglo.do({do: 'goto', tick: 3})")
	d.wait("agglo.state.tick === 3")
	eval[bool](d, "agglo.link.worker.then((w) => { w.onmessage({data: {fault: 'out of memory'}}); return true; })")
	d.wait("agglo.state.fault && document.querySelector('#clock').textContent.includes('stopped')")
	d.shot("site-engine-ended")
	d.put("#scenario", "forty")
	d.wait("agglo.state.ready && agglo.state.spec.scenario === 'forty' && !agglo.state.fault && agglo.ground && agglo.ground.id === 'forty' && agglo.maps[0].frame")
}

// The page in three windows.
func TestWithoutAServerWindows(t *testing.T) {
	d := browse(t, 1920, 1080)
	d.url = "file://" + filepath.Join(site(t), "agglo.html")
	d.visit("?lang=en")
	d.twinIn("site-file", sizes...)
}

// The engine in the browser has at least a third of the speed of one thread of the installed program: time of the processor for
// the same 160 quarters, in the worker's thread and in the program.
func TestWithoutAServerSpeed(t *testing.T) {
	d := browse(t, 1280, 800)
	d.url = "file://" + filepath.Join(site(t), "agglo.html")
	d.visit("?lang=en")
	d.put("#seed", "7")
	reach := func(tick string) float64 {
		eval[bool](d, "agglo.do({do: 'goto', tick: "+tick+"})")
		d.wait("agglo.state.tick === " + tick + " && !agglo.state.busy")
		return workerSeconds(t)
	}
	d.wait("agglo.state.ready && agglo.state.spec.seed === 7")
	browser := -reach("80")
	browser += reach("240")
	dir := t.TempDir()
	// without the assembly, for which a browser has nothing: with it the program takes a sixth less
	if out, err := exec.Command("go", "build", "-tags", "purego", "-o", filepath.Join(dir, "agglo"), "agglo/cmd/agglo").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	run := func(ticks string) float64 {
		c := exec.Command(filepath.Join(dir, "agglo"), "run", "plain", "--seed", "7", "--ticks", ticks, "--threads", "1", "--no-plots", "-q", "--force", "-o", filepath.Join(dir, "run"))
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()
	}
	program := -run("80")
	program += run("240")
	if t.Logf("160 quarters of plain: %.2f s of the processor in the browser, %.2f s in the program: %.2f of its speed", browser, program, program/browser); program/browser < 1.0/3 {
		t.Errorf("the engine has %.2f of the speed of one thread of the program: want a third", program/browser)
	}
}

// workerSeconds is the time of the processor that the workers of this test's browser have taken.
func workerSeconds(t *testing.T) float64 {
	t.Helper()
	const hertz = 100 // of the kernel's clock for processes
	parents := map[string]string{}
	stats, _ := filepath.Glob("/proc/[0-9]*/stat") // the pattern is a good one
	fields := func(path string) []string {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil // it has just ended
		}
		return strings.Fields(string(data[strings.LastIndex(string(data), ")")+1:]))
	}
	for _, path := range stats {
		if f := fields(path); len(f) > 1 {
			parents[filepath.Base(filepath.Dir(path))] = f[1]
		}
	}
	seconds, self := 0.0, strconv.Itoa(os.Getpid())
	for pid := range parents {
		up := pid
		for up != "" && up != "0" && up != self {
			up = parents[up]
		}
		if up != self {
			continue
		}
		threads, _ := filepath.Glob("/proc/" + pid + "/task/*/stat")
		for _, path := range threads {
			name, err := os.ReadFile(filepath.Join(filepath.Dir(path), "comm"))
			if f := fields(path); err == nil && strings.HasPrefix(string(name), "DedicatedWorker") && len(f) > 12 {
				for _, k := range []int{11, 12} { // utime and stime
					ticks, err := strconv.ParseFloat(f[k], 64)
					if err != nil {
						t.Fatal(err)
					}
					seconds += ticks / hertz
				}
			}
		}
	}
	if seconds == 0 {
		t.Fatal("no worker's thread is to be found")
	}
	return seconds
}
