package text

// quarters matches a quarter as tables have it, such as 2008Q1.
var quarters = pattern(`^(\d{4})Q([1-4])$`)

// romans number quarters in Russian.
var romans = [...]string{"I", "II", "III", "IV"}

// Quarter is a quarter as a language writes it, from 2008Q1 as tables have it; false for what is none.
func Quarter(lang, date string) (string, bool) {
	part := quarters().FindStringSubmatch(date)
	if part == nil {
		return "", false
	}
	number := part[2]
	if lang == Russian {
		number = romans[number[0]-'1']
	}
	return In(lang, "report.quarter", part[1], number), true
}
