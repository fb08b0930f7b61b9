package text

// ProperNames gives the Russian names, each with its English one, for tests that look at scenarios.
func ProperNames(yield func(english, russian string) bool) {
	for _, table := range properNames {
		for _, w := range table {
			if !yield(w.en, w.ru) {
				return
			}
		}
	}
}
