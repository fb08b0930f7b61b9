//go:build !amd64 || purego

package num

// fours is how many of n numbers are taken four at a time: none on this processor.
func fours(int) int { return 0 }

func logsWide(*float64, int)                         { panic("num: not on this processor") }
func dotLogWide(_, _ *float64, _ *[4]float64, _ int) { panic("num: not on this processor") }
func expsWide(*float64, int)                         { panic("num: not on this processor") }
