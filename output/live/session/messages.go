package session

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
)

// message is what a page asks for. Do says what; the other fields belong to some of them.
type message struct {
	Do       string   `json:"do"`
	Spec     *Spec    `json:"spec,omitempty"`     // start
	Tick     int      `json:"tick,omitempty"`     // start, goto: to be reached at once
	On       bool     `json:"on,omitempty"`       // play, twin, bare
	Pace     float64  `json:"pace,omitempty"`     // pace
	Path     string   `json:"path,omitempty"`     // set
	Value    string   `json:"value,omitempty"`    // set
	Now      bool     `json:"now,omitempty"`      // set: from this tick on
	Seed     uint64   `json:"seed,omitempty"`     // seed
	Policies []Policy `json:"policies,omitempty"` // policies, trial
	Row      int      `json:"row,omitempty"`      // firm
	Cluster  int      `json:"cluster,omitempty"`  // cluster
	Other    bool     `json:"other,omitempty"`    // scene, firm, cluster: of the twin
	Lang     string   `json:"lang,omitempty"`     // scene, cluster, catalogue, start
	Pairs    int      `json:"pairs,omitempty"`    // trial
	X        float64  `json:"x,omitempty"`        // suggest
	Y        float64  `json:"y,omitempty"`
	KM       float64  `json:"km,omitempty"`
	Name     string   `json:"instrument,omitempty"` // suggest
	From     int      `json:"from,omitempty"`       // state
}

// MaxMessage is the longest message that is read: a scenario file and what surrounds it.
const MaxMessage = 3 << 20

// Answer reads a message and gives the reply, both JSON. A message that is malformed, or asks for what cannot be, changes
// nothing, and the reply says why in its field error. So does that to one whose answer breaks.
func (s *Session) Answer(data []byte) []byte {
	reply, lang, err := s.safely(data)
	if err != nil {
		reply = map[string]string{"error": InLanguage(lang, err)}
	}
	out, err := json.Marshal(reply)
	if err != nil {
		out, _ = json.Marshal(map[string]string{"error": "the reply cannot be written: " + err.Error()})
	}
	return out
}

// safely answers, and makes what breaks an error. A command that broke may have left half of its work: the world stops.
func (s *Session) safely(data []byte) (reply any, lang string, err error) {
	acts := false
	defer func() {
		if broken := recover(); broken != nil {
			if reply, err = nil, errors.New(inWords(broken)); acts {
				s.broke(broken)
			}
		}
	}()
	var m message
	reply, err = s.answer(data, &m, &acts)
	return reply, m.Lang, err
}

// answer reads a message into m and does what it asks; acts says that it has begun to change something.
func (s *Session) answer(data []byte, m *message, acts *bool) (any, error) {
	if len(data) > MaxMessage {
		return nil, fault("page.fault.long", MaxMessage)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(m); err != nil {
		return nil, fmt.Errorf("this is no message: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("this is no message: something stands behind it")
	}
	if most := max(s.limits.Policies, len(s.draft().Policies)); len(m.Policies) > most { // before any is named: each name is held against all
		return nil, fault("page.policies.most", s.limits.Policies)
	}
	if ask, known := questions[m.Do]; known {
		return ask(s, m)
	}
	act, known := commands[m.Do]
	if !known {
		return nil, fmt.Errorf("there is no message %q", m.Do)
	}
	*acts = true
	if err := act(s, m); err != nil {
		return nil, err
	}
	return s.State(m.From), nil
}

// questions change nothing.
var questions = map[string]func(*Session, *message) (any, error){
	"state":     func(s *Session, m *message) (any, error) { return s.State(m.From), nil },
	"catalogue": func(_ *Session, m *message) (any, error) { return CatalogueOf(m.Lang), nil },
	"ground":    (*Session).ground,
	"scene":     (*Session).scene,
	"cluster":   (*Session).cluster,
	"suggest":   (*Session).suggest,
	"firm":      (*Session).firm, // it remembers whom the user looks at, which no result feels
}

// commands change what is run; their reply is the State.
var commands = map[string]func(*Session, *message) error{
	"start":    (*Session).start,
	"restart":  (*Session).restart,
	"goto":     (*Session).goTo,
	"play":     (*Session).play,
	"step":     (*Session).stepOn,
	"pace":     (*Session).setPace,
	"set":      (*Session).set,
	"seed":     (*Session).reseed,
	"policies": (*Session).setPolicies,
	"twin":     (*Session).setTwin,
	"bare":     (*Session).setBare,
	"trial":    (*Session).startTrial,
}

func (s *Session) start(m *message) error {
	if m.Spec == nil {
		return errors.New("start wants a spec")
	}
	if m.Tick < 0 || m.Tick > MaxTicks {
		return fault("page.fault.tick", MaxTicks)
	}
	r, err := m.Spec.resolve(s.limits)
	if err != nil {
		return err
	}
	s.twin = m.On
	s.begin(*m.Spec, r, m.Tick)
	return nil
}

// restart goes back to the start, with what was to act from there.
func (s *Session) restart(*message) error {
	if s.ready == nil {
		return errNoWorld
	}
	spec := s.spec
	if s.next != nil {
		spec = *s.next
	}
	r, err := spec.resolve(s.limits)
	if err != nil {
		return err
	}
	s.begin(spec, r, 0)
	return nil
}

// goTo asks for a tick ahead as fast as it goes.
func (s *Session) goTo(m *message) error {
	if s.ready == nil {
		return errNoWorld
	}
	if m.Tick < 0 || m.Tick > MaxTicks {
		return fault("page.fault.tick", MaxTicks)
	}
	if s.main != nil && m.Tick < s.main.tick() {
		return fault("page.fault.behind")
	}
	s.goal = m.Tick
	s.end = max(s.end, s.goal)
	return nil
}

func (s *Session) play(m *message) error {
	if s.ready == nil {
		return errNoWorld
	}
	if s.fault != "" {
		return fault("page.broke", s.fault)
	}
	if m.On && s.over() {
		return fault("page.fault.tick", MaxTicks)
	}
	if s.playing = m.On; !m.On {
		if s.main != nil {
			s.goal = min(s.goal, s.main.tick())
		}
	} else if m.Tick > 0 && m.Tick <= MaxTicks {
		s.end = m.Tick
	} else if s.main != nil && s.main.tick() >= s.end {
		s.end = min(MaxTicks, s.end+firstEnd)
	}
	return nil
}

func (s *Session) stepOn(*message) error {
	if s.main == nil {
		return errNoWorld
	}
	if s.over() {
		return fault("page.fault.tick", MaxTicks)
	}
	s.playing = false
	s.goal = min(MaxTicks, max(s.goal, s.main.tick()+1))
	return nil
}

// over says whether the world has lived as long as one of a page may.
func (s *Session) over() bool { return s.main != nil && s.main.tick() >= MaxTicks }

func (s *Session) setPace(m *message) error {
	if !(m.Pace >= 0 && m.Pace <= 1000) {
		return fmt.Errorf("pace %g: want 0 (as fast as it goes) to 1000 ticks a second", m.Pace)
	}
	s.pace = m.Pace
	return nil
}

// draft is a copy of what is to run from the next start on.
func (s *Session) draft() Spec {
	spec := s.spec
	if s.next != nil {
		spec = *s.next
	}
	spec.Params, spec.Changes, spec.Policies = slices.Clone(spec.Params), slices.Clone(spec.Changes), slices.Clone(spec.Policies)
	return spec
}

// set gives a parameter a value: from this tick on, or from the next start on. Before the first tick that is the same, and
// the world is begun anew at once.
func (s *Session) set(m *message) error {
	if s.ready == nil {
		return errNoWorld
	}
	if m.Now && s.main != nil && s.main.tick() > 0 {
		return s.setNow(m)
	}
	spec := s.draft()
	spec.Params = slices.DeleteFunc(spec.Params, func(v Value) bool { return v.Path == m.Path })
	spec.Params = append(spec.Params, Value{m.Path, m.Value})
	spec.Changes = slices.DeleteFunc(spec.Changes, func(c Change) bool { return c.Path == m.Path })
	r, err := spec.resolve(s.limits)
	if err != nil {
		return err
	}
	if s.main == nil || s.main.tick() == 0 {
		playing := s.playing
		s.begin(spec, r, s.goal)
		s.playing = playing
		return nil
	}
	s.next = &spec
	return nil
}

// setNow changes a parameter from this tick on, in what waits for the next start too.
func (s *Session) setNow(m *message) error {
	at := s.main.tick()
	changed := func(spec Spec) Spec {
		spec.Changes = slices.DeleteFunc(slices.Clone(spec.Changes), func(c Change) bool { return c.Path == m.Path && c.Tick >= at })
		spec.Changes = append(spec.Changes, Change{at, m.Path, m.Value})
		return spec
	}
	next := s.next
	if next != nil {
		waits := changed(*next)
		if _, err := waits.resolve(s.limits); err != nil {
			return err
		}
		next = &waits
	}
	if err := s.turn(changed(s.spec)); err != nil {
		return err
	}
	s.next = next
	return nil
}

// turn lets the worlds go on under another spec, which must agree with the present one on all that has acted.
func (s *Session) turn(spec Spec) error {
	r, err := spec.resolve(s.limits)
	if err != nil {
		return err
	}
	if s.behind() {
		return fault("page.fault.catching")
	}
	main, err := s.main.turned(r.with, r.changes)
	if err != nil {
		return err
	}
	other := s.other
	if other != nil {
		if other, err = other.turned(r.without, r.changes); err != nil {
			return err
		}
	}
	s.spec, s.ready, s.main, s.other = spec, r, main, other
	s.watch()
	return nil
}

func (s *Session) reseed(m *message) error {
	if s.ready == nil {
		return errNoWorld
	}
	spec := s.draft()
	spec.Seed = m.Seed
	r, err := spec.resolve(s.limits)
	if err != nil {
		return err
	}
	s.begin(spec, r, 0)
	return nil
}

// setPolicies replaces the policies of the page. What has begun already cannot be changed behind it: it goes on as it is, and the change
// acts from the next start on. The others act now, whatever waits for the next start.
func (s *Session) setPolicies(m *message) error {
	if s.ready == nil || s.main == nil {
		return errNoWorld
	}
	for k := range m.Policies {
		p := &m.Policies[k]
		if p.ID == "" {
			p.ID = freeID(slices.Concat(m.Policies, s.spec.Policies), p.Instrument)
		}
		if late := s.main.tick() + 1 - p.From; find(s.spec.Policies, p.ID) < 0 && late > 0 {
			p.From += late // time went on while the page asked
			if p.To > 0 {
				p.To += late
			}
		}
	}
	next, now := s.draft(), s.spec
	next.Policies, now.Policies = m.Policies, s.standing(m.Policies)
	if _, err := next.resolve(s.limits); err != nil {
		return err
	}
	if !slices.Equal(now.Policies, s.spec.Policies) {
		if err := s.turn(now); err != nil {
			return err
		}
	}
	if s.next = &next; slices.Equal(next.Policies, s.spec.Policies) && slices.Equal(next.Params, s.spec.Params) && slices.Equal(next.Changes, s.spec.Changes) && next.Seed == s.spec.Seed {
		s.next = nil // nothing waits
	}
	return nil
}

// standing is what of wanted policies can act now: those that have begun stay as they are.
func (s *Session) standing(wanted []Policy) []Policy {
	var all []Policy
	for _, q := range s.spec.Policies {
		k := find(wanted, q.ID)
		switch {
		case q.From <= s.main.tick() || k >= 0 && wanted[k].From <= s.main.tick():
			all = append(all, q)
		case k >= 0:
			all = append(all, wanted[k])
		}
	}
	for _, p := range wanted {
		if find(s.spec.Policies, p.ID) < 0 {
			all = append(all, p)
		}
	}
	return all
}

// find is where the policy of an id stands; -1 = nowhere.
func find(all []Policy, id string) int {
	return slices.IndexFunc(all, func(p Policy) bool { return p.ID == id })
}

// freeID is an id that none of the policies has.
func freeID(policies []Policy, instrument string) string {
	base := bytes.ReplaceAll([]byte(instrument), []byte("_"), []byte("-"))
	for n := 1; ; n++ {
		id := string(base) + "-" + strconv.Itoa(n)
		if !slices.ContainsFunc(policies, func(p Policy) bool { return p.ID == id }) {
			return id
		}
	}
}

// Figure is a number that may not exist: NaN is written as null.
type Figure float64

// MarshalJSON writes seven digits: these numbers are drawn; the table has them all.
func (f Figure) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(f)) || math.IsInf(float64(f), 0) {
		return []byte("null"), nil
	}
	return strconv.AppendFloat(nil, float64(f), 'g', 7, 64), nil
}
