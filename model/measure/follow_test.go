package measure

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// picture turns rows of a drawing into members: '.' is none.
func picture(rows ...string) (nx, ny int, member []bool) {
	for _, c := range strings.Join(rows, "") {
		member = append(member, c != '.')
	}
	return len(rows[0]), len(rows), member
}

func TestConnected(t *testing.T) {
	nx, ny, member := picture(
		"#..#.",
		".#..#",
		".....",
		"##.#.",
		".....",
		"#...#")
	label, n := Connected(nx, ny, member)
	want := []int32{
		0, -1, -1, 1, -1,
		-1, 0, -1, -1, 1,
		-1, -1, -1, -1, -1,
		2, 2, -1, 3, -1,
		-1, -1, -1, -1, -1,
		4, -1, -1, -1, 5}
	if n != 6 || !reflect.DeepEqual(label, want) {
		t.Errorf("%d groups, labels %v", n, label)
	}
	if label, n := Connected(0, 0, nil); n != 0 || len(label) != 0 {
		t.Error("an empty grid has no groups")
	}
	// A ring closes on itself and keeps one label whichever cell comes first.
	nx, ny, member = picture("..##", ".#.#", "#.##", "##..")
	if _, n := Connected(nx, ny, member); n != 1 {
		t.Errorf("a ring gave %d groups", n)
	}
}

// line makes a snapshot of a strip of places: a letter is a label (a = 0), '.' is outside; each place weighs 1.
func line(s string) Snapshot {
	out := Snapshot{}
	for _, c := range s {
		l := Outside
		if c != '.' {
			l = int32(c - 'a')
		}
		out.Label, out.Weight = append(out.Label, l), append(out.Weight, 1)
	}
	return out
}

func TestFollow(t *testing.T) {
	for _, c := range []struct {
		name, was, is string
		n             int
		clusters      []Fate
		ended         []Fate
		next          int32
	}{
		{"first date", "", "a.b", 2, []Fate{{10, Birth, -1, 0, 1}, {11, Birth, -1, 0, 1}}, nil, 12},
		{"growth, and labels that changed places", "b..aa", "a..bb", 2, []Fate{{1, Steady, -1, 1, 1}, {0, Steady, -1, 2, 2}}, nil, 10},
		{"growth and decline", "a..bbb", "aa.bb.", 2, []Fate{{0, Growth, -1, 1, 2}, {1, Decline, -1, 3, 2}}, nil, 10},
		{"death and birth", "aa....", "....aa", 1, []Fate{{10, Birth, -1, 0, 2}}, []Fate{{0, Death, -1, 2, 0}}, 11},
		{"merge", "aaa.cc", "aaaaaa", 1, []Fate{{0, Merge, 2, 3, 6}}, []Fate{{2, Merged, 0, 2, 0}}, 10},
		{"split", "ddddd", "aa.bb", 2, []Fate{{3, Decline, -1, 5, 2}, {10, Split, 3, 0, 2}}, nil, 11},
		{"split, the larger part keeps the name", "ddddd", "a.bbb", 2, []Fate{{10, Split, 3, 0, 1}, {3, Decline, -1, 5, 3}}, nil, 11},
		{"two overlaps, each keeps its own", "aaabbb", "aabbbb", 2, []Fate{{0, Decline, -1, 3, 2}, {1, Growth, -1, 3, 4}}, nil, 10},
	} {
		was := line(c.was)
		got := Follow(was, line(c.is), c.n, 10, 0)
		if !reflect.DeepEqual(got.Clusters, c.clusters) || !reflect.DeepEqual(got.Ended, c.ended) || got.Next != c.next {
			t.Errorf("%s:\n got %+v\nwant %+v %+v next %d", c.name, got, c.clusters, c.ended, c.next)
		}
		for i, l := range line(c.is).Label {
			if l >= 0 && got.ID[i] != c.clusters[l].ID || l < 0 && got.ID[i] != Outside {
				t.Errorf("%s: place %d has ID %d", c.name, i, got.ID[i])
			}
		}
	}
}

// An overlap of one place in four does not count when half is asked for: a death and a birth, not a continuation.
func TestFollowLeastOverlap(t *testing.T) {
	got := Follow(line("aaaa..."), line("...aaaa"), 1, 5, .5)
	if got.Clusters[0].Event != Birth || got.Clusters[0].ID != 5 || got.Ended[0].Event != Death {
		t.Errorf("%+v", got)
	}
	if got := Follow(line("aaaa..."), line("...aaaa"), 1, 5, .25); got.Clusters[0].ID != 0 {
		t.Errorf("%+v", got)
	}
}

// Jobs decide, not the number of cells: the name goes where the weight that stayed is.
func TestFollowByWeight(t *testing.T) {
	was, is := line("aaaa"), line("aa.b")
	was.Weight[3], is.Weight[3] = 10, 9
	got := Follow(was, is, 2, 5, 0)
	if got.Clusters[1].ID != 0 || got.Clusters[0].Event != Split {
		t.Errorf("%+v", got)
	}
}

// Names never repeat, every earlier cluster is accounted for once, and weights add up.
func TestFollowAccounts(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	const nx, ny = 12, 9
	was, next := Snapshot{}, int32(0)
	for year := range 60 {
		member := make([]bool, nx*ny)
		weight := make([]float64, nx*ny)
		for c := range member {
			member[c], weight[c] = r.Float64() < .3, float64(r.IntN(9))
		}
		label, n := Connected(nx, ny, member)
		is := Snapshot{label, weight}
		got := Follow(was, is, n, next, .1)
		alive := map[int32]bool{}
		for _, f := range got.Clusters {
			if alive[f.ID] {
				t.Fatalf("year %d: ID %d twice", year, f.ID)
			}
			alive[f.ID] = true
			if isNew := f.Event == Birth || f.Event == Split; isNew != (f.ID >= next) || isNew && f.Before != 0 {
				t.Fatalf("year %d: %+v with next %d", year, f, next)
			}
		}
		for _, f := range got.Ended {
			if alive[f.ID] {
				t.Fatalf("year %d: %+v lives on", year, f)
			}
			alive[f.ID] = true
		}
		for _, id := range was.Label {
			if id >= 0 && !alive[id] {
				t.Fatalf("year %d: ID %d vanished", year, id)
			}
		}
		was, next = Snapshot{got.ID, weight}, got.Next
	}
}

func TestEventWords(t *testing.T) {
	if Birth.String() != "birth" || Death.String() != "death" || Merged.String() != "merged" {
		t.Error("event words")
	}
}

func BenchmarkConnectedAndFollow(b *testing.B) {
	r := rand.New(rand.NewPCG(9, 9))
	const nx, ny = 100, 100
	member, weight := make([]bool, nx*ny), make([]float64, nx*ny)
	for c := range member {
		member[c], weight[c] = r.Float64() < .2, r.Float64()
	}
	b.ReportAllocs()
	for b.Loop() {
		label, n := Connected(nx, ny, member)
		Follow(Snapshot{label, weight}, Snapshot{label, weight}, n, 1000, 0)
	}
}
