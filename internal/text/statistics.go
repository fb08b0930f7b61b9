package text

// statistics is what stylised facts and published effects are of, by the English of their files (facts.yaml and effects.yaml of
// internal/study).
var statistics = [][]word{{
	{"elasticity of efficiency to density", "эластичность эффективности по плотности"},
	{"elasticity of wages to density", "эластичность зарплаты по плотности"},
	{"tail exponent of firm size", "показатель хвоста размеров фирм"},
	{"shape of growth rates", "форма распределения темпов роста"},
	{"size and volatility", "размер и изменчивость роста"},
	{"births a year", "новых фирм за год"},
	{"deaths a year", "закрытых фирм за год"},
	{"one-year survival", "доживают до года"},
	{"five-year survival", "доживают до пяти лет"},
	{"median concentration", "медиана концентрации"},
	{"mean concentration", "средняя концентрация"},
	{"localised sectors", "локализованные отрасли"},
	{"distance decay of partners' knowledge", "как знания партнёров убывают с расстоянием"},
	{"yearly survival of links", "связи, целые через год"},
	{"assortativity of the supply network", "ассортативность сети поставок"},
	{"ties inside communities", "связи внутри сообществ"},
	{"clustering of the collaboration network", "кластеризация сети сотрудничества"},
	{"ties fall off with distance", "связей с расстоянием меньше"},
	{"spin-offs stay near", "спин-оффы остаются рядом"},
	{"able parents have able children", "у способных родителей способные спин-оффы"},
	{"largest place of a sector", "крупнейшее место отрасли"},
	{"urban wage premium", "городская надбавка к зарплате"},
	{"a large plant comes", "приходит крупный завод"},
	{"bell shape of concentration and productivity", "колокол: концентрация и производительность"},
	{"triple-helix synergy", "синергия тройной спирали"},
	{"where clusters come depends on chance", "где возникают кластеры, зависит от случая"},
	{"how many clusters come depends less on chance", "сколько их возникает, зависит от случая меньше"},
	{"lognormal against Pareto", "логнормальное распределение против Парето"},
	{"quadratic term", "квадратичный член"},
	{"triple helix beyond chance", "тройная спираль сверх случайной"},
	{"jobs at the corners of labour markets", "рабочие места в углах рынков труда"},
	{"number of clusters", "число кластеров"},
	{"dispersion of technology within sectors", "разброс технологии внутри отраслей"},
}, {
	{"support of cooperation raises the share of innovators", "поддержка кооперации повышает долю новаторов"},
	{"support of cooperation lowers firms' own R&D", "поддержка кооперации снижает собственные НИОКР фирм"},
	{"large firms drive the effect on innovators", "новаторов прибавляется за счёт крупных фирм"},
	{"winners of a contest innovate more than losers while they are funded", "победители конкурса, пока их поддерживают, чаще проигравших становятся новаторами"},
	{"the lead fades when funding ends", "когда поддержка кончается, отрыв исчезает"},
	{"winners of a contest do not form more firms", "у победителей конкурса новых фирм не больше"},
	{"small firms add more R&D to a public euro than large ones", "малые фирмы добавляют к бюджетному евро больше НИОКР, чем крупные"},
	{"members of poles do more R&D", "у участников полюсов НИОКР больше"},
	{"members of poles have no more jobs", "рабочих мест у участников полюсов не больше"},
	{"members of poles sell no more", "продажи у участников полюсов не больше"},
	{"members of poles are no more productive", "производительность у участников полюсов не выше"},
	{"members of poles spend as much of their own on R&D as before", "участники полюсов тратят на НИОКР столько же своих денег, сколько раньше"},
	{"shared projects of local systems do not raise productivity", "совместные проекты местных систем не повышают производительность"},
	{"shared projects of local systems do not raise employment", "совместные проекты местных систем не повышают занятость"},
	{"shared projects of local systems do not raise exports", "совместные проекты местных систем не повышают экспорт"},
	{"to take part alone does not make innovators", "одно лишь участие новаторов не создаёт"},
	{"partners at universities make more innovators than partners alone", "партнёры в университетах создают больше новаторов, чем партнёры сами по себе"},
	{"members of knowledge clusters sell no more", "продажи у участников кластеров знаний не больше"},
	{"plants in the area of knowledge clusters become less productive", "предприятия в районе кластеров знаний становятся менее производительными"},
	{"cluster policy adds ties", "кластерная политика прибавляет связей"},
	{"cluster programmes add jobs", "кластерные программы прибавляют рабочих мест"},
	{"cluster programmes make exporters", "кластерные программы создают экспортёров"},
	{"neighbours of a cluster programme lose jobs at first", "соседи кластерной программы сначала теряют рабочие места"},
	{"the effect on exports is larger in years 4 and 5 than in years 1 and 2", "эффект на экспорт в 4-й и 5-й годы больше, чем в 1-й и 2-й"},
	{"R&D grants raise revenue", "гранты на НИОКР увеличивают выручку"},
	{"with R&D grants firms' own R&D is about unchanged", "с грантами на НИОКР собственные НИОКР фирм примерно те же"},
	{"R&D grants do not raise investment of all firms", "гранты на НИОКР не увеличивают инвестиции всех фирм"},
	{"R&D grants raise investment of small firms", "гранты на НИОКР увеличивают инвестиции малых фирм"},
	{"R&D grants raise investment of small firms more than of large ones", "гранты на НИОКР увеличивают инвестиции малых фирм больше, чем крупных"},
	{"tax relief for R&D raises R&D", "налоговые льготы на НИОКР увеличивают НИОКР"},
	{"investment subsidies add jobs at small firms", "инвестиционные субсидии прибавляют рабочих мест в малых фирмах"},
	{"they add more jobs at small firms than at large ones", "в малых фирмах они прибавляют мест больше, чем в крупных"},
	{"they leave technology as it was", "технологию они не меняют"},
	{"wages rise in special zones", "в особых зонах растут зарплаты"},
	{"special zones add firms", "особые зоны прибавляют фирм"},
	{"special zones add jobs", "особые зоны прибавляют рабочих мест"},
	{"incumbents of special zones become more productive", "фирмы, бывшие в зоне раньше, становятся производительнее"},
	{"the zone's growth is that of entry more than of incumbents", "зона растёт больше за счёт новых фирм, чем прежних"},
	{"jobs go on growing when a big push has ended", "рабочих мест прибавляется и после конца большого толчка"},
	{"what the place gains is no gain of the whole", "выигрыш места — не выигрыш целого"},
	{"science parks make innovators", "научные парки создают новаторов"},
	{"science parks do not make firms grow", "научные парки не ускоряют рост фирм"},
	{"skilled people from outside do not lower wages", "квалифицированные приезжие не снижают зарплат"},
	{"export promotion raises exports", "поддержка экспорта увеличивает экспорт"},
	{"fairs do not raise exports on average", "ярмарки в среднем не увеличивают экспорт"},
	{"small young firms gain from fairs, more than large ones", "малые молодые фирмы от ярмарок выигрывают, и больше, чем крупные"},
	{"lower taxes on profits add firms", "более низкие налоги на прибыль прибавляют фирм"},
	{"local taxes slow the growth of firms' jobs, so that a break adds some", "местные налоги замедляют рост занятости фирм, так что льгота её прибавляет"},
	{"local taxes leave entry as it was", "на появление фирм местные налоги не влияют"},
	{"not every instrument raises the region's value added beyond chance", "не каждый инструмент неслучайно увеличивает добавленную стоимость региона"},
}}

// statisticOf finds the Russian of a statistic by its English.
var statisticOf = russian(statistics)

// Statistic is what a fact or a published effect is of in a language, from its English; false where the catalogue does not know it.
func Statistic(lang, english string) (words string, known bool) {
	if lang != Russian {
		return english, true
	}
	if ru, ok := statisticOf()[english]; ok {
		return ru, true
	}
	return english, false
}
