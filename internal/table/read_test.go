package table

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

var plants = []Column{
	{Name: "region"},
	{Name: "sector"},
	{Name: "employment", Kind: Number, Unit: "jobs", In: AtLeast(0)},
	{Name: "year", Kind: Integer, In: Between(1900, 2100), Optional: true, Gaps: true},
}

func TestRead(t *testing.T) {
	got, err := Read("p.csv", strings.NewReader("\ufeffsector,note,region, employment ,year\n"+
		"steel,,north, 12.5 ,1999\n"+
		"\"toys, dolls\",x,north,0,\n"+
		"\"steel\",\"two\nlines\",east,2e3,2001\n"), plants, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if want := (Labels{[]int32{0, 1, 0}, []string{"steel", "toys, dolls"}}); !reflect.DeepEqual(got.Labels("sector"), want) {
		t.Errorf("sector %v", got.Labels("sector"))
	}
	if want := (Labels{[]int32{1, 1, 0}, []string{"east", "north"}}); !reflect.DeepEqual(got.Labels("region"), want) {
		t.Errorf("region %v", got.Labels("region"))
	}
	if want := []float64{12.5, 0, 2000}; !reflect.DeepEqual(got.Numbers("employment"), want) {
		t.Errorf("employment %v", got.Numbers("employment"))
	}
	if want := []int64{1999, 0, 2001}; !reflect.DeepEqual(got.Integers("year"), want) || got.Has("year", 1) || !got.Has("year", 2) {
		t.Errorf("year %v", got.Integers("year"))
	}
	if got.Rows != 3 || got.Line(0) != 2 || got.Line(2) != 4 || !got.Given("year") || got.Given("note") || len(got.Notes) != 1 {
		t.Errorf("%+v", got)
	}
	got, err = Read("p.csv", strings.NewReader("region,sector,employment\r\na,b,1\r\n\r\nc,d,2"), plants, Options{})
	if err != nil || got.Given("year") || got.Has("year", 0) || got.Integers("year") != nil || got.Line(1) != 4 {
		t.Errorf("%+v, %v", got, err)
	}
}

// Both ends belong to a range, and the next numbers do not.
func TestRangesHoldTheirEnds(t *testing.T) {
	for text, sound := range map[string]bool{"employment,share,year\n0,0,1900\n1,1,2100\n": true,
		"employment,share,year\n-1e-9,0,1900\n": false, "employment,share,year\n0,1.0000001,1900\n": false,
		"employment,share,year\n0,-1e-9,1900\n": false, "employment,share,year\n0,0,1899\n": false, "employment,share,year\n0,0,2101\n": false} {
		_, err := Read("p.csv", strings.NewReader(text), []Column{plants[2], {Name: "share", Kind: Number, In: Between(0, 1)}, plants[3]}, Options{})
		if (err == nil) != sound {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// Every fault of a file is in one list, each with its line and column.
func TestReadAllFaults(t *testing.T) {
	_, err := Read("p.csv", strings.NewReader(`region,sector,employment,year
a,b,12,1999
a,b,twelve,2000
a,,NaN,2000
a,b,-1,1850
a,b,,2000.5
a,b,1
a,b,inf,2000
a,"b"c,1,2000
a,b,0x10,2000
a,b,1e999,
`+"\xff,b,1,\n"+`a,b,"1,5",2000
`), plants, Options{})
	want := `p.csv:3:5: employment: "twelve": want a number of at least 0 (jobs)
p.csv:4:3: sector: empty: want text
p.csv:4:4: employment: "NaN": want a number of at least 0 (jobs)
p.csv:5:5: employment: "-1": want a number of at least 0 (jobs)
p.csv:5:8: year: "1850": want a whole number from 1900 to 2100
p.csv:6:5: employment: empty: want a number of at least 0 (jobs)
p.csv:6:6: year: "2000.5": want a whole number from 1900 to 2100
p.csv:7: 3 cells: want 4, as in the header
p.csv:8:5: employment: "inf": want a number of at least 0 (jobs)
p.csv:9:5: no CSV: extraneous or missing " in quoted-field
p.csv:10:5: employment: "0x10": want a number of at least 0 (jobs)
p.csv:11:5: employment: "1e999": want a number of at least 0 (jobs)
p.csv:12:1: region: not UTF-8 text
p.csv:13:5: employment: "1,5": want a number of at least 0 (jobs); write 1.5, with a point`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

// Three digits behind a comma are thousands or a part: the hint must not make 2.4 of 2,400.
func TestWithPoint(t *testing.T) {
	for text, want := range map[string]string{
		"1,5": "; write 1.5, with a point", " 12,25 ": "; write 12.25, with a point", "2,400": "; write 2400, without commas, if they part thousands",
		"1,234,567": "; write 1234567, without commas, if they part thousands", "2,400.5": "; write 2400.5, without commas, if they part thousands", "15": "", "a,b": "", "1,2,3": "",
	} {
		if got := withPoint(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestReadHeaderFaults(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "the file is empty"},
		{"region;sector;employment\na;b;1\n", "want commas"},
		{"region\na\n", "employment: the column is missing"},
		{"Region,sector,employment\na,b,1\n", `is "Region" meant?`},
		{"region,sector,employmnet\na,b,1\n", `employment: the column is missing`},
		{"region,sector,employment,sector\na,b,1,c\n", "p.csv:1:26: sector: the column stands twice"},
		{"region,sector,employment\n", "no rows"},
		{"\xff\xfer\x00e\x00", "not UTF-8"},
		{"region,\"sector,employment\n", "no CSV"},
	} {
		_, err := Read("p.csv", strings.NewReader(c.text), plants, Options{})
		var faults *Faults
		if !errors.As(err, &faults) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v; want %q", c.text, err, c.want)
		}
	}
	_, err := Read("p.csv", strings.NewReader("region,sector,employment,yaer\na,b,1,1\n"), plants, Options{RefuseUnknown: true})
	if err == nil || !strings.Contains(err.Error(), `p.csv:1:26: yaer: unknown column: want region,sector,employment,[year]; is "year" meant?`) {
		t.Error(err)
	}
	if got, err := Read("p.csv", strings.NewReader("region,sector,employment\n"), plants, Options{AllowNoRows: true}); err != nil || got.Rows != 0 {
		t.Error(got, err)
	}
}

// Faults of the header come back with those of the rows, whose columns are known; a table of a sound header has the rows that are sound.
func TestReadFaultsOfHeaderAndRows(t *testing.T) {
	got, err := Read("p.csv", strings.NewReader("region,sektor,employment,year,year\na,b,x,1999,0\na,b,1,1850,0\n"), plants, Options{})
	want := `p.csv:1:31: year: the column stands twice in the header
p.csv:1: sector: the column is missing: want region,sector,employment,[year], have region,sektor,employment,year,year; is "sektor" meant?
p.csv:2:5: employment: "x": want a number of at least 0 (jobs)
p.csv:3:7: year: "1850": want a whole number from 1900 to 2100`
	if got != nil || err == nil || err.Error() != want {
		t.Errorf("a table: %v, got\n%v\nwant\n%s", got != nil, err, want)
	}
	if _, err = Read("p.csv", strings.NewReader("region,sektor,employment\n"), plants, Options{}); err == nil || !strings.Contains(err.Error(), "no rows below the header") {
		t.Errorf("no rows: %v", err)
	}
	got, err = Read("p.csv", strings.NewReader("region,sector,employment,year\na,b,x,1999\nc,d,2,\nc,,3,x\ne,d,4,2000\n"), plants, Options{})
	if err == nil || got.Rows != 2 || got.Line(1) != 5 || !reflect.DeepEqual(got.Numbers("employment"), []float64{2, 4}) || got.Has("year", 0) || got.Integers("year")[1] != 2000 {
		t.Fatalf("%+v, %v", got, err)
	}
	if l := got.Labels("region"); l.Names[l.Code[0]] != "c" || l.Names[l.Code[1]] != "e" {
		t.Errorf("regions %v", l)
	}
}

func TestReadCapsTheList(t *testing.T) {
	_, err := Read("p.csv", strings.NewReader("region,sector,employment\n"+strings.Repeat("a,b,c\n", 1234)), plants, Options{})
	var faults *Faults
	if !errors.As(err, &faults) || len(faults.List) != 50 || faults.More != 1184 || !strings.HasSuffix(err.Error(), "\nand 1184 more") {
		t.Errorf("%d listed, %d more", len(faults.List), faults.More)
	}
}

func TestReadFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.csv")
	if _, err := ReadFile(path, plants, Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	if err := os.WriteFile(path, []byte("region,sector,employment\na,b,1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got, err := ReadFile(path, plants, Options{}); err != nil || got.Rows != 1 || got.File != path {
		t.Error(got, err)
	}
}

func TestMerge(t *testing.T) {
	a := Labels{[]int32{0, 1, 0}, []string{"ann", "cat"}}
	b := Labels{[]int32{1, 0, 2}, []string{"bob", "cat", "dan"}}
	x, y, names := Merge(a, b)
	if !reflect.DeepEqual(names, []string{"ann", "bob", "cat", "dan"}) ||
		!reflect.DeepEqual(x, []int32{0, 2, 0}) || !reflect.DeepEqual(y, []int32{2, 1, 3}) {
		t.Error(x, y, names)
	}
}

func TestNearest(t *testing.T) {
	for _, c := range []struct{ word, want string }{{"sectr", "sector"}, {"SECTOR", "sector"}, {"x", "y"}, {"employment", ""}} {
		if got := nearest(c.word, []string{"region", "sector", "y"}); got != c.want {
			t.Errorf("nearest(%q) = %q, want %q", c.word, got, c.want)
		}
	}
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0}, {"kitten", "sitting", 3}, {"axbycz", "abc", 3}, {"год", "года", 1}} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// Whatever the bytes, reading ends in a table or in faults; numbers are finite and columns are whole.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"region,sector,employment\na,b,1\n", "region,sector,employment,year\n\"a\"\"\",b,1e3,\n", "\ufeff,;\n", "region"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Read("f", strings.NewReader(string(data)), plants, Options{})
		if got == nil {
			return
		}
		if faulty := new(Faults); err != nil && !errors.As(err, &faulty) {
			t.Fatal(err)
		}
		for _, v := range got.Numbers("employment") {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Fatal(v)
			}
		}
		if len(got.Numbers("employment")) != got.Rows || len(got.Labels("region").Code) != got.Rows || got.Given("year") && len(got.Integers("year")) != got.Rows {
			t.Fatal("columns of unequal length")
		}
	})
}

func BenchmarkRead2M(b *testing.B) {
	var text strings.Builder
	text.WriteString("region,sector,employment\n")
	for k := range 2_000_000 {
		fmt.Fprintf(&text, "region %d,sector %d,%s\n", k%3000, k%450, strconv.Itoa(1+k%97))
	}
	b.ReportAllocs()
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		if _, err := Read("b", strings.NewReader(text.String()), plants, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
