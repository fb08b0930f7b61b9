//go:build browser

package live

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// school is agglo serve --class at work, as a program of its own.
type school struct {
	*testing.T
	dir                     string
	students, code, teacher string
	process                 *os.Process
}

// opening builds agglo and starts a class.
func opening(t *testing.T) *school {
	t.Helper()
	s := &school{T: t, dir: t.TempDir()}
	if out, err := exec.Command("go", "build", "-o", filepath.Join(s.dir, "agglo"), "agglo/cmd/agglo").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	command := exec.Command(filepath.Join(s.dir, "agglo"), "serve", "--addr", "127.0.0.1:0", "--class", "127.0.0.1:0")
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	s.process = command.Process
	t.Cleanup(func() {
		_ = command.Process.Signal(os.Interrupt)
		if err := command.Wait(); err != nil {
			t.Errorf("agglo serve: %v", err)
		}
	})
	lines := bufio.NewReader(out)
	for _, p := range []struct {
		form *regexp.Regexp
		into []*string
	}{
		{regexp.MustCompile(`^students: (http://\S+/)  code (\S+)\n$`), []*string{&s.students, &s.code}}, {regexp.MustCompile(`^teacher:  (http://\S+/class#\S+)\n$`), []*string{&s.teacher}},
	} {
		line, err := lines.ReadString('\n')
		m := p.form.FindStringSubmatch(line)
		if err != nil || m == nil {
			t.Fatalf("%v: it says %q", err, line)
		}
		for k, into := range p.into {
			*into = m[k+1]
		}
	}
	return s
}

// tab opens a page in a browser of its own, so that what one page keeps no other sees.
func (s *school) tab(width, height int, url string) *desk {
	s.Helper()
	d := browse(s.T, width, height)
	d.url = url
	d.do(chromedp.Navigate(url))
	return d
}

// sizes are those that pages are looked at in: a projector, a laptop, a tablet held upright.
var sizes = [][2]int64{{1920, 1080}, {1280, 800}, {820, 1180}}

// shots keeps pictures of a page in all sizes.
func (d *desk) shots(name string) {
	d.Helper()
	for _, s := range sizes {
		d.do(chromedp.EmulateViewport(s[0], s[1]))
		time.Sleep(400 * time.Millisecond)
		d.shot(fmt.Sprintf("%s-%dx%d", name, s[0], s[1]))
	}
	d.do(chromedp.EmulateViewport(sizes[1][0], sizes[1][1]))
}

// The pages of teacher and students, as they use them, in both languages and three sizes.
func TestClassPages(t *testing.T) {
	s := opening(t)
	teacher := s.tab(1280, 800, strings.Replace(s.teacher, "/class#", "/class?lang=en#", 1))
	teacher.wait("window.agglo && agglo.board()")
	if eval[bool](teacher, "location.href.includes('#')") {
		t.Error("the key stays in the address, in sight of the class")
	}
	student := s.tab(1280, 800, s.students+"?lang=en")
	student.wait("document.querySelector('#code')")
	student.put("#code", "BBBB-2222")
	student.click("#join")
	student.wait("!document.querySelector('#toast').hidden && document.querySelector('#toast').textContent.includes('not the code')")
	student.shots("class-student-door")
	student.put("#code", strings.ToLower(s.code))
	student.click("#join")
	student.wait("agglo.view() && agglo.view().number === 1")
	if !eval[bool](student, "document.querySelector('#toast').hidden") {
		t.Error("the right code leaves it said that the code was wrong")
	}
	teacher.wait("agglo.board().students.length === 1 && agglo.board().wrong === 1")
	teacher.shots("class-teacher-welcome")
	teacher.click("[data-preset=policy]")
	teacher.wait("document.querySelector('#taskform')")
	if sideways := eval[float64](teacher, "(() => { const e = document.querySelector('#task-policies'); return e.scrollWidth - e.clientWidth; })()"); sideways > 0 {
		t.Errorf("the list of policies scrolls sideways by %g pixels", sideways)
	}
	if hidden := eval[string](teacher, "(() => { const b = document.querySelector('#task-policies').getBoundingClientRect(); return [...document.querySelectorAll('#task-policies :checked')].filter((e) => e.getBoundingClientRect().bottom > b.bottom).map((e) => e.value).join(); })()"); hidden != "" {
		t.Errorf("chosen, but out of sight: %s", hidden)
	}
	teacher.shots("class-teacher-task")
	teacher.put("#task-years", "10")
	teacher.put("#task-begins", "2")
	teacher.put("#task-firms", "600")
	teacher.click("#task-go")
	teacher.wait("agglo.board().round === 1 && document.querySelector('#strip svg')")
	student.wait("document.querySelector('#run') && document.querySelector('.means').textContent.startsWith('Subsidy: Pays a part')")
	student.shots("class-student-task")
	student.click("#run")
	student.wait("agglo.view().mine.length === 1")
	time.Sleep(2 * time.Second)
	student.shots("class-student-film")
	student.wait("document.querySelector('#result')")
	if key := eval[string](student, "[...document.querySelectorAll('.sectors li')].map((e) => e.textContent.trim()).join()"); !strings.HasPrefix(key, "Metals,Machinery,Components,") {
		t.Errorf("the key of the film says %q", key)
	}
	var others []*pupil
	for k := range 23 {
		p := s.pupil(fmt.Sprintf("127.0.1.%d", k+1))
		p.join()
		others = append(others, p)
	}
	for k, p := range others {
		if k == 12 {
			teacher.wait("agglo.board().done > 8")
			teacher.shots("class-teacher-grows")
		}
		if status, reply := p.post("/api/class/run", `{"round":1}`); status != 200 {
			t.Fatalf("%d %s", status, reply)
		}
	}
	teacher.wait("agglo.board().done === 24")
	student.do(chromedp.Reload())
	student.wait("window.agglo && agglo.view() && agglo.view().number === 1 && document.querySelector('#result')")
	teacher.click("#reveal")
	student.wait("document.querySelector('#strip svg')")
	teacher.shots("class-teacher")
	student.shots("class-student")
	teacher.click("#language")
	student.click("#language")
	teacher.wait("document.documentElement.lang === 'ru' && document.querySelector('#said').textContent.includes('парам миров')")
	student.wait("document.documentElement.lang === 'ru' && document.querySelector('#strip svg')")
	teacher.shots("class-teacher-ru")
	student.shots("class-student-ru")
	teacher.catch()
	teacher.click("#take-report-html")
	teacher.wait("window.caught['class-1.html']")
	report := eval[string](teacher, "new TextDecoder().decode(window.caught['class-1.html'])")
	if err := os.WriteFile(filepath.Join(teacher.dir, "class-report.html"), []byte(report), 0o666); err != nil {
		t.Fatal(err)
	}
	student.do(chromedp.Navigate("file://"+filepath.Join(teacher.dir, "class-report.html")), chromedp.EmulateViewport(1000, 1900))
	student.shot("class-report")
}

// pupil makes a student without a browser.
func (s *school) pupil(address string) *pupil {
	return &pupil{t: s.T, client: from(address), base: strings.TrimSuffix(s.students, "/"), code: s.code}
}
