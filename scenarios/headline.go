package scenarios

import "go.yaml.in/yaml/v4"

// A Headline is what a list of scenarios shows of a built-in one.
type Headline struct {
	ID             string
	Title, Summary Text
}

// Headlines lists the built-in scenarios without reading more of their files than the two texts: a list should not wait for
// maps to be cut.
func Headlines() []Headline {
	var all []Headline
	for _, id := range Names() {
		data, err := builtIn.ReadFile(id + ".yaml")
		if err != nil {
			panic("scenarios: embedded files: " + err.Error())
		}
		var top struct {
			Title   yaml.Node `yaml:"title"`
			Summary yaml.Node `yaml:"summary"`
		}
		if err := yaml.Unmarshal(data, &top); err != nil {
			panic("scenarios: built-in " + id + ": " + err.Error())
		}
		all = append(all, Headline{id, headlineText(&top.Title, id), headlineText(&top.Summary, "")})
	}
	return all
}

// headlineText reads a text, plain or by languages.
func headlineText(n *yaml.Node, absent string) Text {
	var plain string
	if n.Decode(&plain) == nil && plain != "" {
		return Text{EN: plain}
	}
	var both struct {
		EN string `yaml:"en"`
		RU string `yaml:"ru"`
	}
	if n.Decode(&both) != nil || both.EN == "" {
		both.EN = absent
	}
	return Text{EN: both.EN, RU: both.RU}
}
