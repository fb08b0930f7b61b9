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

// Standings of a source, as keys of the catalogue.
const (
	verified = "report.source.verified"
	doubtful = "report.source.doubtful"
	assumed  = "report.source.assumed"
)

// byDefault stands in the place of a source where the number is no one's but the program's.
const byDefault = "default"

// sources reads the scenario in the manifest: where its numbers come from, best known first, whom it owes credit,
// and how much of it is assumed. A scenario that cannot be read has none of these.
func (f *folder) sources() (list []source, credits []string, evidence string) {
	root, ok := f.scenario()
	if !ok {
		return nil, nil, ""
	}
	count := map[string]*source{}
	var order []string
	walk(root, func(n *yaml.Node) {
		words := scalar(n, "source")
		if words == "" || words == byDefault {
			return
		}
		standing := doubtful
		switch {
		case strings.HasPrefix(words, "assumed"):
			standing = assumed
		case scalar(n, "verified") == "true":
			standing = verified
		}
		s := count[standing+words]
		if s == nil {
			told, lang := words, text.English
			if rest, ok := strings.CutPrefix(words, "assumed"); ok { // the one word of sources that has a language
				if told = f.say(assumed) + rest; rest == "" {
					lang = f.lang
				}
			}
			s = &source{Text: unbroken(told), Lang: lang, Standing: standing}
			count[standing+words] = s
			order = append(order, standing+words)
		}
		s.Numbers++
	})
	total, open := 0, 0
	for _, key := range order {
		s := *count[key]
		total += s.Numbers
		if s.Standing != verified {
			open += s.Numbers
		}
		list = append(list, s)
	}
	rank := []string{verified, doubtful, assumed}
	slices.SortStableFunc(list, func(a, b source) int {
		return cmp.Or(cmp.Compare(slices.Index(rank, a.Standing), slices.Index(rank, b.Standing)), cmp.Compare(b.Numbers, a.Numbers))
	})
	for k := range list {
		list[k].Standing = f.say(list[k].Standing)
	}
	if total > 0 {
		evidence = f.say("report.evidence", f.whole(total), f.whole(open))
	}
	return list, f.owed(root), evidence
}

// owed lists the credit lines of the scenario.
func (f *folder) owed(root *yaml.Node) []string {
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

// walk visits every mapping of a document, in order.
func walk(n *yaml.Node, visit func(n *yaml.Node)) {
	if n.Kind == yaml.MappingNode {
		visit(n)
	}
	for _, inner := range n.Content {
		walk(inner, visit)
	}
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
