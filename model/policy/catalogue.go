package policy

import (
	"cmp"
	"slices"
)

// families lists what is alike.
func families() [][]Entry {
	return [][]Entry{subsidies, taxes, loans, research, services, meetings, directives, public, facilities, placebos}
}

// Catalogue lists the instruments by id. The list is the caller's.
func Catalogue() []Entry {
	all := slices.Concat(families()...)
	slices.SortFunc(all, func(a, b Entry) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// Instruments lists the ids of the Catalogue.
func Instruments() []string {
	all := Catalogue()
	ids := make([]string, len(all))
	for k := range all {
		ids[k] = all[k].ID
	}
	return ids
}

// Find gives the instrument of an id, and whether there is one.
func Find(id string) (Entry, bool) {
	for _, family := range families() {
		for k := range family {
			if family[k].ID == id {
				return family[k], true
			}
		}
	}
	return Entry{}, false
}
