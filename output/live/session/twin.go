package session

import (
	"context"
	"slices"

	"agglo/model/policy"
)

// setTwin says whether there is a twin.
func (s *Session) setTwin(m *message) error {
	if s.twin = m.On; !m.On {
		s.other = nil
	}
	return nil
}

// setBare says whether the twin does without the scenario's own policies too. A twin that is there is made anew.
func (s *Session) setBare(m *message) error {
	if s.ready == nil {
		return errNoWorld
	}
	spec := s.spec
	spec.Bare = m.On
	r, err := spec.resolve(s.limits)
	if err != nil {
		return err
	}
	s.spec, s.ready, s.other = spec, r, nil
	if s.next != nil {
		s.next.Bare = m.On
	}
	return nil
}

// makeTwin makes the world without the policies: from here if none of them has acted yet, else from the start.
func (s *Session) makeTwin(ctx context.Context) (err error) {
	s.twins++
	if s.acted() {
		if s.other, err = found(ctx, s.ready.without, s.ready.changes); err == nil {
			s.watch()
		}
		return err
	}
	s.other, err = s.main.twin(s.ready.without)
	return err
}

// watch makes both worlds count the jobs where the policies are.
func (s *Session) watch() {
	for _, a := range []*arm{s.main, s.other} {
		if a != nil {
			a.watch(s.spec.Policies)
		}
	}
}

// acted says whether a policy has begun that the twin does without.
func (s *Session) acted() bool {
	for k := range s.spec.Policies {
		if s.main != nil && s.spec.Policies[k].From <= s.main.tick() {
			return true
		}
	}
	return s.spec.Bare && s.main != nil && slices.ContainsFunc(s.ready.own, func(p policy.Spec) bool { return p.From <= s.main.tick() })
}
