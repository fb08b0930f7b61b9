package text

// meaningsOfComparisons are those of the tables of agglo compare and of sweeps.
var meaningsOfComparisons = []word{
	{"outcome; see the rows of table metrics below", "показатель; см. строки metrics в dictionary.csv"},
	{"policy that is added to the scenario", "политика, добавленная к сценарию"},
	{"what the policy may spend in all, administration included; empty without a limit", "сколько политика может потратить всего, включая управление; без предела — пусто"},
	{"what is left of the budget at the end; below a two-hundredth of it 0", "сколько осталось от бюджета к концу; меньше двухсотой его части — 0"},
	{"since the start", "от начала"},
	{"mean of the outcome in the scenario as it stands", "среднее показателя в сценарии как он есть"},
	{"mean over pairs of worlds: outcome with the policy less outcome without", "среднее по парам миров: показатель с политикой минус без неё"},
	{"effect in percent of the baseline", "эффект в процентах базового варианта"},
	{"lower end of the effect's 95% interval: Student's below 20 pairs, else paired bootstrap of 2,000 samples, expanded percentile", "нижняя граница 95%-го интервала эффекта: до 20 пар — Стьюдент, " +
		"иначе парный бутстреп на 2000 выборок, расширенные процентили"},
	{"p-value of the paired t-test, adjusted by Holm for all policies and outcomes of the tick; empty for public_cost", "p-значение парного t-теста с поправкой Холма на все политики и показатели такта; " +
		"пусто для public_cost"},
	{"pairs of worlds", "пары миров"},
	{"variance of policy less baseline in worlds of their own over that in pairs; empty where pairs do not differ", "дисперсия разности между политикой и базовым вариантом в несвязанных мирах к дисперсии в парах; " +
		"пусто, где пары не различаются"},
	{"smallest true effect that so many pairs find with a chance of 80%, in a test of its own at 5%", "наименьший истинный эффект, который столько пар обнаружат с вероятностью 80% в отдельном тесте на уровне 5%"},

	{"policy that is added to the scenario; all money from its begin to the end, mean over pairs", "политика, добавленная к сценарию; все деньги с её начала до конца, среднее по парам"},
	{"all that the policy gave, taxes not asked for included", "всё, что выдано политикой, вместе с налогами, от которых отказались"},
	{"profit taxes that came back: more revenue than without the policy, taxes not asked for put aside", "вернувшиеся налоги на прибыль: сбор сверх того, что без политики, не считая налогов, " +
		"от которых отказались"},
	{"own parts, fees and investors' money put in as the policy asks; what else follows is in the effects", "собственная доля, взносы и деньги инвесторов, внесённые по условиям политики; " +
		"прочие следствия — в эффектах"},
	{"money that went, until the policy ended, to firms whose twin without the policy had as many jobs or more by then; empty where less than a hundredth of the cost can be traced to firms", "деньги, " +
		"ушедшие до конца политики фирмам, чей двойник без политики имел к тому времени не меньше рабочих мест; пусто, где до фирм прослежено меньше сотой доли затрат"},
	{"mean loss of jobs of neighbours and rivals (outside the policy's target, in its places or its sectors), at the ticks of the effects since it began; empty without a target", "средняя потеря рабочих мест у соседей " +
		"и конкурентов (вне зоны политики, но в её местах или отраслях) в такты эффектов с её начала; пусто, если зоны нет"},
	{"gross + admin + guarantee_loss - tax_back", "gross + admin + guarantee_loss - tax_back"},
	{"jobs more than without the policy, mean over the quarters since it began", "прирост рабочих мест против мира без политики, среднее по кварталам с её начала"},
	{"net_cost / net_jobs: the price of one more job over the whole time; empty unless the interval of net_jobs is above 0, net_jobs_p below .05, and pairs six at least", "net_cost / net_jobs: цена одного " +
		"дополнительного рабочего места за всё время; пусто, если интервал net_jobs не выше 0, net_jobs_p не ниже 0,05 или пар меньше шести"},
	{"net_cost over the value added more than without the policy; empty unless there is more beyond chance, alike", "net_cost к приросту добавленной стоимости против мира без политики; " +
		"пусто, если прирост так же не отличить от случая"},
	{"95% interval, as in effects", "нижняя граница 95%-го интервала, как в effects"},
	{"95% interval", "нижняя граница 95%-го интервала"},
	{"95% interval; Fieller's below 20 pairs", "нижняя граница 95%-го интервала; до 20 пар — по Филлеру"},
	{"95% interval, alike", "нижняя граница 95%-го интервала, так же"},
	{"money that can be traced to firms, until the policy ended: deadweight is a part of it", "деньги, прослеженные до фирм, до конца политики; deadweight — их часть"},
	{"p-value that there are no net jobs: paired t-test, adjusted for the number of policies (Holm)", "p-значение гипотезы, что чистого прироста рабочих мест нет: парный t-тест с поправкой Холма на число политик"},
	{"last look at which the policy was at work", "последнее наблюдение, когда политика действовала"},
	{"policy that is added to the scenario; mean over pairs, per tick", "политика, добавленная к сценарию; среднее по парам, за такт"},

	{"pair of worlds", "пара миров"},
	{"as in costs, in this pair", "как в costs, в этой паре"},
	{"as in costs", "как в costs"},
	{"value added more than without the policy, from its begin to the end", "прирост добавленной стоимости против мира без политики, с её начала до конца"},
	{"the first at which the worlds of the pair differ in anything compared; empty = never", "первый такт, в котором миры пары хоть в чём-то сравниваемом различаются; пусто — никогда"},
	{"the first that differs of a firm's site, jobs, price, sales, wage, capital, technology, exports, cash", "первое, в чём расходится фирма, из списка: место, занятые, цена, продажи, зарплата, капитал, " +
		"технология, экспорт, деньги"},
	{"how many differ at that tick", "сколько фирм расходится в этот такт"},
	{"one of them; the largest three have a row each", "одна из них; у трёх крупнейших по строке"},
	{"its sector", "её отрасль"},
	{"where it stands, east of the origin", "где она стоит, к востоку от начала координат"},

	{"workers at firms in the places and sectors that the policy is aimed at", "занятые в фирмах тех мест и отраслей, на которые нацелена политика"},
	{"public money spent on policies since the row before, taxes not asked for included", "расходы бюджета на политику с предыдущей строки, вместе с налогами, от которых отказались"},
	{"sales less inputs, at the rate of the tick", "продажи за вычетом промежуточного потребления, в годовом выражении по этому такту"},
	{"sales to the world, at the rate of the tick", "продажи на мировой рынок, в годовом выражении по этому такту"},
	{"how much firms make of labour and capital in units: exp of the mean of (ln A + beta ln m - (1-alpha-beta) ln q)/(alpha+beta), weighted by jobs", "сколько единиц фирмы производят из труда " +
		"и капитала: exp среднего от (ln A + beta ln m - (1-alpha-beta) ln q)/(alpha+beta), с весами по занятым"},

	{"policy that was added to the scenario; none, or empty if the sweep compares no policies = the scenario as it stands", "политика, добавленная к сценарию; none, а если эксперимент политик " +
		"не сравнивает, пусто — сценарий как он есть"},
	{"the tick in which it failed; empty before the run", "такт, в котором прогон сорвался; пусто — до его начала"},
	{"failed; runs without a row here are done", "failed — сорвался; прогоны, которых здесь нет, завершены"},
	{"setup: the values of the point make no scenario; start: the scenario makes no world; run: in a tick", "setup: из значений точки не выходит сценарий; start: из сценария не выходит мир; run: в такте"},
	{"why the run failed", "почему прогон сорвался"},

	{"as in runs.csv", "как в runs.csv"},
	{"the factor that runs across", "фактор по горизонтали"},
	{"the factor that runs upwards", "фактор по вертикали"},
	{"value of the one", "значение первого"},
	{"value of the other", "значение второго"},
	{"name of the metric", "название показателя"},
	{"runs with a value, at the last tick that each has in runs.csv", "прогоны со значением, на последнем такте каждого в runs.csv"},
	{"mean of the metric over these runs", "среднее показателя по этим прогонам"},
	{"its standard deviation; empty for one run", "его стандартное отклонение; пусто при одном прогоне"},

	{"the factor", "фактор"},
	{"the outcome, at the last tick that each run has in runs.csv", "показатель, на последнем такте каждого прогона в runs.csv"},
	{"level: all points with one value of the factor; bin: a part of the points, cut by value into parts of equal number, ten where there are points enough; " +
		"range: greatest less least mean of these; point: a single one, of 300 drawn by lot where there are more", "level: все точки с одним значением фактора; bin: часть точек при делении по значению " +
		"на равные по числу части, на десять, если точек хватает; range: наибольшее из этих средних минус наименьшее; point: одна точка, из 300 случайных, если их больше"},
	{"its value; of a bin the mean over its points; of a range where the mean is greatest", "его значение; для bin — среднее по точкам; для range — там, где среднее наибольшее"},
	{"least value of a bin; of a range where the mean is least", "наименьшее значение в bin; для range — там, где среднее наименьшее"},
	{"greatest value of a bin", "наибольшее значение в bin"},
	{"with a value", "со значением показателя"},
	{"mean over points of the mean over their runs", "среднее по точкам от средних по их прогонам"},
	{"standard deviation of the points' means; empty for one", "стандартное отклонение средних по точкам; пусто для одной"},
	{"lower end of a 95% interval (Student's); that of a range holds for all pairs of levels of all factors together (Bonferroni)", "нижняя граница 95%-го интервала (Стьюдент); для range — сразу для всех пар значений " +
		"всех факторов (Бонферрони)"},
	{"what the interval is over. seeds: where points were chosen (grid, list, oat) and have several replicates: of the difference from the mean of all levels " +
		"under the same seed; points: else, so that the other factors are in it", "по чему взят интервал. seeds: где точки выбраны (grid, list, oat) и повторов несколько — для отклонения от среднего всех значений " +
		"при том же зерне; points: иначе, так что в нём и прочие факторы"},
	{"number of seeds or points that the interval is over", "число зёрен или точек, по которым взят интервал"},
}
