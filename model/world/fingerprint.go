package world

import "agglo/sim/checkpoint"

// Fingerprint gives a hash of each part of the state that lasts, by name, down to the last bit of every column: two worlds with
// the same fingerprint go on alike. What a checkpoint leaves out is left out here too.
func (w *World) Fingerprint() map[string]uint64 { return checkpoint.Fingerprint(w, rebuilt...) }
