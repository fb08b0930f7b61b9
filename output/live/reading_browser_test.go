//go:build browser

package live

import (
	"encoding/json"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
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
