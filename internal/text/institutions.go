package text

// institutionNames holds universities, laboratories, parks and other institutions.
var institutionNames = []word{
	// bangalore
	{"Indian Institute of Science", "Индийский институт науки"},
	{"Indian Space Research Organisation", "Индийская организация космических исследований"},

	// bioregio
	{"LMU Munich", "Мюнхенский университет"},
	{"TU Munich", "Мюнхенский технический университет"},
	{"Max Planck Institute of Biochemistry, Martinsried", "Институт биохимии Общества Макса Планка, Мартинсрид"},
	{"Heidelberg University and DKFZ", "Гейдельбергский университет и Немецкий центр исследования рака"},
	{"Technology Park Heidelberg", "Технопарк Гейдельберг"},
	{"IZB Martinsried", "Инкубатор IZB, Мартинсрид"},
	{"Freie Universität Berlin", "Свободный университет Берлина"},
	{"Jena University", "Йенский университет"},
	{"University of Cologne", "Кёльнский университет"},

	// china-zones
	{"Tsinghua University", "Университет Цинхуа"},
	{"Peking University", "Пекинский университет"},
	{"Chinese Academy of Sciences, Zhongguancun", "Китайская академия наук, Чжунгуаньцунь"},
	{"Fudan University", "Фуданьский университет"},
	{"Zhejiang University", "Чжэцзянский университет"},
	{"Nanjing University", "Нанкинский университет"},
	{"Sun Yat-sen University", "Университет имени Сунь Ятсена"},
	{"Shenzhen High-tech Park", "Парк высоких технологий Шэньчжэнь"},
	{"Zhongguancun Science Park", "Научный парк Чжунгуаньцунь"},
	{"Suzhou Industrial Park", "Промышленный парк Сучжоу"},
	{"Shenzhen Special Economic Zone", "Особая экономическая зона Шэньчжэнь"},
	{"Zhuhai Special Economic Zone", "Особая экономическая зона Чжухай"},
	{"Shantou Special Economic Zone", "Особая экономическая зона Шаньтоу"},
	{"Xiamen Special Economic Zone", "Особая экономическая зона Сямэнь"},

	// finland
	{"University of Oulu", "Университет Оулу"},
	{"Helsinki University of Technology", "Хельсинкский технологический университет"},
	{"University of Helsinki", "Хельсинкский университет"},
	{"Tampere University of Technology", "Технологический университет Тампере"},
	{"Lappeenranta University of Technology", "Технологический университет Лаппеэнранты"},
	{"University of Jyväskylä", "Университет Ювяскюля"},
	{"University of Turku", "Университет Турку"},
	{"VTT Technical Research Centre", "Центр технических исследований VTT"},
	{"VTT Electronics", "VTT, электроника"},
	{"KCL Pulp and Paper Research Institute", "Целлюлозно-бумажный институт KCL"},
	{"Technopolis Oulu", "Технополис Оулу"},
	{"Otaniemi Science Park", "Научный парк Отаниеми"},

	// grenoble
	{"Université Joseph Fourier", "Университет Жозефа Фурье"},
	{"Grenoble INP", "Политехнический институт Гренобля"},
	{"CEA-Leti and Minatec", "CEA-Leti и Minatec"},
	{"European Synchrotron Radiation Facility", "Европейский центр синхротронного излучения"},

	// hsinchu
	{"National Tsing Hua University", "Государственный университет Цинхуа"},
	{"National Chiao Tung University", "Государственный университет Цзяотун"},
	{"Industrial Technology Research Institute", "Институт промышленных технологий"},

	// israel
	{"Technion", "Технион"},
	{"Tel Aviv University", "Тель-Авивский университет"},
	{"Weizmann Institute", "Институт Вейцмана"},
	{"Hebrew University", "Еврейский университет"},
	{"MATAM park", "Парк МАТАМ"},
	{"The two venture funds of 1991", "Два венчурных фонда 1991 года"},

	// kazakhstan
	{"Karaganda State Technical University", "Карагандинский государственный технический университет"},
	{"West Kazakhstan agro-technical university", "Западно-Казахстанский аграрно-технический университет"},
	{"South Kazakhstan State University", "Южно-Казахстанский государственный университет"},
	{"Al-Farabi Kazakh National University", "Казахский национальный университет имени аль-Фараби"},
	{"Park of Information Technologies Alatau", "Парк информационных технологий «Алатау»"},

	// oresund
	{"University of Copenhagen", "Копенгагенский университет"},
	{"Technical University of Denmark", "Датский технический университет"},
	{"Lund University", "Лундский университет"},
	{"Malmö University", "Университет Мальмё"},
	{"Aarhus University", "Орхусский университет"},
	{"Karlstad University", "Карлстадский университет"},
	{"Ideon Science Park", "Научный парк «Идеон»"},
	{"Research Centre Foulum", "Исследовательский центр Фоулум"},
	{"University hospital, Copenhagen", "Университетская больница, Копенгаген"},

	// silicon-valley
	{"Stanford University", "Стэнфордский университет"},
	{"UC Berkeley", "Калифорнийский университет в Беркли"},
	{"UC San Francisco", "Калифорнийский университет в Сан-Франциско"},
	{"San Jose State University", "Университет штата в Сан-Хосе"},
	{"Santa Clara University", "Университет Санта-Клары"},
	{"UC Santa Cruz", "Калифорнийский университет в Санта-Крузе"},
	{"San Francisco State University", "Университет штата в Сан-Франциско"},
	{"Cal State East Bay", "Университет штата Калифорния в Ист-Бэе"},
	{"Carnegie Mellon Silicon Valley (Moffett Field)", "Университет Карнеги — Меллона в Кремниевой долине (Моффетт-Филд)"},
	{"De Anza College", "Колледж Де-Анза"},
	{"SLAC National Accelerator Laboratory", "Национальная ускорительная лаборатория SLAC"},
	{"NASA Ames Research Center", "Исследовательский центр Эймса НАСА"},
	{"SRI International", "Институт SRI International"},
	{"Xerox PARC", "Лаборатория Xerox PARC"},
	{"Lawrence Berkeley National Laboratory", "Национальная лаборатория имени Лоуренса в Беркли"},
	{"Lawrence Livermore National Laboratory", "Ливерморская национальная лаборатория имени Лоуренса"},
	{"IBM Almaden Research Center", "Исследовательский центр IBM в Альмадене"},
	{"HP Labs", "Лаборатории HP"},
	{"Stanford Research (Industrial) Park", "Стэнфордский научный парк"},
	{"Sand Hill Road (venture capital row)", "Сэнд-Хилл-роуд (улица венчурных фондов)"},
	{"Silicon Valley Bank HQ", "Банк Silicon Valley Bank, главное отделение"},

	// skolkovo
	{"Moscow State University", "Московский государственный университет"},
	{"Moscow Institute of Physics and Technology", "Московский физико-технический институт"},
	{"Bauman Moscow State Technical University", "МГТУ имени Н. Э. Баумана"},

	// ukraine-directive
	{"Academy of Sciences, Kyiv", "Академия наук, Киев"},
	{"Kyiv Polytechnic Institute", "Киевский политехнический институт"},
	{"Institute for Single Crystals", "Институт монокристаллов"},
	{"Institute of Physics and Technology, Kharkiv", "Харьковский физико-технический институт"},
	{"Institute of Cell Biology", "Институт биологии клетки"},
	{"Yuzhnoye design bureau", "Конструкторское бюро «Южное»"},
	{"Ivchenko-Progress design bureau", "Конструкторское бюро «Ивченко-Прогресс»"},
	{"Institute of the Economy of Industry", "Институт экономики промышленности"},

	// ukraine-khmelnytskyi
	{"Khmelnytskyi National University", "Хмельницкий национальный университет"},
	{"Podillia Pershyi association", "Ассоциация «Подолье Первый»"},
}
