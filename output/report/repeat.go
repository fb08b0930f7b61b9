package report

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// commands lists the lines that make the folder's results again.
func (p *page) commands() []command {
	m := &p.manifest
	name := quoted(filepath.Base(p.absolute()))
	var list []command
	add := func(line, key string) { list = append(list, command{line, p.say(key)}) }
	tuned := func(line string) string {
		if m.Agglo > 0 && m.Seed > 0 {
			line += fmt.Sprintf(" --seed %d", m.Seed)
		}
		return line
	}
	switch {
	case m.Comparison != nil:
		add(tuned(m.compared())+p.sets(), "report.repeat.compare")
	case m.Validation != nil && len(m.Asked) > 0:
		add("agglo validate"+askedFor(m.Asked, "--seeds", m.Validation.Seeds), "report.repeat.validate")
	case m.Validation != nil:
		line := fmt.Sprintf("agglo validate --seeds %d", m.Validation.Seeds)
		if _, told := m.Tables["facts.csv"]; !told {
			line += " --effects"
		}
		add(line+p.sets(), "report.repeat.validate")
	case m.Claims != nil && len(m.Asked) > 0:
		add("agglo claims"+askedFor(m.Asked, "--replicates", m.Claims.Replicates), "report.repeat.claims")
	case m.Claims != nil:
		add(fmt.Sprintf("agglo claims --replicates %d %s", m.Claims.Replicates, strings.Join(m.Claims.Tests, " ")), "report.repeat.claims")
	case m.Sweep != nil:
		add("agglo sweep EXPERIMENT.yaml -o "+name, "report.repeat.sweep")
	case len(m.Runs) > 0 && p.kind == run:
		add("agglo run "+quoted(filepath.Base(p.absolute())+"#0"), "report.repeat.run")
		line := "agglo run " + quoted(m.Scenario) + fmt.Sprintf(" --ticks %d", m.Ticks)
		if len(m.Runs) > 1 {
			line += fmt.Sprintf(" --replicates %d", len(m.Runs))
		}
		add(tuned(line)+p.sets(), "report.repeat.scenario")
	}
	add("agglo report "+name+" --lang "+p.lang, "report.repeat.page")
	return list
}

// compared is the line that makes a comparison, without what it shares with a run.
func (m *manifest) compared() string {
	c := m.Comparison
	line := "agglo compare " + quoted(m.Scenario)
	for _, a := range c.Arms {
		line += " --policy " + quoted(a.ID)
	}
	if u := c.Until; u == nil {
		line += fmt.Sprintf(" --replicates %d", max(c.Replicates, 1))
	} else {
		line += " --replicates auto"
		if u.Metric != "" {
			line += fmt.Sprintf(" --until %s=%v", u.Metric, u.HalfWidth)
		}
		line += fmt.Sprintf(" --most %d", u.Most)
	}
	line += fmt.Sprintf(" --burn-in %d --ticks %d --every %d", c.BurnIn, m.Ticks, max(m.Every, 1))
	if len(c.Metrics) > 0 {
		line += " --metrics " + strings.Join(c.Metrics, ",")
	}
	return line
}

// sets are the flags that set the parameters which were changed.
func (p *page) sets() string {
	var b strings.Builder
	for _, c := range p.options.Changed {
		if c.Set {
			b.WriteString(" --set " + quoted(c.Path+"="+c.Value))
		}
	}
	return b.String()
}

// askedFor are the words of a command line, a space before each, with how many worlds there were where nobody had said so: another program
// may have another default.
func askedFor(words []string, worlds string, n int) string {
	var b strings.Builder
	if !slices.Contains(words, worlds) {
		fmt.Fprintf(&b, " %s %d", worlds, n)
	}
	for _, word := range words {
		b.WriteString(" " + quoted(word))
	}
	return b.String()
}

// quoted is a word of a command line, in quotes where a shell would not take it for one word.
func quoted(word string) string {
	if word != "" && strings.IndexFunc(word, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("_-./=,+:@%", r)
	}) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
