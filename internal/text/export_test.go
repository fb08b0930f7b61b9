package text

// ProperNames are the tables of Russian names, for tests that look at scenarios.
var ProperNames = properNames
