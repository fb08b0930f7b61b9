package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"go.yaml.in/yaml/v4"

	"agglo/internal/study"
)

// listClaims prints what is tested.
func listClaims(c *console, tests []study.ClaimTest) error {
	if c.json {
		var list any // with the keys of the file that the tests stand in
		text, err := yaml.Marshal(tests)
		if err == nil {
			err = yaml.Unmarshal(text, &list)
		}
		return errors.Join(err, printJSON(c.out, list))
	}
	rows := [][]string{{"test", "claim", "a", "b", "outcome", "quarters", "expected", "standing"}}
	for k := range tests {
		t := &tests[k]
		a, b := t.Sides()
		rows = append(rows, []string{
			t.ID, t.Quote.EN, a, b, t.Outcome, fmt.Sprintf("%d+%d", t.Branch, t.Horizon),
			fmt.Sprintf("%s%g %s", t.Expected, t.Smallest, t.Unit), t.Standing(),
		})
	}
	return printTable(c.out, rows)
}

// testedClaim is a result for machines; absent numbers are null.
type testedClaim struct {
	ID         string   `json:"id"`
	Claim      string   `json:"claim"`
	Quote      string   `json:"quote"`
	Outcome    string   `json:"outcome"`
	Unit       string   `json:"unit"`
	Expected   string   `json:"expected"`
	Smallest   *float64 `json:"smallest"`
	Pairs      int      `json:"pairs"`
	Effect     *float64 `json:"effect"`
	Lo         *float64 `json:"lo"`
	Hi         *float64 `json:"hi"`
	Detectable *float64 `json:"detectable"`
	P          *float64 `json:"p"`
	Adjusted   *float64 `json:"p_adjusted"`
	Verdict    string   `json:"verdict"`
	Standing   string   `json:"standing"`
	Note       string   `json:"note"`
}

// reportClaims prints the table.
func reportClaims(c *console, r *study.ClaimsRun, dir string, figures []string, took time.Duration) error {
	if c.json {
		return printJSON(c.out, claimsForMachines(r, dir, figures))
	}
	rows := [][]string{{"test", "claim", "outcome", "pairs", "effect [95%]", "smallest", "verdict", "power"}}
	for k := range r.Results {
		x := &r.Results[k]
		rows = append(rows, []string{
			x.Test.ID, x.Test.Quote.EN, x.Test.Outcome + ", " + x.Test.Unit, fmt.Sprint(x.Pairs), x.Span(),
			fmt.Sprintf("%s%g", x.Test.Expected, x.Test.Smallest), x.Says(), x.Power(),
		})
	}
	if err := printTable(c.out, rows); err != nil {
		return err
	}
	for _, line := range r.Settings() {
		c.print("\n%s\n", line)
	}
	c.print("\n%s\nTook %s. A star: the verdict also holds when p is adjusted for all counted tests. Power: the effect that so many pairs tell\n"+
		"from none with a chance of 80%%. The page: %s\n", r.Summary(), took.Round(time.Second), filepath.Join(dir, study.ClaimsPage))
	for _, f := range figures {
		if filepath.Ext(f) == ".png" {
			c.print("Figure: %s\n", filepath.Join(dir, f))
		}
	}
	return nil
}

// claimsForMachines is the whole result.
func claimsForMachines(r *study.ClaimsRun, dir string, figures []string) any {
	var list []testedClaim
	for k := range r.Results {
		x := &r.Results[k]
		list = append(list, testedClaim{
			x.Test.ID, x.Test.Claim(), x.Test.Quote.EN, x.Test.Outcome, x.Test.Unit, x.Test.Expected, defined(x.Test.Smallest), x.Pairs,
			defined(x.Effect), defined(x.Lo), defined(x.Hi), defined(x.Detectable), defined(x.P), defined(x.Holm), x.Verdict,
			x.Test.Standing(), x.Note,
		})
	}
	return struct {
		Dir        string        `json:"dir"`
		Replicates int           `json:"replicates"`
		Unfinished int           `json:"unfinished"`
		Settings   []string      `json:"settings,omitempty"` // what was set in all arms
		Summary    string        `json:"summary"`
		Tests      []testedClaim `json:"tests"`
		Figures    []string      `json:"figures"`
	}{dir, r.Replicates, r.Unfinished, r.Settings(), r.Summary(), list, append([]string{}, figures...)}
}
