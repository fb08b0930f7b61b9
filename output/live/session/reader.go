package session

// Reader is how far a page has been told of a session. What changes while it is slow it is told at once when it asks again.
type Reader struct {
	From  int // ticks of the series that it has
	Other int // ticks of the twin's that it has: a twin that catches up lags behind
	Life  int // of the world that they are of
	Twins int // of the twin that they are of
}

// Next is the session's state with the rows that the page lacks, and whether there are more than one state holds.
func (r *Reader) Next(s *Session) (st State, more bool) {
	if r.Life != s.life {
		r.From, r.Other = 0, 0
	}
	if r.Twins != s.twins {
		r.Other = 0
	}
	st = s.told(r.From, r.Other)
	*r = Reader{st.From + len(st.Rows), st.OtherFrom + len(st.Other), st.Life, st.Twins}
	return st, len(st.Rows) == MaxRows || len(st.Other) == MaxRows
}
