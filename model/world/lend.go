package world

// Lent is scratch memory that goroutines borrow, of which there comes to be as much as has been borrowed at a time. What it holds carries
// nothing from one to the next.
type Lent[T any] chan T

// NewLent lends nothing yet; no more than so many may be borrowed at a time.
func NewLent[T any](most int) Lent[T] { return make(Lent[T], most) }

// Borrow gives one that nobody has, a new one if there is none.
func (l Lent[T]) Borrow(fresh func() T) T {
	select {
	case x := <-l:
		return x
	default:
		return fresh()
	}
}

// Return takes it back. It never waits: there is a place for each that may be borrowed.
func (l Lent[T]) Return(x T) { l <- x }
