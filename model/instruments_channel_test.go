package model

import (
	"testing"

	"agglo/model/policy"
	"agglo/model/world"
)

// A channelGauge is what an instrument moves before anything else, and its sign.
type channelGauge struct {
	name string
	sign float64
}

// firstMoves says what each instrument moves within three quarters. Where nothing can be told apart in so small a world, the
// test that holds the lever to the digit stands in its place.
var firstMoves = map[string]struct {
	gauges []channelGauge
	heldBy string
}{
	"awareness":                {gauges: []channelGauge{{"collaborations", +1}}},
	"brand":                    {gauges: []channelGauge{{"exporters", +1}}},
	"burn":                     {heldBy: "TestLeversReachTheRules: it moves nothing"},
	"centre_of_expertise":      {gauges: []channelGauge{{"knowledge access", +1}, {"matches", +1}}},
	"cluster_organisation":     {gauges: []channelGauge{{"price of inputs", -1}, {"broken deals", -1}}},
	"communications":           {gauges: []channelGauge{{"demand", +1}}},
	"directive_creation":       {gauges: []channelGauge{{"moves", +1}}},
	"incubator":                {heldBy: "model/policy: TestChannels (entry), TestParks (shelter)"},
	"information_service":      {heldBy: "model/policy: TestChannels; more sites and partners compared have no sign"},
	"infrastructure":           {gauges: []channelGauge{{"price of inputs", -1}, {"prices", -1}, {"demand", +1}, {"rent", -1}}},
	"inter_cluster_links":      {gauges: []channelGauge{{"collaborations", +1}}},
	"inventor_relief":          {heldBy: "model/policy: TestChannels (entry); of ten founders without money here it changes one, or none"},
	"ip_protection":            {gauges: []channelGauge{{"own R&D", +1}}},
	"joint_programme":          {gauges: []channelGauge{{"R&D", +1}, {"own R&D", -1}, {"collaborations", +1}}},
	"loan":                     {gauges: []channelGauge{{"capital", +1}}},
	"loss_compensation":        {gauges: []channelGauge{{"households", +1}}},
	"ppp":                      {gauges: []channelGauge{{"price of inputs", -1}, {"prices", -1}, {"demand", +1}}},
	"product_subsidy":          {gauges: []channelGauge{{"capital", +1}}},
	"production_sites":         {gauges: []channelGauge{{"rent", -1}}},
	"rd_grant":                 {gauges: []channelGauge{{"R&D", +1}, {"own R&D", -1}}},
	"rd_tax_deduction":         {gauges: []channelGauge{{"own R&D", +1}}},
	"regional_innovation_fund": {gauges: []channelGauge{{"R&D", +1}, {"founders without money", -1}}},
	"risk_sharing":             {gauges: []channelGauge{{"households", +1}}},
	"soft_loan":                {gauges: []channelGauge{{"capital", +1}}},
	"special_zone":             {gauges: []channelGauge{{"rent", -1}}},
	"subsidy":                  {gauges: []channelGauge{{"capital", +1}}},
	"talent":                   {gauges: []channelGauge{{"labour force", +1}}},
	"tax_break":                {gauges: []channelGauge{{"cash", +1}}},
	"technopark":               {gauges: []channelGauge{{"rent", -1}}},
	"trade_fair":               {gauges: []channelGauge{{"exporters", +1}, {"collaborations", +1}}},
	"trade_mission":            {gauges: []channelGauge{{"exporters", +1}}},
	"transfer_network":         {gauges: []channelGauge{{"knowledge access", +1}}},
	"transport":                {gauges: []channelGauge{{"price of inputs", -1}, {"demand", +1}}},
	"utilities":                {gauges: []channelGauge{{"prices", -1}}},
	"venture_fund":             {gauges: []channelGauge{{"founders without money", -1}}},
}

// gaugesOf adds what has happened in a tick, and reads the state in the third.
func gaugesOf(w *world.World, into map[string]float64) {
	into["moves"] += float64(w.Count.Moves)
	into["broken deals"] += float64(w.Count.Broken)
	into["founders without money"] += float64(w.Count.Unfinanced)
	if w.Now.Tick != 3 {
		return
	}
	f, v := &w.Firms, world.NewView(w)
	for i := range f.ID {
		if !f.Living(i) {
			continue
		}
		into["own R&D"] += v.ResearchOwn(i)
		into["R&D"] += v.Research(i)
		into["capital"] += f.Capital[i]
		into["cash"] += f.Cash[i]
		into["collaborations"] += float64(f.Collaborators(i))
		into["prices"] += f.LogPrice[i]
		into["price of inputs"] += float64(f.LogInput[i])
		into["rent"] += float64(f.Rent[i])
		into["matches"] += float64(f.Match[i])
		into["demand"] += f.Demand[i]
		into["knowledge access"] += float64(f.Spill[i])
		if f.Exporter[i] {
			into["exporters"]++
		}
	}
	for k := range w.Markets.Force {
		into["labour force"] += w.Markets.Force[k]
		into["households"] += w.Markets.Balance[k]
	}
}

// Every instrument of the Catalogue moves what its lever is for, and to the right side: the same money with the levers, against
// the money without them, four quarters on. An instrument that has no line here fails.
func TestEachInstrumentMovesWhatItShould(t *testing.T) {
	start := begun(t, small(t, 5, 300))
	for _, id := range policy.Instruments() {
		want, listed := firstMoves[id]
		if !listed || (len(want.gauges) == 0) == (want.heldBy == "") {
			t.Errorf("%s: no line says what it moves, or which test holds that", id)
			continue
		}
		with, without := map[string]float64{}, map[string]float64{}
		for blind, into := range map[bool]map[string]float64{false: with, true: without} {
			s := small(t, 5, 300)
			s.Policies = []policy.Spec{spec(id)}
			e, err := Branch(start, s)
			if err != nil {
				t.Fatal(err)
			}
			twoClusters(t, e)
			if blind {
				blindfold(t, e)
			}
			for tick := 1; tick <= 4; tick++ {
				gaugesOf(to(t, e, tick), into)
			}
		}
		for _, g := range want.gauges {
			if change := with[g.name] - without[g.name]; !(change*g.sign > 0) {
				t.Errorf("%s: %s change by %+.3g from %.4g: want the sign of %+g", id, g.name, change, without[g.name], g.sign)
			}
		}
	}
	for id := range firstMoves {
		if _, found := policy.Find(id); !found {
			t.Errorf("%s is no instrument any more", id)
		}
	}
}
