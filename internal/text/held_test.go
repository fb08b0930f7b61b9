package text

import "testing"

func TestHeld(t *testing.T) {
	for _, c := range []struct {
		lang, metric     string
		sectors, regions []string
		km, place, want  string
	}{
		{English, "Jobs", nil, nil, "", "", "Jobs"},
		{English, "Jobs", []string{"chips", "ICT"}, []string{"Bay"}, "10", "Palo Alto", "Jobs: chips, ICT, Bay, 10 km around Palo Alto"},
		{Russian, "Места", []string{"Микросхемы", "ИКТ"}, []string{"Аламида"}, "10", "Пало-Альто", "Места: микросхемы, ИКТ, Аламида, Пало-Альто и 10 км вокруг"},
		{Russian, "Места", []string{"А", "Б", "В"}, nil, "", "", "Места: 3 отрасли"},
		{Russian, "Места", nil, []string{"А", "Б", "В", "Г", "Д"}, "", "", "Места: 5 регионов"},
		{English, "Jobs", []string{"A", "B", "C"}, []string{"D", "E", "F"}, "", "", "Jobs: 3 sectors, 3 regions"},
	} {
		if got := Held(c.lang, c.metric, c.sectors, c.regions, c.km, c.place); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
