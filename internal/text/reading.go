package text

import (
	"strconv"
	"strings"
	"time"
)

// Named looks an id up among names of a kind, such as metric. or policy.; one that is not there is written with spaces.
func Named(lang, kind, id string) string {
	if Has(kind + id) {
		return In(lang, kind+id)
	}
	return strings.ReplaceAll(strings.TrimSpace(id), "_", " ")
}

// Outcome names an outcome where there is room for all of its name.
func Outcome(lang, metric string) string {
	for _, key := range []string{"metric." + metric + ".full", "metric." + metric, "column." + metric} {
		if Has(key) {
			return In(lang, key)
		}
	}
	return strings.ReplaceAll(metric, "_", " ")
}

// Policies names a policy: an instrument of the catalogue, or several that a plus joins.
func Policies(lang, id string) string {
	parts := strings.Split(id, "+")
	for k, part := range parts {
		parts[k] = Named(lang, "policy.", part)
	}
	return strings.Join(parts, " + ")
}

// Mix names a mix of policies, from its ids and shares as tables have them: subsidy 60%, rd_grant 40%. An empty one is nothing.
func Mix(lang, english string) string {
	if english == "nothing" {
		return In(lang, "mixed.nothing")
	}
	parts := strings.Split(english, ", ")
	for k, part := range parts {
		if id, share, found := strings.Cut(part, " "); found {
			name := Named(lang, "policy.", id)
			if lang == Russian {
				name = Lower(name)
			}
			parts[k] = name + " " + share
		}
	}
	return strings.Join(parts, ", ")
}

// Outcomes and targets as tables have them: the mean of jobs at 40 under subsidy; the mean of jobs of metals, food, from 4 to 24; a
// published figure of a scenario, firms of metals in west within 5 km of town, change since 2003Q1, 2008Q1.
var (
	looked = pattern(`^(mean|variance|sd|slope) of (\w+)(?: of (.+?))?,? (?:at (\d+)|from (\d+) to (\d+))(?: under (.+))?$`)
	figure = pattern(`^(R&D over value added|R&D|share in jobs|share in exports|share with a partner|share with six partners or more|[a-z ]+?)` +
		`(?: of (\d+ sectors|.+?))?(?: in (.+?))?(?: within (\S+) km of (.+?))?(, change since (\d{4}Q[1-4]))?(?:, (\d{4}Q[1-4]))?$`)
)

// metricOf is the metric of words that are not its id with spaces.
var metricOf = []word{
	{"R&D over value added", "rd_share"}, {"R&D", "rd"}, {"share in jobs", "jobs_share"}, {"share in exports", "exports_share"},
	{"share with a partner", "with_partner_share"}, {"share with six partners or more", "with_six_partners_share"},
}

// Reading names an outcome or a target in a language, from its English as tables have it; called is the name of a sector, a region or a
// place, by its id. What is read as neither stays as it is.
func Reading(lang, english string, called func(id string) string) string {
	if lang != Russian {
		return english
	}
	if p := looked().FindStringSubmatch(english); p != nil {
		return lookedAt(lang, p, called)
	}
	p := figure().FindStringSubmatch(english)
	if p == nil {
		return english
	}
	metric := strings.ReplaceAll(p[1], " ", "_")
	for _, w := range metricOf {
		if w.en == p[1] {
			metric = w.ru
		}
	}
	if !Has("metric." + metric) {
		return english
	}
	words := Held(lang, Outcome(lang, metric), listed(p[2], called), listed(p[3], called), p[4], called(p[5]))
	if since, ok := Quarter(lang, p[7]); ok {
		words = In(lang, "report.change", words) + " " + In(lang, "told.since", since)
	}
	if date, ok := Quarter(lang, p[8]); ok {
		words += ", " + date
	}
	return words
}

// lookedAt names an outcome from the parts of looked.
func lookedAt(lang string, p []string, called func(id string) string) string {
	statistic, metric := In(lang, "told."+p[1]), Held(lang, Outcome(lang, p[2]), listed(p[3], called), nil, "", "")
	words := In(lang, "told.at", statistic, metric, p[4])
	if p[4] == "" {
		words = In(lang, "told.from", statistic, metric, p[5], p[6])
	}
	if p[7] != "" {
		words = In(lang, "told.under", words, Policies(lang, p[7]))
	}
	return words
}

// listed are the names of a list of ids; of a list that is told by its length, as 5 sectors, as many without names.
func listed(ids string, called func(id string) string) []string {
	if ids == "" {
		return nil
	}
	if n, err := strconv.Atoi(strings.TrimSuffix(ids, " sectors")); err == nil {
		return make([]string, n)
	}
	var names []string
	for id := range strings.SplitSeq(ids, ", ") {
		names = append(names, called(id))
	}
	return names
}

// Took is how long something took, as time.Duration writes whole seconds.
func Took(lang string, d time.Duration) string {
	if lang != Russian {
		return d.String()
	}
	return strings.TrimSpace(strings.NewReplacer("h", gap+"ч ", "m", gap+"мин ", "s", gap+"с").Replace(d.String()))
}
