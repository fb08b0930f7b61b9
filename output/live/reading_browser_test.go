//go:build browser

package live

import (
	"encoding/json"
	"fmt"
	"regexp"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"agglo/internal/text"
)

// Who looks at the charts keeps them while a cluster is followed; a new choice opens its story. Nothing fails on the way.
func TestTabStays(t *testing.T) {
	d := sit(t, 1366, 768, "?lang=en")
	var failed atomic.Value
	if err := chromedp.Listen(d.ctx, func(event any) {
		if e, is := event.(*runtime.EventExceptionThrown); is {
			why, _ := json.Marshal(e)
			failed.Store(string(why))
		}
	}); err != nil {
		t.Fatal(err)
	}
	d.do(chromedp.Navigate("about:blank"))
	d.visit("?lang=en")
	eval[bool](d, "agglo.do({do: 'goto', tick: 100})")
	d.wait("agglo.state.tick === 100 && agglo.maps[0].tick === 100 && agglo.maps[0].scene.tick === 100")
	eval[bool](d, "(agglo.maps[0].box.focus(), true)")
	d.do(chromedp.KeyEvent("c"))
	d.wait("agglo.cluster && !document.querySelector('#panel-story').hidden")
	d.click("#tab-charts")
	eval[bool](d, "(window.told = 0, agglo.on('story', () => window.told++), true)")
	eval[bool](d, "agglo.do({do: 'goto', tick: 112})")
	d.wait("agglo.state.tick === 112 && window.told > 0")
	if eval[bool](d, "document.querySelector('#panel-charts').hidden") {
		t.Error("the charts have gone although nothing was chosen")
	}
	eval[bool](d, "(agglo.maps[0].box.focus(), true)")
	d.do(chromedp.KeyEvent("c"))
	d.wait("!document.querySelector('#panel-story').hidden")
	if why := failed.Load(); why != nil {
		t.Errorf("an error that nobody has caught: %v", why)
	}
}

// sized is how the list of clusters tells their size in Russian.
var sized = regexp.MustCompile(`^(\S+) фирм\S*, (\S+) мест\S*$`)

// In Russian, counts of the page take the forms that the program's catalogue gives them, the survey has its date, and names stand on
// the map, clear of its edge and of the buttons, however small it is.
func TestReadsRussian(t *testing.T) {
	d := sit(t, 1366, 768, "?lang=ru")
	eval[bool](d, "agglo.do({do: 'goto', tick: 81})")
	d.wait("agglo.state.tick === 81 && agglo.maps[0].tick === 81 && agglo.maps[0].scene.tick === 81")
	d.click("#tab-story")
	d.wait("document.querySelector('#panel-story .note').textContent.includes('2020, 1-й квартал')")
	list := eval[[]string](d, "[...document.querySelectorAll('#panel-story li')].map((e) => e.lastChild.textContent)")
	for _, line := range list {
		if m := sized.FindStringSubmatch(line); m == nil || line != text.In(text.Russian, "page.story.size", m[1], m[2]) {
			t.Errorf("a cluster's size reads %q", line)
		}
	}
	if len(list) < 3 {
		t.Fatalf("only %d clusters", len(list))
	}
	for _, width := range []int64{1366, 390} {
		d.do(chromedp.EmulateViewport(width, 768))
		time.Sleep(time.Second)
		if wrong := eval[string](d, `(() => { const m = agglo.maps[0], o = m.box.getBoundingClientRect(), z = m.buttons.getBoundingClientRect();
			const out = (b) => b[0] < 0 || b[1] < 0 || b[2] > o.width || b[3] > o.height;
			const under = (b) => b[0] + o.left < z.right && b[2] + o.left > z.left && b[1] + o.top < z.bottom && b[3] + o.top > z.top;
			return m.names.filter((n) => out(n.box) || under(n.box)).map((n) => n.words).join(); })()`); wrong != "" {
			t.Errorf("%d pixels wide: cut or covered: %s", width, wrong)
		}
		n, covered := eval[float64](d, "agglo.maps[0].names.length"), eval[float64](d, "agglo.maps[0].names.reduce((s, n) => s + (n.box[2] - n.box[0]) * (n.box[3] - n.box[1]), 0) / agglo.maps[0].box.clientWidth / agglo.maps[0].box.clientHeight")
		if n < 3 || covered > .2 {
			t.Errorf("%d pixels wide: %g names cover %.2f of the map", width, n, covered)
		}
		d.shot(fmt.Sprintf("names-%d", width))
	}
}
