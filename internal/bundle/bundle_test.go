package main

import (
	"bytes"
	"compress/gzip"
	"testing"
)

// The committed page is the one that its sources make.
func TestThePageIsFresh(t *testing.T) {
	if err := run("../../output/live/web", true); err != nil {
		t.Error(err)
	}
}

// The page stays small: all its files together, compressed as they are sent.
func TestThePageIsSmall(t *testing.T) {
	const most = 400_000
	files, err := build("../../output/live/web")
	if err != nil {
		t.Fatal(err)
	}
	sum := 0
	for _, data := range files {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := z.Write(data); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		sum += b.Len()
	}
	if t.Logf("%d files, %d bytes compressed", len(files), sum); sum > most || len(files) < 4 {
		t.Errorf("%d files with %d bytes compressed: want at most %d", len(files), sum, most)
	}
}
