//go:build browser

package live

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// News leave alone what the teacher is about to press or types into; a task that cannot be is refused beside its field, also on a phone.
func TestNewsLeaveWhatIsPressed(t *testing.T) {
	s := opening(t)
	teacher := s.tab(390, 844, strings.Replace(s.teacher, "/class#", "/class?lang=ru#", 1))
	teacher.wait("window.agglo && agglo.board()")
	eval[bool](teacher, "(document.querySelector('#per').focus(), document.querySelector('#per').value = '30', window.preset = document.querySelector('[data-preset=luck]'), true)")
	p := s.pupil("127.0.1.1")
	p.join()
	teacher.wait("agglo.board().students.length === 1 && document.querySelector('#joined').textContent.includes('1')")
	if typed := eval[string](teacher, "document.querySelector('#per').value"); typed != "30" {
		t.Errorf("what was typed has become %q", typed)
	}
	if !eval[bool](teacher, "window.preset.isConnected") {
		t.Error("a button goes when a student joins")
	}
	teacher.click("[data-preset=policy]")
	teacher.wait("document.querySelector('#taskform')")
	time.Sleep(300 * time.Millisecond)
	teacher.shot("class-task-phone")
	if narrow := eval[string](teacher, "[...document.querySelectorAll('#taskform :is(select, input[type=number], .list)')].filter((e) => e.offsetParent && e.clientWidth < 90).map((e) => e.id).join()"); narrow != "" {
		t.Errorf("on a phone too narrow to be used: %s", narrow)
	}
	teacher.put("#task-years", "60")
	teacher.click("#task-go")
	teacher.wait("document.activeElement.id === 'task-years' && document.querySelector('#taskform') && document.querySelector('.fault').hidden")
	teacher.put("#task-years", "2")
	teacher.put("#task-begins", "1")
	teacher.put("#task-firms", "300")
	teacher.put("#task-kind", "setting")
	teacher.put("#task-values", "0; 7x")
	teacher.click("#task-go")
	teacher.wait("!document.querySelector('.fault').hidden && document.querySelector('.fault').textContent.startsWith('Так нельзя: ') && document.querySelector('.fault').textContent.includes('нужно число')")
	teacher.put("#task-kind", "policy")
	eval[bool](teacher, "[...document.querySelectorAll('#task-policies :checked')].map((e) => { e.checked = false; return true; }).length > 0")
	teacher.click("#task-go")
	teacher.wait("document.querySelector('#task-policies input').validationMessage.includes('хотя бы одну')")
	eval[bool](teacher, "[...document.querySelectorAll('#task-policies input')].slice(0, 2).map((e) => { e.checked = true; return true; }).length > 0")
	teacher.click("#task-go")
	teacher.wait("agglo.board().round === 1 && document.querySelector('#freeze')")
	eval[bool](teacher, "(window.freeze = document.querySelector('#freeze'), true)")
	if status, reply := p.post("/api/class/run", `{"round":1}`); status != 200 {
		t.Fatalf("%d %s", status, reply)
	}
	teacher.wait("agglo.board().done === 1 && document.querySelector('.seats .done')")
	if !eval[bool](teacher, "window.freeze.isConnected") {
		t.Error("the button that stops the round goes with the news")
	}
	if wide := eval[string](teacher, "(() => { const box = document.querySelector('#strip').getBoundingClientRect(); return [...document.querySelectorAll('#strip text')].filter((e) => { const b = e.getBoundingClientRect(); return b.right > box.right + 1 || b.left < box.left - 1; }).map((e) => e.textContent).join('; '); })()"); wide != "" {
		t.Errorf("cut off in the picture: %s", wide)
	}
}

// A student's page changes its language at the door, says why a place is gone, and shows each of her worlds with its map.
func TestAStudentComesBack(t *testing.T) {
	s := opening(t)
	teacher := s.tab(1280, 800, strings.Replace(s.teacher, "/class#", "/class?lang=en#", 1))
	teacher.wait("window.agglo && agglo.board()")
	student := s.tab(820, 1180, s.students+"?lang=en")
	student.wait("document.querySelector('#code')")
	student.put("#code", "BBBB")
	student.click("#language")
	student.wait("document.documentElement.lang === 'ru' && document.querySelector('h2').textContent.includes('Код класса') && document.querySelector('#code').value === 'BBBB'")
	student.put("#code", s.code)
	student.click("#join")
	student.wait("agglo.view() && agglo.view().number === 1")
	eval[bool](teacher, "agglo.order({do: 'task', task: {scenario: 'plain', firms: 300, ticks: 4, burn_in: 0, setting: '', values: [], policies: [], metric: 'jobs', deal: 'random', each: 2, seed: 3}}).then((r) => r === null)")
	for n := range 2 {
		student.click("#run")
		student.wait("agglo.view().mine.length === " + string(rune('1'+n)) + " && document.querySelector('#result')")
	}
	if high := eval[float64](student, "document.querySelector('.film canvas').clientHeight"); high < 150 {
		t.Errorf("the map of the second world is %g pixels high", high)
	}
	if heads := eval[float64](student, "document.querySelectorAll('[data-world] h2').length"); heads != 1 {
		t.Errorf("the film has %g heads", heads)
	}
	for _, lang := range []string{"en", "ru"} { // the film is made anew, and stays when news come
		student.click("#language")
		student.wait("document.documentElement.lang === '" + lang + "' && document.querySelector('[data-world] h2')")
		for _, order := range []string{"freeze", "thaw"} {
			eval[bool](teacher, "agglo.order({do: '"+order+"'}).then((r) => r === null)")
			student.wait(fmt.Sprintf("agglo.view().frozen === %v", order == "freeze"))
		}
		if shows := eval[string](student, "(document.querySelector('.film canvas')?.clientHeight ?? 0) + ' ' + (document.querySelector('[data-world] h2')?.textContent ?? '')"); strings.HasPrefix(shows, "0 ") || strings.HasSuffix(shows, " ") {
			t.Errorf("in %s the height of the map and the head of the film are %q", lang, shows)
		}
	}
	choose := "agglo.order({do: 'task', task: {scenario: 'plain', firms: 300, ticks: 4, burn_in: 0, setting: 'knowledge.air', values: ['0', '2'], policies: [], metric: 'jobs', deal: 'choose', each: 1, seed: 3}}).then((r) => r === null)"
	eval[bool](teacher, choose)
	student.wait("agglo.view().round === 2 && document.querySelector('#arm-1')")
	student.click("#arm-1")
	eval[bool](teacher, choose)
	student.wait("agglo.view().round === 3 && document.querySelector('#arm-0').checked && !document.querySelector('#arm-1').checked") // as the page would run it
	eval[bool](teacher, "agglo.order({do: 'remove', number: 1}).then((r) => r === null)")
	student.wait("document.querySelector('#gone') && document.querySelector('#gone').textContent.includes('больше не знает')")
	eval[bool](student, "(location.hash = "+quoted(s.code)+", true)") // a link that is pasted into the open page
	student.wait("agglo.view() && agglo.view().number === 2 && !document.querySelector('#gone')")
	eval[bool](teacher, "(sessionStorage.setItem('agglo.class.key', 'x'.repeat(43)), true)")
	teacher.do(chromedp.Reload())
	teacher.wait("document.querySelector('#main').textContent.includes('link that stands in the terminal') && !document.querySelector('#side')")
}

// Four arms and what each differs by from the first are in sight together on a laptop and on a projector: nobody scrolls on a wall.
func TestFourArmsFitAWall(t *testing.T) {
	s := opening(t)
	teacher := s.tab(1366, 768, strings.Replace(s.teacher, "/class#", "/class?lang=ru#", 1))
	teacher.wait("window.agglo && agglo.board()")
	var pupils []*pupil
	for _, address := range []string{"127.0.1.1", "127.0.1.2", "127.0.1.3"} {
		p := s.pupil(address)
		p.join()
		pupils = append(pupils, p)
	}
	eval[bool](teacher, "agglo.order({do: 'task', task: {scenario: 'plain', firms: 300, ticks: 8, burn_in: 2, setting: '', values: [], policies: ['none', 'subsidy', 'infrastructure', 'cluster_organisation'], metric: 'productivity', deal: 'all', each: 1, seed: 3}}).then((r) => r === null)")
	for _, p := range pupils {
		if status, reply := p.post("/api/class/run", `{"round":1}`); status != 200 {
			t.Fatalf("%d %s", status, reply)
		}
	}
	teacher.wait("agglo.board().done === 12 && document.querySelectorAll('#strip text').length > 20")
	for _, size := range [][2]int64{{1366, 768}, {1920, 1080}} {
		teacher.do(chromedp.EmulateViewport(size[0], size[1]))
		time.Sleep(400 * time.Millisecond)
		if below := eval[float64](teacher, "(() => { const e = document.querySelector('#strip'); return e.scrollHeight - e.clientHeight; })()"); below > 1 {
			t.Errorf("%d x %d: %g pixels of the picture are out of sight", size[0], size[1], below)
		}
		if out := eval[string](teacher, "(() => { const box = document.querySelector('#strip').getBoundingClientRect(); return [...document.querySelectorAll('#strip text')].filter((e) => { const b = e.getBoundingClientRect(); return b.right > box.right + 1 || b.bottom > box.bottom + 1; }).map((e) => e.textContent).join('; '); })()"); out != "" {
			t.Errorf("%d x %d: cut off: %s", size[0], size[1], out)
		}
	}
	teacher.shot("class-four-arms")
}

// Who uses keys alone joins, chooses, runs and looks at each world, and is never thrown back to the head of the page.
func TestAStudentByKeys(t *testing.T) {
	s := opening(t)
	base, key, _ := strings.Cut(s.teacher, "/class#")
	boss := &teacherless{t, base, key}
	student := s.tab(1280, 800, s.students+"?lang=en")
	student.wait("document.activeElement && document.activeElement.id === 'code'")
	for _, letter := range strings.Split(s.code+kb.Enter, "") {
		student.do(chromedp.KeyEvent(letter))
	}
	student.wait("agglo.view() && agglo.view().number === 1")
	if status, reply := boss.ask("POST", "/api/class/teacher", `{"do":"task","task":{"scenario":"plain","firms":300,"ticks":4,"setting":"knowledge.air","values":["0","2"],"metric":"jobs","deal":"choose","each":2,"seed":3}}`); status != 200 {
		t.Fatalf("%d %s", status, reply)
	}
	student.wait("document.querySelector('#arm-0')")
	eval[bool](student, "(document.querySelector('#arm-0').focus(), true)")
	student.do(chromedp.KeyEvent(kb.ArrowDown))
	for n := range 2 {
		student.wait("document.querySelector('#arm-1').checked && document.querySelector('#run')")
		student.do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
		student.wait(fmt.Sprintf("agglo.view().mine.length === %d && document.querySelector('#result')", n+1))
		if at := eval[string](student, "document.activeElement.id"); at != "desk" {
			t.Errorf("behind world %d the focus is at %q: want the card of the task", n+1, at)
		}
		if n == 0 {
			student.wait("document.querySelector('#arm-0')")
			student.do(chromedp.KeyEvent(kb.Tab))
		}
	}
	eval[bool](student, "(document.querySelector('.tabs button').focus(), true)")
	student.do(chromedp.KeyEvent(kb.Enter))
	student.wait("document.activeElement.id === 'world-0' && document.activeElement.getAttribute('aria-pressed') === 'true'")
}
