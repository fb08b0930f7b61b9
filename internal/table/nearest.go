package table

import "strings"

// nearest is the name among those given that a misspelt one is most likely to mean, or empty when none is near: at
// most a third of its letters, rounded up, changed, counting capitals as equal.
func nearest(word string, among []string) string {
	best, at := "", (len(word)+2)/3+1
	for _, name := range among {
		if d := distance(strings.ToLower(word), strings.ToLower(name)); d < at {
			best, at = name, d
		}
	}
	return best
}

// distance is the least number of letters to add, drop or change to turn a into b (Levenshtein 1966).
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	row := make([]int, len(t)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range s {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range t {
			change := diagonal
			if x != y {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(t)]
}
