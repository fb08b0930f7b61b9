package text

// class holds the texts of the class: what many worlds say together, and the pages of teacher and students.
var class = map[string]entry{
	"class.percent":   {"%s%%", "%s%%"},
	"class.points":    {"%s percentage points", "%s п. п."},
	"class.arm.value": {"%s %s", "%s: %s"},
	"class.arm.none":  {"no policy", "без политики"},
	"class.arm.only":  {"all worlds", "все миры"},

	"class.say.none": {"No world is done yet.", "Пока не готов ни один мир."},
	"class.say.one": {"%s: %s in one world. The same rules with other luck may give something else: one world cannot say.",
		"%s: %s в одном мире. Те же правила при иной удаче могут дать другое: один мир об этом молчит."},
	"class.say.luck": {"{1:World|Worlds} run: %s, all by the same rules with other luck. %s: from %s to %s. The mean of all such worlds is between %s and %s; one world alone is off from it by %s on average.",
		"{1:Готов|Готово|Готово} %s {1:мир|мира|миров}, правила одни, удача разная. %s: от %s до %s. Среднее всех таких миров — от %s до %s; один мир отстоит от него в среднем на %s."},
	"class.say.few": {"“%s” against “%s”: fewer than two pairs of worlds, so nothing can be said yet.",
		"«%s» против «%s»: меньше двух пар миров, сказать пока нечего."},
	"class.say.more": {"With %s {1:pair|pairs} of worlds: %s is higher with “%s” than with “%s”, by %s to %s.",
		"%s {1:пара|пары|пар} миров. %s: при «%s» больше, чем при «%s», на величину от %s до %s."},
	"class.say.less": {"With %s {1:pair|pairs} of worlds: %s is lower with “%s” than with “%s”, by %s to %s.",
		"%s {1:пара|пары|пар} миров. %s: при «%s» меньше, чем при «%s», на величину от %s до %s."},
	"class.say.open": {"With %s {1:pair|pairs} of worlds: in %s the difference of “%s” from “%s” is between %s and %s. It may be nothing at all.",
		"%s {1:пара|пары|пар} миров. %s: разница между «%s» и «%s» — от %s до %s. Её может и не быть вовсе."},
	"class.say.other": {"Of %s {1:pair|pairs}, %s alone would have pointed the other way.",
		"Из %s {1:пары|пар|пар} в одиночку в другую сторону {2:указала|указали|указали} бы %s."},
	"class.say.least": {"So few pairs are no ground to rely on.", "На такое число пар полагаться нельзя."},
	"class.say.many": {"Each comparison stands by itself. Of several, one may look like more than it is.",
		"Каждое сравнение — само по себе. Из нескольких одно может показаться больше, чем есть."},
}
