package class

import (
	"encoding/binary"
	"math"

	"agglo/model/world"
	"agglo/output"
)

// filmFrames is about how many pictures a film has.
const filmFrames = 40

// filmMagic begins every film: "AGC1", little endian.
const filmMagic = 0x31434741

// inCluster marks a firm of a cluster in a film; the lower bits are the rank of its sector, by which it has its colour.
const inCluster = 0x80

// A camera keeps what a student sees of her world: small pictures of the map, and the outcome by tick. It is an observer.
//
// A film is little endian: uint32 magic, pictures, sectors; float32 west, south, east, north in km; then by picture uint32 tick
// and firms n, uint16 x[n], y[n] as parts of the box, uint8 jobs[n] (eight times the logarithm to base 2), uint8 mark[n].
type camera struct {
	task    *task
	gauge   *output.Gauge
	every   int
	film    []byte
	frames  uint32
	path    [][2]float64   // tick and outcome
	reached func(tick int) // is told of every tick
}

func newCamera(t *task, reached func(tick int)) *camera {
	c := &camera{task: t, gauge: output.NewGauge([]string{t.Metric}, 1), every: max(1, t.Ticks/filmFrames), reached: reached}
	for _, x := range []uint32{filmMagic, 0, uint32(len(t.sectors))} {
		c.film = binary.LittleEndian.AppendUint32(c.film, x)
	}
	for _, x := range t.box {
		c.film = binary.LittleEndian.AppendUint32(c.film, math.Float32bits(float32(x)))
	}
	return c
}

// Observe takes a picture when one is due.
func (c *camera) Observe(v world.View, tick int) error {
	if err := c.gauge.Observe(v, tick); err != nil {
		return err
	}
	c.reached(tick)
	if tick%c.every != 0 && tick != c.task.Ticks {
		return nil
	}
	c.path = append(c.path, [2]float64{float64(tick), c.gauge.Row(v, 0)[0]})
	var firms []int
	for i := range v.Rows() {
		if v.Living(i) {
			firms = append(firms, i)
		}
	}
	c.film = binary.LittleEndian.AppendUint32(c.film, uint32(tick))
	c.film = binary.LittleEndian.AppendUint32(c.film, uint32(len(firms)))
	b := c.task.box
	ranks := make([]int, v.Sectors())
	for s := range ranks {
		ranks[s] = v.SectorRank(s)
	}
	for _, i := range firms {
		c.film = binary.LittleEndian.AppendUint16(c.film, part(v.X(i), b[0], b[2]))
	}
	for _, i := range firms {
		c.film = binary.LittleEndian.AppendUint16(c.film, part(v.Y(i), b[1], b[3]))
	}
	for _, i := range firms {
		c.film = append(c.film, uint8(min(255, max(0, math.Round(8*math.Log2(1+v.Jobs(i)))))))
	}
	for _, i := range firms {
		mark := uint8(ranks[v.Sector(i)] &^ inCluster)
		if v.Cluster(i) != 0 {
			mark |= inCluster
		}
		c.film = append(c.film, mark)
	}
	c.frames++
	binary.LittleEndian.PutUint32(c.film[4:], c.frames)
	return nil
}

// part is where x lies between lo and hi, of 65535.
func part(x, lo, hi float64) uint16 {
	return uint16(math.Round(65535 * min(1, max(0, (x-lo)/(hi-lo)))))
}
