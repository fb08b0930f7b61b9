package text

// sectors holds what the sectors of the scenario plain are called, by their ids. A file's own name stands in English; this is
// for readers of other languages.
var sectors = map[string]entry{
	"sector.metals":     {"Metals", "Металлы"},
	"sector.machinery":  {"Machinery", "Машины"},
	"sector.components": {"Components", "Комплектующие"},
	"sector.textiles":   {"Textiles", "Текстиль"},
	"sector.clothing":   {"Clothing", "Одежда"},
	"sector.logistics":  {"Logistics", "Логистика"},
	"sector.services":   {"Business services", "Деловые услуги"},
	"sector.photonics":  {"Photonics (emerging)", "Фотоника (новая)"},
}
