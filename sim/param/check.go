package param

// A Fault is a parameter with a value that it cannot have.
type Fault struct {
	Path  string // such as trust.loss
	Value string // the value as text
	Unit  string // such as 1/deal; may be empty
	Want  string // what is permitted, such as [0,1]
}

// Error is such as "trust.loss = 1.4 1/deal: want [0,1]". The unit of a pure number is left out.
func (f Fault) Error() string {
	s := f.Path + " = " + f.Value
	if f.Unit != "" && f.Unit != "1" {
		s += " " + f.Unit
	}
	return s + ": want " + f.Want
}

// Check compares all parameters of p, a struct or a pointer to one, with their ranges, and gives what it finds in the order
// of their declaration. NaN and infinities are faults whatever the range. It panics if p is no struct.
func Check(p any) []Fault {
	leaves, _ := walk(mustRoot(p))
	var faults []Fault
	for i := range leaves {
		l := &leaves[i]
		if l.err != nil {
			continue // a faulty declaration has no range; Fill reports it
		}
		if want := l.tag.refuse(l.get()); want != "" {
			faults = append(faults, l.fault(text(l.get()), want))
		}
	}
	return faults
}
