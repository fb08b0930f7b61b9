package text

// alt says what kind of picture a figure is, for readers who do not see it and for the gallery. What is to be seen follows from the title.
var alt = map[string]entry{
	"alt.map":                {"Map of the firms at the end: a mark a firm, its colour and form the sector, its size the jobs; thin lines are the strongest ties.", "Карта фирм в конце: знак — фирма, цвет и форма — отрасль, размер — рабочие места; тонкие линии — самые крепкие связи."},
	"alt.map_start":          {"Map of the firms at the start: a mark a firm, its colour and form the sector, its size the jobs.", "Карта фирм в начале: знак — фирма, цвет и форма — отрасль, размер — рабочие места."},
	"alt.years":              {"Small maps of the firms by sector at several moments, on one scale.", "Малые карты фирм по отраслям в несколько моментов, в одном масштабе."},
	"alt.synergy_map":        {"Map of the clusters, shaded blue where nearness adds to value added and vermillion where it takes.", "Карта кластеров: синим, где соседство прибавляет к добавленной стоимости, красным, где отнимает."},
	"alt.network":            {"Network of clusters on the map: nodes with numbers, lines as thick as there are collaborations and as dark as trust is high.", "Сеть кластеров на карте: узлы с номерами, толщина линий — число связей, темнота — доверие."},
	"alt.facilities":         {"Map of shared facilities: form and colour are the kind, the size is the number of member firms.", "Карта общих объектов: форма и цвет — вид, размер — число фирм-участников."},
	"alt.distances":          {"Small charts, one a sector: density of distances between plants, with envelopes of random sectors.", "Малые графики, по одному на отрасль: плотность расстояний между предприятиями и коридоры случайных отраслей."},
	"alt.density":            {"Two maps of jobs per square kilometre, at the start and at the end, on one scale from pale to dark.", "Две карты рабочих мест на квадратный километр, в начале и в конце, в одной шкале от светлого к тёмному."},
	"alt.cluster_map":        {"Map of the clusters: their outlines in the colour of their group of sectors, with names.", "Карта кластеров: контуры цвета своей группы отраслей, с названиями."},
	"alt.clusters":           {"Lines of the number of clusters and of their share of jobs over years; below, ribbons of the lives of the largest.", "Линии числа кластеров и их доли рабочих мест по годам; ниже — ленты жизни крупнейших."},
	"alt.series":             {"Small charts of the region over years: productivity, wages, births and deaths of firms, unemployment, trust, ties, technology, firms.", "Малые графики региона по годам: производительность, зарплата, рождения и гибель фирм, безработица, доверие, связи, технология, фирмы."},
	"alt.sizes":              {"Firms by rank against their jobs, on logarithmic axes, with the slope of the tail.", "Фирмы по рангу и числу рабочих мест в логарифмических осях, с наклоном хвоста."},
	"alt.growth":             {"Densities of yearly growth rates of firms as dots, with the laws of Laplace and Gauss as lines.", "Плотности годовых темпов роста фирм точками, законы Лапласа и Гаусса линиями."},
	"alt.synergy":            {"Areas over years, one on another: what each channel of nearness adds to value added.", "Области по годам одна на другой: что каждый канал соседства прибавляет к добавленной стоимости."},
	"alt.premium":            {"Waterfall: parts of the efficiency premium of clusters, bar after bar, and their sum.", "Водопад: слагаемые премии кластеров столбик за столбиком и их сумма."},
	"alt.effects":            {"Small charts, a row an outcome and a column a policy: the effect over years with its 95% band.", "Малые графики, строка — показатель, столбец — политика: эффект по годам с полосой 95%."},
	"alt.forest":             {"Forest: a chart an outcome, a row a policy; marks with 95% intervals when the policy stops and at the end.", "Лес: график — показатель, строка — политика; знаки с отрезками 95% в конце политики и в конце наблюдения."},
	"alt.costs":              {"Three columns of dots with intervals, a row a policy: net cost, net jobs, cost per net job.", "Три столбца точек с отрезками, строка — политика: чистые затраты, чистые места, затраты на место."},
	"alt.plane":              {"Plane of cost and effect: a dot a pair of worlds, an outline a policy, net jobs across and net cost upwards.", "Плоскость затрат и эффекта: точка — пара миров, контур — политика, вправо чистые места, вверх чистые затраты."},
	"alt.variance_reduction": {"Small charts, one a policy: how many unrelated pairs a pair of worlds is worth, over years, on a logarithmic axis.", "Малые графики, по одному на политику: скольких несвязанных пар стоит пара миров, по годам, логарифмическая ось."},
	"alt.ledger":             {"Small charts, one a policy: money given, administration, losses, taxes back, private money, per quarter.", "Малые графики, по одному на политику: выдано, управление, потери, вернулось налогами, частные деньги, за квартал."},
	"alt.facts":              {"Forest: a row a stylised fact on the scale of its own band, with its interval over seeds.", "Лес: строка — стилизованный факт в масштабе своего интервала, с разбросом по зёрнам."},
	"alt.published":          {"Forest: a row a published effect of policy, the model's effect over the smallest effect of interest, with its 95% interval.", "Лес: строка — опубликованный эффект политики, эффект в модели в долях наименьшего значимого, с отрезком 95%."},
	"alt.claims":             {"Forest: a row a test of a claim, its effect over the smallest effect of interest, with its 95% interval.", "Лес: строка — проверка тезиса, эффект в долях наименьшего значимого, с отрезком 95%."},
}
