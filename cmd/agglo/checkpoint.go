package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"agglo/model"
	"agglo/model/world"
	"agglo/output"
	"agglo/sim/checkpoint"
	"agglo/sim/param"
)

// Parts of a checkpoint.
const (
	partWorld  = "world"
	partTables = "tables"
)

// open opens the checkpoint that a run is to go on from; nil if there is none.
func (f *runFlags) open() (*checkpoint.File, error) {
	if f.from == "" {
		return nil, nil
	}
	file, err := checkpoint.Open(f.from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usagef("--from %s: there is no such file", f.from)
	}
	if errors.Is(err, checkpoint.ErrUnfit) {
		return nil, fmt.Errorf("--from %w", err) // a faulty file, not a wrong command line
	}
	return file, err
}

// goOn makes an execution begin at a checkpoint, if it is one of the same run. A folder that the user has not named is not
// that of the run from the start.
func (x *execution) goOn(from *checkpoint.File, rename bool) error {
	facts, err := x.facts(x.setup)
	if err != nil {
		return err
	}
	if err := from.Check(facts, world.Columns()); err != nil {
		return &usageError{fmt.Errorf("--from %w", err)}
	}
	if x.setup.Ticks <= from.Tick {
		return usagef("--ticks %d: the checkpoint is at tick %d already: want more", x.setup.Ticks, from.Tick)
	}
	x.from, x.manifest.FromTick = from, from.Tick
	if rename {
		x.dir += fmt.Sprintf("-from-%d", from.Tick)
	}
	return nil
}

// apart refuses to write the folder in which the checkpoint lies, with --force too: its checkpoints would be taken away before there are
// others, and who was killed then would have nothing to go on from.
func (f *runFlags) apart(dir string) error {
	from, err := os.Stat(filepath.Dir(f.from))
	if err != nil {
		return err
	}
	own, err := os.Stat(filepath.Join(dir, output.CheckpointsDir))
	if err == nil && os.SameFile(from, own) {
		return usagef("--from %s: it is a checkpoint of the folder %s, which would be written anew without it: choose another folder with -o", f.from, dir)
	}
	return nil // a folder that is not there, or has no checkpoints
}

// facts lists what decides on a run and its rows and must be the same where it goes on. The number of ticks is none of it.
func (x *execution) facts(s model.Setup) ([]checkpoint.Fact, error) {
	if x.rules == "" {
		code, err := exactly()
		if err != nil {
			return nil, err
		}
		x.rules = code.Rules
	}
	return factsOf(x.rules, x.manifest.Every, s)
}

// factsOf lists what decides on the runs of a setup under a program's rules, with rows every so many ticks.
func factsOf(rules string, every int, s model.Setup) ([]checkpoint.Fact, error) {
	facts := []checkpoint.Fact{{Name: "program", Value: rules}, {Name: "scenario", Value: s.Setting.ID}, {Name: "seed", Value: fmt.Sprint(s.Seed)},
		{Name: "--every", Value: fmt.Sprint(every)}}
	for _, p := range param.Flat(s.Params) {
		facts = append(facts, checkpoint.Fact{Name: p.Path, Value: fmt.Sprint(p.Value)})
	}
	region, err := hashFact("hash of the region and its sectors", s.Setting)
	if err != nil {
		return nil, err
	}
	policies, err := hashFact("hash of the policies", s.Policies)
	return append(facts, region, policies), err
}

// hashFact is a fact that is too long to be told: its hash.
func hashFact(name string, value any) (checkpoint.Fact, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return checkpoint.Fact{}, fmt.Errorf("%s: %w", name, err)
	}
	sum := sha256.Sum256(text)
	return checkpoint.Fact{Name: name, Value: hex.EncodeToString(sum[:8])}, nil
}

// first makes the engine of the first replicate: at the start, or where the checkpoint stands, with what its recorder
// remembered there.
func (x *execution) first(ctx context.Context) (*model.Engine, *output.Memory, error) {
	if x.from == nil {
		e, err := x.engine(ctx, x.manifest.Runs[0].Seed, x.threads)
		return e, nil, err
	}
	from, size, err := x.from.Part(partWorld)
	if err != nil {
		return nil, nil, err
	}
	e, err := model.Resume(x.setup, from, size)
	if err != nil {
		return nil, nil, fmt.Errorf("--from: %w", err)
	}
	memory := new(output.Memory)
	if from, size, err = x.from.Part(partTables); err == nil {
		err = checkpoint.Decode(from, size, memory)
	}
	return e, memory, err
}

// keeper writes the checkpoints of a run. It is an observer of the engine, behind the recorder.
type keeper struct {
	x        *execution
	engine   *model.Engine
	recorder *output.Recorder
	last     int // tick of the last checkpoint
}

func (x *execution) keeper(e *model.Engine, r *output.Recorder) *keeper {
	return &keeper{x: x, engine: e, recorder: r, last: e.Tick}
}

// Observe writes the checkpoint that is due at a tick.
func (k *keeper) Observe(_ world.View, tick int) error {
	if k.x.keep == 0 || tick == 0 || tick%k.x.keep != 0 {
		return nil
	}
	return k.write(tick)
}

// stop writes a checkpoint of the tick at which a run was stopped.
func (k *keeper) stop() error {
	if k.x.keep == 0 || k.engine.Tick == k.last {
		return nil
	}
	return k.write(k.engine.Tick)
}

func (k *keeper) write(tick int) error {
	setup := k.x.setup
	setup.Seed = uint64(k.engine.World.Seed)
	facts, err := k.x.facts(setup)
	if err != nil {
		return err
	}
	dir := filepath.Join(k.x.dir, output.CheckpointsDir)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	memory := k.recorder.Memory()
	k.last = tick
	return checkpoint.Create(filepath.Join(dir, fmt.Sprintf("tick-%d.checkpoint", tick)),
		checkpoint.Header{Program: version().Version, Tick: tick, Seed: setup.Seed, Facts: facts, Columns: world.Columns()},
		checkpoint.Part{Name: partWorld, Write: func(to io.Writer) error { return model.Save(k.engine, to) }},
		checkpoint.Part{Name: partTables, Write: func(to io.Writer) error { return checkpoint.Encode(to, &memory) }})
}
