//go:build !linux && !darwin && !freebsd

package main

import "math"

// addressLimit is the limit on the addresses that this process may use: systems of this kind have none that can be asked for.
func addressLimit() float64 { return math.Inf(1) }
