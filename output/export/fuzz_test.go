package export

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// readsAs says whether another program can read a text as what the end of its file's name promises.
func readsAs(name, text string) error {
	switch filepath.Ext(name) {
	case ".geojson":
		var any json.RawMessage
		return json.Unmarshal([]byte(text), &any)
	case ".graphml", ".gexf":
		for d := xml.NewDecoder(strings.NewReader(text)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return err
			}
		}
	case ".csv":
		_, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		return err
	}
	return nil
}

// FuzzExport: whatever stands in one table of a run folder, each file is made so that other programs can read it, or refused with words.
func FuzzExport(f *testing.F) {
	names := []string{"firms", "ties", "sectors", "outline", "cells", "clusters"}
	seed := small(f)
	for which, name := range names {
		data, err := os.ReadFile(seed.path(name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(uint8(which), int16(-1), data)
		f.Add(uint8(which), int16(4), []byte(strings.ReplaceAll(string(data), ",1,", ",1e300,")))
	}
	f.Add(uint8(2), int16(0), []byte("id,name,group,emerging\na,\"\x01 & \xff ]]>\",g,0\n"))
	f.Fuzz(func(t *testing.T, which uint8, tick int16, data []byte) {
		folder := small(t)
		folder.Tick = int(tick)
		if err := os.WriteFile(folder.path(names[int(which)%len(names)]), data, 0o666); err != nil {
			t.Fatal(err)
		}
		files, _, err := made(t, folder, Formats{GeoJSON: true, GraphML: true, GEXF: true, Edges: true, Parquet: true})
		if err != nil && strings.TrimSpace(err.Error()) == "" {
			t.Error("an error without words")
		}
		for name, text := range files {
			if err := readsAs(name, text); err != nil {
				t.Errorf("%s cannot be read: %v\n%.2000s", name, err, text)
			}
		}
	})
}
