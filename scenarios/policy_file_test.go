package scenarios

import (
	"errors"
	"strings"
	"testing"

	"agglo/model/policy"
)

func TestReadPolicies(t *testing.T) {
	s, err := Load("plain")
	if err != nil {
		t.Fatal(err)
	}
	one, err := s.ReadPolicies("p.yaml", []byte("{id: road, instrument: infrastructure, from: 2010, to: 2015, budget: 4e6, finance: outside, target: {within: {place: north-west, km: 10}}}"))
	if err != nil {
		t.Fatal(err)
	}
	p := one[0]
	if len(one) != 1 || p.From != 40 || p.To != 60 || p.Budget != 100 || p.Finance != policy.Outside || p.Target.Within.At.X != -25 {
		t.Errorf("read %+v", one)
	}
	two, err := s.ReadPolicies("p.yaml", []byte("- {id: a, instrument: subsidy}\n- {id: b, instrument: burn, target: {sectors: [metals]}}\n"))
	if err != nil || len(two) != 2 || two[1].Target.Sectors[0] != 0 {
		t.Errorf("read %+v, %v", two, err)
	}
	if len(s.Options) != 0 {
		t.Error("the scenario has changed")
	}
}

func TestReadFaultyPolicies(t *testing.T) {
	s, err := Load("plain")
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.ReadPolicies("p.yaml", []byte("id: road\ninstrument: subsidie\nintensity: 12\ntarget: {sector: [metals]}\n"))
	var faults Faults
	if !errors.As(err, &faults) || len(faults) < 2 {
		t.Fatalf("faults %v", err)
	}
	for _, want := range []string{"p.yaml:3:12: intensity: ", "p.yaml:4:10: target.sector: "} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
	if _, err = s.ReadPolicies("p.yaml", []byte("id: road\ninstrument: subsidie\n")); err == nil || !strings.Contains(err.Error(), "subsidy") {
		t.Errorf("want the nearest instrument: %v", err)
	}
	if _, err = s.ReadPolicies("p.yaml", nil); err == nil || !strings.Contains(err.Error(), "agglo policies") {
		t.Errorf("an empty file: %v", err)
	}
}
