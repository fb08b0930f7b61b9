//go:build htmlcheck

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// reader is a browser that has a report open.
type reader struct {
	*testing.T
	ctx context.Context
}

// read opens a file in Debian's chromium.
func read(t *testing.T, path string) *reader {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(context.Background(), 3*time.Minute)
	t.Cleanup(stop)
	a, cancel := chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox)...)
	t.Cleanup(cancel)
	b, cancel := chromedp.NewContext(a)
	t.Cleanup(cancel)
	r := &reader{t, b}
	r.do(chromedp.EmulateViewport(1100, 800), chromedp.Navigate("file://"+path))
	return r
}

func (r *reader) do(steps ...chromedp.Action[chromedp.Void]) {
	r.Helper()
	if err := chromedp.Do(r.ctx, steps...); err != nil {
		r.Fatal(err)
	}
}

// ask gives what an expression is on the page.
func ask[T any](r *reader, expression string) T {
	r.Helper()
	v, err := chromedp.Run(r.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		r.Fatalf("%s: %v", expression, err)
	}
	return v
}

// printedWide is the room between the margins of a printed page in CSS pixels: 210 mm less two margins of 15, rounded down.
const printedWide = 180 * 960 / 254

// checkPrint prints a page and holds that no table or figure is wider than the paper, and that no sheet is empty.
func checkPrint(t *testing.T, path string) {
	r := read(t, path)
	asPrint := func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		return chromedp.Void{}, err
	}
	r.do(asPrint, chromedp.EmulateViewport(printedWide, 1000))
	wide := ask[[]string](r, fmt.Sprintf(`[...document.querySelectorAll("table, img, pre, dl")].filter((e) => e.getBoundingClientRect().right > %d + 1)
		.map((e) => e.tagName + " " + Math.round(e.getBoundingClientRect().right) + " " + (e.innerText ?? "").slice(0, 60))`, printedWide))
	if len(wide) > 0 {
		t.Errorf("wider than the paper: %q", wide)
	}
	prefer := true
	data, err := chromedp.Run(r.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), func(p *page.PrintToPDFParams) { p.PreferCSSPageSize = &prefer }))
	if err != nil {
		t.Fatal(err)
	}
	dir := os.Getenv("AGGLO_PAGES")
	if dir == "" {
		dir = t.TempDir()
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, strings.TrimSuffix(filepath.Base(path), ".html")+".pdf")
	if err := os.WriteFile(file, data, 0o666); err != nil {
		t.Fatal(err)
	}
	words, err := exec.Command("pdftotext", "-layout", file, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (poppler-utils): %v", err)
	}
	sheets := strings.Split(strings.TrimSuffix(string(words), "\f"), "\f")
	for k, sheet := range sheets {
		if len(strings.Fields(sheet)) < 4 { // the number of the sheet and hardly more; figures have letters
			t.Errorf("sheet %d of %d is empty: %q", k+1, len(sheets), sheet)
		}
	}
	t.Logf("%d sheets", len(sheets))
}

// reachable lists what a keyboard can reach, in the order of the page, and gives each its number.
const reachable = `(() => { const all = [...document.querySelectorAll("a[href], button, summary, [tabindex]")].filter((e) => e.checkVisibility() && e.tabIndex >= 0);
	all.forEach((e, k) => { e.dataset.k = k; }); return all.length; })()`

// checkKeys goes through a page by keyboard alone.
func checkKeys(t *testing.T, path string) {
	r := read(t, path)
	n := ask[int](r, reachable)
	if n < 8 {
		t.Fatalf("a keyboard reaches %d things", n)
	}
	at := func() string { return ask[string](r, `document.activeElement.dataset.k ?? "none"`) }
	for k := range n {
		r.do(chromedp.KeyEvent(kb.Tab))
		if got := at(); got != fmt.Sprint(k) {
			t.Fatalf("after %d steps the focus is on %s of %d: %s", k+1, got, n, ask[string](r, "document.activeElement.outerHTML.slice(0, 200)"))
		}
		if k == 0 && !ask[bool](r, "document.activeElement.getBoundingClientRect().left >= 0") {
			t.Error("the link that skips is not to be seen when it is reached")
		}
		if !ask[bool](r, `getComputedStyle(document.activeElement).outlineStyle !== "none"`) {
			t.Errorf("nothing shows that the focus is on %s", ask[string](r, "document.activeElement.outerHTML.slice(0, 200)"))
		}
	}
	r.do(chromedp.KeyEvent(kb.Tab))
	if got := at(); got == fmt.Sprint(n-1) {
		t.Error("the last one holds the focus")
	}
	checkSkips(r)
	checkSorts(r)
}

// checkSkips follows every link within the page: the next step leads to what stands behind its aim.
func checkSkips(r *reader) {
	for _, href := range ask[[]string](r, `[...document.querySelectorAll('a[href^="#"]')].map((a) => a.getAttribute("href"))`) {
		ask[bool](r, fmt.Sprintf(`(document.querySelector('a[href="%s"]').focus(), true)`, href))
		r.do(chromedp.KeyEvent(kb.Enter))
		if hash := ask[string](r, "location.hash"); hash != href {
			r.Errorf("%s leads to %q", href, hash)
		}
		r.do(chromedp.KeyEvent(kb.Tab))
		if !ask[bool](r, fmt.Sprintf(`(() => { const aim = document.querySelector("%s"), now = document.activeElement;
			const next = [...document.querySelectorAll("[data-k]")].find((e) => aim.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING);
			return next === undefined || now === next; })()`, href)) {
			r.Errorf("behind %s the focus is on %s", href, ask[string](r, "document.activeElement.outerHTML.slice(0, 200)"))
		}
		r.do(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift)))
	}
}

// sortState says how the table of the button that has the focus is sorted: its head, other heads that say so, and whether rows are.
const sortState = `(() => { const head = document.activeElement.closest("th"), heads = [...head.parentNode.cells], at = heads.indexOf(head);
	const values = [...head.closest("table").tBodies[0].rows].map((r) => r.cells[at].dataset.v ?? r.cells[at].textContent.trim());
	const number = head.classList.contains("number"), known = values.filter((v) => !number || v !== "" && !Number.isNaN(Number(v)));
	const order = (a, b) => number ? Number(a) - Number(b) : a.localeCompare(b, document.documentElement.lang);
	const sign = head.getAttribute("aria-sort") === "ascending" ? 1 : -1;
	const sorted = known.every((v, k) => k === 0 || sign * order(known[k - 1], v) <= 0);
	return [head.getAttribute("aria-sort") ?? "none", String(heads.filter((h) => h.hasAttribute("aria-sort")).length), String(sorted)]; })()`

// checkSorts presses every button of every table by Enter and by the space bar.
func checkSorts(r *reader) {
	n := ask[int](r, `document.querySelectorAll("table.sorts thead button").length`)
	heads := ask[int](r, `document.querySelectorAll("table.sorts thead th").length`)
	if n != heads {
		r.Errorf("%d buttons in %d heads", n, heads)
	}
	for k := range n {
		ask[bool](r, fmt.Sprintf(`(document.querySelectorAll("table.sorts thead button")[%d].focus(), true)`, k))
		before := ""
		for _, key := range []string{kb.Enter, " ", kb.Enter} {
			r.do(chromedp.KeyEvent(key))
			state := ask[[]string](r, sortState)
			if (state[0] != "ascending" && state[0] != "descending") || state[0] == before || state[1] != "1" || state[2] != "true" {
				r.Errorf("button %d, key %q: sorted %s after %q, %s heads say so, rows in order: %s", k, key, state[0], before, state[1], state[2])
			}
			before = state[0]
		}
	}
	r.Logf("%d buttons sort", n)
}
