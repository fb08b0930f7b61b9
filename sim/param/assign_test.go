package param

import (
	"errors"
	"math"
	"testing"
	"unicode"
)

func lower(r rune) rune { return unicode.ToLower(r) }

func TestSet(t *testing.T) {
	for _, c := range []struct{ path, value, want, message string }{
		{"trust.loss", ".5", "0.5", ""},
		{"trust.loss", " 1 ", "1", ""},
		{"trust.loss", "1.4", "", "trust.loss = 1.4 1/deal: want [0,1]"},
		{"trust.loss", "NaN", "", "trust.loss = NaN 1/deal: want [0,1]"},
		{"trust.loss", "0,5", "", "trust.loss = 0,5 1/deal: want a number in [0,1]"},
		{"trust.loss", "", "", "trust.loss =  1/deal: want a number in [0,1]"},
		{"trust.gain", "0", "", "trust.gain = 0 1/deal: want (0,1]"},
		{"trade.rounds", "1e3", "1000", ""},
		{"trade.rounds", "2.5", "", "trade.rounds = 2.5 rounds: want a whole number in [1,inf)"},
		{"trade.rounds", "1e300", "", "trade.rounds = 1e300 rounds: want a whole number in [1,inf)"},
		{"trade.open", "no", "false", ""},
		{"trade.open", "maybe", "", "trade.open = maybe: want true or false"},
		{"trade.rule", "nearest", "nearest", ""},
		{"trade.rule", "cse", "", "trade.rule = cse: want one of ces, logit, nearest; did you mean ces?"},
		{"trade.rule", "zzz", "", "trade.rule = zzz: want one of ces, logit, nearest"},
		{"trade.tail.low", "-1e9", "-1e+09", ""},
		{"trade.tail.low", "-inf", "", "trade.tail.low = -Inf km: want (-inf,inf)"},
		{"trust.los", "1", "", "unknown parameter trust.los: did you mean trust.loss?"},
		{"market.home_share", "1", "", "unknown parameter market.home_share: did you mean trade.home_share?"},
		{"loss", "1", "", "unknown parameter loss: did you mean trust.loss?"},
		{"weather", "1", "", "unknown parameter weather"},
		{"trust", "1", "", "trust is a group of parameters: want one of trust.loss, trust.gain"},
	} {
		p := filled(t)
		before := *p
		err := Set(p, c.path, c.value)
		if c.message != "" {
			if err == nil || err.Error() != c.message {
				t.Errorf("%s=%s: have %v\nwant %s", c.path, c.value, err, c.message)
			}
			if *p != before {
				t.Errorf("%s=%s: refused, but something changed", c.path, c.value)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s=%s: %v", c.path, c.value, err)
			continue
		}
		if got, _ := Get(p, c.path); text(got) != c.want {
			t.Errorf("%s=%s: have %v, want %s", c.path, c.value, got, c.want)
		}
		if changes := Diff(before, p); len(changes) > 1 {
			t.Errorf("%s=%s: changes more: %v", c.path, c.value, changes)
		}
	}
}

func TestAssign(t *testing.T) {
	for _, c := range []struct {
		path    string
		value   any
		want    any
		message string
	}{
		{"trust.loss", 1, 1., ""},
		{"trust.loss", uint8(1), 1., ""},
		{"trust.loss", float32(.5), .5, ""},
		{"trust.loss", "0.5", nil, `trust.loss = "0.5" 1/deal: want a number in [0,1]`},
		{"trust.loss", nil, nil, "trust.loss = null 1/deal: want a number in [0,1]"},
		{"trust.loss", []any{1}, nil, "trust.loss = [1] 1/deal: want a number in [0,1]"},
		{"trust.loss", true, nil, "trust.loss = true 1/deal: want a number in [0,1]"},
		{"trust.loss", math.Inf(1), nil, "trust.loss = +Inf 1/deal: want [0,1]"},
		{"trade.rounds", int64(9), 9, ""},
		{"trade.rounds", 9., 9, ""},
		{"trade.rounds", uint64(math.MaxUint64), nil,
			"trade.rounds = 18446744073709551615 rounds: want a whole number in [1,inf)"},
		{"trade.rounds", 9.5, nil, "trade.rounds = 9.5 rounds: want a whole number in [1,inf)"},
		{"trade.open", false, false, ""},
		{"trade.open", 1, nil, "trade.open = 1: want true or false"},
		{"trade.rule", "logit", "logit", ""},
		{"trade.rule", 3, nil, "trade.rule = 3: want one of ces, logit, nearest"},
	} {
		p := filled(t)
		err := Assign(p, c.path, c.value)
		if c.message != "" {
			if err == nil || err.Error() != c.message {
				t.Errorf("%s: have %v\nwant %s", c.path, err, c.message)
			}
			continue
		}
		if got, _ := Get(p, c.path); err != nil || got != c.want {
			t.Errorf("%s: have %v (%v), want %v", c.path, got, err, c.want)
		}
	}
}

func TestErrorTypes(t *testing.T) {
	p := filled(t)
	var unknown *UnknownError
	if _, err := Get(p, "trust.gains"); !errors.As(err, &unknown) || unknown.Nearest != "trust.gain" {
		t.Errorf("have %v", err)
	}
	var fault Fault
	if err := Set(p, "trust.loss", "2"); !errors.As(err, &fault) || fault != (Fault{"trust.loss", "2", "1/deal", "[0,1]"}) {
		t.Errorf("have %v", err)
	}
	if Set(*p, "trust.loss", "1") == nil || Assign(*p, "trust.loss", 1) == nil {
		t.Error("a struct by value cannot be set, but there is no error")
	}
}

func FuzzSet(f *testing.F) {
	for _, path := range []string{"trust.loss", "trade.rounds", "trade.rule", "trade.open", "trade.tail.low", "", "."} {
		for _, value := range []string{"1", "-0", "1e309", "0x1p-3", "yes", "ces", "\xff", ""} {
			f.Add(path, value)
		}
	}
	f.Fuzz(func(t *testing.T, path, value string) {
		p := filled(t)
		before := *p
		if err := Set(p, path, value); err != nil {
			if *p != before {
				t.Errorf("%q=%q was refused (%v), but something changed", path, value, err)
			}
			return
		}
		if faults := Check(p); len(faults) > 0 {
			t.Errorf("%q=%q was taken, but %v", path, value, faults)
		}
		back := *p
		for _, v := range Flat(p) {
			if err := Set(&back, v.Path, text(v.Value)); err != nil {
				t.Errorf("%s=%v does not read back: %v", v.Path, v.Value, err)
			}
		}
		if back != *p {
			t.Errorf("%q=%q: the flat values read back as %+v, want %+v", path, value, back, *p)
		}
	})
}
