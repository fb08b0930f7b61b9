package plot

import (
	"strings"
	"testing"
)

// Unemployment of 50% in the first two years and of 4% behind them averages 4%, as in summary.csv, which is asked first: its rows are
// all quarters. A run of two years has nothing else than its first years.
func TestTitleLeavesOutUnsettledYears(t *testing.T) {
	const rows = "run,point,replicate,seed,tick,policy,firms,productivity,unemployment\n0,0,0,5,0,,10,1,.5\n0,0,0,5,8,,10,1.1,.5\n"
	for _, c := range []struct{ rows, summary, want string }{
		{rows + "0,0,0,5,9,,10,1.2,.03\n0,0,0,5,16,,10,1.3,.05\n", "", "averages 4.0%"},
		{rows + "0,0,0,5,9,,10,1.2,.03\n0,0,0,5,16,,10,1.3,.05\n", "unemployment_mean,.057,,\n", "averages 5.7%"},
		{rows, "unemployment_mean,,,\n", "averages 50.0%"},
		{rows + "0,0,0,5,9,,10,1.2,.04\n" + "1,0,1,6,0,,10,1,.5\n1,0,1,6,8,,10,1.1,.5\n1,0,1,6,9,,10,1.2,.06\n", "", "averages 5.0%"},
	} {
		dir := t.TempDir()
		putTables(t, dir, map[string]string{"series.csv": c.rows, "summary.csv": "statistic,value,lo,hi\n" + c.summary})
		f, err := open(dir, "en")
		if err != nil {
			t.Fatal(err)
		}
		h, err := f.history()
		if err != nil {
			t.Fatal(err)
		}
		if title := f.seriesTitle(h); !strings.Contains(title, c.want) {
			t.Errorf("%q, want %q in it", title, c.want)
		}
	}
}
