package design

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// mostListed bounds the values of one factor that a step makes.
const mostListed = 10_000

// Linspace gives n numbers, evenly from start to stop, both among them. The texts are decimal numbers as the user wrote
// them: with fractions of whole numbers the third of 0, .1, .2, .3 is .2 and the fourth .3, not 0.30000000000000004.
func Linspace(start, stop string, n int) ([]float64, error) {
	a, b, err := fractions(start, stop)
	switch {
	case err != nil:
		return nil, err
	case n < 2 || n > mostListed:
		return nil, fmt.Errorf("n is %d: want 2 to %d values", n, mostListed)
	case a.Cmp(b) == 0:
		return nil, fmt.Errorf("start and stop are both %s: want two numbers that differ", start)
	}
	step := new(big.Rat).Sub(b, a)
	return stepped(a, step.Quo(step, big.NewRat(int64(n-1), 1)), n), nil
}

// Arange gives start, start + step and so on up to stop, which is among them if a step lands on it. The texts are decimal
// numbers, and the steps exact, as in Linspace.
func Arange(start, stop, step string) ([]float64, error) {
	a, b, err := fractions(start, stop)
	if err != nil {
		return nil, err
	}
	by, _, err := fractions(step, step)
	if err != nil {
		return nil, err
	}
	if by.Sign() == 0 {
		return nil, fmt.Errorf("step is 0: want another number")
	}
	steps := new(big.Rat).Sub(b, a)
	steps.Quo(steps, by)
	if steps.Sign() < 0 {
		return nil, fmt.Errorf("steps of %s lead from %s away from %s", step, start, stop)
	}
	whole := new(big.Int).Quo(steps.Num(), steps.Denom())
	if whole.Cmp(big.NewInt(mostListed)) >= 0 {
		return nil, fmt.Errorf("steps of %s from %s to %s make more than %d values", step, start, stop, mostListed)
	}
	return stepped(a, by, int(whole.Int64())+1), nil
}

// fractions reads two decimal numbers exactly.
func fractions(first, second string) (a, b *big.Rat, err error) {
	if a, err = fraction(first); err == nil {
		b, err = fraction(second)
	}
	return a, b, err
}

// fraction reads a decimal number exactly. One that a float64 cannot hold is refused before its digits fill the memory.
func fraction(text string) (*big.Rat, error) {
	const longest = 400 // letters
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) || len(text) > longest || v == 0 && strings.ContainsAny(text, "123456789") {
		return nil, fmt.Errorf("%.40q: want a decimal number", text)
	}
	exact, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil, fmt.Errorf("%.40q: want a decimal number", text)
	}
	return exact, nil
}

// stepped gives n numbers from a by a step, each rounded once.
func stepped(a, step *big.Rat, n int) []float64 {
	out := make([]float64, n)
	at := new(big.Rat).Set(a)
	for i := range out {
		out[i], _ = at.Float64() // the nearest number; whether it is exact does not matter
		at.Add(at, step)
	}
	return out
}
