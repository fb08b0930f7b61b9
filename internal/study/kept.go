package study

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"agglo/model/world"
	"agglo/output"
	"agglo/sim/checkpoint"
)

// Pairs are the pairs of worlds that stay in the folder of a comparison, a file each, so that it can be given more of them, or goes on
// where it was broken off: the draws of a pair hang on its own number alone, so that it is the same in a comparison of any size.
type Pairs struct {
	Damaged int // files that are not whole: their pairs are done again
	dir     string
	header  checkpoint.Header
	held    map[int]*pairKept // by replicate
}

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

const (
	pairPart = "pair"
	pairEnd  = ".pair" // of the name of a file
)

// OpenPairs gives the pairs of a folder: with read those that are there, else none, so that all are done anew. facts are all that decides
// on a pair: files with other facts are those of another comparison, and refused.
func OpenPairs(dir, program string, facts []checkpoint.Fact, read bool) (*Pairs, error) {
	p := &Pairs{dir: filepath.Join(dir, output.PairsDir), held: map[int]*pairKept{}}
	p.header = checkpoint.Header{Program: program, Facts: facts, Columns: checkpoint.Columns(&pairKept{})}
	if !read {
		return p, nil
	}
	for _, path := range output.Matching(p.dir, "*"+pairEnd) {
		k, err := strconv.Atoi(strings.TrimSuffix(filepath.Base(path), pairEnd))
		if err != nil || k < 0 {
			continue
		}
		file, err := checkpoint.Open(path)
		if errors.Is(err, checkpoint.ErrUnfit) {
			p.Damaged++
			continue
		} else if err != nil {
			return nil, err
		}
		err = p.read(file, k)
		_ = file.Close() // it was only read
		if err != nil {
			return nil, err
		}
	}
	return p, nil
}

// read takes a pair from its file.
func (p *Pairs) read(file *checkpoint.File, k int) error {
	if err := file.Check(p.header.Facts, p.header.Columns); err != nil {
		return fmt.Errorf("%w by the pairs of another comparison: choose another with -o, or make these as they were:\n%w", output.ErrOccupied, err)
	}
	part, size, err := file.Part(pairPart)
	if err != nil {
		return err
	}
	x := &pairKept{}
	p.held[k] = x
	return checkpoint.Decode(part, size, x)
}

// Held is how many of the first n pairs are there.
func (p *Pairs) Held(n int) int {
	if p == nil {
		return 0
	}
	held := 0
	for k := range p.held {
		if k < n {
			held++
		}
	}
	return held
}

// Last is the number of pairs up to the last that is there.
func (p *Pairs) Last() int {
	if p == nil {
		return 0
	}
	last := 0
	for k := range p.held {
		last = max(last, k+1)
	}
	return last
}

// take gives the records of a pair that is there, and its partings; false if it is not.
func (p *Pairs) take(k int, runs []*record) ([]Parting, bool) {
	if p == nil || p.held[k] == nil || len(p.held[k].Runs) != len(runs) {
		return nil, false
	}
	for a, x := range p.held[k].Runs {
		rec := &record{values: x.Values, targets: x.Targets, beside: x.Beside, traced: x.Traced, wasted: x.Wasted}
		for _, f := range x.Flows {
			rec.flows = append(rec.flows, flow{f.Jobs, f.Added, f.Taxes, f.Cost})
		}
		runs[a] = rec
	}
	return p.held[k].Partings, true
}

// keep writes a pair that is done. It is called from several goroutines at once, for a pair each.
func (p *Pairs) keep(k int, runs []*record, parted []Parting) error {
	if p == nil {
		return nil
	}
	x := &pairKept{Partings: slices.Clone(parted)}
	for _, r := range runs {
		one := runKept{Values: r.values, Targets: r.targets, Beside: r.beside, Traced: r.traced, Wasted: r.wasted}
		for _, f := range r.flows {
			one.Flows = append(one.Flows, flowKept{f.jobs, f.added, f.taxes, f.cost})
		}
		x.Runs = append(x.Runs, one)
	}
	if err := os.MkdirAll(p.dir, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return checkpoint.Create(filepath.Join(p.dir, strconv.Itoa(k)+pairEnd), p.header,
		checkpoint.Part{Name: pairPart, Write: func(to io.Writer) error { return checkpoint.Encode(to, x) }})
}
