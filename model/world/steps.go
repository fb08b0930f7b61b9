package world

import "math"

// FullNearness is what nearness of 1 is counted as in a half-tie.
const FullNearness = math.MaxUint8

// TrustSteps is the trust placed in the partner, in parts of FullTrust: for loops over many ties, which scale their sums once.
func (b *Bond) TrustSteps() int32 { return int32(b.trust) }

// NearSteps is Nearness in parts of FullNearness. Times TrustSteps it has 24 bits, which single precision holds.
func (b *Bond) NearSteps() int32 { return int32(b.near) }
