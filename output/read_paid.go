package output

import (
	"errors"
	"io/fs"
	"path/filepath"

	"agglo/internal/table"
)

// A Paid is what a policy of the scenario gave, run by run.
type Paid struct {
	Policy   string
	Quarters []int     // rows in which money went: quarters, where a run has a row for each
	Money    []float64 // in all, worker-years: given, administration, losses on guarantees
}

// ReadPaid reads from ledger.csv what each policy gave, in the order of the table; nothing where a run has no policies.
func ReadPaid(dir string) ([]Paid, error) {
	parts := []string{"gross", "admin", "guarantee_loss"}
	columns := []table.Column{{Name: "run", Kind: table.Integer}, {Name: "policy"}}
	for _, n := range parts {
		columns = append(columns, table.Column{Name: n, Kind: table.Number})
	}
	t, err := table.ReadFile(filepath.Join(dir, "ledger.csv"), columns, table.Options{AllowNoRows: true})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	policies, run := t.Labels("policy"), t.Integers("run")
	all := make([]Paid, len(policies.Names))
	for row := range t.Rows {
		p := &all[policies.Code[row]]
		p.Policy = policies.Names[policies.Code[row]]
		for int64(len(p.Money)) <= run[row] {
			p.Quarters, p.Money = append(p.Quarters, 0), append(p.Money, 0)
		}
		sum := 0.0
		for _, n := range parts {
			sum += t.Numbers(n)[row]
		}
		if sum > 0 {
			p.Quarters[run[row]]++
		}
		p.Money[run[row]] += sum
	}
	return all, nil
}
