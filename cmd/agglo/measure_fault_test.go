package main

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
)

// TestMeasureFaults gives every kind of bad input: an exit code of 1 for a file, 2 for flags, and words that say where.
func TestMeasureFaults(t *testing.T) {
	t.Chdir(t.TempDir())
	drawn(t, 0)
	put(t, "empty.csv", "")
	put(t, "header.csv", "region,sector,employment\n")
	put(t, "missing.csv", "region,sektor,employment\na,b,1\n")
	put(t, "text.csv", "region,sector,employment\na,b,1\na,b,many\nc,d,NaN\nc,d,-3\nc,,2\nc,d\nc,d,1e999\n")
	put(t, "semicolon.csv", "region;sector;employment\na;b;1\n")
	put(t, "zeros.csv", "region,sector,employment\na,b,0\nc,d,0\n")
	put(t, "huge.csv", "region,sector,employment\na,b,1e308\nc,d,1e308\ne,d,1e308\n")
	put(t, "heavy.csv", "from,to,weight\na,b,1e300\nb,c,1\n")
	put(t, "far.csv", "sector,x,y\na,0,1\na,0,-1e200\na,0,2\n")
	put(t, "regions.csv", "region,employment\nr0,5\nr1,6\nr1,7\n")
	put(t, "many.csv", "sector,x,y\n"+strings.Repeat("a,1,1\na,2,5\nb,0,3\n", 25_000))
	put(t, "communities.csv", "node,community\nn0,a\nn0,b\nn999,a\n")
	put(t, "nothing.csv", "row,column,count\na,b,0\n")
	put(t, "double.csv", "region,sector,region,employment\na,b,c,1\n")
	put(t, "quotes.csv", "region,sector,employment\na,\"b,1\nc,d,2\n")
	put(t, "bytes.csv", "region,sector,employment\n\xff\xfe,b,1\n")
	put(t, "crlf.csv", "\ufeffregion,sector,employment\r\na,b,1\r\n\"a, and\nso on\",b,-1\r\na,b,Inf\r\n")
	put(t, "xy.csv", "sector,x,y\na,0,1\nb,inf,2\n")
	put(t, "same.csv", "sector,x,y\na,1,1\na,1,1\nb,1,1\n")
	put(t, "twice.csv", "id,x,y,value\na,0,0,1\na,1,1,2\n")
	put(t, "abc.csv", "id,x,y,value\na,0,0,1\nb,1,1,2\nc,3,1,2\n")
	put(t, "self.csv", "i,j,w\na,b,1\nb,b,1\na,d,1\n")
	put(t, "rows.csv", "i,j,w\n1,4,1\n0,2,1\n1.5,2,1\n")
	put(t, "noid.csv", "value\n1\n2\n3\n")
	put(t, "areas.csv", "region,sector,employment,firms,area,population\na,b,1,1,10,5\na,c,1,1,11,5\n")
	for _, c := range []struct {
		args string
		code int
		want string // parts of what is said, between bars
	}{
		{"", 0, "ellison-glaeser|triple-helix"},
		{"ellison-glaser", 2, "did you mean ellison-glaeser?"},
		{"everything", 2, "agglo measure --help lists them"},
		{"hhi plants.csv", 2, "one too many"},
		{"hhi", 2, "want --table FILE"},
		{"hhi --tabel plants.csv", 2, "did you mean --table?"},
		{"hhi --table nowhere.csv", 2, "nowhere.csv"},
		{"hhi --table plants.csv --by county", 2, "--by county"},
		{"hhi --table plants.csv --form equvalent", 2, "did you mean equivalent?"},
		{"gini --table plants.csv --form x", 2, "[quotient lorenz plain]"},
		{"krugman --table plants.csv --against r99", 2, "--against r99"},
		{"coagglomeration --plants plants.csv --group s1", 2, "two or more"},
		{"coagglomeration --plants plants.csv --group s1,s1", 2, "twice"},
		{"coagglomeration --plants plants.csv --group s1,z", 2, "--group z"},
		{"hhi --table empty.csv", 1, "empty.csv: the file is empty"},
		{"hhi --table header.csv", 1, "no rows"},
		{"hhi --table missing.csv", 1, `missing.csv:1: sector: the column is missing|is "sektor" meant?`},
		{"hhi --table double.csv", 1, "double.csv:1:15: region: the column stands twice in the header"},
		{"hhi --table quotes.csv", 1, "quotes.csv:"},
		{"hhi --table bytes.csv", 1, "bytes.csv:2:1: region: not UTF-8 text"},
		{"hhi --table crlf.csv", 1, `crlf.csv:4:10: employment: "-1"|crlf.csv:5:5: employment: "Inf"`},
		{"network --edges header.csv", 1, "header.csv:1: from: the column is missing"},
		{"hhi --table semicolon.csv", 1, "want commas"},
		{"ellison-glaeser --plants text.csv", 1, `text.csv:3:5: employment: "many": want a number of at least 0 (jobs)|text.csv:4:5|` +
			`text.csv:5:5: employment: "-3"|text.csv:6:3: sector: empty|text.csv:7: 2 cells|text.csv:8:5`},
		{"ellison-glaeser --plants zeros.csv", 1, "zeros.csv"},
		{"ellison-glaeser --plants huge.csv", 1, "huge.csv:2: employment: 1e+308: want at most 1e+100|huge.csv:4: employment"},
		{"network --edges heavy.csv", 1, "heavy.csv:2: weight: 1e+300: want at most 1e+100"},
		{"duranton-overman --plants far.csv", 1, "far.csv:3: y: -1e+200: want at most 1e+100"},
		{"ellison-glaeser --plants plants.csv --regions regions.csv", 1, `regions.csv:4: region: "r1" stands twice|` +
			`"r9" is not among the regions of regions.csv`},
		{"ellison-glaeser --plants text.csv --regions empty.csv", 1, "text.csv:3:5|empty.csv: the file is empty"},
		{"duranton-overman --plants xy.csv", 1, `xy.csv:3:3: x: "inf"`},
		{"duranton-overman --plants same.csv", 1, "same.csv|median distance is 0"},
		{"duranton-overman --plants same.csv --weighted", 1, "same.csv:1: employment: the column is missing"},
		{"duranton-overman --plants points.csv --draws 10 --threads 0", 2, "--draws 10: want 20|--threads 0"},
		{"duranton-overman --plants many.csv --draws 1000000", 1, "many.csv: --draws 1000000 make 2e+15 distances: want at most 1e+15"},
		{"duranton-overman --plants points.csv --level 0.7", 2, "--level 0.7"},
		{"duranton-overman --plants points.csv --distances 1,-2", 2, "--distances -2"},
		{"duranton-overman --plants points.csv --sector s9", 2, "--sector s9"},
		{"marcon-puech --plants points.csv --radii 1,-5", 2, "--radii -5"},
		{"marcon-puech --plants points.csv --radii NaN", 2, "--radii NaN"},
		{"marcon-puech --plants points.csv --pair s1", 2, "want two sectors"},
		{"marcon-puech --plants points.csv --pair s1,s9", 2, "--pair s9"},
		{"moran --points abc.csv", 2, "either --band or --weights"},
		{"moran --points abc.csv --band 1 --weights self.csv", 2, "either --band or --weights"},
		{"moran --points abc.csv --band 0", 2, "--band 0"},
		{"moran --points twice.csv --band 1", 1, `"a" stands twice`},
		{"moran --points abc.csv --weights self.csv", 1, `self.csv:4: j: "d" is no id of abc.csv`},
		{"moran --points noid.csv --weights rows.csv", 1, `rows.csv:2:3: j: "4"|rows.csv:3:1: i: "0"|rows.csv:4:1: i: "1.5"`},
		{"moran --points noid.csv --band 2", 1, "x: the column is missing"},
		{"litzenberger-sternberg --units areas.csv", 1, `area: 11: want the same in all rows of the region "a"; line 2 has 10`},
		{"network --edges edges.csv --communities communities.csv", 1, `communities.csv:3: node: "n0" stands twice|` +
			`communities.csv:4: node: "n999" is no node of edges.csv|communities.csv: node: "n1" of edges.csv is missing`},
		{"mutual-information --counts nothing.csv", 0, ",,\n|no value: "},
		{"network --edges edges.csv --resolution 0", 2, "--resolution 0"},
		{"network --edges edges.csv --sources 0", 2, "--sources 0"},
		{"distribution --values values.csv --top 0", 2, "--top 0"},
	} {
		t.Run(c.args, func(t *testing.T) {
			code, stdout, stderr := call(t, append([]string{"measure"}, strings.Fields(c.args)...)...)
			for part := range strings.SplitSeq(c.want, "|") {
				if code != c.code || !strings.Contains(stdout+stderr, part) {
					t.Errorf("exit code %d, want %d; said %q, want %q in it", code, c.code, stdout+stderr, part)
				}
			}
			if code != 0 && stdout != "" {
				t.Errorf("a fault and yet a result: %s", stdout)
			}
		})
	}
}

// TestMeasureUndefined wants an empty cell, never NaN, where right data have no index, and the reason on standard error.
func TestMeasureUndefined(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, "plants.csv", "note,region,sector,employment\nx,a,one,5\nx,a,two,3\nx,b,two,4\nx,b,none,0\n")
	put(t, "place.csv", "region,sector,employment\na,s,5\na,s,3\n")
	put(t, "values.csv", "value\n-1\n-2\n-3\n")
	put(t, "equal.csv", "value\n2\n2\n2\n")
	put(t, "loop.csv", "from,to,weight\na,a,1\nb,c,0\n")
	put(t, "parts.csv", "from,to\na,b\nc,d\n")
	put(t, "points.csv", "id,x,y,value\na,0,0,1\nb,5,5,2\nc,9,1,2\n")
	put(t, "few.csv", "sector,x,y\na,0,0\na,0,1\nb,9,9\n")
	put(t, "units.csv", "region,sector,employment,firms,area,population\na,s,5,0,1,1\nb,s,5,2,0,1\nc,s,0,0,1,1\nd,s,2,1,1,1\n")
	put(t, "xor.csv", "place,sector,size\na,s,0\na,t,1\nb,s,1\nb,t,0\n")
	put(t, "atoms.csv", "region,sector,employment,firms,area,population\na,s,5,1,1e-200,1e-200\nb,s,5,1,1,1\n")
	put(t, "regions.csv", "region,employment\na,6\nb,9\nc,3\n")
	for _, c := range []struct{ args, stdout, stderr string }{
		{"ellison-glaeser --plants plants.csv", "\nnone,0,,,,\none,1,,", "one has one plant: no gamma|none has no jobs|column \"note\" is not used"},
		{"ellison-glaeser --plants place.csv", "\ns,2,,0,", "one region: no gamma"},
		{"ellison-glaeser --plants plants.csv --regions regions.csv", "\ntwo,2,", "region a: its plants have 8 jobs, more than the 6"},
		{"coagglomeration --plants plants.csv", "\nnone,one,\nnone,two,\n", "sectors none and one: one has no jobs"},
		{"coagglomeration --plants plants.csv --group none,one", "\n\"none,one\",,\n", "group none,one has no index: want two sectors with jobs"},
		{"location-quotient --table plants.csv", "\na,none,\n", "quotients that do not exist: 2; their region"},
		{"hoover --table plants.csv", "\nnone,\n", "sector none has no value: the sum of the part is 0"},
		{"hhi --table place.csv --form normalised", "\ns,\n", "one unit cannot be normalised"},
		{"theil --table plants.csv --by sector", "\n,0.", "a value is 0"},
		{"theil --table plants.csv --by sector", "\nnone,,,0,0\n", "sector none has no jobs"},
		{"litzenberger-sternberg --units units.csv", "\na,s,\nb,s,\nc,s,0\nd,s,", "region a, sector s: jobs without firms|region b has no area"},
		{"litzenberger-sternberg --units atoms.csv", "\na,s,\nb,s,", "region a, sector s: the index is too large for this arithmetic"},
		{"duranton-overman --plants few.csv --draws 20", "\na,,,,,,,\nb,", "sector a has no density: want at least three plants"},
		{"marcon-puech --plants few.csv --radii 0.5", "\na,,0.5,\nb,,0.5,\n", "sector b, radius 0.5"},
		{"triple-helix --units xor.csv", "\n,4,-1,", "sizes dealt out among these firms at random make -0.3333 bits"},
		{"moran --points points.csv --band 1", "\n,,,\n", "at least one weight above 0"},
		{"network --edges loop.csv", "\n3,0,0,,0,,,0,,3,3\n", "rows left out: 2|modularity does not exist"},
		{"network --edges parts.csv", "\n4,2,0,,0,,1,1,0.5,2,4\n", "falls into 2 parts"},
		{"distribution --values values.csv", "\n3,,,,-2,", "hill does not exist: the largest values hold -2"},
		{"distribution --values equal.csv", "\n3,,,,,,,,\n", "kurtosis does not exist"},
	} {
		t.Run(c.args, func(t *testing.T) {
			code, stdout, stderr := call(t, append([]string{"measure"}, strings.Fields(c.args)...)...)
			if code != 0 || !strings.Contains(stdout, c.stdout) {
				t.Errorf("exit code %d, printed %q, want %q in it; said %s", code, stdout, c.stdout, stderr)
			}
			for part := range strings.SplitSeq(c.stderr, "|") {
				if !strings.Contains(stderr, part) {
					t.Errorf("said %q, want %q in it", stderr, part)
				}
			}
		})
	}
	var rows []map[string]any
	err := json.Unmarshal([]byte(must(t, "measure", "ellison-glaeser", "--plants", "plants.csv", "--json")), &rows)
	if err != nil || len(rows) != 3 || rows[0]["gamma"] != nil || rows[2]["plants"] != 2.0 {
		t.Errorf("JSON: %v, %v", rows, err)
	}
	if _, _, said := call(t, "measure", "hoover", "--table", "plants.csv", "-q"); said != "" {
		t.Errorf("-q says %q", said)
	}
}

// TestMeasureStopped stops before the end: a clear word, exit code 1 and no result.
func TestMeasureStopped(t *testing.T) {
	t.Chdir(t.TempDir())
	drawn(t, 0)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	code, stdout, stderr := callWith(t, ctx, "measure", "duranton-overman", "--plants", "points.csv", "--draws", "2000", "-o", "kd.csv")
	if code != 1 || stdout != "" || !strings.Contains(stderr, "stopped: nothing was written") {
		t.Errorf("exit code %d, %q, %q", code, stdout, stderr)
	}
}
