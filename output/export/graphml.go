package export

import (
	"encoding/xml"
	"math"
)

// attribute is what a GraphML or GEXF file says of an attribute.
type attribute struct{ id, name, kind string }

// nodeAttributes are those of firms; the numbers come in the order of firmNumbers.
var nodeAttributes = []attribute{
	{"sector", "sector", "string"}, {"sector_name", "sector_name", "string"}, {"x", "x_km", "double"}, {"y", "y_km", "double"},
	{"jobs", "jobs", "double"}, {"age", "age_years", "double"}, {"technology", "technology", "double"},
	{"productivity", "productivity_worker_years", "double"}, {"cluster", "cluster", "long"},
	{"lon", "longitude", "double"}, {"lat", "latitude", "double"},
}

// arcAttributes are those of arcs.
var arcAttributes = []attribute{{"weight", "weight", "double"}, {"kind", "kind", "string"}, {"distance", "distance_km", "double"}}

// globeTerms are the attributes of a firm's place on the globe.
var globeTerms = []term{
	{name: "longitude", unit: "degrees", meaning: "place of the firm, WGS 84", span: "-180 to 180"},
	{name: "latitude", unit: "degrees", meaning: "place of the firm, WGS 84", span: "-90 to 90"},
}

// escape makes a text fit for an attribute or the inside of an element of XML.
func (o *file) escape(s string) {
	if err := xml.EscapeText(o, []byte(s)); err != nil && o.err == nil {
		o.err = err
	}
}

// graphML writes the network of one tick: firms as nodes, each tie as two arcs with the trust of their source as weight.
func (f *Folder) graphML(out *file) (int64, error) {
	tick, err := f.at()
	if err != nil {
		return 0, err
	}
	f.describe(out, firmTerms, arcTerms)
	out.put(xml.Header, `<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" `,
		`xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">`+"\n")
	nodes := nodeAttributes
	if f.Globe == nil {
		nodes = nodes[:len(nodes)-2]
	} else {
		f.describe(out, globeTerms)
	}
	out.keys("node", nodes)
	out.keys("edge", arcAttributes)
	out.put(`<graph id="`)
	out.escape(f.Manifest.Scenario + " " + day(f.date(tick)))
	out.put(`" edgedefault="directed">` + "\n")
	known, err := f.graphNodes(out, tick)
	if err != nil {
		return 0, err
	}
	n := int64(len(known))
	err = f.each("ties", tieColumns, func(r *rows) {
		if r.Integer(tieTick) != tick {
			return
		}
		if _, _, ok := known.both(r); !ok {
			return
		}
		n += 2
		out.arc(r.Text(tieFrom), r.Text(tieTo), r.Number(tieTrust), r)
		out.arc(r.Text(tieTo), r.Text(tieFrom), r.Number(tieBack), r)
	})
	out.put("</graph>\n</graphml>\n")
	return n, err
}

// keys declares attributes.
func (o *file) keys(of string, list []attribute) {
	for _, a := range list {
		o.put(`<key id="`, of[:1], "_", a.id, `" for="`, of, `" attr.name="`, a.name, `" attr.type="`, a.kind, `"/>`+"\n")
	}
}

// graphNodes writes the firms of a tick.
func (f *Folder) graphNodes(out *file, tick int64) (members, error) {
	known, sector := members{}, f.names("sectors")
	err := f.each("firms", firmColumns, func(r *rows) {
		if r.Integer(firmTick) != tick {
			return
		}
		id, ok := key(r, firmKey)
		if _, twice := known[id]; twice {
			r.Fault(firmKey, "%d stands twice at tick %d", id, tick)
		} else if ok {
			known[id] = int32(len(known))
			f.node(out, r, or(sector[r.Text(firmSector)], r.Text(firmSector)))
		}
	})
	return known, err
}

// node writes a firm.
func (f *Folder) node(out *file, r *rows, sector string) {
	out.put(`<node id="`)
	out.escape(r.Text(firmKey))
	out.put(`">`)
	out.datum("n_sector", r.Text(firmSector))
	out.datum("n_sector_name", sector)
	for k := range firmNumbers {
		out.measured("n_"+nodeAttributes[2+k].id, r.Number(firmX+k))
	}
	out.put(`<data key="n_cluster">`)
	out.integer(r.Integer(firmCluster))
	out.put(`</data>`)
	if f.Globe != nil {
		lon, lat := f.Globe(r.Number(firmX), r.Number(firmY))
		out.put(`<data key="n_lon">`)
		out.degrees(lon)
		out.put(`</data><data key="n_lat">`)
		out.degrees(lat)
		out.put(`</data>`)
	}
	out.put("</node>\n")
}

// datum writes an attribute that is text.
func (o *file) datum(key, s string) {
	o.put(`<data key="`, key, `">`)
	o.escape(s)
	o.put(`</data>`)
}

// measured writes an attribute that is a number; one that does not exist is left out.
func (o *file) measured(key string, v float64) {
	if math.IsNaN(v) {
		return
	}
	o.put(`<data key="`, key, `">`)
	o.number(v)
	o.put(`</data>`)
}

// arc writes one direction of a tie.
func (o *file) arc(from, to string, trust float64, r *rows) {
	o.put(`<edge source="`, from, `" target="`, to, `">`)
	o.measured("e_weight", trust)
	o.datum("e_kind", r.Text(tieKind))
	o.measured("e_distance", length(r))
	o.put("</edge>\n")
}
