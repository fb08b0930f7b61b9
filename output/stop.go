package output

import "io"

// Stoppable is a reader that asks before each read whether to go on: tables of large runs take minutes to read.
type Stoppable struct {
	From io.Reader
	Stop func() error // its error ends the reading; nil = never
}

// Read reads on, unless it is to stop.
func (s Stoppable) Read(b []byte) (int, error) {
	if s.Stop != nil {
		if err := s.Stop(); err != nil {
			return 0, err
		}
	}
	return s.From.Read(b)
}
