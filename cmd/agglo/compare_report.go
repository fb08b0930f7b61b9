package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"agglo/internal/study"
	"agglo/internal/table"
	"agglo/internal/text"
	"agglo/model"
	"agglo/model/world"
)

// reportFile is the report of a comparison in its folder.
const reportFile = "report.md"

// A passage is a part of a report: a head line, a table, sentences.
type passage struct {
	head  string
	table [][]string
	says  []string
}

// reportComparison prints the result of a comparison, in English: effects at the policy's end and at the end, costs, and what is
// established; and writes it into the folder, in the language that was asked for.
func reportComparison(c *console, setup model.Setup, r *study.Result, dir, lang string, figures []string) error {
	title, report := comparedReport(lang, setup, r)
	if err := table.Replace(filepath.Join(dir, reportFile), []byte(markdown(title, report))); err != nil {
		return err
	}
	if c.json {
		return printJSON(c.out, comparedForMachines(r, dir, figures))
	}
	title, report = comparedReport(text.English, setup, r)
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

// comparedReport is the report of a comparison in a language.
func comparedReport(lang string, setup model.Setup, r *study.Result) (title string, report []passage) {
	say := func(key string, args ...any) string { return text.In(lang, key, args...) }
	whole := func(n int) string { return text.Printed(lang, "%d", n) }
	money := setup.Setting.Currency
	costs, unit := costTable(lang, r, money.LabourCost, money.Code)
	end := r.Ticks[len(r.Ticks)-1]
	report = []passage{{say("compared.effects"), effectTable(lang, r), nil}}
	established := passage{head: say("told.established")}
	price := passage{head: say("compared.costs", unit, text.Printed(lang, "%s", grouped(money.LabourCost))), table: costs}
	power := passage{head: say("compared.power", whole(len(r.Seeds)))}
	pairs := passage{head: say("compared.pairs")}
	parting := passage{head: say("compared.parting")}
	called := func(id string) string {
		k := slices.IndexFunc(setup.Setting.Sectors, func(x world.Sector) bool { return x.ID == id })
		return named(lang, id, text.Name(lang, setup.Setting.Sectors[max(k, 0)].Name))
	}
	for k, a := range r.Arms {
		over := r.EndOf(a.ID)
		if over < end {
			established.says = append(established.says, r.SentenceAt(lang, a.ID, over))
			power.says = append(power.says, r.Power(lang, a.ID, over))
		}
		established.says = append(established.says, r.Sentence(lang, a.ID))
		power.says = append(power.says, r.Power(lang, a.ID, end))
		price.says = append(price.says, priceOf(lang, &r.Costs[k], len(r.Seeds), money.LabourCost, money.Code), leftOf(lang, r, &r.Costs[k], money.LabourCost, money.Code))
		pairs.says = append(pairs.says, r.Followed(lang, a.ID))
		parting.says = append(parting.says, r.Parted(lang, a.ID, called))
	}
	established.says = append(established.says, notesOn(lang, r)...)
	for _, p := range []passage{established, price, power, pairs, parting} {
		p.says = filled(p.says)
		if len(p.says) > 0 || p.table != nil {
			report = append(report, p)
		}
	}
	count := text.Printed(lang, "%s", grouped(float64(len(r.Seeds))))
	return say("compared.title", setup.Setting.ID, count, whole(r.First+1), whole(end)), report
}

// notesOn says in a language what a reader must know before the numbers are relied upon.
func notesOn(lang string, r *study.Result) []string {
	few := ""
	if n := len(r.Seeds); n < study.Least {
		few = text.In(lang, "compared.too_few", text.Printed(lang, "%d", n), text.Printed(lang, "%d", study.Least))
	}
	notes := []string{few, r.Stopped(lang), r.Looked(lang)}
	for k, a := range r.Arms {
		if why := a.Harmless(lang, r.Ticks[len(r.Ticks)-1]); why != "" {
			notes = append(notes, text.In(lang, "compared.harmless", policyIn(lang, a.ID), why))
		} else if c := &r.Costs[k]; c.Gross+c.GuaranteeLoss == 0 {
			notes = append(notes, text.In(lang, "compared.nobody", policyIn(lang, a.ID)))
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
func metricIn(lang, id string) string { return named(lang, id, text.Outcome(lang, id)) }
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
