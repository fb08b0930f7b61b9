package text

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// faults are what scenario files have wrong most often. The English is what package scenarios says, so that Translated finds it; what
// a hole holds is translated by the same table where it can be.
var faults = []entry{
	{"fault.missing", "is missing: want %s", "не указано. Нужно, по-английски: %s"},
	{"fault.missing.value", "is missing: want the number itself", "не указано само число"},
	{"fault.missing.firms", "is missing: want real firms at tick 0", "не указано, сколько фирм в начале"},
	{"fault.missing.jobs", "is missing: want the workers at tick 0", "не указано, сколько работников в начале"},
	{"fault.missing.at", "is missing: want [latitude, longitude], or at_km: [east, north]", "не указано. Нужно [широта, долгота] или at_km: [на восток, на север]"},
	{"fault.unknown", "unknown key%s", "такого ключа нет%s"},
	{"fault.twice.key", "this key stands here twice; first on line %s", "этот ключ здесь второй раз, первый — в строке %s"},
	{"fault.twice.id", "%s is used twice; first on line %s", "%s уже есть, в строке %s"},
	{"fault.empty.list", "is empty: want at least one", "пусто, а нужно хотя бы одно"},
	{"fault.beside", "stands beside %s: want one of them", "стоит рядом с %s, а нужно что-то одно"},
	{"fault.keys", "%s: want a mapping with the keys %s", "%s. Нужны ключи: %s"},
	{"fault.mapping", "%s: want a mapping", "%s. Нужны ключи со значениями"},
	{"fault.list", "%s: want a list (- ... or [...])", "%s. Нужен список (- ... или [...])"},
	{"fault.list.texts", "%s: want a list of texts, such as [a, b]", "%s. Нужен список текстов, например [a, b]"},
	{"fault.whole.in", "%s: want a whole number in %s", "%s. Нужно целое число из %s"},
	{"fault.whole", "%s: want a whole number%s", "%s. Нужно целое число%s"},
	{"fault.number.in", "%s: want a number in %s", "%s. Нужно число из %s"},
	{"fault.number", "%s: want a number%s", "%s. Нужно число%s"},
	{"fault.number.from", "%s: want a number from %s to %s", "%s. Нужно число от %s до %s"},
	{"fault.number.least", "%s: want a number of at least %s", "%s. Нужно число не меньше %s"},
	{"fault.whole.from", "%s: want a whole number from %s to %s", "%s. Нужно целое число от %s до %s"},
	{"fault.whole.least", "%s: want a whole number of at least %s", "%s. Нужно целое число не меньше %s"},
	{"fault.point.on", "%s: want [latitude, longitude], such as %s", "%s. Нужно [широта, долгота], например %s"},
	{"fault.two", "%s: want two numbers in %s, such as [1, 2]", "%s. Нужны два числа из %s, например [1, 2]"},
	{"fault.origin", "is missing: want [latitude, longitude] of the middle of the map", "не указано. Нужно [широта, долгота] середины карты"},
	{"fault.range.closed", "%s: want [%s", "%s. Нужно значение из [%s"},
	{"fault.range.open", "%s: want (%s", "%s. Нужно значение из (%s"},
	{"fault.one", "%s: want one of %s", "%s. Нужно одно из: %s"},
	{"fault.text", "%s: want a text%s", "%s. Нужен текст%s"},
	{"fault.bool", "%s: want true or false", "%s. Нужно true или false"},
	{"fault.date", "%s: want a date such as 2003Q1, or 2003 for its first quarter", "%s. Нужна дата, например 2003Q1 или 2003, то есть первый квартал"},
	{"fault.id", `"%s": want an id of small letters, digits, - and _`, `"%s": имя может состоять из строчных латинских букв, цифр, - и _`},
	{"fault.word", `"%s" is not known%s`, `"%s" — неизвестное слово%s`},
	{"fault.none.sectors", `"%s" is none of the sectors%s`, `сектора "%s" нет%s`},
	{"fault.none.regions", `"%s" is none of the regions%s`, `региона "%s" нет%s`},
	{"fault.none.places", `"%s" is none of the places%s`, `места "%s" нет%s`},
	{"fault.none.tools", `"%s" is none of the instruments%s`, `инструмента "%s" нет%s`},
	{"fault.latitude", "latitude %s degrees: want [-90,90]%s", "широта %s°. Нужно значение из [-90,90]%s"},
	{"fault.exchanged", "; are latitude and longitude exchanged?", "; не переставлены ли широта и долгота?"},
	{"fault.before", "%s is not after from, %s", "%s не позже from, %s"},
	{"fault.outside", "%s is outside the run, which goes from %s to %s", "%s вне прогона, который идёт от %s до %s"},
	{"fault.outline", "has no outline: want file or box_km", "нет контура. Нужно file или box_km"},
	{"fault.force", "%s workers in all areas, but the sectors employ %s at tick 0: want at least as many", "во всех районах %s работников, а в секторах в начале занято %s. Нужно не меньше"},
	{"fault.crowd", "%s workers in %s firms: want at least one worker a firm, and at least one firm for workers", "работников — %s, фирм — %s. Нужен хотя бы один работник на фирму и хотя бы одна фирма для работников"},
	{"fault.sum", "sum to %s: want more than 0", "в сумме %s, а нужно больше 0"},
	{"fault.nofile", "%s: no such file beside the scenario, nor built in%s", "%s: такого файла нет ни рядом со сценарием, ни среди встроенных%s"},
	{"fault.file.empty", "the file is empty; %s", "файл пуст; %s"},
	{"fault.file.template", "agglo init writes a template", "образец пишет команда agglo init"},
	{"fault.file.second", "a second document begins here: want one document a file", "здесь начинается второй документ, а нужен один на файл"},
	{"fault.file.utf8", "this byte is not valid UTF-8: save the file as UTF-8", "этот байт — не UTF-8: сохраните файл в UTF-8"},
	{"fault.file.tabs", "%s: indent with spaces, not tabs", "отступы нужны из пробелов, не из знаков табуляции (%s)"},
	{"fault.file.newer", "agglo: %s: the file is for a newer program: this one reads agglo: %s", "agglo: %s: файл для более новой программы, эта читает agglo: %s"},

	{"fault.yaml", "not readable as YAML: %s", "это не читается как YAML: %s"},
	{"fault.yaml.mapping", "mapping values are not allowed in this context", "здесь не может быть «ключ: значение»: не сбит ли отступ, не нужны ли кавычки вокруг текста с двоеточием?"},
	{"fault.yaml.comma", "did not find expected ',' or '%s'", "нужна запятая или %s"},
	{"fault.yaml.end", "found unexpected end of stream", "файл кончился раньше времени: не закрыта ли кавычка?"},
	{"fault.yaml.dash", "did not find expected '-' indicator", "нужен - как у прочих строк списка: не сбит ли отступ?"},
	{"fault.yaml.colon", "could not find expected ':'", "после ключа нужно двоеточие"},
	{"fault.yaml.key", "did not find expected key", "нужен ключ: не сбит ли отступ?"},
	{"fault.yaml.value", "did not find expected node content", "нужно значение, а стоит знак, с которого оно не начинается"},
	{"fault.yaml.sign", "found character that cannot start any token", "с этого знака значение не начинается: возьмите его в кавычки"},
	{"fault.yaml.escape", "found unknown escape character", "после \\ в кавычках стоит неизвестный знак"},
	{"fault.yaml.anchor", "unknown anchor '%s' referenced", "* указывает на %s, а такой метки нет"},
	{"fault.yaml.control", "control characters are not allowed%s", "управляющих знаков в файле быть не может%s"},

	{"fault.class.years", "%s quarters: want %s to %s", "кварталов %s, а нужно от %s до %s"},
	{"fault.class.begins", "policies begin after %s quarters of %s: want fewer than there are", "политики начинаются через %s кварталов из %s, а нужно раньше"},
	{"fault.class.each", "%s worlds a student: want 1 to %s", "миров на ученика %s, а нужно от 1 до %s"},
	{"fault.class.seed", "seed %s: want a whole number below 2^53", "зерно %s, а нужно целое число меньше 2^53"},
	{"fault.class.firms", "%s firms: want 50 to %s, or 0 for as many as the scenario has", "фирм %s, а нужно от 50 до %s или 0, то есть как в мире"},
	{"fault.class.arms", "%s arms: want at most %s", "вариантов %s, а нужно не больше %s"},
	{"fault.class.large", "%s has %s firms, and %s cells times sectors: a class takes at most %s and %s; ask for fewer firms", "%s: фирм %s, ячеек с учётом отраслей %s; класс берёт не больше %s и %s. Возьмите меньше фирм"},
	{"fault.class.form", `%s = "%s": want a number or a word`, `%s = "%s": нужно число или слово`},
	{"fault.class.twice", "%s = %s stands here twice", "%s = %s стоит здесь дважды"},
	{"fault.class.novalue", "setting %s has no value", "у настройки %s нет значений"},
	{"fault.class.address", "%s students from one address: want 1 to %s", "учеников с одного адреса %s, а нужно от 1 до %s"},
	{"fault.class.nobody", "there is no student %s", "ученика %s нет"},

	{"fault.near.of", "; did you mean %s? (valid: %s)", "; может быть, %s? (есть: %s)"},
	{"fault.near", "; did you mean %s?", "; может быть, %s?"},
	{"fault.valid", " (valid: %s)", " (есть: %s)"},
	{"fault.point", ": a number wants a point, write %s", ": в числе нужна точка, пишите %s"},
	{"fault.quotes", `; write "%s" if it is one`, `; если это он, пишите "%s"`},

	{"fault.is.nothing", "nothing stands here", "здесь ничего нет"},
	{"fault.is.mapping", "this is a mapping", "здесь ключи со значениями"},
	{"fault.is.list", "this is a list", "здесь список"},
	{"fault.is.text", `"%s" is a text`, `"%s" — текст`},
	{"fault.is.bool", "%s is a yes or no", "%s — это да или нет"},
	{"fault.is.number", "%s is a number", "%s — число"},
	{"fault.is.plain", "%s: want a plain decimal number", "%s — не обычная десятичная запись числа"},
	{"fault.is.code", "%s begins with 0: want a plain decimal number, or quotes if it is a code", "%s начинается с 0: нужно обычное число или, если это код, кавычки"},
	{"fault.is.large", "%s is too large", "%s — слишком большое число"},
}

// A shape is the English of a fault as it is recognised.
type shape struct {
	key    string
	whole  *regexp.Regexp
	length int // of what stands outside holes
}

// shapes are those of all faults, those that say most themselves first.
var shapes = sync.OnceValue(func() []shape {
	list := make([]shape, 0, len(faults)+len(inputFaults))
	for _, e := range slices.Concat(faults, inputFaults) {
		parts := strings.Split(e.en, "%s")
		length := 0
		for k, part := range parts {
			length += len(part)
			parts[k] = regexp.QuoteMeta(part)
		}
		list = append(list, shape{e.key, regexp.MustCompile("^" + strings.Join(parts, "(.*?)") + "$"), length})
	}
	slices.SortFunc(list, func(a, b shape) int {
		if a.length != b.length {
			return b.length - a.length
		}
		return strings.Compare(a.key, b.key)
	})
	return list
})

// place is where a fault of a file is: file:line:column: column:.
var place = pattern(`^[^\s:"]+\.\w+(?::\d+)*: (?:\w+: )?`)

// Translated gives an English message on a scenario file, or on a map or a table that it names, in Russian; false where the catalogue has
// no words for it.
func Translated(english string) (string, bool) { return translated(english, mostNested) }

// mostNested is how many faults within faults are translated: more are the text of a user.
const mostNested = 8

func translated(english string, nested int) (string, bool) {
	if nested == 0 {
		return "", false
	}
	if at := place().FindString(english); at != "" {
		if words, known := translated(english[len(at):], nested-1); known {
			return at + words, true
		}
	}
	for _, s := range shapes() {
		holes := s.whole.FindStringSubmatch(english)
		if holes == nil {
			continue
		}
		args := make([]any, len(holes)-1)
		for k, hole := range holes[1:] {
			if words, known := translated(hole, nested-1); known {
				hole = words
			}
			args[k] = hole
		}
		return fmt.Sprintf(byKey()[s.key].ru, args...), true
	}
	return "", false
}
