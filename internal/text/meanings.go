package text

import "strings"

// meanings lists what columns mean, in English as dictionary.csv says it and in Russian. They are looked up by the English words,
// since that file is what a page is made from and says nothing in another language.
var meanings = [][]word{meaningsOfRuns, meaningsOfSeries, meaningsOfComparisons, meaningsOfTests, meaningsOfInquiries}

var meaningIn = russian(meanings)

// turn is a meaning that is put together when the file is written: some words around a part that is a meaning itself, or, where
// name is set, a name that stays as it is.
type turn struct {
	before, after     string
	ruBefore, ruAfter string
	name              bool
}

// turns are tried in order, where no table has the whole.
var turns = []turn{
	{before: "factor: value of ", after: " in the run", ruBefore: "фактор: значение ", ruAfter: " в прогоне", name: true},
	{before: "weighted sum of the effects on the goals, in % of the baseline, ", ruBefore: "взвешенная сумма эффектов по целям, в % базового варианта, "},
	{after: "; from the start in the first row", ruAfter: "; в первой строке — с начала"},
	{after: ", of firms that live at both times", ruAfter: "; по фирмам, живым в оба момента"},
}

// Meaning is what a column means in a language, from the words of dictionary.csv. Where the catalogue lacks it the English words come
// back, and false.
func Meaning(lang, english string) (words string, ok bool) {
	if lang != Russian {
		return english, true
	}
	if ru, ok := meaningIn()[english]; ok {
		return ru, true
	}
	for _, t := range turns {
		part, begins := strings.CutPrefix(english, t.before)
		part, ends := strings.CutSuffix(part, t.after)
		if !begins || !ends {
			continue
		}
		if t.name {
			return t.ruBefore + part + t.ruAfter, true
		}
		if ru, ok := Meaning(lang, part); ok {
			return t.ruBefore + ru + t.ruAfter, true
		}
	}
	return english, false
}
