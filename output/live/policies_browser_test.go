//go:build browser

package live

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// The policies of a scenario itself stand in the list and on the line of time with their dates; the twin may do without them, and then its
// table is that of its command line.
func TestTheScenariosOwnPolicies(t *testing.T) {
	d := sit(t, 1366, 768, "?lang=en")
	d.put("#scenario", "ukraine-khmelnytskyi")
	d.wait("agglo.ground && agglo.ground.id === 'ukraine-khmelnytskyi' && document.querySelectorAll('.bar.given').length === agglo.ground.own.length")
	d.click("#tab-policies")
	if says := eval[string](d, "document.querySelector('.own').textContent"); !strings.Contains(says, "2000, quarter 3 to ") {
		t.Errorf("of its own policy it says %q", says)
	}
	eval[bool](d, "agglo.do({do: 'goto', tick: 24})")
	d.wait("agglo.state.tick === 24 && !agglo.state.busy")
	d.click("#bare")
	d.wait("agglo.state.twin_tick === 24 && !agglo.state.busy && agglo.maps.length === 2 && agglo.maps[1].frame")
	d.shot("own-policies")
	d.click("#tab-charts")
	d.wait("document.querySelector('#effect') && document.querySelector('#effect').textContent.includes('with the policy')")
	if outcome := eval[string](d, "document.querySelector('#outcome').value"); outcome != "jobs" {
		t.Errorf("without a place it looks at %s", outcome)
	}
	d.repeat()
	if !eval[bool](d, "agglo.state.command_without.endsWith(' --no-policies')") {
		t.Error("the twin's command line has the policies")
	}
	link := eval[string](d, "(document.querySelector('#share').click(), document.querySelector('#sharelink').value)")
	d.do(chromedp.Navigate("about:blank"), chromedp.Navigate(link))
	d.wait("window.agglo && agglo.state && agglo.state.spec.bare && agglo.state.twin_tick === 24")
}

// A policy is dropped on the line of time as on the map: first the date, then the place. A date that lies behind is answered.
func TestPoliciesOnTheLineOfTime(t *testing.T) {
	d := sit(t, 1366, 768, "?lang=en")
	eval[bool](d, "agglo.do({do: 'goto', tick: 40})")
	d.wait("agglo.state.tick === 40 && !agglo.state.busy")
	date := func(part float64) {
		t.Helper()
		at := eval[[]float64](d, fmt.Sprintf("(() => { const b = document.querySelector('#timeline').getBoundingClientRect(); return [b.left + %g * b.width, b.bottom - 40]; })()", part))
		d.do(chromedp.MouseClickXY(at[0], at[1]))
	}
	d.click("#tab-policies")
	d.click("[data-instrument=technopark]")
	date(.5)
	d.wait("document.querySelector('#placingfrom').textContent.includes('2030, quarter 1') && document.querySelector('.begins')")
	if tick := d.tick(); tick != 40 {
		t.Errorf("the world has gone on to tick %d", tick)
	}
	if says := eval[string](d, "document.querySelector('#placing').textContent"); !strings.Contains(says, "Builds a park on one site") {
		t.Errorf("of what is dropped it says %q", says)
	}
	d.touch(.4, .4)
	d.wait("agglo.policies.length === 1 && agglo.policies[0].from === 120 && agglo.policies[0].to === 160 && !document.querySelector('.begins')")
	d.wait("document.querySelector('#effect').textContent.includes('has not begun')")
	eval[bool](d, "agglo.do({do: 'play', on: false})")
	d.wait("!agglo.state.playing && !agglo.state.busy")
	date(.01)
	d.wait("!document.querySelector('#toast').hidden && document.querySelector('#toast').textContent.includes('lies behind')")
	eval[bool](d, "agglo.do({do: 'policies', policies: [{...agglo.policies[0], x: 0, y: 0}]})")
	d.wait("[...document.querySelectorAll('.policy .field')].filter((e) => /East|North/.test(e.textContent)).map((e) => e.querySelector('input').value).join() === '0,0'")
	eval[bool](d, "agglo.do({do: 'policies', policies: [...agglo.policies, ...[1, 2, 3, 4, 5].map((k) => ({id: '', instrument: 'brand', from: 60 + k, to: 90 + k, intensity: 1}))]})")
	d.wait("document.querySelectorAll('.bar').length === 6")
	d.shot("six-policies")
	d.evenMarks()
	over := eval[float64](d, `(() => { const all = [...document.querySelectorAll('.bar')].map((e) => e.getBoundingClientRect());
		return all.filter((a, k) => all.some((b, n) => n > k && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)).length; })()`)
	if over > 0 {
		t.Errorf("%g bars lie on others", over)
	}
	d.click("#tab-policies")
	d.click("[data-instrument=subsidy]")
	d.wait("agglo.placing")
	eval[bool](d, "(document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true})), true)")
	d.wait("!agglo.placing && document.querySelector('#placing').hidden")
}

// Numbers beside a chart are whole, also those of a million jobs.
func TestNumbersOfAxes(t *testing.T) {
	d := sit(t, 1366, 768, "?lang=ru")
	eval[bool](d, `(() => { window.cut = []; const write = CanvasRenderingContext2D.prototype.fillText;
		CanvasRenderingContext2D.prototype.fillText = function (words, x, y, ...more) {
			if (this.canvas.closest('.plot') && this.textAlign === 'right' && x - this.measureText(words).width < 0) cut.push(words);
			return write.call(this, words, x, y, ...more);
		}; return true; })()`)
	large := "agglo: 1\nid: large\nscale: 1000\nareas:\n  - {id: land, cell_km: 4, shape: {box_km: [40, 40]}, labour_force: 9000000, land: 20000000}\nsectors:\n  - {id: a, firms: 300000, employment: 4500000}\n  - {id: b, firms: 300000, employment: 4000000}\n"
	if !eval[bool](d, "agglo.start({scenario: 'large', seed: 1, file: `"+large+"`}, 8)") {
		t.Fatal(eval[string](d, "document.querySelector('#toast').textContent"))
	}
	d.wait("agglo.ground && agglo.ground.id === 'large' && agglo.state.tick === 8 && document.querySelector('[data-chart=jobs] .value').textContent.length > 8")
	time.Sleep(time.Second)
	d.shot("axes")
	if cut := eval[string](d, "cut.join('; ')"); cut != "" {
		t.Errorf("cut off: %s", cut)
	}
	d.evenMarks()
}

// evenMarks looks whether the numbers beside each chart have the steps of the lines that they stand at: rounded too far they have not.
func (d *desk) evenMarks() {
	d.Helper()
	eval[bool](d, `(() => { window.marks = new Map(); const write = CanvasRenderingContext2D.prototype.fillText;
		CanvasRenderingContext2D.prototype.fillText = function (words, x, y, ...more) {
			if (this.canvas.closest('.plot') && this.textAlign === 'right') marks.set(this.canvas, (marks.get(this.canvas) || new Map()).set(Math.round(y), words));
			return write.call(this, words, x, y, ...more);
		}; return true; })()`)
	for _, width := range []int64{990, 1366} { // drawn anew where the panel has another width
		eval[bool](d, "(marks.clear(), true)")
		d.do(chromedp.EmulateViewport(width, 768))
		time.Sleep(time.Second)
	}
	uneven := eval[string](d, `[...marks.values()].map((m) => [...m.entries()].sort((a, b) => a[0] - b[0]).map(([, w]) => w)).filter((list) => {
		const v = list.map((w) => parseFloat(w.replace(/[\s\u00a0\u202f%+]/g, '').replace(',', '.').replace('\u2212', '-')));
		return v.slice(2).some((x, k) => Math.abs((x - v[k + 1]) - (v[1] - v[0])) > 1e-9 * Math.abs(v[1] - v[0]) + 1e-12);
	}).map((list) => list.join(' ')).join('; ')`)
	if uneven != "" {
		d.Errorf("steps that are not alike: %s", uneven)
	}
	if n := eval[float64](d, "marks.size"); n < 2 {
		d.Errorf("the numbers of %g charts were looked at", n)
	}
}

// A setting that waits for the next start stays where it was put, and says that it waits.
func TestASettingThatWaits(t *testing.T) {
	d := sit(t, 1366, 768, "?lang=en")
	d.click("#step")
	d.wait("agglo.state.tick === 1 && !agglo.state.busy")
	d.click("#tab-settings")
	d.click("#when-start")
	d.put("#knob-trust-loss", "0.9")
	d.wait("agglo.state.pending && document.querySelector('#knob-trust-loss').value === '0.9' && document.querySelector('[data-path=\"trust.loss\"] .from').textContent.includes('next start')")
	d.click("#apply")
	d.wait("agglo.state.ready && agglo.state.tick === 0 && document.querySelector('[data-path=\"trust.loss\"] .from').textContent.includes('whole run')")
}

// On a phone the story lies below the map: who touches a cluster is told so, above an open dialog too.
func TestAStoryOnAPhone(t *testing.T) {
	d := sit(t, 390, 844, "?lang=ru")
	eval[bool](d, "agglo.do({do: 'goto', tick: 60})")
	d.wait("agglo.state.tick === 60 && agglo.maps[0].scene && agglo.maps[0].scene.clusters.length > 0")
	eval[bool](d, "(agglo.showCluster(agglo.maps[0].scene.clusters[0].number, false), true)")
	d.wait("!document.querySelector('#toast').hidden && document.querySelector('#toast').textContent === agglo.maps[0].scene.clusters[0].name + '\\nРассказ — под картой.'")
	d.click("#share")
	d.click("#copylink")
	d.wait("document.querySelector('#toast').textContent === 'Скопировано'")
	if top := eval[string](d, "(() => { const b = document.querySelector('#toast').getBoundingClientRect(); return getComputedStyle(document.querySelector('#toast')).display + (document.querySelector('#toast').matches(':popover-open') ? ' above' : ' below') + (b.width > 0 && b.bottom < innerHeight ? '' : ' out of sight'); })()"); top != "block above" {
		t.Errorf("over a dialog a message is %s", top)
	}
	d.shot("story-phone")
}

// A page that is out of sight, and in which nothing runs, gives its stream up for others; in sight it goes on where the session is.
func TestAPageOutOfSight(t *testing.T) {
	d := sit(t, 1366, 768, "?lang=en")
	eval[bool](d, "(agglo.link.patience = 300, window.out = true, Object.defineProperty(document, 'hidden', {get: () => window.out}), agglo.do({do: 'goto', tick: 20}))")
	d.wait("agglo.state.tick === 20 && !agglo.state.busy") // what runs is watched to its end
	d.wait("agglo.link.source.readyState === 2")
	eval[bool](d, "fetch('api/sessions/' + agglo.link.id, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{\"do\":\"goto\",\"tick\":24}'}).then((r) => r.ok)")
	time.Sleep(4 * time.Second) // longer than the page waits between looks at its stream
	if eval[bool](d, "agglo.link.source.readyState !== 2 || agglo.state.tick !== 20 || agglo.lost") {
		t.Error("out of sight the page listens")
	}
	eval[bool](d, "(window.out = false, document.dispatchEvent(new Event('visibilitychange')))")
	d.wait("agglo.link.source.readyState === 1 && agglo.state.tick === 24 && agglo.rows.length === 25 && agglo.maps[0].tick === 24")
}
