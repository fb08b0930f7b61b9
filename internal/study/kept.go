package study

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"agglo/model/world"
	"agglo/output"
	"agglo/sim/checkpoint"
)

// Kept are pairs of worlds that stay in the folder of a comparison, or of tests of claims, so that it can be given more of them, or goes
// on where it was broken off: the draws of a pair hang on its own number alone, so that it is the same among any number. While work is
// going on each that is done has a file; in a folder that is whole all are in one, since thousands of small files are a burden on the disks
// that clusters of computers share. There each is a record with a checksum of its own, so that damage costs the pairs that it touches.
type Kept[T any] struct {
	Damaged []checkpoint.Damage // what is not whole in the files: the pairs that it held are done again
	dir     string
	header  checkpoint.Header
	held    map[int]*T // by replicate
}

// Pairs are those of a comparison.
type Pairs = Kept[pairKept]

// A pairKept is what a pair has shown: the baseline, then the arms, and where these leave it.
type pairKept struct {
	Runs     []runKept
	Partings []Parting
}

// A runKept is what a record holds once its run has ended.
type runKept struct {
	Values, Targets, Beside [][]float64
	Flows                   []flowKept
	Traced, Wasted          float64
}

type flowKept struct {
	Jobs, Added, Taxes float64
	Cost               world.Cost
}

// pairEnd ends the name of a file that holds one pair.
const pairEnd = ".pair"

// OpenPairs gives the pairs of a comparison's folder: with read those that are there, else none, so that all are done anew. facts are all
// that decides on a pair: files with other facts are those of other work, and refused.
func OpenPairs(dir, program string, facts []checkpoint.Fact, read bool) (*Pairs, error) {
	return openKept[pairKept](dir, program, facts, read)
}

func openKept[T any](dir, program string, facts []checkpoint.Fact, read bool) (*Kept[T], error) {
	p := &Kept[T]{dir: filepath.Join(dir, output.PairsDir), held: map[int]*T{}}
	p.header = checkpoint.Header{Program: program, Facts: facts, Columns: checkpoint.Columns(new(T))}
	if !read {
		return p, nil
	}
	for _, path := range p.files() {
		damaged, err := checkpoint.EachRecord(path, p.read)
		if err != nil {
			return nil, err
		}
		p.Damaged = append(p.Damaged, damaged...)
	}
	return p, nil
}

// files are those that hold pairs: all of a folder that was whole, then those done since, which count where both hold one.
func (p *Kept[T]) files() []string {
	return append(output.Matching(p.dir, output.PairsFile), output.Matching(p.dir, "*"+pairEnd)...)
}

// read takes the pairs from a record of a file; older programs put all into one.
func (p *Kept[T]) read(file *checkpoint.File) error {
	if err := file.Check(p.header.Facts, p.header.Columns); err != nil {
		return fmt.Errorf("%w by pairs of worlds of other work: choose another with -o, or make these as they were:\n%w", output.ErrOccupied, err)
	}
	for _, s := range file.Sizes {
		k, err := strconv.Atoi(s.Part)
		if err != nil || k < 0 {
			continue // of a newer program
		}
		part, size, err := file.Part(s.Part)
		if err != nil {
			return err
		}
		x := new(T)
		if err := checkpoint.Decode(part, size, x); err != nil {
			return err
		}
		p.held[k] = x
	}
	return nil
}

// gather puts all pairs into one file, once the work is done, and removes the others. No file is open when the one is given its name: Windows
// gives none the name of a file that somebody reads.
func (p *Kept[T]) gather() error {
	if p == nil {
		return nil
	}
	singles := output.Matching(p.dir, "*"+pairEnd)
	if len(singles) == 0 {
		return nil // nothing was done that is not in it
	}
	parts := map[int]checkpoint.Part{}
	for k, x := range p.held {
		parts[k] = pairPart(k, x)
	}
	for _, path := range singles {
		name := strings.TrimSuffix(filepath.Base(path), pairEnd)
		k, err := strconv.Atoi(name)
		if err != nil {
			continue
		}
		if ok, err := sound(path); err != nil {
			return err
		} else if !ok {
			continue // damaged, and not done again: not asked for, held already, or stopped before
		}
		parts[k] = checkpoint.Part{Name: name, Write: func(to io.Writer) error { return copyPart(to, path, name) }}
	}
	var all []checkpoint.Part
	for _, k := range slices.Sorted(maps.Keys(parts)) {
		all = append(all, parts[k])
	}
	if err := checkpoint.CreateRecords(filepath.Join(p.dir, output.PairsFile), p.header, all...); err != nil {
		return err
	}
	return output.RemoveAll(singles)
}

// pairPart is what holds a pair in a file.
func pairPart[T any](k int, x *T) checkpoint.Part {
	return checkpoint.Part{Name: strconv.Itoa(k), Write: func(to io.Writer) error { return checkpoint.Encode(to, x) }}
}

// sound says whether a file is not damaged.
func sound(path string) (bool, error) {
	file, err := checkpoint.Open(path)
	if errors.Is(err, checkpoint.ErrUnfit) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	return true, file.Close()
}

// copyPart copies a part of a file.
func copyPart(to io.Writer, path, name string) error {
	file, err := checkpoint.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	part, _, err := file.Part(name)
	if err == nil {
		_, err = io.Copy(to, part)
	}
	return err
}

// Held is how many of the first n pairs are there.
func (p *Kept[T]) Held(n int) int {
	held := 0
	for k := range n {
		if p.pair(k) != nil {
			held++
		}
	}
	return held
}

// Elsewhere gives the pairs that are there but the first n, with another folder for those that are done: to make these again and leave what
// is there untouched.
func (p *Kept[T]) Elsewhere(dir string, n int) *Kept[T] {
	other := &Kept[T]{dir: filepath.Join(dir, output.PairsDir), header: p.header, held: maps.Clone(p.held)}
	maps.DeleteFunc(other.held, func(k int, _ *T) bool { return k < n })
	return other
}

// Has says whether a pair is there.
func (p *Kept[T]) Has(k int) bool { return p.pair(k) != nil }

// Same says whether another folder holds the same of a pair, to the bit.
func (p *Kept[T]) Same(other *Kept[T], k int) bool {
	a, b := p.pair(k), other.pair(k)
	if a == nil || b == nil {
		return a == b
	}
	var left, right bytes.Buffer
	return checkpoint.Encode(&left, a) == nil && checkpoint.Encode(&right, b) == nil && bytes.Equal(left.Bytes(), right.Bytes())
}

// Last is the number of pairs up to the last that is there.
func (p *Kept[T]) Last() int {
	if p == nil {
		return 0
	}
	last := 0
	for k := range p.held {
		last = max(last, k+1)
	}
	return last
}

// pair gives one that is there, else nil.
func (p *Kept[T]) pair(k int) *T {
	if p == nil {
		return nil
	}
	return p.held[k]
}

// keep writes a pair that is done. It is called from several goroutines at once, for a pair each.
func (p *Kept[T]) keep(k int, x *T) error {
	if err := os.MkdirAll(p.dir, 0o777); err != nil {
		return err
	}
	return checkpoint.Create(filepath.Join(p.dir, strconv.Itoa(k)+pairEnd), p.header, pairPart(k, x))
}

// begin begins the folder of a run, with the pairs that are there or, without any, as output.Create does.
func (p *Kept[T]) begin(dir string, base output.Manifest, force bool) (*output.Folder, error) {
	if p.Last() > 0 {
		return output.Grow(dir, base)
	}
	return output.Create(dir, base, force)
}

// records gives the records of a pair that is there; false if it is not.
func (x *pairKept) records(runs []*record) bool {
	if x == nil || len(x.Runs) != len(runs) {
		return false
	}
	for a, one := range x.Runs {
		runs[a] = &record{values: one.Values, targets: one.Targets, beside: one.Beside, traced: one.Traced, wasted: one.Wasted}
		for _, f := range one.Flows {
			runs[a].flows = append(runs[a].flows, flow{f.Jobs, f.Added, f.Taxes, f.Cost})
		}
	}
	return true
}

// keptOf is what stays of a pair.
func keptOf(runs []*record, parted []Parting) *pairKept {
	x := &pairKept{Partings: parted}
	for _, r := range runs {
		one := runKept{Values: r.values, Targets: r.targets, Beside: r.beside, Traced: r.traced, Wasted: r.wasted}
		for _, f := range r.flows {
			one.Flows = append(one.Flows, flowKept{f.jobs, f.added, f.taxes, f.cost})
		}
		x.Runs = append(x.Runs, one)
	}
	return x
}
