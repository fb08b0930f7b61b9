package text

// properNames are the Russian names of what the scenarios that come with the program name, by their English ones: sectors, places
// and regions, institutions. Tables and the manifest hold the English ones. Russian names stand in the nominative, so a sentence
// is put such that they can.
var properNames = [][]word{sectorNames, placeNames, institutionNames}

var properName = russian(properNames)

// Name is what a sector, place, region or institution is called in a language, from its English name. A name that the catalogue does
// not know, as of somebody's own scenario, stays as it is.
func Name(lang, english string) string {
	if lang != Russian {
		return english
	}
	if ru, ok := properName()[english]; ok {
		return ru
	}
	return english
}
