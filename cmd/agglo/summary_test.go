package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"agglo/output"
)

// Clusters are told from the largest on, also where they differ by less than a worker.
func TestClustersFromTheLargestOn(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"series":  "replicate,tick\n0,0\n",
		"summary": "statistic,value,lo,hi,unit,meaning,want_lo,want_hi\n",
		"clusters": "run,tick,cluster,name,sector_group,region,firms,jobs,share_regional_jobs,share_regional_value_added\n" +
			"0,4,1,A,g,r,3,20.2,.1,.1\n0,4,2,B,g,r,3,20.8,.1,.1\n0,4,3,C,g,r,3,21.4,.1,.1\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name+".csv"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := summarise(&console{out: &out, json: true}, nil, &output.Manifest{}, dir, nil); err != nil {
		t.Fatal(err)
	}
	var told struct{ Clusters []output.Cluster }
	if err := json.Unmarshal(out.Bytes(), &told); err != nil || len(told.Clusters) != 3 {
		t.Fatal(err, out.String())
	}
	for k, want := range []string{"C", "B", "A"} {
		if got := told.Clusters[k].Name; got != want {
			t.Errorf("cluster %d is %s, want %s", k, got, want)
		}
	}
}
