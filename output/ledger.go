package output

import (
	"agglo/model/world"
)

var ledgerColumns = []string{"run", "tick", "policy", "gross", "forgone", "admin", "guarantee_loss", "tax_back", "private_levered"}

// ledgerRows writes what each policy cost since the row before. What comes back as taxes, only a twin without the policy can
// tell: those cells are empty here.
func (r *Recorder) ledgerRows(v world.View, tick int) {
	w := r.writers["ledger"]
	if w == nil {
		return
	}
	for len(r.paid) < v.Policies() {
		r.paid = append(r.paid, world.Cost{})
	}
	for k := range v.Policies() {
		e := v.Ledger(k)
		before := r.paid[k]
		r.paid[k] = e.Total
		w.Integer(int64(r.run.Run))
		w.Integer(int64(tick))
		w.Text(e.Policy)
		w.Number((e.Total.Gross - before.Gross) * v.Scale())
		w.Number((e.Total.Forgone - before.Forgone) * v.Scale())
		w.Number((e.Total.Admin - before.Admin) * v.Scale())
		w.Number((e.Total.GuaranteeLoss - before.GuaranteeLoss) * v.Scale())
		w.Empty()
		w.Number((e.Total.PrivateLevered - before.PrivateLevered) * v.Scale())
		w.EndRow()
	}
}
