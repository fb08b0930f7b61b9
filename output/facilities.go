package output

import "agglo/model/world"

var facilityColumns = []string{"run", "tick", "facility", "kind", "x", "y", "members", "using", "use", "service", "fees", "grant",
	"relief", "cost", "balance"}

// facilityRows writes the scenario's shared facilities at a year's end.
func (r *Recorder) facilityRows(v world.View, tick int) {
	w := r.writers["facilities"]
	if w == nil || tick == 0 {
		return
	}
	for k := range v.Facilities() {
		in, now, year := v.FacilityOf(k), v.FacilityService(k), v.FacilityYear(k)
		w.Integer(int64(r.run.Run))
		w.Integer(int64(tick))
		w.Text(in.ID)
		w.Text(in.Kind)
		w.Number(in.At.X)
		w.Number(in.At.Y)
		w.Integer(int64(v.FacilityMembers(k)))
		w.Integer(int64(now.Using))
		w.Number(ratio(now.Jobs, now.Places))
		w.Number(now.Mean)
		for _, money := range []float64{year.Fees, year.Grant, year.Relief, year.Cost, v.FacilityBalance(k)} {
			w.Number(money * v.Scale())
		}
		w.EndRow()
	}
}
