package scenarios

// instruments lists the ids of the instruments that a policy may use.
func instruments() []string { return []string{"burn", "infrastructure", "subsidy", "tax_break"} }
