package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"agglo/internal/study"
	"agglo/internal/table"
	"agglo/internal/text"
	"agglo/model"
)

// reportFile is the report of a comparison in its folder.
const reportFile = "report.md"

// A passage is a part of a report: a head line, a table, sentences.
type passage struct {
	head  string
	table [][]string
	says  []string
}

// reportComparison prints the result of a comparison: effects at the policy's end and at the end, costs, and what is
// established; and writes it into the folder.
func reportComparison(c *console, setup model.Setup, r *study.Result, dir string, figures []string) error {
	title := fmt.Sprintf("%s: %s of worlds, policies from tick %d, watched until %d", setup.Setting.ID, count(len(r.Seeds), "pair"), r.First+1, r.Ticks[len(r.Ticks)-1])
	report := passages(setup, r)
	if err := table.Replace(filepath.Join(dir, reportFile), []byte(markdown(title, report))); err != nil {
		return err
	}
	if c.json {
		return printJSON(c.out, comparedForMachines(r, dir, figures))
	}
	c.print("%s\n", title)
	for _, p := range report {
		c.print("\n%s\n", p.head)
		if err := p.print(c.out); err != nil {
			return err
		}
	}
	c.print("\nTables and this report: %s\n", dir)
	for _, f := range figures {
		if strings.HasSuffix(f, ".png") {
			c.print("Figure: %s\n", filepath.Join(dir, f))
		}
	}
	return nil
}

// passages is the report of a comparison.
func passages(setup model.Setup, r *study.Result) []passage {
	money := setup.Setting.Currency
	costs, unit := costTable(r, money.LabourCost)
	end := r.Ticks[len(r.Ticks)-1]
	report := []passage{{"Effects: policy less baseline under the same draws (95% interval; * beyond chance: adjusted p below .05)", effectTable(r), nil}}
	established := passage{head: "What is established"}
	price := passage{head: fmt.Sprintf("Costs until the end, in %s%s (one worker-year is %s)", unit, text.Currency(text.English, money.Code), grouped(money.LabourCost)), table: costs}
	power := passage{head: fmt.Sprintf("Effects that %d pairs find with a chance of 80%%, each tested alone", len(r.Seeds))}
	pairs := passage{head: "What pairs gain"}
	parting := passage{head: "Where histories part"}
	for k, a := range r.Arms {
		over := r.EndOf(a.ID)
		if over < end {
			established.says = append(established.says, r.SentenceAt(a.ID, over))
			power.says = append(power.says, r.Power(a.ID, over))
		}
		established.says = append(established.says, r.Sentence(a.ID))
		power.says = append(power.says, r.Power(a.ID, end))
		code := text.Currency(text.English, money.Code)
		price.says = append(price.says, priceOf(&r.Costs[k], len(r.Seeds), money.LabourCost, code), leftOf(r, &r.Costs[k], money.LabourCost, code))
		pairs.says = append(pairs.says, r.Followed(a.ID))
		parting.says = append(parting.says, r.Parted(a.ID))
	}
	established.says = append(established.says, notesOn(r)...)
	for _, p := range []passage{established, price, power, pairs, parting} {
		p.says = filled(p.says)
		if len(p.says) > 0 || p.table != nil {
			report = append(report, p)
		}
	}
	return report
}

// notesOn says what a reader must know before the numbers are relied upon.
func notesOn(r *study.Result) []string {
	few := ""
	if n := len(r.Seeds); n < study.Least {
		are := "are"
		if n == 1 {
			are = "is"
		}
		few = fmt.Sprintf("%s %s too few to rely on intervals or p-values: use --replicates %d at least, better 20.", count(n, "pair"), are, study.Least)
	}
	notes := []string{few, r.Stopped(), r.Looked()}
	for k, a := range r.Arms {
		if why := a.Harmless(r.Ticks[len(r.Ticks)-1]); why != "" {
			notes = append(notes, fmt.Sprintf("%s can do nothing: %s. Its zeros are no finding.", a.ID, why))
		} else if c := &r.Costs[k]; c.Gross+c.GuaranteeLoss == 0 {
			notes = append(notes, fmt.Sprintf("%s has not spent anything: it reached nobody. Its zeros are no finding.", a.ID))
		}
	}
	return filled(notes)
}

// filled leaves out empty sentences.
func filled(says []string) []string {
	full := []string{}
	for _, s := range says {
		if s != "" {
			full = append(full, s)
		}
	}
	return full
}

// print writes a passage for a screen.
func (p *passage) print(w io.Writer) error {
	if p.table != nil {
		if err := printTable(w, p.table); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, strings.Join(append(p.says, ""), "\n"))
	return err
}

// heads are the heads of a table's columns in a language.
func heads(lang string, keys ...string) []string {
	words := make([]string, len(keys))
	for k, key := range keys {
		words[k] = text.In(lang, key)
	}
	return words
}

// metricIn and policyIn name an outcome and a policy in a language; English has their ids, by which tables and flags name them.
func metricIn(lang, id string) string { return named(lang, id, text.Named(lang, "metric.", id)) }
func policyIn(lang, id string) string { return named(lang, id, text.Policies(lang, id)) }

// named is the id in English, the name in other languages.
func named(lang, id, name string) string {
	if lang == text.English {
		return id
	}
	return name
}

// markdown writes a report as a document.
func markdown(title string, report []passage) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", title)
	for _, p := range report {
		fmt.Fprintf(&b, "\n## %s\n", p.head)
		if p.table != nil {
			b.WriteString("\n")
		}
		for k, row := range p.table {
			fmt.Fprintf(&b, "| %s |\n", strings.Join(row, " | "))
			if k == 0 {
				b.WriteString("|" + strings.Repeat("---|", len(row)) + "\n")
			}
		}
		for k, s := range p.says {
			if k == 0 {
				b.WriteString("\n")
			}
			fmt.Fprintf(&b, "* %s\n", s)
		}
	}
	return b.String()
}
