//go:build !linux

package page

// advise does nothing where there is no way to ask.
func advise([]extent) {}

// ask does nothing where there is no way to ask.
func ask(extent) {}
