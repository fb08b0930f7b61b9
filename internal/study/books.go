package study

import (
	"cmp"
	"slices"

	"agglo/model/world"
)

// A book is what one firm was given since the policies began, and how large it is. Money is in worker-years of the agents'
// scale.
type book struct {
	id    uint64
	given float64
	jobs  float64 // 0 for a firm that has closed
}

// books adds up, row by row, what public money reaches which firm.
type books struct {
	holder []uint64 // by row: whom the sum belongs to
	given  []float64
	closed []book // of firms whose row was given to another
}

// add adds a tick.
func (b *books) add(v world.View) {
	for len(b.holder) < v.Rows() {
		b.holder, b.given = append(b.holder, 0), append(b.given, 0)
	}
	for i := range v.Rows() {
		if id := v.ID(i); id != b.holder[i] {
			if b.given[i] > 0 {
				b.closed = append(b.closed, book{id: b.holder[i], given: b.given[i]})
			}
			b.holder[i], b.given[i] = id, 0
		}
		if v.Living(i) {
			b.given[i] += v.Given(i)
		}
	}
}

// census lists all firms that live or were given money, by id.
func (b *books) census(v world.View) []book {
	list := slices.Clone(b.closed)
	for i := range v.Rows() {
		if v.Living(i) {
			list = append(list, book{v.ID(i), b.given[i], v.Jobs(i)})
		}
	}
	slices.SortFunc(list, func(a, b book) int { return cmp.Compare(a.id, b.id) })
	return list
}

// wasted compares the firms of an arm with their twins: how much money they were given more than these, and how much of it
// went to firms whose twin has as many jobs or more. As all were one world when the policies began, a twin with as many jobs
// has grown as much. Sums are at the scale of real firms. A firm that has closed has none; one that the other world lacks has none there.
func wasted(with, base []book, scale float64) (traced, wasted float64) {
	k := 0
	for _, f := range with {
		for k < len(base) && base[k].id < f.id {
			k++
		}
		var twin book
		if k < len(base) && base[k].id == f.id {
			twin = base[k]
		}
		more := scale * (f.given - twin.given)
		if more <= 0 {
			continue
		}
		traced += float64(more)
		if twin.jobs >= f.jobs {
			wasted += float64(more)
		}
	}
	return traced, wasted
}
