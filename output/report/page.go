package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"agglo/internal/text"
	"agglo/output"
)

// The page's skeleton, its looks and what makes its tables sort: all three go into the page itself.
var (
	//go:embed page.html
	skeleton string
	//go:embed page.css
	looks string
	//go:embed sort.js
	sorter string
)

// page is a report while it is made.
type page struct {
	*folder
	options Options
}

// content is what the skeleton is filled with.
type content struct {
	Lang, Title, Kind string
	Style             template.CSS
	Script            template.JS
	State             []string
	Question, Answer  string
	Basis             string
	Figures           []figure
	Missing           []note
	Tables            []shown
	Changed           []Parameter
	Defaults          string // how many parameters stand at their defaults, a sentence
	Evidence          string
	Sources           []source
	Credits           []string
	Commands          []command
	Made              []fact
	Files             []listed
	Say               func(key string, args ...any) string
}

// note says why a figure was not drawn.
type note struct{ Name, Why string }

// fact is a line of a list of names and values.
type fact struct{ Name, Value string }

// command is a line to type, and what it does.
type command struct{ Line, Does string }

// listed is a file of the folder.
type listed struct{ Name, Holds string }

// render writes the page.
func (p *page) render(w io.Writer) error {
	t, err := template.New("page").Parse(skeleton)
	if err != nil {
		return err
	}
	c := content{
		Lang: p.lang, Title: unbroken(p.title()), Kind: p.say("report.kind." + string(p.kind)), Style: template.CSS(looks), Script: template.JS(sorter),
		State: p.state, Question: unbroken(p.question()), Answer: unbroken(p.answer()), Basis: p.basis(), Changed: p.changed(),
		Commands: p.commands(), Made: p.made(), Say: p.say,
	}
	for _, g := range p.options.Figures {
		switch one, err := p.figure(g); {
		case g.Note != "":
			c.Missing = append(c.Missing, note{g.Name, g.Note})
		case err != nil:
			p.faults = append(p.faults, err)
			c.State = append(c.State, p.say("report.state.figure", g.Name))
		default:
			one.Number = fmt.Sprint(len(c.Figures) + 1) // only of those that are drawn
			one.ID = "figure-" + one.Number
			c.Figures = append(c.Figures, one)
		}
	}
	c.Tables = p.shownTables()
	if n := len(p.manifest.Params); n > 0 {
		c.Defaults = p.say("report.defaults", p.whole(len(c.Changed)), p.whole(n))
	}
	c.Sources, c.Evidence = p.sources()
	c.Credits = p.owed()
	if _, err := os.Stat(filepath.Join(p.dir, output.ManifestFile)); err == nil {
		c.Files = append(c.Files, listed{output.ManifestFile, p.say("report.manifest")})
	}
	for _, t := range p.tables {
		c.Files = append(c.Files, listed{t.name, p.say("report.rows", p.whole(t.total))})
	}
	return t.Execute(w, c)
}

// whole writes a count.
func (f *folder) whole(n int) string { return text.Number(f.lang, float64(n), 0) }

// question is what the folder answers: of a run what its scenario asks.
func (p *page) question() string {
	if p.kind == run {
		asked := sentence(p.asked())
		if strings.HasSuffix(asked, "?") {
			return asked
		}
		return strings.TrimSpace(p.say("report.question.run", p.title()) + " " + asked)
	}
	key := "report.question." + string(p.kind)
	if p.kind == comparison && p.manifest.Comparison != nil {
		var names []string
		for _, a := range p.manifest.Comparison.Arms {
			names = append(names, p.policy(a.ID))
		}
		return p.say(key+".of", strings.Join(names, ", "), p.title())
	}
	if words := p.say(key); !strings.Contains(words, "%s") {
		return words
	}
	return p.say(key, p.title())
}

// changed are the parameters that differ from their defaults, in Russian with units that are words; in English they are told as written.
func (p *page) changed() []Parameter {
	if p.lang != text.Russian {
		return p.options.Changed
	}
	all := slices.Clone(p.options.Changed)
	for k := range all {
		if words, ok := text.Unit(p.lang, all[k].Unit, 0); ok && words != "" {
			all[k].Unit = words
		}
	}
	return all
}

// policy names a policy as figures do.
func (f *folder) policy(id string) string {
	var parts []string
	for part := range strings.SplitSeq(id, "+") {
		if text.Has("policy." + part) {
			part = f.say("policy." + part)
		}
		parts = append(parts, strings.ReplaceAll(part, "_", " "))
	}
	return strings.Join(parts, " + ")
}

// answers lists the figures whose titles together answer the question, by kind. Titles are computed from the data.
var answers = map[kind][]string{
	run:        {"clusters", "map", "series", "synergy", "premium"},
	comparison: {"effects", "forest", "costs", "ledger"},
}

// mostTitles is how many titles answer where no list says which.
const mostTitles = 3

// answer is a paragraph made of what the figures say.
func (p *page) answer() string {
	var said []string
	add := func(title string) {
		if title = strings.TrimRight(title, ". "); title != "" {
			for _, s := range said {
				if s == title+"." {
					return
				}
			}
			said = append(said, title+".")
		}
	}
	for _, name := range answers[p.kind] {
		for _, g := range p.options.Figures {
			if g.Name == name {
				add(g.Title)
			}
		}
	}
	for _, g := range p.options.Figures {
		if len(answers[p.kind]) == 0 && len(said) < mostTitles {
			add(g.Title)
		}
	}
	if p.kind == cases {
		add(p.near())
	}
	if len(said) == 0 {
		return p.say("report.answer.none")
	}
	return strings.Join(said, " ")
}

// near says how many published figures the cases come near to.
func (p *page) near() string {
	t := p.named("cases.csv")
	if t == nil || t.cut {
		return ""
	}
	var near, judged, heldNear, held int
	for row := range t.rows {
		verdict, out := t.cell(row, "verdict"), t.cell(row, "role") == "held out"
		if verdict != "near" && verdict != "off" {
			continue
		}
		judged++
		if out {
			held++
		}
		if verdict == "near" {
			near++
			if out {
				heldNear++
			}
		}
	}
	return p.say("report.answer.cases", p.whole(near), p.whole(judged), p.whole(heldNear), p.whole(held))
}

// basis says what the answer rests on, and what it cannot say.
func (p *page) basis() string {
	m := &p.manifest
	switch {
	case m.Comparison != nil:
		return p.say("report.basis.compare", p.whole(len(m.Runs)), p.whole(m.Comparison.BurnIn), p.whole(m.Ticks))
	case m.Validation != nil:
		return p.say("report.basis.validate", p.whole(m.Validation.Seeds))
	case m.Claims != nil:
		return p.say("report.basis.claims", p.whole(m.Claims.Replicates))
	case m.Sweep != nil:
		return p.say("report.basis.sweep", p.whole(m.Sweep.Runs-m.Sweep.Missing), p.whole(m.Sweep.Points), p.whole(m.Sweep.Failed))
	case len(m.Runs) > 1:
		return p.say("report.basis.replicates", p.whole(len(m.Runs)))
	case len(m.Runs) == 1:
		return p.say("report.basis.run", fmt.Sprint(m.Runs[0].Seed))
	}
	return ""
}

// made lists what made the folder.
func (p *page) made() []fact {
	m := &p.manifest
	var list []fact
	add := func(key, value string) {
		if value != "" {
			list = append(list, fact{p.say("report.made." + key), value})
		}
	}
	add("folder", filepath.Base(p.absolute()))
	add("scenario", m.Scenario)
	if m.Agglo > 0 {
		add("seed", fmt.Sprint(m.Seed))
		add("length", p.say("report.ticks", p.whole(m.Ticks)))
		version := m.Code.Version
		if m.Code.Revision != "" {
			version += " " + m.Code.Revision
		}
		if m.Code.Modified {
			version += " " + p.say("report.modified")
		}
		add("program", "agglo "+version)
		add("go", strings.TrimSpace(m.Code.Go+" "+m.Code.OS+"/"+m.Code.Arch))
		add("command", m.Command)
	}
	add("started", m.Started)
	if m.Seconds > 0 {
		add("took", p.say("report.seconds", text.Figure(p.lang, m.Seconds)))
	}
	if p.kind == run || p.kind == comparison {
		add("money", p.money())
	}
	return list
}

// money says what a unit of money in the tables is.
func (p *page) money() string {
	c := p.manifest.Currency
	if c.LabourCost <= 0 {
		return ""
	}
	return p.say("report.money", text.Number(p.lang, c.LabourCost, 0), text.Currency(p.lang, c.Code), fmt.Sprint(c.PriceYear))
}

// absolute is the folder's path from the root, or as it was given.
func (f *folder) absolute() string {
	if path, err := filepath.Abs(f.dir); err == nil {
		return path
	}
	return f.dir
}
