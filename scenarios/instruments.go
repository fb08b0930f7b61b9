package scenarios

import "agglo/model/policy"

// instruments lists the ids of the instruments that a policy may use.
func instruments() []string { return policy.Instruments() }
