package main

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"agglo/scenarios"
)

func TestMemoryFree(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	for _, c := range []struct {
		files fstest.MapFS
		want  float64
	}{
		{fstest.MapFS{}, math.Inf(1)},
		{fstest.MapFS{"proc/meminfo": file("MemTotal:  900 kB\nMemAvailable:  500 kB\n")}, 512000},
		{fstest.MapFS{"proc/meminfo": file("MemAvailable:  500 kB\n"), "sys/fs/cgroup/memory.max": file("300000\n"), "sys/fs/cgroup/memory.current": file("100000\n")}, 200000},
		{fstest.MapFS{"proc/meminfo": file("MemAvailable:  500 kB\n"), "sys/fs/cgroup/memory.max": file("max\n"), "sys/fs/cgroup/memory.current": file("100000\n")}, 512000},
		{fstest.MapFS{"proc/meminfo": file("nonsense")}, math.Inf(1)},
	} {
		if got := memoryFree(c.files); got != c.want {
			t.Errorf("%v: %g bytes free, want %g", c.files, got, c.want)
		}
	}
}

// A run that does not fit is told of before it begins; one that fits is not.
func TestShortOfMemory(t *testing.T) {
	s, err := scenarios.Load("silicon-valley")
	if err != nil {
		t.Fatal(err)
	}
	setup, err := s.Setup(scenarios.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	have := func(kB string) fstest.MapFS {
		return fstest.MapFS{"proc/meminfo": {Data: []byte("MemAvailable: " + kB + " kB\n")}}
	}
	if said := shortOfMemory(&setup, have("4000000")); said != "" {
		t.Errorf("4 GB are told to be too few: %s", said)
	}
	if said := shortOfMemory(&setup, have("50000")); !strings.Contains(said, "0.1 GB are free") {
		t.Errorf("50 MB for 87,000 firms: %q", said)
	}
}
