package class

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"agglo/internal/study"
	"agglo/internal/text"
	"agglo/model"
	"agglo/model/policy"
	"agglo/output"
	"agglo/scenarios"
	"agglo/sim/param"
)

// Ways to deal arms to students.
const (
	Random = "random" // in blocks, so that arms stay balanced and share seeds
	Choose = "choose" // the student does
	All    = "all"    // every student runs every arm with her own seed
)

// A Task says what the class runs.
type Task struct {
	Scenario string   `json:"scenario"` // a built-in one
	Firms    int      `json:"firms"`    // about so many agents; 0 = as the scenario has it
	Ticks    int      `json:"ticks"`    // quarters
	BurnIn   int      `json:"burn_in"`  // quarters before policies without a date begin
	Setting  string   `json:"setting"`  // path of a parameter that differs between arms; empty = none
	Values   []string `json:"values"`   // of it
	Policies []string `json:"policies"` // none, options of the scenario, instruments; empty = as the scenario stands
	Metric   string   `json:"metric"`   // the outcome
	Deal     string   `json:"deal"`     // random, choose, all
	Each     int      `json:"each"`     // worlds that a student may run; of all: sets of arms
	Seed     uint64   `json:"seed"`     // from which those of the worlds are made
}

// An Outcome is a metric that a class may look at.
type Outcome struct {
	Metric string `json:"metric"`
	Share  bool   `json:"share"` // is shown in percent
	Count  bool   `json:"count"` // has no decimals
}

// outcomes are the metrics that a class may look at, the first ones first in a list.
var outcomes = []Outcome{
	{"share_jobs_in_clusters", true, false}, {"productivity", false, false}, {"jobs", false, true}, {"firms", false, true}, {"wage", false, false},
	{"unemployment", true, false}, {"trust", false, false}, {"synergy", true, false}, {"clusters", false, true}, {"eg_gamma", false, false},
	{"innovations", false, true}, {"exports", false, false}, {"value_added", false, false},
}

// Bounds of a task.
const (
	mostArms  = 6
	mostEach  = 5
	leastTick = 4
)

// task is a Task made ready.
type task struct {
	Task
	scale   int // firms that one agent stands for; 0 = the scenario's
	outcome Outcome
	sweep   *study.Sweep
	arms    []arm
	title   scenarios.Text
	start   [2]int     // year and quarter of tick 0
	box     [4]float64 // of the map, km
	sectors []string   // names, by rank
	own     bool       // the scenario has policies of its own, which act in every world
}

// arm is what one group of worlds has in common.
type arm struct {
	point, policy int // of the sweep
	value, id     string
}

// valueForm is what a value of a setting may be: a number or a word.
var valueForm = regexp.MustCompile(`^[A-Za-z0-9_.+-]{1,30}$`)

// ready checks a task, all mistakes at once, and makes its sweep.
func (t Task) ready(o *Options) (*task, error) {
	var faults []error
	add := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if !slices.Contains(scenarios.Names(), t.Scenario) {
		return nil, fmt.Errorf("there is no scenario %q: want one of %s", t.Scenario, strings.Join(scenarios.Names(), ", "))
	}
	r := &task{Task: t}
	if k := slices.IndexFunc(outcomes, func(x Outcome) bool { return x.Metric == t.Metric }); k < 0 {
		add("outcome %q: want a metric of the list", t.Metric)
	} else {
		r.outcome = outcomes[k]
	}
	if t.Ticks < leastTick || t.Ticks > o.Ticks {
		add("%d quarters: want %d to %d", t.Ticks, leastTick, o.Ticks)
	}
	if t.BurnIn < 0 || t.BurnIn >= max(t.Ticks, 1) {
		add("policies begin after %d quarters of %d: want fewer than there are", t.BurnIn, t.Ticks)
	}
	if !slices.Contains([]string{Random, Choose, All}, t.Deal) {
		add("deal %q: want random, choose or all", t.Deal)
	}
	if t.Each < 1 || t.Each > mostEach {
		add("%d worlds a student: want 1 to %d", t.Each, mostEach)
	}
	if t.Seed >= 1<<53 {
		add("seed %d: want a whole number below 2^53", t.Seed)
	}
	if t.Firms < 0 || t.Firms > o.Firms || t.Firms > 0 && t.Firms < 50 {
		add("%d firms: want 50 to %d, or 0 for as many as the scenario has", t.Firms, o.Firms)
	}
	if arms := max(1, len(t.Values)) * max(1, len(t.Policies)); arms > mostArms {
		add("%d arms: want at most %d", arms, mostArms)
	}
	s, err := scenarios.Load(t.Scenario)
	if err != nil {
		return nil, err
	}
	faults = append(faults, t.checkSetting(s), t.checkPolicies(s))
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	if err := r.size(s); err != nil {
		return nil, err
	}
	r.sweep, err = r.sweepOf(o.Worlds)
	if err == nil {
		err = r.measure(o)
	}
	if err == nil {
		err = r.group()
	}
	return r, err
}

// checkSetting looks at the parameter that differs between arms.
func (t *Task) checkSetting(s *scenarios.Scenario) error {
	switch {
	case t.Setting == "" && len(t.Values) == 0:
		return nil
	case t.Setting == "":
		return errors.New("values stand without a setting")
	case !slices.ContainsFunc(model.Describe(), func(p param.Entry) bool { return p.Path == t.Setting }):
		return fmt.Errorf("there is no parameter %q", t.Setting)
	case len(t.Values) == 0:
		return fmt.Errorf("setting %s has no value", t.Setting)
	}
	var faults []error
	for k, v := range t.Values {
		number, err := strconv.ParseFloat(v, 64)
		if !valueForm.MatchString(v) || err == nil && (math.IsNaN(number) || math.IsInf(number, 0)) {
			faults = append(faults, fmt.Errorf("%s = %q: want a number or a word", t.Setting, v))
		} else if slices.Contains(t.Values[:k], v) {
			faults = append(faults, fmt.Errorf("%s = %s stands here twice", t.Setting, v))
		} else if err := s.Set(t.Setting, v); err != nil {
			faults = append(faults, err)
		}
	}
	return errors.Join(faults...)
}

// checkPolicies looks at the policies. A file cannot be named.
func (t *Task) checkPolicies(s *scenarios.Scenario) error {
	var faults []error
	for k, id := range t.Policies {
		_, option := s.Option(id)
		if _, instrument := policy.Find(id); id != scenarios.NoPolicy && !option && !instrument {
			near, _ := param.Nearest(id, policy.Instruments())
			faults = append(faults, fmt.Errorf("there is no policy %q: did you mean %s?", id, near))
		} else if slices.Contains(t.Policies[:k], id) {
			faults = append(faults, fmt.Errorf("policy %s stands here twice", id))
		}
	}
	return errors.Join(faults...)
}

// size finds for how many firms an agent is to stand, so that there are about as many agents as were asked for.
func (t *task) size(s *scenarios.Scenario) error {
	if t.Firms == 0 {
		return nil
	}
	setup, err := s.Setup(scenarios.Overrides{})
	if err != nil {
		return err
	}
	agents := 0
	for _, x := range setup.Setting.Sectors {
		agents += x.Firms
	}
	t.scale = max(1, int(math.Round(float64(agents)*setup.Setting.Scale/float64(t.Firms))))
	return nil
}

// file is the experiment as a file for agglo sweep, with so many replicates.
func (t *task) file(replicates int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "agglo: 1\nscenario: %s\n", t.Scenario)
	if t.scale > 0 {
		fmt.Fprintf(&b, "set: {scale: %d}\n", t.scale)
	}
	if t.Setting != "" {
		fmt.Fprintf(&b, "factors:\n  - {name: %s, values: [%s]}\n", t.Setting, strings.Join(t.Values, ", "))
	}
	fmt.Fprintf(&b, "replicates: %d\nseed: %d\nticks: %d\n", replicates, t.Seed, t.Ticks)
	if len(t.Policies) > 0 {
		fmt.Fprintf(&b, "burn_in: %d\npolicies: [%s]\n", t.BurnIn, strings.Join(t.Policies, ", "))
	}
	return b.String()
}

// sweepOf makes the task's sweep with so many replicates: what agglo sweep makes of the file.
func (t *task) sweepOf(replicates int) (*study.Sweep, error) {
	var fixed []string
	for _, c := range output.SeriesColumns()[:output.KeyColumns()] {
		fixed = append(fixed, c.Name)
	}
	x, err := scenarios.ReadExperiment("class.yaml", []byte(t.file(replicates)), output.Metrics(), append(fixed, study.FailureColumns()...), scenarios.Given{})
	if err != nil {
		return nil, err
	}
	return study.NewSweep(x, nil)
}

// measure holds a world of the task against the bounds.
func (t *task) measure(o *Options) error {
	setup := t.sweep.Base()
	firms, cells := 0, 0
	for _, x := range setup.Setting.Sectors {
		firms += x.Firms
	}
	for k, a := range setup.Setting.Areas {
		cells += a.NX * a.NY
		x, y := a.X0+a.CellKM*float64(a.NX), a.Y0+a.CellKM*float64(a.NY)
		if k == 0 {
			t.box = [4]float64{a.X0, a.Y0, x, y}
		}
		t.box = [4]float64{min(t.box[0], a.X0), min(t.box[1], a.Y0), max(t.box[2], x), max(t.box[3], y)}
	}
	t.sectors = make([]string, len(setup.Setting.Sectors))
	for k, x := range setup.Setting.Sectors {
		t.sectors[setup.Setting.SectorRank(k)] = x.Name
	}
	if planes := cells * len(t.sectors); firms > o.Firms || planes > o.Planes {
		return fmt.Errorf("%s has %d firms, and %d cells times sectors: a class takes at most %d and %d; ask for fewer firms", t.Scenario, firms, planes, o.Firms, o.Planes)
	}
	s := t.sweep.Experiment.Base()
	t.own = len(s.Policies) > 0
	t.title, t.start = s.Title, [2]int{s.Start.Year.Int(), max(1, s.Start.Quarter.Int())}
	return nil
}

// group lists the arms: every value with every policy.
func (t *task) group() error {
	for p := range t.sweep.Points {
		list, err := t.sweep.Arms(p)
		if err != nil {
			return err
		}
		for k, a := range list {
			x := arm{point: p, policy: k, id: a.ID}
			if t.Setting != "" {
				x.value = t.Values[p]
			}
			t.arms = append(t.arms, x)
		}
	}
	return nil
}

// label names an arm in a language.
func (t *task) label(lang string, k int) string {
	a := t.arms[k]
	var parts []string
	if a.value != "" {
		name := t.Setting
		if text.Has("knob." + t.Setting) {
			name = text.In(lang, "knob."+t.Setting)
		}
		word := a.value
		if text.Has("page.word." + word) {
			word = text.In(lang, "page.word."+word)
		}
		parts = append(parts, text.In(lang, "class.arm.value", name, word))
	}
	switch {
	case a.id == scenarios.NoPolicy && t.own:
		parts = append(parts, text.In(lang, "class.arm.own"))
	case a.id == scenarios.NoPolicy:
		parts = append(parts, text.In(lang, "class.arm.none"))
	case text.Has("policy." + a.id):
		parts = append(parts, text.In(lang, "policy."+a.id))
	case a.id != "":
		parts = append(parts, a.id)
	}
	if len(parts) == 0 {
		return text.In(lang, "class.arm.only")
	}
	return strings.Join(parts, " · ")
}

// world is what a student's own world is called: its arm; where all worlds are of one arm, what tells them apart.
func (t *task) world(lang string, arm int, seed uint64) string {
	if len(t.arms) == 1 {
		return text.In(lang, "class.arm.seed", strconv.FormatUint(seed, 10))
	}
	return t.label(lang, arm)
}

// means says what the setting and the policies of the task are, as far as the catalogue does.
func (t *task) means(lang string) []string {
	all := []string{}
	add := func(key string) {
		if text.Has(key) && text.Has(key+".doc") {
			all = append(all, text.In(lang, "class.means", text.In(lang, key), text.In(lang, key+".doc")))
		}
	}
	if t.Setting != "" {
		add("knob." + t.Setting)
	}
	for _, id := range t.Policies {
		add("policy." + id)
	}
	return all
}
