package text

// film holds the texts of animations.
var film = []entry{
	{"title.film.none", "No clusters in %s", "Кластеров нет (%s)"},
	{"sub.film", "%s. Inside an outline firms of one group stand dense, specialised and linked; %%: their synergy", "%s. Внутри контура фирмы одной группы стоят плотно, преобладают и связаны; %%: синергия"},
}
