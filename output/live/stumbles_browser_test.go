//go:build browser

package live

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// What is changed of a policy that has begun stays in its fields, and the page says there that it waits; a policy dropped meanwhile acts.
func TestAPolicyThatHasBegun(t *testing.T) {
	d := sit(t, 1366, 768, "?lang=en")
	eval[bool](d, "agglo.do({do: 'goto', tick: 4})")
	d.wait("agglo.state.tick === 4 && !agglo.state.busy")
	eval[bool](d, "agglo.drop('subsidy').then((p) => !!p)")
	eval[bool](d, "agglo.do({do: 'goto', tick: 8})")
	d.wait("agglo.state.tick === 8 && agglo.state.twin_tick === 8 && !agglo.state.busy")
	d.click("#tab-policies")
	d.put(".policy .intensity", "3")
	d.wait("document.querySelector('#pending').offsetHeight > 0 && agglo.planned[0].intensity === 3 && document.querySelector('.policy .intensity').value === '3'")
	d.put(".policy .budget", "5")
	d.wait("agglo.planned[0].budget === 5e6")
	if kept := eval[float64](d, "agglo.planned[0].intensity"); kept != 3 {
		t.Errorf("the second change has undone the first: strength %g", kept)
	}
	eval[bool](d, "(document.querySelector('.policy .to').focus(), true)")
	d.put(".policy .intensity", "2")
	d.wait("agglo.planned[0].intensity === 2")
	if at := eval[string](d, "document.activeElement.className"); at != "to" {
		t.Errorf("after a change the focus is at %q", at)
	}
	was := eval[float64](d, "agglo.planned[0].from")
	eval[bool](d, "(document.querySelector('.bar').focus(), true)")
	for n := range 2 {
		d.do(chromedp.KeyEvent(kb.ArrowRight))
		d.wait(fmt.Sprintf("agglo.planned[0].from === %g && document.activeElement.className === 'bar'", was+float64(n+1)))
	}
	eval[bool](d, "agglo.drop('burn').then((p) => !!p)")
	d.wait("agglo.policies.length === 2 && agglo.planned.length === 2")
	eval[bool](d, "agglo.do({do: 'set', path: 'market.home_km', value: '30'})")
	d.wait("document.querySelector('#pending').textContent.includes('market.home_km (the distance over which households\\' access to a seller falls by e), which has no slider here, = 30')")
	d.click("#apply")
	d.wait("agglo.state.ready && agglo.state.tick === 0 && agglo.policies[0].intensity === 2 && !document.querySelector('#pending').offsetHeight")
}

// In Russian too, and on a phone, nothing that is to be read is cut off.
func TestNothingIsCutOff(t *testing.T) {
	d := sit(t, 1366, 768, "?lang=ru")
	file := "agglo: 1\nid: long\ntitle: {en: " + strings.Repeat("Title ", 30) + ", ru: " + strings.Repeat("Название ", 30) + "}\nareas:\n  - {id: land, cell_km: 4, shape: {box_km: [40, 40]}, labour_force: 3000, land: 2000}\nsectors:\n"
	for k, name := range []string{"Internet, telecommunications, data processing", "Construction and other manufacturing", "Innovation services and education", "Public and private laboratories"} {
		for n := range 6 {
			file += fmt.Sprintf("  - {id: s%d-%d, name: %q, firms: 10, employment: 46}\n", k, n, name)
		}
	}
	text, _ := json.Marshal(file)
	if !eval[bool](d, "agglo.start({scenario: 'long', seed: 1, file: "+string(text)+"})") {
		t.Fatal(eval[string](d, "document.querySelector('#toast').textContent"))
	}
	d.wait("agglo.ground && agglo.ground.id === 'long' && document.querySelectorAll('#legend li').length === 24")
	d.shot("long-ru")
	if under := eval[bool](d, "document.querySelector('.zoom').getBoundingClientRect().top < document.querySelector('#maps figcaption').getBoundingClientRect().bottom"); under {
		t.Error("the buttons of the map lie on a long title")
	}
	if cut := eval[bool](d, "(() => { const n = document.querySelector('#legend .note').getBoundingClientRect(), l = document.querySelector('#legend').getBoundingClientRect(); return !n.height || n.top < l.top || n.bottom > l.bottom || n.right > l.right; })()"); cut {
		t.Error("the key does not say what the size of a mark means")
	}
	eval[bool](d, "agglo.do({do: 'twin', on: true})")
	d.wait("agglo.maps.length === 2 && agglo.maps[1].frame")
	d.do(chromedp.EmulateViewport(390, 844))
	time.Sleep(time.Second)
	d.shot("phone-ru")
	if wide := eval[float64](d, "document.documentElement.scrollWidth - innerWidth"); wide > 0 {
		t.Errorf("on a phone the page is %g pixels too wide", wide)
	}
	if w := eval[float64](d, "agglo.maps[1].box.clientWidth"); w < 380 {
		t.Errorf("on a phone the map of the twin is %g pixels wide", w)
	}
	if cut := eval[float64](d, "(() => { const l = document.querySelector('#legend'); return l.scrollHeight - l.clientHeight; })()"); cut > 0 {
		t.Errorf("on a phone %g pixels of the key are hidden", cut)
	}
}

// Without a server the page says so: a table that does not come is no file, and the language stays as it is.
func TestAServerThatIsGone(t *testing.T) {
	d := sit(t, 1366, 768, "?lang=en")
	d.catch()
	for _, answer := range []string{"Promise.reject(new TypeError('gone'))", "Promise.resolve(new Response('{\"error\": \"gone\"}', {status: 410}))"} {
		eval[bool](d, "(window.fetch = () => "+answer+", document.querySelector('#toast').hidden = true)")
		d.click("#csv")
		d.wait("!document.querySelector('#toast').hidden && document.querySelector('#toast').textContent.includes('No connection')")
	}
	if saved := eval[string](d, "Object.keys(window.caught).join()"); saved != "" {
		t.Errorf("an error is saved as %s", saved)
	}
	eval[bool](d, "(window.fetch = () => Promise.reject(new TypeError('gone')), document.querySelector('#toast').hidden = true)")
	d.click("#language")
	d.wait("!document.querySelector('#toast').hidden")
	if lang := eval[string](d, "document.documentElement.lang"); lang != "en" {
		t.Errorf("without its words the page speaks %s", lang)
	}
}

// A page that gets no session says why, and stays with it.
func TestNoSession(t *testing.T) {
	d := sit(t, 1366, 768, "?lang=en")
	d.do(chromedp.Navigate("about:blank"))
	d.do(chromedp.Navigate(d.url + "no-such-page"))
	eval[bool](d, "fetch('/').then((r) => r.text()).then((page) => { const ask = window.fetch; window.fetch = (u, o) => (String(u).startsWith('api/sessions') ? Promise.resolve(new Response('{\"error\": \"as many sessions as there may be\"}', {status: 503})) : ask('/' + u, o)); document.documentElement.innerHTML = page; const s = document.createElement('script'); s.src = '/app.js'; document.head.append(s); return true; })")
	d.wait("document.querySelector('#failed') && document.querySelector('#failed').textContent.includes('as many sessions')")
	d.shot("no-session")
}

// Russian counts of four digits stay whole, as the program writes them; what rounds to nothing has no sign.
func TestNumbersOfThePage(t *testing.T) {
	d := sit(t, 1366, 768, "?lang=ru")
	d.wait("document.querySelector('[data-chart=firms] .value').textContent.trim() !== '–'")
	if firms := eval[string](d, "document.querySelector('[data-chart=firms] .value').textContent"); firms != "3000" {
		t.Errorf("firms read %q", firms)
	}
	if share := eval[string](d, "document.querySelector('[data-chart=share_jobs_in_clusters] .value').textContent"); !strings.HasSuffix(share, "%") || strings.ContainsAny(share, " \u00a0") {
		t.Errorf("a share reads %q", share)
	}
}

// Who uses keys goes to a later date on the line of time as who points does.
func TestDatesByKeys(t *testing.T) {
	d := sit(t, 1366, 768, "?lang=en")
	eval[bool](d, "(document.querySelector('#timeline [role=slider]').focus(), true)")
	for _, x := range []struct {
		key  string
		tick int
	}{{kb.ArrowRight, 4}, {kb.PageUp, 24}, {kb.ArrowLeft, 24}, {kb.End, 240}} {
		d.do(chromedp.KeyEvent(x.key))
		d.wait(fmt.Sprintf("agglo.state.tick === %d && document.activeElement.getAttribute('aria-valuenow') === '%d'", x.tick, x.tick))
	}
	if says := eval[string](d, "document.activeElement.getAttribute('aria-valuetext')"); says != "2060, quarter 1" {
		t.Errorf("at tick 240 it says %q", says)
	}
	d.shot("timeline-keys")
}

// A twin that catches up, is let go and asked for anew, over a stream that breaks: the page has every row of both worlds as the session has them.
func TestATwinThatCatchesUp(t *testing.T) {
	d := sit(t, 1366, 768, "?lang=en")
	eval[bool](d, "agglo.do({do: 'policies', policies: [{id: 'p', instrument: 'infrastructure', from: 5, intensity: 3, x: 0, y: 0, km: 12}]})")
	eval[bool](d, "agglo.do({do: 'goto', tick: 60})")
	d.wait("agglo.state.tick === 60 && !agglo.state.busy")
	for _, step := range []string{"agglo.link.reconnect()", "agglo.do({do: 'twin', on: false})", "agglo.link.reconnect()"} {
		eval[bool](d, "agglo.do({do: 'twin', on: true})")
		d.wait("agglo.state.twin_tick > 10")
		eval[bool](d, "("+step+", true)")
	}
	d.wait("agglo.state.twin_tick === 60 && !agglo.state.busy")
	eval[bool](d, "agglo.do({do: 'twin', on: true})") // if the last word was that it goes
	d.wait("agglo.state.twin_tick === 60 && !agglo.state.busy && agglo.rows.length === 61 && agglo.other.length === 61")
	lacks := eval[string](d, `fetch('api/sessions/' + agglo.link.id, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{"do":"state"}'}).then((r) => r.json()).then((s) => {
		const place = agglo.places.get('p'), same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
		return [same(agglo.rows, s.rows) ? '' : 'rows', same(agglo.other, s.other) ? '' : "the twin's rows", same(place.jobs, s.places[0].jobs) ? '' : 'jobs of the place', same(place.other, s.places[0].other) ? '' : "the twin's jobs there"].filter(Boolean).join(', ');
	})`)
	if lacks != "" {
		t.Errorf("the page has other %s than the session", lacks)
	}
}
