package table

import (
	"fmt"
	"strings"
	"testing"
)

func compared(t *testing.T, left, right string, leave ...string) Comparison {
	t.Helper()
	c, err := Compare(Side{Name: "l", From: strings.NewReader(left)}, Side{Name: "r", From: strings.NewReader(right)}, leave...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCompare(t *testing.T) {
	const table = "run,tick,x,y\n0,0,1,2\n0,4,3,4\n0,8,5,6\n1,0,7,8\n"
	for _, c := range []struct {
		name, left string
		different  int64
		want       string
	}{
		{"the same", table, 0, "[]"},
		{"a digit", strings.Replace(table, "3,4", "3,5", 1), 1, "[{3 run 0, tick 4 y 5 4 }]"},
		{"two cells of a row", strings.Replace(table, "5,6", "6,5", 1), 1, "[{4 run 0, tick 8 x 6 5 } {4 run 0, tick 8 y 5 6 }]"},
		{"a row less", strings.Replace(table, "0,4,3,4\n", "", 1), 1, "[{3 run 0, tick 4    is missing}]"},
		{"the last row less", strings.Replace(table, "1,0,7,8\n", "", 1), 1, "[{4 run 1, tick 0    is missing}]"},
		{"a row more", strings.Replace(table, "0,8", "0,6,9,9\n0,8", 1), 1, "[{4 run 0, tick 6    is one too many}]"},
		{"a row at the end", table + "2,0,1,1\n", 1, "[{6 run 2, tick 0    is one too many}]"},
		{"another key", strings.Replace(table, "0,4", "0,5", 1), 1, "[{3 run 0, tick 4 tick 5 4 }]"},
	} {
		got := compared(t, c.left, table)
		if got.Rows != 4 || got.Different != c.different || fmt.Sprint(got.First) != c.want {
			t.Errorf("%s: %d rows, %d differ: %v; want %d: %s", c.name, got.Rows, got.Different, got.First, c.different, c.want)
		}
		if extra := strings.Contains(c.want, "too many"); extra != (got.Extra == 1) {
			t.Errorf("%s: %d rows are too many", c.name, got.Extra)
		}
	}
	if got := compared(t, strings.ReplaceAll(table, "0,", "9,"), table, "run", "tick"); got.Different != 0 {
		t.Error("columns that are left out:", got)
	}
	if _, err := Compare(Side{Name: "l", From: strings.NewReader("a,b\n")}, Side{Name: "r", From: strings.NewReader("a,c\n")}); err == nil ||
		!strings.Contains(err.Error(), "l: the header is a,b: want a,c") {
		t.Error(err)
	}
	if _, err := Compare(Side{Name: "l", From: strings.NewReader("a,b\n1\n")}, Side{Name: "r", From: strings.NewReader("a,b\n1,2\n")}); err == nil {
		t.Error("a row that is too short")
	}
}

func TestCompareSome(t *testing.T) {
	left := Side{Name: "l", From: strings.NewReader("run,x\n0,1\n3,2\n5,3\n"), Keep: func(cell func(string) string) bool { return cell("run") == "3" }}
	c, err := Compare(left, Side{Name: "r", From: strings.NewReader("run,x\n0,9\n")}, "run")
	if err != nil || c.Rows != 1 || c.Different != 1 || c.First[0].Line != 3 || c.First[0].Left != "2" || c.First[0].Row != "run 3" {
		t.Errorf("%+v %v", c, err)
	}
}

// Tables that differ everywhere are counted, and the first places shown.
func TestCompareAll(t *testing.T) {
	var left, right strings.Builder
	left.WriteString("tick,x\n")
	right.WriteString("tick,x\n")
	for k := range 100 {
		fmt.Fprintf(&left, "%d,1\n", k)
		fmt.Fprintf(&right, "%d,2\n", k)
	}
	if c := compared(t, left.String(), right.String()); c.Different != 100 || len(c.First) != mostShown || c.First[0].Row != "tick 0" {
		t.Errorf("%+v", c)
	}
}
