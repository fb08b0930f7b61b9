package session

import (
	"slices"
	"strings"
	"sync"

	"agglo/internal/text"
	"agglo/model"
	"agglo/model/policy"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim/param"
)

// Catalogue is what a page offers: scenarios, sliders, instruments, columns, in a language.
type Catalogue struct {
	Scenarios   []Offer      `json:"scenarios"`
	Knobs       []Knob       `json:"knobs"`
	Instruments []Instrument `json:"instruments"`
	Metrics     []string     `json:"metrics"`
}

// Offer is a built-in scenario.
type Offer struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Summary string `json:"summary"`
}

// Knob is a parameter that matters, for a slider or a choice.
type Knob struct {
	Group   string   `json:"group"`
	Path    string   `json:"path"`
	Label   string   `json:"label"`
	Meaning string   `json:"meaning"` // as the parameter's declaration says it
	Unit    string   `json:"unit"`
	Default string   `json:"default"`
	In      string   `json:"in"` // bounds of the parameter
	Low     float64  `json:"low"`
	High    float64  `json:"high"`
	Words   []string `json:"words,omitempty"` // of a choice
	Source  string   `json:"source"`
	Start   bool     `json:"start"` // acts before the first tick only
}

// Instrument is an instrument of policy.
type Instrument struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Doc    string `json:"doc"`
	Local  bool   `json:"local"`
	Common bool   `json:"common"` // stands first in a list
}

// A knobShown is a parameter that a page shows, with the part of its bounds that a slider runs over.
type knobShown struct {
	group, path string
	low, high   float64
}

// knobs are the parameters that a page shows, by group.
var knobs = []knobShown{
	{"nearness", "production.input_km", 2, 60},
	{"nearness", "production.local_share", 0, .8},
	{"nearness", "production.pool_elasticity", 0, .2},
	{"nearness", "knowledge.air", 0, 2},
	{"nearness", "knowledge.air_km", 1, 20},
	{"nearness", "production.rent", 0, .2},
	{"trust", "trust.gain", 0, .4},
	{"trust", "trust.loss", 0, 1},
	{"trust", "trust.dealing", 0, 1},
	{"trust", "production.relational", 0, 1},
	{"trust", "trust.organisation", 0, 0},
	{"knowledge", "knowledge.innovation", 0, .3},
	{"knowledge", "knowledge.partners", 0, 3},
	{"knowledge", "knowledge.imitation", 0, .3},
	{"firms", "demography.spin_off", 0, .3},
	{"firms", "demography.de_novo", 0, .3},
	{"firms", "demography.stay", 0, 1},
	{"firms", "demography.move", 0, .3},
	{"firms", "demography.sharpness", 0, 150},
	{"firms", "market.volatility", 0, 1},
}

// commonInstruments stand first in the list of instruments.
var commonInstruments = []string{"infrastructure", "technopark", "subsidy", "cluster_organisation", "rd_grant", "tax_break",
	"directive_creation", "incubator"}

// CatalogueOf makes the catalogue in a language.
func CatalogueOf(lang string) Catalogue {
	c := Catalogue{Metrics: output.Metrics()}
	for _, h := range scenarios.Headlines() {
		c.Scenarios = append(c.Scenarios, Offer{h.ID, titleOf(h.Title, lang), titleOf(h.Summary, lang)})
	}
	c.Knobs = Knobs(lang)
	for _, e := range policy.Catalogue() {
		c.Instruments = append(c.Instruments, Instrument{e.ID, text.In(lang, "policy."+e.ID), text.In(lang, "policy."+e.ID+".doc"), e.Local(),
			slices.Contains(commonInstruments, e.ID)})
	}
	return c
}

// meanings are what parameters are said to be, by path: the first sentence, without the name in the program that it begins with.
var meanings = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, p := range model.Describe() {
		first, _, _ := strings.Cut(p.Doc, ". ")
		name, rest, is := strings.Cut(first, " ")
		for _, verb := range []string{"is ", "are "} {
			if after, found := strings.CutPrefix(rest, verb); is && found && strings.EqualFold(name, strings.ReplaceAll(p.Path[strings.LastIndex(p.Path, ".")+1:], "_", "")) {
				first = after
			}
		}
		all[p.Path] = strings.TrimSuffix(first, ".")
	}
	return all
})

// titles are the meanings of the parameters that are set, now or from the next start on, and have no slider.
func (s *Session) titles() map[string]string {
	titles := map[string]string{}
	add := func(path string) {
		if !slices.ContainsFunc(knobs, func(k knobShown) bool { return k.path == path }) {
			titles[path] = meanings()[path]
		}
	}
	for _, spec := range []*Spec{&s.spec, s.next} {
		if spec == nil {
			continue
		}
		for _, p := range spec.Params {
			add(p.Path)
		}
		for _, c := range spec.Changes {
			add(c.Path)
		}
	}
	return titles
}

// Knobs are the parameters that a page shows, in a language.
func Knobs(lang string) []Knob {
	var all []Knob
	known := map[string]param.Entry{}
	for _, p := range model.Describe() {
		known[p.Path] = p
	}
	for _, k := range knobs {
		p := known[k.path]
		knob := Knob{Group: k.group, Path: k.path, Label: text.In(lang, "knob."+k.path), Meaning: text.In(lang, "knob."+k.path+".doc"), Unit: p.Unit,
			Default: p.Default, In: p.In, Low: k.low, High: k.high, Source: p.Source, Start: k.path == "labour.market_km"}
		if p.Kind == "string" {
			knob.Words = strings.Split(strings.Trim(p.In, "{}"), ",")
		}
		all = append(all, knob)
	}
	return all
}
