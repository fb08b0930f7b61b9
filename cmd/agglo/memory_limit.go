//go:build linux || darwin || freebsd

package main

import (
	"math"
	"syscall"
)

// addressLimit is the limit on the addresses that this process may use (ulimit -v), bytes; infinite without one.
func addressLimit() float64 {
	var l syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_AS, &l); err != nil || uint64(l.Cur) >= math.MaxInt64 {
		return math.Inf(1)
	}
	return float64(l.Cur)
}
