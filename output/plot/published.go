package plot

import (
	"math"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// publishedTable holds published effects beside what the model shows.
const publishedTable = "published.csv"

// publishedVerdicts are the verdicts of published.csv with those of claims whose marks they have.
var publishedVerdicts = map[string]string{"as published": claimSupported, "otherwise": claimContradicted, "undecided": claimUndecided}

// published draws every published effect that was measured as a row of a forest: the model's effect over the smallest effect of
// interest, with the sign that was published beside its name. The row of all instruments has no interval and is left out.
func (f *folder) published() (*sheet, error) {
	t, err := f.table(publishedTable)
	if err != nil {
		return nil, err
	}
	var all []claimRow
	count, counted, worlds := map[string]int{}, 0, 0.0
	n := t.number
	for i := range t.rows {
		verdict, measured := publishedVerdicts[t.word["verdict"][i]]
		id, smallest := t.word["id"][i], n["smallest"][i]
		if !measured || math.IsNaN(n["value"][i]) || !(smallest > 0) || math.IsNaN(n["lo"][i]) {
			continue
		}
		x := claimRow{id: id, unit: t.word["unit"][i], verdict: verdict, counted: t.word["standing"][i] == "counted"}
		x.unit = strings.TrimPrefix(x.unit, "log ")
		x.effect = [3]float64{n["value"][i], n["lo"][i], n["hi"][i]}
		for k, v := range x.effect {
			x.relative[k] = v / smallest
		}
		if x.name = f.named("published.", id); x.name == id {
			x.name = t.word["statistic"][i]
		}
		x.name += ": " + strings.Replace(t.word["expected"][i], "-", "−", 1)
		if x.counted {
			count[verdict]++
			counted++
		}
		worlds = max(worlds, n["seeds"][i])
		all = append(all, x)
	}
	if len(all) == 0 {
		return nil, skip(f.say("note.empty", publishedTable))
	}
	number := func(k int) string { return f.num(float64(k), 0) }
	return &sheet{
		title:  f.say("title.published", number(counted), number(count[claimSupported]), number(count[claimContradicted])),
		sub:    f.say("sub.published", f.num(worlds, 0)),
		height: claimPitch*vg.Length(len(all)+1) + 52,
		paint:  func(c draw.Canvas) { f.drawClaims(c, all, "published.") },
	}, nil
}
