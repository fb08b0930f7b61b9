package grid

import (
	"math"
	"sync"

	"agglo/sim/num"
)

// mostFits is how many fits are remembered: some tens serve a sweep over the widths of kernels, at a few hundred bytes each.
const mostFits = 256

// A request is all that a fit depends on. The shape of the grid is not among it, for a fit is made on the endless plane.
type request struct {
	gaussian bool    // else exponential
	width    float64 // cells
}

// radius is how far the kernel is looked at, cells.
func (r request) radius() float64 { return 8 * r.width }

// at is the kernel wanted at a squared distance, cells squared.
func (r request) at(d2 float64) float64 {
	if r.gaussian {
		return num.Exp(-d2 / float64(2*r.width*r.width))
	}
	return num.Exp(-math.Sqrt(d2) / r.width)
}

// fits are the fits of this process. They take longer than everything else that makes a small world, and a sweep makes
// thousands of worlds with the same kernels. What is remembered is what would be worked out again, so no result depends on it.
var fits = remembered{of: map[request]amplitudes{}}

// remembered are fits by what was asked for. Any number of goroutines may ask.
type remembered struct {
	sync.Mutex
	of map[request]amplitudes
}

// get gives the fit for a request, by work only if nobody asked for it before. Two goroutines that ask at the same time may
// both work, and find the same. The slice in the answer is shared: it must not be written.
func (m *remembered) get(r request, work func() amplitudes) amplitudes {
	m.Lock()
	a, ok := m.of[r]
	m.Unlock()
	if ok {
		return a
	}
	a = work()
	m.Lock()
	defer m.Unlock()
	if len(m.of) >= mostFits {
		clear(m.of) // rather than grow without end, or keep account of which was used last
	}
	m.of[r] = a
	return a
}
