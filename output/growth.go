package output

import (
	"math"
	"sort"

	"agglo/model/world"
	"agglo/sim/num"
)

const (
	binWidth   = .02     // of log growth
	skipYears  = 2       // of a run's start, before which nothing has settled
	mostPooled = 200_000 // growth rates kept for the fits
)

// pool keeps a sample of growth rates, bounded and the same whatever the order of rows: those whose key hashes below a
// limit, which is halved whenever the pool is full.
type pool struct {
	limit uint64
	keys  []uint64
	rates []float64
}

func newPool() pool { return pool{limit: math.MaxUint64} }

func (p *pool) add(key uint64, rate float64) {
	if key > p.limit {
		return
	}
	p.keys, p.rates = append(p.keys, key), append(p.rates, rate)
	if len(p.keys) <= mostPooled {
		return
	}
	p.limit /= 2
	n := 0
	for k, key := range p.keys {
		if key <= p.limit {
			p.keys[n], p.rates[n] = key, p.rates[k]
			n++
		}
	}
	p.keys, p.rates = p.keys[:n], p.rates[:n]
}

// growthRows takes the yearly log growth of every firm that survived the year, and writes its histogram.
func (r *Recorder) growthRows(v world.View, tick int) {
	settled := tick > skipYears*world.TicksPerYear
	clear(r.bins)
	r.census.survivors(v, func(id uint64, before, now float64) {
		if !settled || before <= 0 || now <= 0 {
			return
		}
		rate := num.Log(now / before)
		r.bins[int(math.Floor(rate/binWidth))]++
		r.pool.add(mix(id^uint64(tick)<<40), rate)
	})
	if !settled || r.growth == nil {
		return
	}
	bins := make([]int, 0, len(r.bins))
	for b := range r.bins {
		bins = append(bins, b)
	}
	sort.Ints(bins)
	for _, b := range bins {
		r.growth.Integer(int64(tick))
		r.growth.Number(edge(b))
		r.growth.Number(edge(b + 1))
		r.growth.Integer(int64(r.bins[b]))
		r.growth.EndRow()
	}
}

// edge is the lower edge of a bin, without the noise of binary fractions.
func edge(bin int) float64 { return math.Round(float64(bin)*binWidth*1e6) / 1e6 }

// mix scatters bits, so that neighbouring keys lie far apart (the finaliser of splitmix64; Steele, Lea and Flood 2014, doi
// 10.1145/2660193.2660195).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
