// Package lint holds the house rules as tests: which package may import which, what keeps a run's bits the same on every
// machine, and how long and how well described the code is. It has no code but tests; run them with -count=1, since the
// test cache does not see a change in a package that is only parsed here.
package lint
