package export

import (
	"encoding/xml"
	"fmt"
	"slices"
)

// gexf writes the network with time, as Gephi opens it (GEXF 1.2): firms live between the ticks at which they are seen, jobs,
// productivity and cluster change, each tie is two arcs with the trust of their source as weight. Days are closed intervals
// here: what holds until the next tick ends on the day before it.
func (f *Folder) gexf(out *file) (int64, error) {
	firms, err := f.firmLives()
	if err != nil {
		return 0, err
	}
	ties, err := f.tieLives(firms)
	if err != nil {
		return 0, err
	}
	f.describe(out, firmTerms[:3], firmTerms[5:6], firmTerms[8:], arcTerms[:2])
	first, last := firms.ticks[0], firms.until[firms.ticks[len(firms.ticks)-1]]
	last = max(last, ties.until[ties.ticks[len(ties.ticks)-1]])
	out.put(xml.Header, `<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">`+"\n<meta><creator>agglo</creator><description>")
	out.escape(fmt.Sprintf("firms and collaborations of %s; weight = trust that the source places in the target", f.Manifest.Scenario))
	out.put(`</description></meta>` + "\n" + `<graph mode="dynamic" defaultedgetype="directed" timeformat="date"`)
	f.interval(out, first, last)
	out.put(">\n", `<attributes class="node" mode="static"><attribute id="sector" title="sector" type="string"/>`,
		`<attribute id="sector_name" title="sector_name" type="string"/></attributes>`+"\n",
		`<attributes class="node" mode="dynamic"><attribute id="jobs" title="jobs" type="double"/>`,
		`<attribute id="productivity" title="productivity_worker_years" type="double"/>`,
		`<attribute id="cluster" title="cluster" type="long"/></attributes>`+"\n",
		`<attributes class="edge" mode="static"><attribute id="kind" title="kind" type="string"/></attributes>`+"\n",
		`<attributes class="edge" mode="dynamic"><attribute id="weight" title="weight" type="double"/></attributes>`+"\n<nodes>\n")
	if err := f.gexfNodes(out, firms); err != nil {
		return 0, err
	}
	out.put("</nodes>\n<edges>\n")
	err = f.gexfArcs(out, firms, ties)
	out.put("</edges>\n</graph>\n</gexf>\n")
	return int64(len(firms.key) + 2*len(ties.rows)), err
}

// interval writes start and end of what holds from a tick until another.
func (f *Folder) interval(out *file, from, until int64) {
	out.put(` start="`, day(f.date(from)), `" end="`, day(f.date(until).AddDate(0, 0, -1)), `"`)
}

// spells writes when something was there: from ticks to the ticks that come next, those in a row as one, until a limit.
func (f *Folder) spells(out *file, l *lives, ticks []int32, limit int64) {
	out.put("<spells>")
	for k := 0; k < len(ticks); {
		end := k
		for end+1 < len(ticks) && ticks[end+1] == ticks[end]+1 {
			end++
		}
		out.put("<spell")
		f.interval(out, l.ticks[ticks[k]], min(l.until[l.ticks[ticks[end]]], limit))
		out.put("/>")
		k = end + 1
	}
	out.put("</spells>")
}

// moving writes the values of an attribute over time, equal ones in a row as one. ticks are places in l.ticks.
func (f *Folder) moving(out *file, l *lives, name string, ticks []int32, values []float64, limit int64) {
	for k := 0; k < len(ticks); {
		end := k
		for end+1 < len(ticks) && ticks[end+1] == ticks[end]+1 && values[end+1] == values[k] {
			end++
		}
		if values[k] == values[k] { // a value that does not exist is left out
			out.put(`<attvalue for="`, name, `" value="`)
			out.number(values[k])
			out.put(`"`)
			f.interval(out, l.ticks[ticks[k]], min(l.until[l.ticks[ticks[end]]], limit))
			out.put("/>")
		}
		k = end + 1
	}
}

// sheaf is the rows of one firm or tie, in the order of ticks.
type sheaf struct {
	ticks  []int32 // places in lives.ticks
	values [3][]float64
}

func (s *sheaf) empty() {
	s.ticks = s.ticks[:0]
	for k := range s.values {
		s.values[k] = s.values[k][:0]
	}
}

// gexfNodes writes the firms.
func (f *Folder) gexfNodes(out *file, firms *firmLives) error {
	names := f.names("sectors")
	var one sheaf
	return firms.blocks(f.gatherMost(), func(first, end int32) error {
		gathered, err := f.firmRows(firms, first, end)
		if err != nil {
			return err
		}
		for i := first; i < end; i++ {
			one.empty()
			for _, row := range gathered.of(i) {
				one.ticks = append(one.ticks, row.tick)
				for k, v := range row.values {
					one.values[k] = append(one.values[k], v)
				}
			}
			sector, end := firms.sectors[firms.sector[i]], firms.end(i)
			out.put(`<node id="`)
			out.whole(firms.key[i])
			out.put(`" label="`)
			out.whole(firms.key[i])
			out.put(`"><attvalues><attvalue for="sector" value="`)
			out.escape(sector)
			out.put(`"/><attvalue for="sector_name" value="`)
			out.escape(or(names[sector], sector))
			out.put(`"/>`)
			f.moving(out, &firms.lives, "jobs", one.ticks, one.values[0], end)
			f.moving(out, &firms.lives, "productivity", one.ticks, one.values[1], end)
			f.moving(out, &firms.lives, "cluster", one.ticks, one.values[2], end)
			out.put("</attvalues>")
			f.spells(out, &firms.lives, one.ticks, end)
			out.put(`<viz:position x="`)
			out.number(firms.x[i])
			out.put(`" y="`)
			out.number(firms.y[i])
			out.put(`" z="0"/></node>` + "\n")
		}
		return out.err
	})
}

// gexfArcs writes the ties, both directions of each.
func (f *Folder) gexfArcs(out *file, firms *firmLives, ties *tieLives) error {
	var one sheaf
	return ties.blocks(f.gatherMost(), func(first, end int32) error {
		gathered, err := f.tieRows(firms, ties, first, end)
		if err != nil {
			return err
		}
		for i := first; i < end; i++ {
			one.empty()
			for _, row := range gathered.of(i) {
				one.ticks = append(one.ticks, row.tick)
				one.values[0] = append(one.values[0], row.values[0])
				one.values[1] = append(one.values[1], row.values[1])
			}
			a, b := firms.key[ties.from[i]], firms.key[ties.to[i]]
			end := min(firms.end(ties.from[i]), firms.end(ties.to[i])) // a tie ends with its firms, however seldom ties are written
			for way, ends := range [2][2]uint64{{a, b}, {b, a}} {
				out.put(`<edge id="`)
				out.integer(2*int64(i) + int64(way))
				out.put(`" source="`)
				out.whole(ends[0])
				out.put(`" target="`)
				out.whole(ends[1])
				out.put(`"><attvalues><attvalue for="kind" value="`)
				out.escape(ties.kinds[ties.kind[i]])
				out.put(`"/>`)
				f.moving(out, &ties.lives, "weight", one.ticks, one.values[way], end)
				out.put("</attvalues>")
				f.spells(out, &ties.lives, one.ticks, end)
				out.put("</edge>\n")
			}
		}
		return out.err
	})
}

// place gives a word its number in a list of few words.
func place(words *[]string, word string) int32 {
	k := slices.Index(*words, word)
	if k < 0 {
		k = len(*words)
		*words = append(*words, word)
	}
	return int32(k)
}
