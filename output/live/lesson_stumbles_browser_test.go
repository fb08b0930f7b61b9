//go:build browser

package live

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// lessonOf opens a lesson and gives an answer, so that its first step can be done.
func (d *desk) lessonOf(id string) {
	d.Helper()
	d.click("#lessons")
	d.click("[data-lesson=" + id + "]")
	d.click(".answers button:nth-child(1)")
}

// A lesson that is left does nothing more in the worlds of the next one.
func TestALessonThatIsLeft(t *testing.T) {
	d := sit(t, 1280, 800, "?lang=en")
	d.lessonOf("build")
	d.click("[data-step='1']")
	d.wait("document.querySelectorAll('.lesson li.done').length === 1")
	d.click("[data-step='2']")
	d.click("#alllessons")
	d.lessonOf("trust")
	d.click("[data-step='1']")
	d.wait("document.querySelectorAll('.lesson li.done').length === 1")
	if all := eval[string](d, "JSON.stringify([agglo.state.spec.policies ?? [], agglo.state.twin, agglo.state.tick])"); all != "[[],false,120]" {
		t.Errorf("policies, twin and quarter of the next lesson: %s", all)
	}
}

// A lesson can be gone through by keys alone: the focus is never lost, and stands where one reads on.
func TestALessonByKeys(t *testing.T) {
	d := sit(t, 1280, 800, "?lang=en")
	press := func(selector string) { // tabs on to a control and presses it
		t.Helper()
		for n := 0; !eval[bool](d, "document.activeElement.matches("+quoted(selector)+")"); n++ {
			if d.do(chromedp.KeyEvent(kb.Tab)); n > 40 {
				t.Fatalf("no key leads to %s", selector)
			}
		}
		d.do(chromedp.KeyEvent(kb.Enter))
	}
	at := func(selector string) {
		t.Helper()
		if !eval[bool](d, "document.activeElement.matches("+quoted(selector)+")") {
			t.Errorf("the focus is at %q, not at %s", eval[string](d, "document.activeElement.outerHTML.slice(0, 120)"), selector)
		}
	}
	press("#lessons")
	at("#tab-lesson")
	press("[data-lesson=broom]")
	at("#alllessons")
	press(".answer:nth-child(2)")
	at(".answer[aria-pressed=true]")
	for _, step := range []string{"[data-step='1']", "[data-step='2']"} {
		press(step)
		d.wait("document.querySelector(" + quoted(step) + ").matches('.done button:enabled')")
		at(step)
	}
	press("#reveal")
	at("#reveal")
	if !eval[bool](d, "document.querySelector('#revealed').innerText.includes('Your guess was: By 5 to 40%')") {
		t.Error("nothing is revealed")
	}
}

// Who gets pictures slowly builds where all others do: at the emptiest place of the quarter that the step has reached.
func TestASlowClientBuildsAtTheSamePlace(t *testing.T) {
	d := sit(t, 1280, 800, "?lang=en")
	d.lessonOf("build")
	eval[bool](d, "(window.frames_ = agglo.link.frame, agglo.link.frame = async (twin) => { await new Promise((done) => setTimeout(done, 1500)); return window.frames_.call(agglo.link, twin); }, true)")
	place := func() string {
		t.Helper()
		d.click("[data-step='1']")
		d.wait("document.querySelectorAll('.lesson li.done').length === 1 && !document.querySelector(\"[data-step='2']\").disabled")
		d.click("[data-step='2']")
		d.wait("agglo.policies.length === 1")
		at := eval[string](d, "JSON.stringify([agglo.policies[0].x, agglo.policies[0].y])")
		d.wait("document.querySelectorAll('.lesson li.done').length === 2")
		return at
	}
	slow := place()
	eval[bool](d, "(agglo.link.frame = window.frames_, true)")
	if fast := place(); fast != slow {
		t.Errorf("a slow client builds at %s, a fast one at %s", slow, fast)
	}
}

// A step that came to nothing is not done, whatever was the reason: no table tells of runs that were not.
func TestAStepThatFails(t *testing.T) {
	d := sit(t, 1280, 800, "?lang=en")
	d.lessonOf("trust")
	failed := func(why, words string) {
		t.Helper()
		d.wait("!document.querySelector(\"[data-step='1']\").disabled && !document.querySelector('#toast').hidden")
		if said := eval[string](d, "document.querySelector('#toast').textContent"); !strings.Contains(said, words) {
			t.Errorf("%s: it says %q", why, said)
		}
		if done := eval[float64](d, "document.querySelectorAll('.lesson li.done').length"); done != 0 {
			t.Errorf("%s: the step counts as done", why)
		}
		eval[bool](d, "(document.querySelector('#toast').hidden = true)")
	}
	eval[bool](d, "(window.ask = window.fetch, window.fetch = () => Promise.reject(new TypeError('gone')), true)")
	d.click("[data-step='1']")
	failed("without a network", "No connection")
	eval[bool](d, "(window.fetch = window.ask, true)")
	d.click("[data-step='1']")
	d.wait("agglo.state.goal === 120 && agglo.state.tick > 2")
	d.click("#newseed")
	failed("in another history", "do the step once more")
	d.click("[data-step='1']")
	d.wait("agglo.state.goal === 120 && agglo.state.tick > 2")
	eval[bool](d, "agglo.do({do: 'play', on: false})")
	failed("stopped", "do the step once more")
	d.click("[data-step='1']")
	d.wait("document.querySelectorAll('.lesson li.done').length === 1")
}

// On a phone what a button opens comes into sight, and a policy can be put on the map that lies above the list.
func TestOnAPhone(t *testing.T) {
	d := sit(t, 390, 844, "?lang=ru")
	seen := func(selector string) bool {
		t.Helper()
		time.Sleep(300 * time.Millisecond)
		return eval[bool](d, fmt.Sprintf("(() => { const b = document.querySelector(%s).getBoundingClientRect(); return b.height > 0 && b.top > -2 && b.top < innerHeight - 40; })()", quoted(selector)))
	}
	d.click("#lessons")
	d.shot("phone-lessons")
	if !seen("#panel-lesson h2") {
		t.Error("the lessons open out of sight")
	}
	if at := eval[string](d, "document.activeElement.id"); at != "tab-lesson" {
		t.Errorf("the focus is at %q", at)
	}
	d.click("#tab-policies")
	d.click("[data-instrument=infrastructure]")
	d.shot("phone-placing")
	if !seen(".map") || !seen("#cancel") {
		t.Error("neither the map nor what to do with it is in sight")
	}
	d.touch(.4, .5)
	d.wait("agglo.policies.length === 1 && agglo.policies[0].km === 12")
}

// A link that is pasted into an open page opens its world; going back opens the one before. The skip link leaves the address alone.
func TestALinkIntoAnOpenPage(t *testing.T) {
	d := sit(t, 1280, 800, "?lang=en")
	link := func(seed int) string {
		return eval[string](d, fmt.Sprintf("'#s=' + btoa(JSON.stringify({v: 1, spec: {scenario: 'plain', seed: %d}, tick: 3, twin: false}))", seed))
	}
	for _, seed := range []int{7, 8} {
		eval[bool](d, "(location.hash = "+quoted(link(seed))+", true)")
		d.wait(fmt.Sprintf("agglo.state.ready && agglo.state.spec.seed === %d && agglo.state.tick === 3", seed))
	}
	eval[bool](d, "(history.back(), true)")
	d.wait("agglo.state.ready && agglo.state.spec.seed === 7 && agglo.state.tick === 3")
	was := eval[string](d, "location.hash")
	eval[bool](d, "(document.querySelector('#skip').click(), true)")
	if is := eval[string](d, "location.hash + document.activeElement.id"); is != was+"play" {
		t.Errorf("the skip link leads to %q", is)
	}
}

// On paper stand the maps as they are, all charts, and the command that repeats the run; no button.
func TestOnPaper(t *testing.T) {
	d := sit(t, 1280, 800, "?lang=en")
	eval[bool](d, "agglo.do({do: 'goto', tick: 8})")
	d.wait("agglo.state.tick === 8 && agglo.maps[0].tick === 8")
	if _, err := chromedp.Call(d.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		t.Fatal(err)
	}
	time.Sleep(300 * time.Millisecond)
	d.shot("paper")
	if cut := eval[float64](d, "Math.max(...['body', '#panel-charts'].map((x) => document.querySelector(x)).map((e) => e.scrollHeight - e.clientHeight))"); cut > 0 {
		t.Errorf("%g pixels are cut off", cut)
	}
	if says := eval[string](d, "document.querySelector('#printed').innerText"); !strings.Contains(says, "A featureless square, 2002, quarter 1") || !strings.Contains(says, "agglo run plain --seed 1 --ticks 8") {
		t.Errorf("below it says %q", says)
	}
	if left := eval[string](d, "[...document.querySelectorAll('button, select')].filter((e) => e.offsetHeight).map((e) => e.id || e.textContent).join()"); left != "" {
		t.Errorf("on paper are %s", left)
	}
	if fit := eval[string](d, "getComputedStyle(document.querySelector('.map canvas')).objectFit"); fit != "contain" {
		t.Errorf("maps are stretched: %s", fit)
	}
}

// A session that the server has let go of is no riddle for the user: the page says that it tries again, in its language, and goes on.
func TestASessionThatHasEnded(t *testing.T) {
	d := sit(t, 1280, 800, "?lang=ru")
	eval[bool](d, "(agglo.link.id = 'ffffffffffffffffffffffffffffffff', agglo.state.old = true)")
	d.click("#play")
	d.wait("document.querySelector('#toast').textContent.includes('Нет связи с программой')")
	d.wait("!agglo.state.old && agglo.state.ready && !agglo.link.id.startsWith('ffff')") // that of the new session has come
	d.click("#step")
	d.wait("agglo.state.tick === 1")
}
