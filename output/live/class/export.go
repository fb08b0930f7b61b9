package class

import (
	"bytes"
	"slices"

	"agglo/internal/study"
)

// exported makes the sweep that has the worlds of this round, with as many replicates as have been run, and those worlds.
func (c *Class) exported() (*task, *study.Sweep, []*study.Alone, error) {
	c.mu.Lock()
	t, done := c.task, slices.Clone(c.done)
	c.mu.Unlock()
	if t == nil {
		return nil, nil, nil, ErrNoTask
	}
	replicates, all := 1, []*study.Alone{}
	for _, h := range done {
		replicates = max(replicates, h.replicate+1)
		all = append(all, h.result)
	}
	sweep, err := t.sweepOf(replicates)
	return t, sweep, all, err
}

// Runs is the table of the round: the rows that runs.csv of the shown command has for the worlds of the class, with its header
// and in its order. Where every arm has run every seed they are all there are, byte for byte.
func (c *Class) Runs() ([]byte, error) {
	_, sweep, all, err := c.exported()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = sweep.WriteAlone(&b, all)
	return b.Bytes(), err
}

// File is the experiment of the round, for agglo sweep.
func (c *Class) File() ([]byte, error) {
	t, sweep, _, err := c.exported()
	if err != nil {
		return nil, err
	}
	return []byte(t.file(sweep.Experiment.Replicates)), nil
}
