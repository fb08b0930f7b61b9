package export

import (
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/graph/formats/gexf12"
)

// graphML is a GraphML file as a reader sees it.
type graphML struct {
	Keys []struct {
		ID   string `xml:"id,attr"`
		Name string `xml:"attr.name,attr"`
	} `xml:"key"`
	Graph struct {
		Default string `xml:"edgedefault,attr"`
		Nodes   []struct {
			ID   string  `xml:"id,attr"`
			Data []datum `xml:"data"`
		} `xml:"node"`
		Edges []struct {
			Source string  `xml:"source,attr"`
			Target string  `xml:"target,attr"`
			Data   []datum `xml:"data"`
		} `xml:"edge"`
	} `xml:"graph"`
}

type datum struct {
	Key   string `xml:"key,attr"`
	Value string `xml:",chardata"`
}

// of gives the value of an attribute by its name.
func (g *graphML) of(data []datum, name string) string {
	for _, k := range g.Keys {
		for _, d := range data {
			if k.Name == name && k.ID == d.Key {
				return d.Value
			}
		}
	}
	return ""
}

// graphMLOf is the network that a folder is exported as.
func graphMLOf(t *testing.T, f *Folder) graphML {
	t.Helper()
	files, _, err := made(t, f, Formats{GraphML: true})
	if err != nil {
		t.Fatal(err)
	}
	var g graphML
	if err := xml.Unmarshal([]byte(files["network.graphml"]), &g); err != nil {
		t.Fatal(err)
	}
	return g
}

func TestGraphML(t *testing.T) {
	f := small(t)
	f.Tick = 4
	g := graphMLOf(t, f)
	if g.Graph.Default != "directed" || len(g.Graph.Nodes) != 3 || len(g.Graph.Edges) != 4 {
		t.Fatalf("%s, %d nodes, %d arcs: want directed, 3, 4", g.Graph.Default, len(g.Graph.Nodes), len(g.Graph.Edges))
	}
	one := g.Graph.Nodes[1].Data
	for name, want := range map[string]string{"sector": "b", "sector_name": `<Sea>, "wide"`, "jobs": "3", "x_km": "3", "y_km": "-4", "age_years": "2.5",
		"technology": "1.25", "productivity_worker_years": "", "cluster": "1", "longitude": "0.03", "latitude": "-0.04"} {
		if got := g.of(one, name); got != want {
			t.Errorf("%s of %s = %q: want %q", name, g.Graph.Nodes[1].ID, got, want)
		}
	}
	var ids []string
	for _, n := range g.Graph.Nodes {
		ids = append(ids, n.ID)
	}
	if want := []string{ann, bert, carol}; !slices.Equal(ids, want) {
		t.Errorf("firms %q, want %q", ids, want)
	}
	trust := map[string]string{}
	for _, e := range g.Graph.Edges {
		trust[e.Source+" "+e.Target] = g.of(e.Data, "weight") + " " + g.of(e.Data, "distance_km")
	}
	for ends, want := range map[string]string{ann + " " + bert: "0.75 5", bert + " " + ann: "0.5 5", ann + " " + carol: "0.5 5", carol + " " + ann: "0.25 5"} {
		if trust[ends] != want {
			t.Errorf("arc %s = %q: want %q", ends, trust[ends], want)
		}
	}
}

// The first tick can be asked for as any other.
func TestGraphMLOfTheStart(t *testing.T) {
	f := small(t)
	f.Tick = 0
	g := graphMLOf(t, f)
	if len(g.Graph.Nodes) != 2 || len(g.Graph.Edges) != 2 || g.Graph.Nodes[1].ID != carol {
		t.Errorf("%+v", g.Graph)
	}
}

// The file with time, read by gonum: who lives when, and what changes when. Whatever the size of blocks.
func TestGEXF(t *testing.T) {
	var before string
	for _, most := range []int{0, 1, 3} {
		f := small(t)
		f.most = most
		files, _, err := made(t, f, Formats{GEXF: true})
		if err != nil {
			t.Fatal(err)
		}
		text := files["network.gexf"]
		if before != "" && text != before {
			t.Errorf("blocks of %d rows make another file", most)
		}
		before = text
	}
	var g gexf12.Content
	if err := xml.Unmarshal([]byte(before), &g); err != nil {
		t.Fatal(err)
	}
	if g.Graph.Mode != "dynamic" || g.Graph.TimeFormat != "date" || g.Graph.Start != "1999-07-01" || g.Graph.End != "2003-06-30" {
		t.Errorf("%+v", g.Graph)
	}
	got := map[string]string{}
	for _, n := range g.Graph.Nodes.Nodes {
		got[n.ID+" lives"] = spellsOf(n.Spells)
		for _, name := range []string{"jobs", "cluster", "sector", "sector_name", "productivity"} {
			got[n.ID+" "+name] = valuesOf(n.AttValues, name)
		}
	}
	for _, e := range g.Graph.Edges.Edges {
		got[e.Source+" "+e.Target] = spellsOf(e.Spells) + " | " + valuesOf(e.AttValues, "weight")
	}
	for what, want := range map[string]string{
		ann + " lives": "1999-07-01 2003-06-30", bert + " lives": "2000-07-01 2003-06-30", carol + " lives": "1999-07-01 2001-06-30",
		ann + " jobs": "10 1999-07-01 2001-06-30; 12 2001-07-01 2003-06-30", ann + " cluster": "0 1999-07-01 2000-06-30; 1 2000-07-01 2003-06-30",
		carol + " sector": "b  ", carol + " sector_name": `<Sea>, "wide"  `, ann + " sector_name": "A & B  ", ann + " productivity": "",
		ann + " " + carol: "1999-07-01 2001-06-30 | 0.5 1999-07-01 2001-06-30", carol + " " + ann: "1999-07-01 2001-06-30 | 0.25 1999-07-01 2001-06-30",
		ann + " " + bert: "2000-07-01 2001-06-30; 2002-07-01 2003-06-30 | 0.75 2000-07-01 2001-06-30; 1 2002-07-01 2003-06-30",
		bert + " " + ann: "2000-07-01 2001-06-30; 2002-07-01 2003-06-30 | 0.5 2000-07-01 2001-06-30; 0.125 2002-07-01 2003-06-30",
	} {
		if got[what] != want {
			t.Errorf("%s = %q: want %q", what, got[what], want)
		}
	}
}

func spellsOf(s *gexf12.Spells) string {
	var all []string
	for _, x := range s.Spells {
		all = append(all, x.Start+" "+x.End)
	}
	return strings.Join(all, "; ")
}

func valuesOf(values *gexf12.AttValues, name string) string {
	var all []string
	for _, x := range values.AttValues {
		if x.For == name {
			all = append(all, x.Value+" "+x.Start+" "+x.End)
		}
	}
	return strings.Join(all, "; ")
}

func TestEdges(t *testing.T) {
	files, _, err := made(t, small(t), Formats{Edges: true})
	if err != nil {
		t.Fatal(err)
	}
	want := "tick,date,from,to,weight,trust_from,trust_to,distance_km,kind\n" +
		"0,1999-07-01," + ann + "," + carol + ",0.375,0.5,0.25,5,collaboration\n" +
		"4,2000-07-01," + ann + "," + bert + ",0.625,0.75,0.5,5,collaboration\n" +
		"4,2000-07-01," + ann + "," + carol + ",0.375,0.5,0.25,5,collaboration\n" +
		"8,2001-07-01," + bert + "," + dora + ",0.25,0,0.5,0,collaboration\n" +
		"12,2002-07-01," + bert + "," + ann + ",0.5625,0.125,1,5,collaboration\n"
	if files["edges.csv"] != want {
		t.Errorf("got\n%s\nwant\n%s", files["edges.csv"], want)
	}
}
