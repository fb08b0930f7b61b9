package class

import "time"

// mostAddresses bounds how many addresses are remembered; those beyond share one credit.
const mostAddresses = 4096

// credits let every address do something so many times at once, and again as time goes by. They are not safe for use by several
// goroutines at once.
type credits struct {
	most, rate float64 // at once, a second
	of         map[string]*credit
	swept      time.Time // when addresses were dropped the last time
}

// credit is what an address may still do.
type credit struct {
	left  float64
	since time.Time
}

func newCredits(most, rate float64) *credits {
	return &credits{most: most, rate: rate, of: map[string]*credit{}}
}

// spend uses up some of an address's credit; false if there is not so much.
func (c *credits) spend(address string, cost float64, now time.Time) bool {
	k := c.find(address, now)
	if k.left < cost {
		return false
	}
	k.left -= cost
	return true
}

// has says whether an address has so much credit, and leaves it.
func (c *credits) has(address string, cost float64, now time.Time) bool {
	return c.find(address, now).left >= cost
}

func (c *credits) find(address string, now time.Time) *credit {
	k := c.of[address]
	if k == nil && len(c.of) >= mostAddresses {
		if now.Sub(c.swept) >= time.Second { // it takes a walk over all of them
			c.forget(now)
			c.swept = now
		}
		if len(c.of) >= mostAddresses {
			address = "" // of all that there is no room for
			k = c.of[address]
		}
	}
	if k == nil {
		k = &credit{c.most, now}
		c.of[address] = k
	}
	k.left = min(c.most, k.left+max(0, now.Sub(k.since).Seconds())*c.rate)
	k.since = now
	return k
}

// forget drops addresses whose credit is whole again: they are as those that never came.
func (c *credits) forget(now time.Time) {
	for address, k := range c.of {
		if k.left+now.Sub(k.since).Seconds()*c.rate >= c.most {
			delete(c.of, address)
		}
	}
}
