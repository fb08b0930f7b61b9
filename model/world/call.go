package world

import (
	"unsafe"

	"agglo/sim/page"
)

// What a firm reads and writes of the cells around it lies far from what it did last: the rows of other sectors were in between. A
// rule that walks rows by batches calls what the next batch will need while it works on one; see page.Call. A call changes nothing,
// so it may miss: rows of one area and sector are taken to lie together, and firms to have rows in the order of cells.

// next are the rows of the batch behind row hi.
func (w *World) next(hi int) (lo, end int) {
	lo = min(hi, w.Rows())
	return lo, min(lo+Batch, w.Rows())
}

// CallCells calls what a field by cell says of the cells of the batch of rows behind row hi.
func CallCells[T any](w *World, hi int, field []T) {
	lo, hi := w.next(hi)
	page.Call(field, w.Firms.Cell[lo:hi], 1, 0, 1)
	page.CallAll(w.Firms.Cell[hi:min(hi+Batch, w.Rows())]) // to be read by the next call
}

// CallAround calls the records, of so many elements, of the four cells around each firm of the batch of rows behind row hi.
func CallAround[T any](w *World, hi int, field []T, each int) {
	lo, hi := w.next(hi)
	callRecords(w, lo, hi, field, each)
}

// Few is how many rows are called at once where each calls some lines of memory. A processor waits for two dozen lines at a time: of more
// that are called in one go the last ones wait for the first, and the rule with them.
const Few = 16

// Ahead are the rows, up to an end, that a rule calls when it has come to row i: as many as Few, two times Few behind it.
func Ahead(i, end int) (lo, hi int) { return min(i+2*Few, end), min(i+3*Few, end) }

// CallRecords calls the records, of so many elements, of the four cells around each of the firms Ahead of row i.
func CallRecords[T any](w *World, i int, field []T, each int) {
	lo, hi := Ahead(i, w.Rows())
	callRecords(w, lo, hi, field, each)
}

func callRecords[T any](w *World, lo, hi int, field []T, each int) {
	if lo < hi {
		g := &w.Ground[w.Firms.Area[lo]]
		callAround(w, g, field, lo, hi, each, g.First)
	}
}

// CallOwn calls what the planes of a field by sector say around each firm of the batch of rows behind row hi.
func CallOwn(w *World, hi int, field []float64) {
	if lo, hi := w.next(hi); lo < hi {
		g := &w.Ground[w.Firms.Area[lo]]
		callAround(w, g, field, lo, hi, 1, g.First*len(w.Setting.Sectors)+int(w.Firms.Sector[lo])*g.Cells)
	}
}

// callAround calls the records of the cells around rows lo to hi-1 of an area, whose first one has a number.
func callAround[T any](w *World, g *Ground, field []T, lo, hi, each, first int) {
	at, n := w.Firms.Base[lo:hi], 2*each
	if each == 1 && unsafe.Sizeof(*new(T)) <= 8 {
		n = 1 // a number and its neighbour in the east lie on one line of memory, as a rule
	}
	_, north := g.Shape.Beside()
	page.Call(field, at, each, first*each, n)
	page.Call(field, at, each, (first+north)*each, n)
	page.CallAll(w.Firms.Base[hi:min(hi+Batch, w.Rows())]) // to be read by the next call
}

// CallTies calls the ties of the batch of rows behind row hi.
func (w *World) CallTies(hi int) {
	lo, hi := w.next(hi)
	page.CallAll(w.Firms.TieRows[lo:hi])
	for _, k := range w.Firms.MoreOf[lo:hi] {
		if k != 0 {
			page.CallAll(w.Firms.More[k-1 : k])
		}
	}
}

// CallCollab calls the collaborations of row i. It reads nothing, so that nobody waits; when what it calls is there, CallMore calls those that lie in a row of their own.
func (f *Firms) CallCollab(i int) {
	page.CallAll(f.CollabSet[i : i+1])
	page.CallAll(f.MoreOf[i : i+1])
	page.CallAll(f.TieRows[i : i+1])
}

// CallMore calls the collaborations of row i if they lie in a row of their own.
func (f *Firms) CallMore(i int) {
	if k := f.MoreOf[i]; k != 0 {
		page.CallAll(f.More[k-1 : k])
	}
}

// CallPartners calls elements, by row, of the partners of row i.
func CallPartners[T any](f *Firms, column []T, i int) {
	page.CallOf(column, f.TieRows[i].partner[:])
	if k := f.MoreOf[i]; k != 0 {
		page.CallOf(column, f.More[k-1].partner[:])
	}
}

// CallBehind calls where the batch of firms behind the first one of an area's list by cell are, and what they write of the cells around
// them into fields of the area. It returns their rows, so that other columns can be called.
func CallBehind(w *World, g *Ground, rows []int32, fields ...[]float64) (lo, hi int) {
	if len(rows) <= Batch {
		return 0, 0
	}
	f := &w.Firms
	lo = int(rows[Batch])
	hi = min(lo+Batch, w.Rows())
	page.CallAll(f.Cell[lo:hi])
	page.CallAll(f.WX[lo:hi])
	page.CallAll(f.WY[lo:hi])
	for _, field := range fields {
		callAround(w, g, field, lo, hi, 1, 0)
	}
	return lo, hi
}

// CallWorkers calls these entries of the index, and the workers there.
func (w *World) CallWorkers(entries []int32) {
	page.Call(w.Index.Jobs, entries, 1, 0, 1)
	page.Call(w.Index.Rows, entries, 1, 0, 1)
}

// callBuckets calls the buckets of the index in which the batch of rows behind row hi lie.
func (w *World) callBuckets(hi int) {
	if lo, hi := w.next(hi); lo < hi {
		page.Call(w.Index.Start[int(w.Firms.Sector[lo])*len(w.Cells.Region):], w.Firms.Cell[lo:hi], 1, 0, 2)
	}
}

// CallBacks calls the partners' halves of the collaborations of row i.
func (f *Firms) CallBacks(i int) {
	ties := f.CollabOf(i)
	for held := f.CollabSet[i]; held != 0; held = held.Rest() {
		f.CallCollab(int(ties.Partner(held.First())))
	}
}

// retiredAhead is how many of the firms that close lie between the one that does and the one that is called.
const retiredAhead = 3

// CallRetired calls, before the k-th of some rows is retired, all columns of one some way behind it, and the collaborators of one half as far.
func (f *Firms) CallRetired(rows []int32, k int) {
	if far := k + 2*retiredAhead; far < len(rows) {
		f.callRow(int(rows[far]))
	}
	if k += retiredAhead; k < len(rows) {
		f.CallBacks(int(rows[k]))
	}
}

// callRow calls all columns of a row.
func (f *Firms) callRow(i int) {
	for _, c := range f.columns() {
		page.CallAll((*c)[i : i+1])
	}
	for _, c := range f.narrow() {
		page.CallAll((*c)[i : i+1])
	}
	page.CallAll(f.ID[i : i+1])
	page.CallAll(f.Parent[i : i+1])
	page.CallAll(f.Sector[i : i+1])
	page.CallAll(f.Area[i : i+1])
	page.CallAll(f.Born[i : i+1])
	page.CallAll(f.Cell[i : i+1])
	page.CallAll(f.Base[i : i+1])
	page.CallAll(f.Cluster[i : i+1])
	page.CallAll(f.Face[i : i+1])
	page.CallAll(f.Z[i : i+1])
	page.CallAll(f.SupplySet[i : i+1])
	f.CallCollab(i)
}
