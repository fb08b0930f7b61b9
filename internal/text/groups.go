package text

import "strings"

// groups holds the titles of the groups of sectors in the scenarios that come with the program, as they stand in the name of a
// cluster behind a town.
var groups = []entry{
	{"group.aerospace", "aerospace", "авиакосмос"},
	{"group.agriculture", "agriculture", "сельское хозяйство"},
	{"group.business-services", "business services", "деловые услуги"},
	{"group.construction", "construction", "строительство"},
	{"group.consumer-services", "consumer services", "бытовые услуги"},
	{"group.energy", "energy", "энергетика"},
	{"group.engineering", "engineering", "машиностроение"},
	{"group.fashion", "fashion", "мода"},
	{"group.finance", "finance", "финансы"},
	{"group.food", "food", "продукты питания"},
	{"group.forest", "forest industry", "лесная отрасль"},
	{"group.ict", "ICT", "ИКТ"},
	{"group.life-science", "life science", "науки о жизни"},
	{"group.logistics", "logistics", "логистика"},
	{"group.manufacturing", "manufacturing", "производство"},
	{"group.metals", "metals", "металлы"},
	{"group.photonics", "photonics", "фотоника"},
	{"group.research", "research", "исследования"},
	{"group.software", "software", "программы"},
	{"group.textiles", "textiles", "текстиль"},
	{"group.tourism", "tourism", "туризм"},
}

// Group is the title of a group of sectors by its id, as it stands in the name of a cluster. A group that the catalogue does not
// know bears its id, with spaces for dashes.
func Group(lang, id string) string {
	if key := "group." + id; Has(key) {
		return In(lang, key)
	}
	return strings.ReplaceAll(id, "-", " ")
}

// ClusterName is the name of a cluster, which tables hold in English, in a language: the title of its group and the town are put into that
// language, the number stays. A name that does not hold its group's title is left alone.
func ClusterName(lang, name, group string) string {
	if lang == English || group == "" {
		return Name(lang, name)
	}
	title := " " + Group(English, group)
	at := strings.LastIndex(name, title)
	if at < 0 {
		return Name(lang, name)
	}
	return Name(lang, name[:at]) + ": " + Group(lang, group) + name[at+len(title):]
}
