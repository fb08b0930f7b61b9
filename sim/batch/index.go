package batch

import (
	"fmt"
	"strconv"
	"strings"
)

// An Index is a part of the runs of a batch: a to b in steps. The zero value is all runs.
type Index struct {
	limited bool
	a, b, s int
}

// ParseIndex reads a-b:s, the runs from a to b, both among them, in steps of s; a-b in steps of 1; a is one run.
func ParseIndex(text string) (Index, error) {
	fault := func() (Index, error) {
		return Index{}, fmt.Errorf("%q: want runs such as 7, 0-99 or 0-99:4 (every fourth), whole numbers from 0 on", text)
	}
	span, step, stepped := strings.Cut(text, ":")
	first, last, ranged := strings.Cut(span, "-")
	if !ranged {
		last = first
	}
	index := Index{limited: true, s: 1}
	for _, part := range []struct {
		text string
		to   *int
		read bool
	}{{first, &index.a, true}, {last, &index.b, true}, {step, &index.s, stepped}} {
		if !part.read {
			continue
		}
		n, err := strconv.ParseUint(part.text, 10, 31)
		if err != nil {
			return fault()
		}
		*part.to = int(n)
	}
	if index.b < index.a || index.s < 1 {
		return fault()
	}
	return index, nil
}

// All says whether the index leaves nothing out.
func (i Index) All() bool { return !i.limited }

// Has says whether a run is in it.
func (i Index) Has(run int) bool {
	return !i.limited || run >= i.a && run <= i.b && (run-i.a)%i.s == 0
}

// String is the index as ParseIndex reads it; empty for all runs.
func (i Index) String() string {
	switch {
	case !i.limited:
		return ""
	case i.s == 1:
		return fmt.Sprintf("%d-%d", i.a, i.b)
	}
	return fmt.Sprintf("%d-%d:%d", i.a, i.b, i.s)
}

// name is the index in names of files; empty for all runs.
func (i Index) name() string {
	if !i.limited {
		return ""
	}
	return fmt.Sprintf("index-%d-%d-%d", i.a, i.b, i.s)
}
