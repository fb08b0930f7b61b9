package param

import "strings"

// Nearest gives the name that was probably meant by a word that is none of the names, and whether there is one close
// enough to be worth suggesting. Closeness is the number of letters left out, added, changed or swapped with a neighbour,
// whatever their case; a hyphen counts as an underscore. For a dotted path, the same last segment under another group is
// closer than any misspelling, since people forget the group more easily than the name. The first of equals wins.
func Nearest(word string, among []string) (string, bool) {
	best, bestCost := "", -1
	for _, name := range among {
		if c, ok := cost(plain(word), plain(name)); ok && (bestCost < 0 || c < bestCost) {
			best, bestCost = name, c
		}
	}
	return best, bestCost >= 0
}

// The ranks of the ways in which a name can be close; within a rank the distance decides, which is always smaller.
const (
	sameTail  = 0       // the last segment is right
	wholeWord = 1 << 40 // the whole is misspelt
	otherTail = 2 << 40 // the last segment is misspelt, under another group
)

// cost ranks a name as a meaning of a word, and says whether it is close at all.
func cost(word, name string) (int, bool) {
	whole, near := distance(word, name)
	wordTail, nameTail := tail(word), tail(name)
	dotted := wordTail != word || nameTail != name
	switch {
	case dotted && wordTail == nameTail:
		return sameTail + wholeDistance(word, name), true
	case near:
		return wholeWord + whole, true
	case dotted:
		if d, ok := distance(wordTail, nameTail); ok {
			return otherTail + d, true
		}
	}
	return 0, false
}

// plain writes a name as it is compared.
func plain(name string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), "-", "_")
}

// tail is the part after the last dot.
func tail(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// distance gives the distance of two words and whether it is small: at most a third of the word, at least one letter, and
// less than half of the longer word.
func distance(a, b string) (int, bool) {
	limit := max(1, len(a)/3)
	if gap := len(a) - len(b); gap > limit || -gap > limit {
		return 0, false
	}
	d := wholeDistance(a, b)
	return d, d <= limit && 2*d < max(len(a), len(b))
}

// wholeDistance is the optimal string alignment distance: Levenshtein's edits and swaps of neighbours, no part of the word
// being edited twice. F. J. Damerau (1964), doi:10.1145/363958.363994.
func wholeDistance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(change, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
