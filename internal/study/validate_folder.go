package study

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"agglo/internal/table"
	"agglo/output"
)

// A ValidateManifest says all that is needed to make a validation again. Its scenario and runs are those of one of the
// worlds; the others have the same seeds.
type ValidateManifest struct {
	output.Manifest
	Validation struct {
		Seeds      int               `json:"seeds"` // asked for, of each world
		Worlds     map[string]string `json:"worlds"`
		Facts      []Fact            `json:"facts"`
		Published  []PublishedEffect `json:"published,omitempty"`
		Unfinished int               `json:"unfinished,omitempty"`
		Done       map[string]int    `json:"done,omitempty"` // where it was stopped: seeds that are done, by world and of the effects
	} `json:"validation"`
}

// OpenValidation reads the manifest of a folder of a validation.
func OpenValidation(dir string) (*ValidateManifest, error) {
	var m ValidateManifest
	if err := openAs(dir, &m); err != nil {
		return nil, err
	}
	if m.Validation.Seeds == 0 {
		return nil, fmt.Errorf("%s: %w: its manifest is not that of a validation", dir, output.ErrNoFolder)
	}
	return &m, nil
}

// A ValidateFolder is the folder of a validation that is being made.
type ValidateFolder struct {
	dir      string
	manifest ValidateManifest
}

// ReserveValidation begins the folder of a validation, before the work is done. It refuses and overwrites folders as
// output.Create does. worlds are the texts of the scenarios by id, effects the published effects that are looked for. Until Write
// the folder is marked as not whole.
func ReserveValidation(dir string, base output.Manifest, worlds map[string]string, o ValidateOptions, effects []PublishedEffect, force bool) (*ValidateFolder, error) {
	facts, at, err := choose(o.Only)
	switch {
	case err != nil:
		return nil, err
	case o.None:
		facts, at = nil, base.Ticks
	case o.Ticks > 0:
		at = o.Ticks
	}
	base.Ticks = at
	if len(effects) > 0 {
		base.ScenarioYAML += "# Published effects, in a world of their own:\n"
		for _, e := range effects {
			base.ScenarioYAML += fmt.Sprintf("# %s: %+v less %+v\n", e.ID, e.Of, e.Less)
		}
	}
	for _, id := range WorldsOf(facts) { // the folder's fingerprint then tells one validation from another
		base.ScenarioYAML += fmt.Sprintf("# Validated at tick %d on %s: %v\n", at, id, worlds[id])
	}
	base.ScenarioYAML += fmt.Sprintf("# Facts: %v\n", o.Only)
	if _, err := output.Create(dir, base, force); err != nil {
		return nil, err
	}
	f := &ValidateFolder{dir: dir}
	base.Tables = map[string]output.Hashed{}
	base.Agglo, base.Command = output.FormatVersion, base.Fingerprint()
	f.manifest.Manifest = base
	f.manifest.Validation.Seeds, f.manifest.Validation.Worlds, f.manifest.Validation.Facts = o.Seeds, worlds, facts
	f.manifest.Validation.Published = effects
	return f, nil
}

// validated is what a validation has found.
type validated struct {
	facts   *Validation
	effects *PublishedRun
}

// validationTables are the tables of facts and of published effects.
func validationTables(facts, effects bool) (tables []tableOf[validated]) {
	if facts {
		tables = append(tables, tableOf[validated]{"facts", func(w *table.Writer, v validated) { v.facts.factRows(w) }},
			tableOf[validated]{"facts_seeds", func(w *table.Writer, v validated) { v.facts.seedRows(w) }})
	}
	if effects {
		tables = append(tables, tableOf[validated]{"published", func(w *table.Writer, v validated) { v.effects.publishedRows(w) }},
			tableOf[validated]{"published_seeds", func(w *table.Writer, v validated) { v.effects.publishedSeedRows(w) }},
			tableOf[validated]{"trials", func(w *table.Writer, v validated) { v.effects.trialRows(w) }})
	}
	return append(tables, tableOf[validated]{"dictionary", func(w *table.Writer, _ validated) {
		if facts {
			validateWords(w)
		}
		if effects {
			publishedWords(w)
		}
	}})
}

// ValidationFiles lists the tables of a validation by their files.
func ValidationFiles(facts, effects bool) []string { return filesOf(validationTables(facts, effects)) }

// SwitchesFiles lists those of assumptions that are switched off.
func SwitchesFiles() []string { return []string{"switches.csv", "dictionary.csv"} }

// Write writes the tables of what was run, facts or published effects or both, and completes the folder.
func (f *ValidateFolder) Write(r *Validation, p *PublishedRun, took time.Duration) error {
	m, unfinished := &f.manifest, 0
	if r != nil {
		unfinished = r.Unfinished
	}
	if p != nil {
		unfinished += p.Unfinished
	}
	for _, t := range validationTables(r != nil, p != nil) {
		h, err := write(f.dir, t.name, func(w *table.Writer) { t.rows(w, validated{r, p}) })
		if err != nil {
			return err
		}
		m.Tables[t.name+".csv"] = h
	}
	if p == nil && len(m.Validation.Published) > 0 { // stopped before the first of them
		unfinished += m.Validation.Seeds
	}
	m.Complete, m.Validation.Unfinished = unfinished == 0, unfinished
	f.reached(doneSeeds(r, p))
	m.Seconds = took.Seconds()
	return complete(f.dir, m)
}

// FewSeeds is how many seeds make intervals that can be leant on; fewer are told.
const FewSeeds = 30

// doneSeeds are the seeds that are done, by world; those of effects go by that word.
func doneSeeds(r *Validation, p *PublishedRun) map[string][]int {
	done := map[string][]int{}
	if r != nil {
		for _, id := range r.Worlds {
			done[id] = r.Done[id]
		}
	}
	if p != nil {
		done["effects"] = p.Done
	}
	return done
}

// SeedsOf are the seeds of the runs that a validation has done.
func SeedsOf(r *Validation, p *PublishedRun) map[uint64]bool {
	seeds := map[uint64]bool{}
	if r != nil {
		for _, f := range r.Findings {
			for _, seed := range f.Seeds {
				seeds[seed] = true
			}
		}
	}
	if p != nil {
		for _, f := range p.Findings {
			for _, seed := range f.Seeds {
				seeds[seed] = true
			}
		}
	}
	return seeds
}

// reached notes which runs are done. A seed is when it is so in every world; where it was stopped, the manifest counts by world.
func (f *ValidateFolder) reached(done map[string][]int) {
	m := &f.manifest
	for k := range m.Runs {
		m.Runs[k].Ticks = m.Ticks
		for _, seeds := range done {
			if !slices.Contains(seeds, k) {
				m.Runs[k].Ticks = 0
			}
		}
	}
	if m.Complete {
		return
	}
	m.Validation.Done = map[string]int{}
	for _, of := range slices.Sorted(maps.Keys(done)) {
		n := len(done[of])
		m.Validation.Done[of] = n
		words := fmt.Sprintf("stopped: %d of %d seeds of %s are done", n, m.Validation.Seeds, of)
		if n < FewSeeds {
			words += fmt.Sprintf("; fewer than %d: intervals are wide", FewSeeds)
		}
		m.Notes = append(m.Notes, words)
	}
}

// factRows writes facts.csv.
func (r *Validation) factRows(w *table.Writer) {
	for _, f := range r.Findings {
		band := [2]float64{math.NaN(), math.NaN()}
		if f.Band != nil {
			band = *f.Band
		}
		w.Text(f.ID)
		w.Text(f.Statistic)
		for _, x := range [...]float64{f.Value, f.Lo, f.Hi, band[0], band[1]} {
			w.Number(x)
		}
		w.Text(f.Role)
		w.Text(f.Verdict)
		w.Integer(int64(len(f.Seeds)))
		w.Text(f.World)
		w.Integer(int64(f.Tick))
		w.Text(f.Source)
		w.EndRow()
	}
}

// seedRows writes facts_seeds.csv.
func (r *Validation) seedRows(w *table.Writer) {
	for _, f := range r.Findings {
		for k, seed := range f.Seeds {
			w.Text(f.ID)
			w.Text(f.World)
			w.Integer(int64(seed))
			w.Number(f.Values[k])
			w.EndRow()
		}
	}
}

func validateWords(w *table.Writer) { wordRows(w, "facts", "facts_seeds") }
