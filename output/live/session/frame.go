package session

import (
	"encoding/binary"
	"math"
	"slices"

	"agglo/model/world"
)

// FrameMagic begins every frame: "AGF1", little endian.
const FrameMagic = 0x31464741

// Frame is the picture of a world at its tick, for typed arrays: little endian, each part begins at a multiple of four.
//
//	uint32  magic, life, tick, firms n, ties m, 0
//	float32 x[n], y[n], jobs[n]
//	int32   row[n], cluster[n]
//	uint32  from[m], to[m]      places in the lists above
//	uint8   sector[n], mark[n]  and padding
//	uint8   trust[m]            and padding
//
// Ties are the strongest ones, at most Limits.Ties. nil: there is no such world, or it is too broken for a picture.
func (s *Session) Frame(twin bool) (data []byte) {
	defer func() {
		if recover() != nil {
			data = nil
		}
	}()
	a := s.arm(twin)
	if a == nil {
		return nil
	}
	v := a.view()
	f := framing{at: make([]int32, v.Rows())}
	for i := range v.Rows() {
		f.at[i] = -1
		if v.Living(i) {
			f.at[i] = int32(len(f.rows))
			f.rows = append(f.rows, int32(i))
		}
	}
	f.strongest(v, s.limits.Ties)
	return f.bytes(v, s.life, a.tick())
}

// Marks of a firm in a frame.
const (
	markNew      = 1 << iota // founded in the last year
	markExporter             // sells to the world itself
)

// framing is a frame in the making.
type framing struct {
	rows []int32
	at   []int32 // place of a row in rows, -1 = no firm
	ties []tie
}

type tie struct {
	from, to int32
	trust    uint8
}

// strongest finds the n ties of the highest trust. Trust is cut into 256 steps, counted first, so that nothing is sorted.
func (f *framing) strongest(v world.View, n int) {
	var count [256]int
	each := func(show func(t tie)) {
		for k, i := range f.rows {
			v.EachTie(int(i), func(kind world.TieKind, partner int, trust float64) {
				j := f.at[partner]
				if j < 0 || kind == world.CollaborationTie && partner < int(i) {
					return // a collaboration is shown once
				}
				show(tie{int32(k), j, uint8(math.Round(trust * 255))})
			})
		}
	}
	each(func(t tie) { count[t.trust]++ })
	least, sum := 255, count[255]
	for least > 0 && sum+count[least-1] <= n {
		least--
		sum += count[least]
	}
	f.ties = make([]tie, 0, min(sum, n))
	each(func(t tie) {
		if int(t.trust) >= least && len(f.ties) < n {
			f.ties = append(f.ties, t)
		}
	})
}

func (f *framing) bytes(v world.View, life, tick int) []byte {
	n, m := len(f.rows), len(f.ties)
	b := make([]byte, 0, 24+20*n+8*m+pad(2*n)+pad(m))
	word := func(x uint32) { b = binary.LittleEndian.AppendUint32(b, x) }
	for _, x := range []int{FrameMagic, life, tick, n, m, 0} {
		word(uint32(x))
	}
	for _, column := range []func(i int) float64{v.X, v.Y, v.Jobs} {
		for _, i := range f.rows {
			word(math.Float32bits(float32(column(int(i)))))
		}
	}
	for _, i := range f.rows {
		word(uint32(i))
	}
	for _, i := range f.rows {
		word(uint32(v.Cluster(int(i))))
	}
	for _, t := range f.ties {
		word(uint32(t.from))
	}
	for _, t := range f.ties {
		word(uint32(t.to))
	}
	for _, i := range f.rows {
		b = append(b, uint8(v.Sector(int(i))))
	}
	for _, i := range f.rows {
		mark := uint8(0)
		if v.Age(int(i)) < 1 {
			mark |= markNew
		}
		if v.Exporter(int(i)) {
			mark |= markExporter
		}
		b = append(b, mark)
	}
	b = slices.Grow(b, 3)[:24+20*n+8*m+pad(2*n)]
	for _, t := range f.ties {
		b = append(b, t.trust)
	}
	return slices.Grow(b, 3)[:24+20*n+8*m+pad(2*n)+pad(m)]
}

// pad is the next multiple of four.
func pad(n int) int { return (n + 3) &^ 3 }
