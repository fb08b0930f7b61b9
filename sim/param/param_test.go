package param

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
)

type trust struct {
	Loss float64 `default:"0.40" unit:"1/deal" in:"[0,1]" src:"assumed"`
	Gain float64 `default:".05" unit:"1/deal" in:"(0,1]" src:"10.1000/xyz"`
}

type market struct {
	HomeShare float64 `default:".5" unit:"1" in:"[0,1)" src:"assumed"`
	Rounds    int     `default:"3" unit:"rounds" in:"[1,inf)" src:"assumed"`
	Rule      string  `default:"ces" in:"{ces, logit,nearest}" src:"assumed"`
	Open      bool    `default:"true" src:"assumed"`
	Tail      struct {
		Low float64 `default:"-1" unit:"km" in:"(-inf,inf)" src:"assumed"`
	}
}

type Embedded struct {
	Depth int `default:"-2" unit:"1" in:"[-5,5]" src:"assumed"`
}

type tree struct {
	Trust    trust
	Market   market `name:"trade"`
	Embedded        // an embedded struct is a group like any other
}

func filled(t *testing.T) *tree {
	t.Helper()
	var p tree
	if err := Fill(&p); err != nil {
		t.Fatal(err)
	}
	return &p
}

func TestFill(t *testing.T) {
	p := filled(t)
	want := tree{Trust: trust{.4, .05}, Embedded: Embedded{-2}}
	want.Market.HomeShare, want.Market.Rounds, want.Market.Rule, want.Market.Open = .5, 3, "ces", true
	want.Market.Tail.Low = -1
	if *p != want {
		t.Errorf("Fill gives %+v, want %+v", *p, want)
	}
	if err := Fill(*p); err == nil {
		t.Error("Fill of a struct by value gives no error")
	}
	if err := Fill((*tree)(nil)); err == nil {
		t.Error("Fill of a nil pointer gives no error")
	}
}

func TestFillNamesEveryFaultyDeclaration(t *testing.T) {
	type faulty struct {
		Right     float64 `default:"1" unit:"1" in:"[0,1]" src:"assumed"`
		NoDefault float64 `unit:"1" in:"[0,1]" src:"assumed"`
		NoUnit    float64 `default:"1" in:"[0,1]" src:"assumed"`
		NoRange   int     `default:"1" unit:"1" src:"assumed"`
		NoSource  bool    `default:"true"`
		NoWords   string  `default:"a" src:"assumed"`
		NoNumber  float64 `default:"x" unit:"1" in:"[0,1]" src:"assumed"`
		NoWhole   int     `default:"1.5" unit:"1" in:"[0,2]" src:"assumed"`
		Outside   float64 `default:"2" unit:"1" in:"[0,1]" src:"assumed"`
		Closed    float64 `default:"2" unit:"1" in:"[0,inf]" src:"assumed"`
		Empty     float64 `default:"2" unit:"1" in:"(2,2]" src:"assumed"`
		Backward  float64 `default:"2" unit:"1" in:"[3,1]" src:"assumed"`
		Bare      float64 `default:"2" unit:"1" in:"0,3" src:"assumed"`
		OneEnd    float64 `default:"2" unit:"1" in:"[0.00]" src:"assumed"`
		Twice     string  `default:"a" in:"{a,a}" src:"assumed"`
		NotIn     string  `default:"c" in:"{a,b}" src:"assumed"`
		List      []int   `default:"1" unit:"1" in:"[0,1]" src:"assumed"`
		Again     float64 `name:"right" default:"1" unit:"1" in:"[0,1]" src:"assumed"`
		hidden    float64
	}
	var p faulty
	_ = p.hidden
	err := Fill(&p)
	if err == nil {
		t.Fatal("no error")
	}
	lines := strings.Split(err.Error(), "\n")
	fields := reflect.TypeOf(p)
	if len(lines) != fields.NumField()-1 {
		t.Errorf("%d faults, want %d:\n%v", len(lines), fields.NumField()-1, err)
	}
	for i := 1; i < fields.NumField(); i++ {
		name := "param.faulty." + fields.Field(i).Name + ":"
		if !slices.ContainsFunc(lines, func(line string) bool { return strings.HasPrefix(line, name) }) {
			t.Errorf("no line for %s in\n%v", name, err)
		}
	}
	if p.Right != 1 {
		t.Error("a right parameter beside faulty ones is not set")
	}
}

func TestListAndFlat(t *testing.T) {
	p := filled(t)
	docs := map[string]string{"param.trust.Loss": "Loss is lost.", "param.market.Tail.Low": "Low is low."}
	entries := ListWith(p, docs)
	want := []Entry{
		{"trust.loss", "float64", "1/deal", "0.40", "[0,1]", "assumed", "Loss is lost."},
		{"trust.gain", "float64", "1/deal", ".05", "(0,1]", "10.1000/xyz", ""},
		{"trade.home_share", "float64", "1", ".5", "[0,1)", "assumed", ""},
		{"trade.rounds", "int", "rounds", "3", "[1,inf)", "assumed", ""},
		{"trade.rule", "string", "", "ces", "{ces, logit,nearest}", "assumed", ""},
		{"trade.open", "bool", "", "true", "{false,true}", "assumed", ""},
		{"trade.tail.low", "float64", "km", "-1", "(-inf,inf)", "assumed", "Low is low."},
		{"embedded.depth", "int", "1", "-2", "[-5,5]", "assumed", ""},
	}
	if !reflect.DeepEqual(entries, want) {
		t.Errorf("have %+v\nwant %+v", entries, want)
	}
	if got := List(*p); len(got) != len(want) || got[0].Doc != "" {
		t.Errorf("List of a value gives %+v", got)
	}
	p.Trust.Loss = math.Nextafter(.3, 1)
	values := Flat(p)
	if values[0] != (Value{"trust.loss", 0.30000000000000004}) || values[5] != (Value{"trade.open", true}) {
		t.Errorf("Flat gives %v", values)
	}
	q := *p
	q.Market.Rounds, q.Trust.Gain = 7, .5
	changes := Diff(p, q)
	if !slices.Equal(changes, []Change{{"trust.gain", "1/deal", "0.05", "0.5"}, {"trade.rounds", "rounds", "3", "7"}}) {
		t.Errorf("Diff gives %v", changes)
	}
}

func TestCheck(t *testing.T) {
	p := filled(t)
	if faults := Check(p); len(faults) != 0 {
		t.Errorf("the defaults are refused: %v", faults)
	}
	p.Trust = trust{Loss: 1.4, Gain: 0}
	p.Market.HomeShare = 1
	p.Market.Rounds = 0
	p.Market.Rule = "logti"
	p.Market.Tail.Low = math.Inf(-1)
	p.Depth = 5 // on a closed end
	want := []string{
		"trust.loss = 1.4 1/deal: want [0,1]",
		"trust.gain = 0 1/deal: want (0,1]",
		"trade.home_share = 1: want [0,1)",
		"trade.rounds = 0 rounds: want [1,inf)",
		"trade.rule = logti: want one of ces, logit, nearest; did you mean logit?",
		"trade.tail.low = -Inf km: want (-inf,inf)",
	}
	var got []string
	for _, fault := range Check(p) {
		got = append(got, fault.Error())
	}
	if !slices.Equal(got, want) {
		t.Errorf("have %s\nwant %s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	p = filled(t)
	p.Trust.Loss = math.NaN()
	if faults := Check(p); len(faults) != 1 || faults[0].Value != "NaN" {
		t.Errorf("NaN gives %v", faults)
	}
}

func TestSnake(t *testing.T) {
	for name, want := range map[string]string{
		"Loss": "loss", "HomeShare": "home_share", "RDIntensity": "rd_intensity", "IPStrength": "ip_strength",
		"WidthKM": "width_km", "CES": "ces", "X0": "x0", "Stage2Rate": "stage2_rate", "A": "a", "AB": "ab", "ABc": "a_bc",
		"Per_Year": "per_year",
	} {
		if got := snake(name); got != want {
			t.Errorf("snake(%s) = %s, want %s", name, got, want)
		}
	}
}

func FuzzSnake(f *testing.F) {
	f.Add("HomeShare")
	f.Add("Dϔ")
	f.Fuzz(func(t *testing.T, name string) {
		if strings.ContainsFunc(name, func(r rune) bool { return unicode.IsUpper(lower(r)) }) {
			return // capital letters without small ones stand in no field of ours
		}
		once := snake(name)
		if once != snake(once) {
			t.Errorf("snake(%q) = %q is not stable", name, once)
		}
		if strings.ReplaceAll(once, "_", "") != strings.ReplaceAll(strings.Map(lower, name), "_", "") {
			t.Errorf("snake(%q) = %q has other letters", name, once)
		}
	})
}
