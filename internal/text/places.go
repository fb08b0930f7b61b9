package text

// placeNames holds towns and regions as Russian maps call them, by the time of their scenario. The Russian names of Chinese ones
// follow Palladius.
var placeNames = []word{
	// bangalore
	{"Bengaluru", "Бангалор"}, {"South Bengaluru", "Южный Бангалор"}, {"East Bengaluru", "Восточный Бангалор"}, {"Peenya", "Пинья"},
	{"Electronics City", "Электроникс-Сити"}, {"Whitefield", "Уайтфилд"}, {"Karnataka (Bengaluru)", "Карнатака (Бангалор)"},

	// bioregio
	{"Munich", "Мюнхен"}, {"Planegg-Martinsried", "Планегг-Мартинсрид"}, {"Cologne", "Кёльн"}, {"Düsseldorf", "Дюссельдорф"},
	{"Heidelberg", "Гейдельберг"}, {"Mannheim", "Мангейм"}, {"Jena", "Йена"}, {"Berlin", "Берлин"}, {"Rhineland", "Рейнланд"},
	{"Rhine-Neckar", "Рейн-Неккар"},

	// china-zones
	{"Shenzhen", "Шэньчжэнь"}, {"Dongguan", "Дунгуань"}, {"Guangzhou", "Гуанчжоу"}, {"Foshan", "Фошань"}, {"Zhuhai", "Чжухай"},
	{"Zhongshan", "Чжуншань"}, {"Huizhou", "Хуэйчжоу"}, {"Shantou", "Шаньтоу"}, {"Xiamen", "Сямэнь"}, {"Jinjiang", "Цзиньцзян"},
	{"Wenzhou", "Вэньчжоу"}, {"Yiwu", "Иу"}, {"Hangzhou", "Ханчжоу"}, {"Ningbo", "Нинбо"}, {"Suzhou", "Сучжоу"}, {"Nanjing", "Нанкин"},
	{"Shanghai", "Шанхай"}, {"Beijing", "Пекин"}, {"Tianjin", "Тяньцзинь"}, {"Guangdong", "Гуандун"}, {"Fujian", "Фуцзянь"},
	{"Zhejiang", "Чжэцзян"}, {"Jiangsu", "Цзянсу"},

	// finland
	{"Helsinki", "Хельсинки"}, {"Espoo", "Эспоо"}, {"Turku", "Турку"}, {"Salo", "Сало"}, {"Tampere", "Тампере"}, {"Jyväskylä", "Ювяскюля"},
	{"Lappeenranta", "Лаппеэнранта"}, {"Vaasa", "Вааса"}, {"Seinäjoki", "Сейняйоки"}, {"Oulu", "Оулу"}, {"Kuopio", "Куопио"},
	{"Uusimaa", "Уусимаа"}, {"Southwest Finland", "Юго-Западная Финляндия"}, {"Pirkanmaa", "Пирканмаа"},
	{"Central Finland", "Центральная Финляндия"}, {"South Karelia", "Южная Карелия"}, {"Ostrobothnia", "Остроботния"},
	{"South Ostrobothnia", "Южная Остроботния"}, {"North Ostrobothnia", "Северная Остроботния"}, {"North Savo", "Северное Саво"},

	// forty, plain
	{"Middle", "Центр"}, {"North-west", "Северо-запад"}, {"North-east", "Северо-восток"}, {"South-west", "Юго-запад"},
	{"South-east", "Юго-восток"}, {"The plain", "Равнина"},

	// grenoble
	{"Grenoble", "Гренобль"}, {"Crolles", "Кроль"}, {"Meylan", "Мелан"}, {"Voiron", "Вуарон"}, {"Bourgoin-Jallieu", "Бургуэн-Жальё"},
	{"Vienne", "Вьен"}, {"Roussillon", "Руссийон"}, {"Isère", "Изер"},

	// hsinchu
	{"Hsinchu", "Синьчжу"}, {"Zhubei", "Чжубэй"}, {"Miaoli", "Мяоли"}, {"Zhudong", "Чжудун"}, {"Toufen", "Тоуфэнь"},
	{"Hsinchu Science Park", "Научный парк Синьчжу"}, {"Hsinchu City", "Город Синьчжу"}, {"Hsinchu County", "Уезд Синьчжу"},

	// israel
	{"Tel Aviv", "Тель-Авив"}, {"Petah Tiqva", "Петах-Тиква"}, {"Herzliya", "Герцлия"}, {"Ra'anana", "Раанана"}, {"Netanya", "Нетания"},
	{"Rehovot", "Реховот"}, {"Haifa", "Хайфа"}, {"Caesarea", "Кесария"}, {"Yoqneam", "Йокнеам"}, {"Jerusalem", "Иерусалим"},
	{"Central", "Центральный округ"},

	// kazakhstan
	{"Almaty", "Алматы"}, {"Karagandy", "Караганда"}, {"Temirtau", "Темиртау"}, {"Shymkent", "Шымкент"}, {"Oral", "Уральск"},
	{"Atyrau", "Атырау"}, {"Aktau", "Актау"}, {"Kostanay", "Костанай"}, {"Petropavl", "Петропавловск"}, {"Kokshetau", "Кокшетау"},
	{"Taldykorgan", "Талдыкорган"}, {"Zharkent", "Жаркент"}, {"Khorgos", "Хоргос"}, {"Dostyk", "Достык"},
	{"Central Kazakhstan", "Центральный Казахстан"}, {"West Kazakhstan", "Западный Казахстан"}, {"South Kazakhstan", "Южный Казахстан"},
	{"Northern oblasts", "Северные области"}, {"Almaty oblast", "Алматинская область"},

	// oresund
	{"Copenhagen", "Копенгаген"}, {"Kongens Lyngby", "Конгенс-Люнгбю"}, {"Ballerup", "Баллеруп"}, {"Hillerød", "Хиллерёд"},
	{"Hørsholm", "Хёрсхольм"}, {"Kalundborg", "Калуннборг"}, {"Aarhus", "Орхус"}, {"Malmö", "Мальмё"}, {"Lund", "Лунд"},
	{"Helsingborg", "Хельсингборг"}, {"Karlstad", "Карлстад"}, {"Capital Region", "Столичная область"}, {"Zealand", "Зеландия"},
	{"Central Denmark", "Центральная Ютландия"}, {"Skåne", "Сконе"}, {"Värmland", "Вермланд"},

	// silicon-valley
	{"Palo Alto", "Пало-Альто"}, {"San Jose", "Сан-Хосе"}, {"Sunnyvale", "Саннивейл"}, {"Santa Clara", "Санта-Клара"},
	{"Mountain View", "Маунтин-Вью"}, {"Menlo Park", "Менло-Парк"}, {"Cupertino", "Купертино"}, {"Fremont", "Фримонт"},
	{"San Francisco", "Сан-Франциско"}, {"Berkeley", "Беркли"}, {"Oakland", "Окленд"}, {"Redwood City", "Редвуд-Сити"},
	{"San Mateo", "Сан-Матео"}, {"Milpitas", "Милпитас"}, {"Stanford", "Стэнфорд"}, {"South San Francisco", "Саут-Сан-Франциско"},
	{"Hayward", "Хейвард"}, {"Concord", "Конкорд"}, {"Livermore", "Ливермор"}, {"Santa Cruz", "Санта-Круз"}, {"Alameda", "Аламида"},
	{"Contra Costa", "Контра-Коста"},

	// skolkovo
	{"Moscow", "Москва"}, {"Moscow North-West", "Северо-запад Москвы"}, {"Moscow South-West", "Юго-запад Москвы"},
	{"Moscow South-East", "Юго-восток Москвы"}, {"Moscow North", "Север Москвы"}, {"Moscow East", "Восток Москвы"},
	{"Zelenograd", "Зеленоград"}, {"Dolgoprudny", "Долгопрудный"}, {"Odintsovo", "Одинцово"}, {"Troitsk", "Троицк"},
	{"Skolkovo", "Сколково"}, {"Moscow oblast", "Московская область"},

	// ukraine-directive
	{"Dnipro", "Днепропетровск"}, {"Kharkiv", "Харьков"}, {"Lviv", "Львов"}, {"Kyiv", "Киев"}, {"Bila Tserkva", "Белая Церковь"},
	{"Donetsk", "Донецк"}, {"Zaporizhzhia", "Запорожье"}, {"Dnipropetrovsk oblast", "Днепропетровская область"},
	{"Kharkiv oblast", "Харьковская область"}, {"Lviv oblast", "Львовская область"}, {"Kyiv oblast", "Киевская область"},
	{"Donetsk oblast", "Донецкая область"}, {"Zaporizhzhia oblast", "Запорожская область"},

	// ukraine-khmelnytskyi
	{"Khmelnytskyi", "Хмельницкий"}, {"Kamianets-Podilskyi", "Каменец-Подольский"}, {"Shepetivka", "Шепетовка"},
	{"Starokostiantyniv", "Староконстантинов"}, {"Slavuta", "Славута"}, {"Khmelnytskyi oblast", "Хмельницкая область"},
}
