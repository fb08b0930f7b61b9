package model

import (
	"bytes"
	"testing"
)

// Without the reduced form its elasticities change nothing. With it, the same world comes of any number of threads and of a run that
// went on from a file.
func TestReducedFormRuns(t *testing.T) {
	const half, ticks = 8, 16
	s := small(t, 13, 300)
	s.Policies = acts()
	plain := whole(to(t, begun(t, s), ticks))
	set(t, &s, "production.reduced_pool", ".3", "production.reduced_supply", "0")
	same(t, "elasticities that nobody reads", plain, whole(to(t, begun(t, s), ticks)))
	set(t, &s, "production.reduced_form", "true", "production.reduced_supply", ".04")
	e := begun(t, s)
	e.Threads = 1
	data := saved(t, e, half)
	want := whole(to(t, e, ticks))
	if want["Firms.Cash"] == plain["Firms.Cash"] {
		t.Error("the reduced form moves nothing")
	}
	side := begun(t, s)
	side.Threads = 3
	same(t, "three threads", want, whole(to(t, side, ticks)))
	again, err := Resume(s, bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "from a file", want, whole(to(t, again, ticks)))
}
