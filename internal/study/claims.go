package study

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"agglo/model/world"
)

//go:embed claims.yaml
var claimsFile []byte

// Contrasts of tests.
const (
	Difference  = "difference"  // a - b
	Interaction = "interaction" // (a - b) - (c - d)
	Spread      = "spread"      // P90 - P10 over worlds of a, less that of b
	Best        = "best"        // the best of several policies, chosen in one half of the worlds and measured in the other, less b
)

// Claims are the article's claims as the tests of claims.yaml, which were fixed before any of them was run.
type Claims struct {
	Tests []ClaimTest
}

// A ClaimTest is a claim, or one side of it, as a paired experiment.
type ClaimTest struct {
	ID           string            `yaml:"id"` // C1 to C30, with a letter where a claim has several tests
	Quote        ClaimQuote        `yaml:"quote"`
	Scenario     string            `yaml:"scenario"`
	Add          string            `yaml:"add"`     // added to the scenario's file in all arms
	Branch       int               `yaml:"branch"`  // last tick that the arms share; 0 = they differ from the start
	Horizon      int               `yaml:"horizon"` // ticks behind the branch
	Target       *ClaimCircle      `yaml:"target"`  // of outcomes that are told of a place
	A            *ClaimArm         `yaml:"a"`
	B            *ClaimArm         `yaml:"b"`
	C            *ClaimArm         `yaml:"c"`
	D            *ClaimArm         `yaml:"d"`
	Best         []ClaimPolicy     `yaml:"best"`
	Contrast     string            `yaml:"contrast"`
	Outcome      string            `yaml:"outcome"`
	Unit         string            `yaml:"unit"`         // %, points, or the outcome's own
	Expected     string            `yaml:"expected"`     // + or -
	Smallest     float64           `yaml:"smallest"`     // smallest effect of interest, in Unit, > 0
	Why          string            `yaml:"why"`          // of Smallest
	Construction string            `yaml:"construction"` // why the sign follows from one parameter; empty = it does not
	Literature   string            `yaml:"literature"`
	Worlds       []ClaimWorld      `yaml:"worlds"`  // of the contrast country
	Level        float64           `yaml:"level"`   // of the contrast level
	Set          map[string]string `yaml:"set"`     // values of the scenario in all arms but those in another world
	Sectors      []string          `yaml:"sectors"` // of outcomes that are told of some
	Most         int               `yaml:"most"`    // replicates at most, for large worlds; 0 = as many as are asked for
}

// A ClaimQuote is the article's sentence, and what it says.
type ClaimQuote struct {
	RU string `yaml:"ru"` // as printed
	EN string `yaml:"en"` // in our words
}

// A ClaimArm is one side of a test.
type ClaimArm struct {
	Says     string            `yaml:"says"`
	World    string            `yaml:"world"`   // another scenario than the test's
	Without  bool              `yaml:"without"` // the scenario's own policies are left out
	Params   map[string]string `yaml:"params"`
	Scenario map[string]string `yaml:"scenario"`
	Policies []ClaimPolicy     `yaml:"policies"`
	Cut      []string          `yaml:"cut"` // of world.ChannelNames
}

// A ClaimPolicy is an instrument that begins behind the branch. Zero values stand for the defaults.
type ClaimPolicy struct {
	Instrument string       `yaml:"instrument"`
	Years      int          `yaml:"years"`     // default 5
	Share      float64      `yaml:"share"`     // budget a year, of the region's value added at tick 0; default .005
	Intensity  float64      `yaml:"intensity"` // default 1
	Style      string       `yaml:"style"`
	Cluster    string       `yaml:"cluster"`
	Within     *ClaimCircle `yaml:"within"`
}

// A ClaimCircle is a circle about a place of the scenario.
type ClaimCircle struct {
	Place string  `yaml:"place"`
	KM    float64 `yaml:"km"`
}

// ReadClaims reads the built-in tests.
func ReadClaims() (*Claims, error) { return parseClaims(claimsFile) }

// parseClaims reads tests and finds all that is wrong with them.
func parseClaims(data []byte) (*Claims, error) {
	var file struct {
		Agglo int         `yaml:"agglo"`
		Tests []ClaimTest `yaml:"tests"`
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(&file); err != nil {
		return nil, fmt.Errorf("claims.yaml: %w", err)
	}
	c := &Claims{Tests: file.Tests}
	var faults []error
	seen := map[string]bool{}
	for k := range c.Tests {
		t := &c.Tests[k]
		if t.Contrast == "" {
			t.Contrast = Difference
		}
		if seen[t.ID] {
			faults = append(faults, fmt.Errorf("claims.yaml: %s is there twice", t.ID))
		}
		seen[t.ID] = true
		for _, fault := range t.faults() {
			faults = append(faults, fmt.Errorf("claims.yaml: %s: %s", t.ID, fault))
		}
	}
	return c, errors.Join(faults...)
}

// Claim is the id of the claim that a test belongs to: C3 for C3b.
func (t *ClaimTest) Claim() string { return strings.TrimRight(t.ID, "abcdefgh") }

// Counted says whether a test counts as evidence for or against its claim.
func (t *ClaimTest) Counted() bool { return t.Construction == "" }

// faults lists what is wrong with a test by itself.
func (t *ClaimTest) faults() []string {
	var list []string
	want := func(ok bool, format string, args ...any) {
		if !ok {
			list = append(list, fmt.Sprintf(format, args...))
		}
	}
	want(t.Quote.RU != "" && t.Quote.EN != "", "quote: want ru and en")
	want(t.Literature != "", "literature: want a note")
	want(t.Expected == "+" || t.Expected == "-", "expected %q: want + or -", t.Expected)
	o, found := claimOutcome(t.Outcome)
	want(found, "outcome %q does not exist", t.Outcome)
	want(t.Unit == "%" && t.Contrast != Country || t.Unit == "points" && (o.share || t.Contrast == Country) || t.Unit != "points" && t.Unit == o.unit,
		"unit %q: want %%, points of a share, or %s", t.Unit, o.unit)
	want(o.local == (t.Target != nil), "target: want one for an outcome of a place, and for no other")
	want(o.sectors == (len(t.Sectors) > 0), "sectors: want some for an outcome of sectors, and for no other")
	t.faultsOfWorlds(want)
	want(t.Smallest > 0 && t.Why != "", "smallest %g: want one above 0, and why", t.Smallest)
	want(t.Outcome != "survival_target" || t.Horizon >= afterwards, "horizon %d: want %d or more, since firms in the target are followed for so many ticks", t.Horizon, afterwards)
	want(t.Branch >= 0 && t.Horizon >= world.TicksPerYear, "branch %d, horizon %d: want 0 or more, and a year or more", t.Branch, t.Horizon)
	want(slices.Contains([]string{Difference, Interaction, Spread, Best, Country, Level, Nearer}, t.Contrast), "contrast %q", t.Contrast)
	want((t.B != nil) == (t.Contrast != Level) && (t.A != nil) == (t.Contrast != Best), "arms: want a and b; for best b alone, for a level a alone")
	want((t.C != nil) == (t.Contrast == Interaction || t.Contrast == Nearer) && (t.D != nil) == (t.Contrast == Interaction),
		"arms c and d: want both for an interaction, c for a distance, and none else")
	want((len(t.Best) > 1) == (t.Contrast == Best), "best: want two or more policies for this contrast, and for no other")
	for _, a := range t.arms() {
		want(a.Says != "", "an arm does not say what it is")
		want(len(a.Scenario) == 0 || t.Branch == 0, "arm %q: other values of the scenario need branch 0", a.Says)
		for _, cut := range a.Cut {
			want(slices.Contains(world.ChannelNames[:], cut), "arm %q: cut %q: want one of %v", a.Says, cut, world.ChannelNames)
		}
	}
	return list
}

// arms lists a test's arms: a, b, c, d as far as there are, or b and the policies among which the best is sought.
func (t *ClaimTest) arms() []*ClaimArm {
	if t.Contrast == Best {
		list := []*ClaimArm{t.B}
		for _, p := range t.Best {
			list = append(list, &ClaimArm{Says: p.Instrument, Policies: []ClaimPolicy{p}})
		}
		return list
	}
	if t.Contrast == Country {
		return t.overWorlds()
	}
	var list []*ClaimArm
	for _, a := range []*ClaimArm{t.A, t.B, t.C, t.D} {
		if a != nil {
			list = append(list, a)
		}
	}
	return list
}

// Choose gives the tests of some claims, by the id of a claim or of a test; all for none. Unknown ids are in the error.
func (c *Claims) Choose(ids []string) ([]ClaimTest, error) {
	if len(ids) == 0 {
		return c.Tests, nil
	}
	var faults []error
	for _, id := range ids {
		if !slices.ContainsFunc(c.Tests, func(t ClaimTest) bool { return t.ID == id || t.Claim() == id }) {
			faults = append(faults, fmt.Errorf("%w: %s: want C1 to C30, or the id of a test such as C3b", ErrNoClaim, id))
		}
	}
	var list []ClaimTest
	for _, t := range c.Tests {
		if slices.Contains(ids, t.ID) || slices.Contains(ids, t.Claim()) {
			list = append(list, t)
		}
	}
	return list, errors.Join(faults...)
}

// ErrNoClaim is in the error of Choose for an unknown id.
var ErrNoClaim = errors.New("no such claim")
