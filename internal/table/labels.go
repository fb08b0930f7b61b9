package table

import "slices"

// Labels is a column of text as numbers of its distinct values.
type Labels struct {
	Code  []int32  // for each row the place of its text in Names
	Names []string // distinct texts in ascending order, so that codes do not depend on the order of rows
}

// Merge gives two columns of text one numbering, as the two ends of an edge need it.
func Merge(a, b Labels) (codeA, codeB []int32, names []string) {
	i, j := 0, 0
	placeA, placeB := make([]int32, len(a.Names)), make([]int32, len(b.Names))
	for i < len(a.Names) || j < len(b.Names) {
		fromA := j == len(b.Names) || i < len(a.Names) && a.Names[i] <= b.Names[j]
		fromB := i == len(a.Names) || j < len(b.Names) && b.Names[j] <= a.Names[i]
		code := int32(len(names))
		if fromA {
			names = append(names, a.Names[i])
			placeA[i] = code
			i++
		} else {
			names = append(names, b.Names[j])
		}
		if fromB {
			placeB[j] = code
			j++
		}
	}
	return recode(a.Code, placeA), recode(b.Code, placeB), names
}

// recode puts place[c] for every code c.
func recode(code, place []int32) []int32 {
	out := make([]int32, len(code))
	for row, c := range code {
		out[row] = place[c]
	}
	return out
}

// sorted renumbers the distinct texts in ascending order.
func (l Labels) sorted() Labels {
	names := slices.Clone(l.Names)
	slices.Sort(names)
	place := make([]int32, len(names))
	for old, name := range l.Names {
		at, _ := slices.BinarySearch(names, name)
		place[old] = int32(at)
	}
	return Labels{recode(l.Code, place), names}
}
