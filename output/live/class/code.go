package class

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// signs are what a code is made of: digits and letters that are not taken for each other and spell no words.
const signs = "23456789BCDFGHJKMNPQRTVWXY"

// codeSigns is the length of a code. 26 to the power of 8 are 209 thousand million: whoever may try twenty a second for an
// hour finds it with a chance of one in three million.
const codeSigns = 8

// newCode draws a code, in two groups.
func newCode() string {
	var b strings.Builder
	for b.Len() < codeSigns+1 {
		if b.Len() == codeSigns/2 {
			b.WriteByte('-')
		}
		var raw [1]byte
		if _, err := rand.Read(raw[:]); err != nil {
			panic("class: no random numbers: " + err.Error())
		}
		if k := int(raw[0]); k < 256/len(signs)*len(signs) { // what is left over would favour the first signs
			b.WriteByte(signs[k%len(signs)])
		}
	}
	return b.String()
}

// plain is a code as it is compared: without what people put between its groups.
func plain(code string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' || r == '\u2013' {
			return -1
		}
		return r
	}, strings.ToUpper(code))
}

// newKey draws a secret of 256 bits.
func newKey() string {
	raw := make([]byte, 32)
	if _, err := rand.Read(raw); err != nil {
		panic("class: no random numbers: " + err.Error())
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// newToken draws what a student's browser shows from then on, 128 bits.
func newToken() string {
	raw := make([]byte, 16)
	if _, err := rand.Read(raw); err != nil {
		panic("class: no random numbers: " + err.Error())
	}
	return hex.EncodeToString(raw)
}

// same compares secrets in a time that tells nothing of them.
func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// Teacher says whether a key is the teacher's.
func (c *Class) Teacher(key string) bool { return same(key, c.key) }
