package report

import (
	"cmp"
	"slices"
	"strings"

	"agglo/internal/text"
	"agglo/output"

	"go.yaml.in/yaml/v4"
)

// source is where numbers of the scenario come from, and the language that it is told in.
type source struct {
	Text, Lang, Standing string
	Numbers              int
}

// standings of sources, the best known first.
var standings = []string{"verified", "", "doubtful", "assumed"}

// sources lists where numbers come from, best known first, and says how much of them is assumed.
func (p *page) sources() (list []source, evidence string) {
	total, open := 0, 0
	given := slices.Clone(p.options.Sources)
	slices.SortStableFunc(given, func(a, b Source) int {
		return cmp.Or(cmp.Compare(slices.Index(standings, a.Standing), slices.Index(standings, b.Standing)), cmp.Compare(b.Numbers, a.Numbers))
	})
	for _, x := range given {
		total += x.Numbers
		s := source{Text: x.Text, Lang: text.English, Standing: "–", Numbers: x.Numbers}
		if x.Standing != "" {
			s.Standing = p.say("report.source." + x.Standing)
		}
		switch x.Standing {
		case "assumed":
			if rest, ok := strings.CutPrefix(x.Text, "assumed"); ok { // the one word of sources that has a language
				if s.Text = s.Standing + rest; rest == "" {
					s.Lang = p.lang
				}
			}
			fallthrough
		case "doubtful":
			open += x.Numbers
		}
		s.Text = unbroken(s.Text)
		list = append(list, s)
	}
	if total+p.options.Bare > 0 {
		evidence = p.say("report.evidence", p.whole(total), p.whole(open), p.whole(p.options.Bare))
	}
	return list, evidence
}

// owed lists the credit lines of the scenario in the manifest; one that cannot be read has none.
func (f *folder) owed() []string {
	root, _ := f.scenario()
	given := entry(root, "credits")
	if given == nil {
		return nil
	}
	var lines []string
	for _, c := range given.Content {
		what := scalar(c, "what")
		if key := "credit." + what; text.Has(key) {
			what = f.say(key)
		}
		line := what + ": " + scalar(c, "credit")
		if terms := scalar(c, "licence"); terms != "" {
			line += " (" + terms + ")"
		}
		if at := scalar(c, "address"); at != "" {
			line += ", " + at
		}
		lines = append(lines, line)
	}
	return lines
}

// scenario parses the scenario in the manifest.
func (f *folder) scenario() (*yaml.Node, bool) {
	var root yaml.Node
	if f.manifest.ScenarioYAML == "" || yaml.Unmarshal([]byte(f.manifest.ScenarioYAML), &root) != nil || len(root.Content) == 0 {
		return nil, false
	}
	return root.Content[0], true
}

// called is what an entry of a list of the scenario is called, its id where the scenario does not say.
func (f *folder) called(list, id string) string {
	if f.names == nil {
		f.names = output.NamesOf(f.manifest.ScenarioYAML)
	}
	if english := f.names[list][id]; english != "" {
		return text.Name(f.lang, english)
	}
	return id
}

// ofScenario is what a sector, a region or a place of the scenario is called, by its id.
func (f *folder) ofScenario(id string) string {
	for _, list := range []string{"sectors", "regions", "places"} {
		if name := f.called(list, id); name != id {
			return name
		}
	}
	return id
}

// entry is the value of a key of a mapping, nil without it.
func entry(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for k := 0; k+1 < len(n.Content); k += 2 {
		if n.Content[k].Value == key {
			return n.Content[k+1]
		}
	}
	return nil
}

// scalar is the value of a key of a mapping as text, "" without one.
func scalar(n *yaml.Node, key string) string {
	if v := entry(n, key); v != nil && v.Kind == yaml.ScalarNode {
		return v.Value
	}
	return ""
}

// asked is what the scenario says that it asks, in the page's language if it has it.
func (f *folder) asked() string {
	root, ok := f.scenario()
	if !ok {
		return ""
	}
	summary := entry(root, "summary")
	for _, l := range []string{f.lang, text.English} {
		if s := scalar(summary, l); s != "" {
			return s
		}
	}
	return ""
}
