package session

import (
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"agglo/scenarios"
)

// latin are words of the Latin alphabet, of three letters and more.
var latin = regexp.MustCompile(`[A-Za-z]{3,}`)

// What maps and tables have wrong is told in Russian, each fault in its place, with no English left but names.
func TestInputFaultsInRussian(t *testing.T) {
	const head = "agglo: 1\nid: x\norigin: [0, 0]\nsectors: [{id: metals, firms: 10, employment: 50}, {id: food, firms: 5, employment: 50}]\n"
	const mapped = head + "areas: [{id: a, cell_km: 10, shape: {file: m.geojson}, labour_force: 600}]\n"
	const boxed = head + "areas: [{id: a, cell_km: 2, shape: {box_km: [40, 40]}, labour_force: 600}]\n"
	const firms, columns = boxed + "start_from: {firms: t.csv}\n", "sector,employment,x,y\n"
	const jobs, shares = boxed + "start_from: {employment: t.csv}\n", "region,sector,employment,firms\n"
	polygon := func(rings string) string {
		return `{"type":"FeatureCollection","features":[{"type":"Feature","id":"a","properties":{"name":"A"},"geometry":{"type":"Polygon","coordinates":[` + rings + `]}}]}`
	}
	square := polygon(`[[0,0],[1,0],[1,1],[0,1],[0,0]]`)
	where := func(of string) string { return strings.Replace(mapped, "m.geojson", "m.geojson, where: "+of, 1) }
	for _, c := range []struct{ scenario, input, ru string }{
		{mapped, `{`, "m.geojson: это не читается как JSON: файл кончился раньше времени"},
		{mapped, `{"type" 3}`, "после ключа нужно двоеточие, а стоит '3'"},
		{mapped, `{"type": x}`, "вместо значения стоит 'x'"},
		{mapped, `{"type":"Topology"}`, `m.geojson: type — "Topology". Нужно FeatureCollection или Feature`},
		{mapped, `{"type":"FeatureCollection","features":[]}`, "m.geojson: в файле нет ни одного объекта (feature)"},
		{mapped, `{"type":"FeatureCollection","features":[3]}`, "m.geojson: объект 0: это не объект GeoJSON: нужны properties и geometry"},
		{mapped, `{"type":"Feature","geometry":null}`, "m.geojson: ни один многоугольник не подходит"},
		{mapped, polygon(`"x"`), "m.geojson: объект 0: такие coordinates не подходят к Polygon"},
		{mapped, polygon(`[[0],[1,0],[1,1],[0]]`), "объект 0: чисел в точке 1, а нужны долгота и широта"},
		{mapped, polygon(``), "m.geojson: объект 0 (a A), многоугольник 0 пуст"},
		{mapped, polygon(`[[0,0],[1,0],[1,1],[0,1]]`), "m.geojson: объект 0 (a A), многоугольник 0, кольцо 0: не замкнуто. Последняя точка должна совпадать с первой"},
		{mapped, polygon(`[[0,0],[1,0],[0,0]]`), "кольцо 0: точек 3, а нужно хотя бы 4"},
		{mapped, polygon(`[[0,0],[1,1],[1,0],[0,1],[0,0]]`), "кольцо 0: пересекает само себя: отрезок за точкой 0 и отрезок за точкой 2"},
		{mapped, polygon(`[[37,-122],[38,-122],[38,-121],[37,-122]]`), "точка 0 — [37, -122]. Нужна долгота из [-180,180] и широта из [-90,90]; в GeoJSON сначала долгота, потом широта"},
		{mapped, polygon(`[[179,0],[-179,0],[-179,1],[179,1],[179,0]]`), "пересекает линию перемены дат у точки 1"},
		{mapped, polygon(`[[40,10],[41,10],[41,11],[40,11],[40,10]]`), "Нужно, чтобы origin был в середине карты"},
		{where("{name: [B]}"), square, `m.geojson: ни у одного объекта нет "B" в свойстве name`},
		{where("{nam: [x]}"), square, `m.geojson: ни у одного объекта нет свойства "nam"; может быть, name?`},
		{strings.Replace(mapped, "m.geojson", "n.geojson", 1), "", "n.geojson: такого файла нет"},
		{strings.Replace(mapped, "m.geojson", "../m.geojson", 1), "", `"../m.geojson". Нужен путь внутри папки сценария`},

		{firms, "", "t.csv: файл пуст. Нужна строка заголовков: sector,employment,[x],[y],[lat],[lon]"},
		{firms, columns, "t.csv: под заголовком нет строк"},
		{firms, "sector;employment;x;y\nmetals;3;0;0\n", "похоже, столбцы разделены точками с запятой или табуляцией, а нужны запятые"},
		{firms, "PK\x03\x04x\n", "t.csv: это книга Excel или архив: сохраните лист как CSV в UTF-8"},
		{firms, "\xff\xfes\x00e\x00", "строка заголовков — не текст в UTF-8"},
		{firms, "\"x\n", "строка заголовков — не CSV: лишняя или незакрытая кавычка"},
		{firms, "sektor,employment,x,y\nmetals,3,0,0\n", `t.csv:1: sector: столбца нет. Нужны: sector,employment,[x],[y],[lat],[lon], есть: sektor,employment,x,y; может быть, "sektor"?`},
		{firms, "sector,sector,employment,x,y\nmetals,food,3,0,0\n", "sector: столбец стоит в заголовке дважды"},
		{firms, "sector,employment,x\nmetals,3,0\n", "t.csv:1: нужны столбцы x и y (км) или lat и lon (градусы)"},
		{firms, columns + "caf\xe9,3,0,0\n", "t.csv:2:1: sector: это не текст в UTF-8"},
		{firms, columns + "metal,3,0,0\n", `t.csv:2:1: sector: "metal". Нужно одно из: metals, food; может быть, "metals"?`},
		{firms, columns + "metals,-1,0,0\n", `t.csv:2:8: employment: "-1". Нужно число от 0.001 до 1e+07 (работников)`},
		{firms, columns + "metals,,0,0\n", "t.csv:2:8: employment: пусто. Нужно число от 0.001 до 1e+07 (работников)"},
		{firms, columns + "metals,\"3,5\",0,0\n", "(работников); пишите 3.5, с точкой"},
		{firms, columns + "metals,\"3,500\",0,0\n", "(работников); если запятые отделяют тысячи, пишите 3500, без запятых"},
		{firms, columns + "metals,3 500,0,0\n", "(работников); пишите 3500, без пробелов"},
		{firms, columns + "metals,3\n", "t.csv:2: ячеек 2, а нужно 4, как в заголовке"},
		{firms, columns + "metals,3,0,0\nmetals,3,0,0\n", "t.csv:3:1: sector: фирма стоит здесь второй раз, первый — в строке 2; если это две фирмы, сдвиньте одну на метр"},
		{firms, columns + "metals,3,100,0\n", "t.csv:2:10: x: фирма отрасли metals лежит не на суше, в 81.0 км от ближайшей"},
		{firms, "sector,employment,lat,lon\nmetals,3,91,5\n", `lat: "91". Нужно число от -90 до 90 (градусов)`},
		{firms + "scale: 3\n", columns + "metals,3,0,0\n", "scale: фирм на агента 3, но в start_from.firms перечислены все фирмы. Нужно 1"},
		{jobs, shares + "a,metals,50,10\na,metals,50,10\n", "t.csv:3:1: region: metals, a: второй раз, первый — в строке 2"},
		{jobs, shares + "a,metals,5,10\n", "t.csv:2:10: employment: работников — 5, фирм — 10"},
		{jobs, shares + "a,metals,60,10\na,food,50,5\n", "работников 50, а в t.csv их 60. Нужно что-то одно"},
		{jobs, shares + "a,metals,50,12\na,food,50,5\n", "фирм 10, а в t.csv их 12. Нужно что-то одно"},
	} {
		scenario := c.scenario
		if strings.HasPrefix(c.input, shares) {
			scenario += "regions: [{id: a}]\n"
		}
		_, err := scenarios.Parse("x.yaml", []byte(scenario), fstest.MapFS{"m.geojson": {Data: []byte(c.input)}, "t.csv": {Data: []byte(c.input)}})
		ru := InLanguage("ru", err)
		if !strings.Contains(ru, c.ru) {
			t.Errorf("%.60q reads\n%s\nwant %q\nof %v", c.input, ru, c.ru, err)
		}
		for _, line := range strings.Split(ru, "\n") {
			for _, word := range latin.FindAllString(line[strings.LastIndex(line, "csv:")+1:], -1) {
				if !strings.Contains(" yaml type areas sectors shape file geojson GeoJSON where feature Feature FeatureCollection JSON properties geometry coordinates Polygon Topology CSV UTF "+
					"Excel sector employment region firms lat lon scale start from sektor metals metal food name nam csv origin init ", " "+word+" ") {
					t.Errorf("%.60q: %q is left in %s", c.input, word, line)
				}
			}
		}
	}
}
