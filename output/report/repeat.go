package report

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"agglo/output"
)

// commands lists the lines that make the folder's results again.
func (p *page) commands() []command {
	m := &p.manifest
	own := output.NoFlag(filepath.Base(p.absolute()))
	name := quoted(own)
	var list []command
	add := func(line, key string) { list = append(list, command{line, p.say(key)}) }
	switch {
	case m.Comparison != nil:
		add("agglo compare"+askedFor(p.words(), m.compared()...), "report.repeat.compare")
	case m.Validation != nil && len(m.Asked) > 0:
		add("agglo validate"+askedFor(m.Asked, "--seeds", fmt.Sprint(m.Validation.Seeds)), "report.repeat.validate")
	case m.Validation != nil:
		line := fmt.Sprintf("agglo validate --seeds %d", m.Validation.Seeds)
		if _, told := m.Tables["facts.csv"]; !told {
			line += " --effects"
		}
		add(line+askedFor(p.sets()), "report.repeat.validate")
	case m.Claims != nil && len(m.Asked) > 0:
		add("agglo claims"+askedFor(m.Asked, "--replicates", fmt.Sprint(m.Claims.Replicates)), "report.repeat.claims")
	case m.Claims != nil:
		add(fmt.Sprintf("agglo claims --replicates %d %s", m.Claims.Replicates, strings.Join(m.Claims.Tests, " ")), "report.repeat.claims")
	case m.Sweep != nil:
		add("agglo sweep "+name+askedFor(nil, "-o", own+"-again"), "report.repeat.sweep")
	case m.Inquiry != nil && len(m.Asked) > 0:
		add("agglo "+m.Inquiry.Kind+askedFor(m.Asked, append(m.length(), "-o", own+"-again")...), "report.repeat.inquiry")
	case len(m.Runs) > 0 && p.kind == run:
		also, words := m.length(), "report.repeat.run"
		if len(m.Runs) > 1 {
			words = "report.repeat.first"
			also = append(also, "--replicates", fmt.Sprint(len(m.Runs)))
		}
		add("agglo run "+quoted(own+"#0"), words)
		add("agglo run"+askedFor(p.words(), also...), "report.repeat.scenario")
	}
	if m.Comparison != nil || m.Sweep != nil || len(m.Runs) > 0 && p.kind == run {
		add("agglo verify "+name, "report.repeat.verify")
	}
	add("agglo report "+name+" --lang "+p.lang, "report.repeat.page")
	return list
}

// words are those of the command line of a run or a comparison. Of a folder that does not hold them, they are made of what it is of: of
// the scenario's name, where it may have been a file, and of parameters alone.
func (p *page) words() []string {
	m := &p.manifest
	if len(m.Asked) > 0 {
		return m.Asked
	}
	words := []string{m.Scenario}
	if c := m.Comparison; c != nil {
		for _, a := range c.Arms {
			words = append(words, "--policy", a.ID)
		}
		if c.Until != nil {
			words = append(words, "--replicates", "auto")
		}
		if len(c.Metrics) > 0 {
			words = append(words, "--metrics", strings.Join(c.Metrics, ","))
		}
	}
	return append(words, p.sets()...)
}

// length are the flags of how long a run is, and of its seed.
func (m *manifest) length() []string {
	flags := []string{"--ticks", fmt.Sprint(m.Ticks)}
	if m.Agglo > 0 { // it could be read: 0 is a seed like any other
		flags = append(flags, "--seed", fmt.Sprint(m.Seed))
	}
	return flags
}

// compared are the flags of a comparison beside its policies, each with its value.
func (m *manifest) compared() []string {
	c := m.Comparison
	flags := append(m.length(), "--burn-in", fmt.Sprint(c.BurnIn), "--every", fmt.Sprint(max(m.Every, 1)))
	u := c.Until
	if u == nil {
		return append(flags, "--replicates", fmt.Sprint(max(c.Replicates, 1)))
	}
	if u.Metric != "" {
		flags = append(flags, "--until", fmt.Sprintf("%s=%v", u.Metric, u.HalfWidth))
	}
	return append(flags, "--most", fmt.Sprint(u.Most))
}

// sets are the flags that set the parameters which were changed.
func (p *page) sets() (flags []string) {
	for _, c := range p.options.Changed {
		if c.Set {
			flags = append(flags, "--set", c.Path+"="+c.Value)
		}
	}
	return flags
}

// askedFor are the words of a command line, a space before each, with the flags of also, each with its value, about which nobody had said
// anything: another program, or a scenario that was changed, may have other defaults. A stored run, DIR#RUN, says it all itself.
func askedFor(words []string, also ...string) string {
	stored := len(words) > 0 && strings.Contains(words[0], "#")
	for k := 0; k+1 < len(also) && !stored; k += 2 {
		if !slices.Contains(words, also[k]) {
			words = append(slices.Clip(words), also[k], also[k+1])
		}
	}
	var b strings.Builder
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
