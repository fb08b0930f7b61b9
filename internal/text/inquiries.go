package text

// inquiries holds the texts of figures of sensitivity, calibration and optimisation.
var inquiries = []entry{
	{"alt.morris", "Planes of Morris, one an outcome: a number a factor, mean size of its effects across, their spread upwards.", "Плоскости Морриса, по одной на показатель: число — фактор, вправо средний размер эффектов, вверх их разброс."},
	{"alt.sobol", "Bars with 95% intervals, a panel an outcome, a row a factor: its share of the variance alone and with interactions.", "Столбики с отрезками 95%, панель — показатель, строка — фактор: доля дисперсии сама по себе и с взаимодействиями."},
	{"alt.tornado", "Tornado: a panel an outcome, a row a factor, bars to what its low and its high end change.", "Торнадо: панель — показатель, строка — фактор, столбики до изменений у нижнего и верхнего края."},
	{"alt.posterior", "Histograms, one a parameter: what was believed before in grey, after in blue, the fitted value as a dashed line.", "Гистограммы, по одной на параметр: априорное распределение серым, апостериорное синим, найденное значение пунктиром."},
	{"alt.fit", "Bars, a row a target: how far the fitted model is off, in tolerances; the shaded column is within one.", "Столбики, строка — цель: насколько модель отстоит от неё, в допусках; тень — в пределах одного."},
	{"alt.pareto", "Score of mixes against money spent: pale dots of the search, numbered mixes with 95% intervals, the front as a dashed line.", "Оценка наборов против затрат: бледные точки поиска, пронумерованные наборы с отрезками 95%, граница пунктиром."},

	{"sensed.mean", "%s, mean", "%s, среднее"},
	{"sensed.variance", "%s, variance", "%s, дисперсия"},

	{"metric.moves", "Moves", "Переезды"},
	{"metric.ties", "Ties", "Связи"},
	{"metric.degree", "Partners", "Партнёры"},
	{"metric.clusters", "Clusters", "Кластеры"},
	{"metric.rent", "Rent", "Арендная плата"},
	{"metric.unit_cost", "Unit cost", "Удельные затраты"},
	{"metric.eg_gamma", "Concentration", "Концентрация"},

	{"title.morris", "%[1]s matters most: %[2]s", "%[2]s: сильнее всего влияет %[1]s"},
	{"sub.morris",
		"%s. Mean and variance over seeds. Right: mean size of effects mu*, 95%% intervals; up: sigma, curves and interactions",
		"%s. Среднее и дисперсия по повторам. Вправо: средний размер эффектов mu*, 95%%; вверх: sigma, нелинейность",
	},
	{"morris.axis", "mu*", "mu*"},

	{"title.sobol", "%s explains %s%% of the spread over the factors: %s", "%[3]s: %[1]s объясняет %[2]s%% разброса"},
	{"sub.sobol", "%s. Mean and variance over seeds: Sobol' shares of the factors that survived the screening; lines: 95%%", "%s. Среднее и дисперсия по повторам: доли по Соболю факторов, прошедших отбор; линии: 95%%"},
	{"sub.sobol.few",
		"%s. Too few base points: some ST are above 1 or below S1, as no true shares are. Mean and variance over seeds; lines: 95%%",
		"%s. Слишком мало базовых точек: есть ST больше 1 или меньше S1, у истинных долей так не бывает. Среднее и дисперсия по повторам; линии: 95%%",
	},
	{"title.sobol.few", "The shares of variance are not known yet: %s", "%s: доли дисперсии пока неизвестны"},

	{"sobol.alone", "S1: alone", "S1: сам по себе"},
	{"sobol.total", "ST: with interactions", "ST: с взаимодействиями"},

	{"title.tornado", "Alone, %s moves most: %s", "%[2]s: сам по себе сильнее всего влияет %[1]s"},
	{"sub.tornado", "%s. Change from the middle when one factor goes to an end of its range; lines: 95%% intervals over pairs of seeds", "%s. Изменение от середины, когда один фактор уходит к краю; линии: 95%% по парам повторов"},
	{"tornado.low", "low end", "нижний край"},
	{"tornado.high", "high end", "верхний край"},

	{"title.posterior", "The targets tell %s of %s parameters", "Параметры, которые определены целями: %s из %s"},
	{"title.posterior.point", "The fitted values, within what was believed before", "Найденные значения среди априорных"},
	{"sub.posterior", "%s. Shares of belief by value; bar at the bottom: 90%% of the posterior", "%s. Вероятность по интервалам значений; полоса внизу: 90%% апостериорного распределения"},
	{"posterior.prior", "before", "априорно"},
	{"posterior.after", "after", "апостериорно"},
	{"posterior.point", "fitted value", "найденное значение"},
	{"posterior.axis", "Value (upwards: % of belief)", "Значение (вверх: вероятность, %)"},

	{"title.fit", "Within their tolerance: %s of %s targets", "Цели в пределах допуска: %s из %s"},
	{"sub.fit", "%s. Runs with the fitted values on seeds that the search has not seen; lines: least to greatest of them", "%s. Прогоны с найденными значениями на новых повторах; линии: от наименьшего до наибольшего"},
	{"fit.axis", "Simulated less wanted, in tolerances", "Модель минус цель, в допусках"},
	{"fit.held", "(not fitted)", "(не подгонялось)"},

	{"title.pareto", "%s does most: score %s (95%%: %s to %s); chance to be the best %s%%", "Лучше всего %s: оценка %s (95%%: от %s до %s); шанс быть лучшим %s%%"},
	{"title.pareto.none", "No mix is shown to do better than nothing", "Ни один набор мер не доказанно лучше бездействия"},
	{"sub.pareto", "%s. Dots: %s mixes on the worlds of the search (on the edge: beyond it); numbers: fresh worlds, 95%%; dashes: front", "%s. Точки: наборы из поиска (%s; у края — вышедшие за него); числа: новые миры, 95%%, и шанс быть лучшим; пунктир: граница Парето"},
	{"pareto.score", "Score: weighted effects, % of the baseline", "Оценка: взвешенные эффекты, % от базового"},
	{"pareto.cost", "Public money spent, millions in the scenario's currency", "Потрачено из бюджета, млн в валюте сценария"},
	{"pareto.line", "fresh %[3]s (%[4]s to %[5]s), search %[2]s, chance to be the best %[6]s%%: %[1]s", "новые миры %[3]s (%[4]s … %[5]s), поиск %[2]s, шанс %[6]s%%: %[1]s"},
}
