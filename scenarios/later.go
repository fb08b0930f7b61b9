package scenarios

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"agglo/model"
	"agglo/sim/param"
)

// A Change gives a parameter of the rules another value in the middle of a run: from the tick behind Tick on.
type Change struct {
	Tick        int
	Path, Value string
}

// String writes a change as ReadChange reads it: PATH=VALUE@TICK.
func (c Change) String() string { return fmt.Sprintf("%s=%s@%d", c.Path, c.Value, c.Tick) }

// ReadChange reads PATH=VALUE@TICK. A text without @ is no change but a value for the whole run: ok is false then. The error
// says what is wrong with the form; see Later for what is wrong with path and value.
func ReadChange(text string) (c Change, ok bool, err error) {
	what, at, ok := strings.Cut(text, "@")
	if !ok {
		return c, false, nil
	}
	path, value, found := strings.Cut(what, "=")
	path = strings.TrimPrefix(strings.TrimSpace(path), "params.")
	tick, wrong := strconv.Atoi(strings.TrimSpace(at))
	if !found || path == "" || wrong != nil || tick < 0 {
		return c, true, fmt.Errorf("%s: want PATH=VALUE@TICK, such as trust.loss=.5@40", text)
	}
	return Change{tick, path, strings.TrimSpace(value)}, true, nil
}

// Later sorts changes by their ticks, those of one tick as they stand, and checks each. What acts before the first tick
// only cannot be changed behind it: how the start is drawn, and which labour markets people live in.
func Later(changes []Change, p model.Params) ([]Change, error) {
	var faults []error
	sorted := slices.Clone(changes)
	slices.SortStableFunc(sorted, func(a, b Change) int { return a.Tick - b.Tick })
	for k, c := range sorted {
		sorted[k].Value = strings.TrimSpace(c.Value) // as it is read
		if err := param.Set(&p, c.Path, c.Value); err != nil {
			faults = append(faults, err)
		} else if strings.HasPrefix(c.Path, "start.") || c.Path == "labour.market_km" {
			faults = append(faults, fmt.Errorf("%s: acts before tick 1 only, so it can be changed for the whole run only, without @%d", c.Path, c.Tick))
		}
	}
	return sorted, errors.Join(faults...)
}

// At gives the parameters that hold behind a tick: p with all changes until then.
func At(p model.Params, changes []Change, tick int) (model.Params, error) {
	for _, c := range changes {
		if c.Tick > tick {
			break
		}
		if err := param.Set(&p, c.Path, c.Value); err != nil {
			return p, err
		}
	}
	return p, nil
}
