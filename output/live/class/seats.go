package class

import (
	"slices"
	"time"
)

// Ticket is what a student gets who has joined.
type Ticket struct {
	Token  string `json:"token"`
	Number int    `json:"number"` // to be called by
}

// Join gives a seat to who knows the code. A token that is known keeps its seat. Wrong codes are counted by address, so that the
// code cannot be guessed, and joins too, so that one who knows it cannot take all seats.
func (c *Class) Join(address, code, token string) (Ticket, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.options.Now()
	if s := c.seats[token]; s != nil {
		s.seen = now
		return Ticket{s.token, s.number}, nil
	}
	one := min(1, float64(c.options.PerAddress)/float64(c.per)) // many behind one address may err more often
	if !c.guesses.has(address, one, now) || !c.all.has("", 1, now) {
		return Ticket{}, ErrGuesses
	}
	if !same(plain(code), plain(c.code)) {
		c.guesses.spend(address, one, now)
		c.all.spend("", 1, now)
		if len(c.wrong) < mostAddresses || c.wrong[address] > 0 {
			c.wrong[address]++
		}
		c.touch()
		return Ticket{}, ErrCode
	}
	if !c.joins.spend(address, one, now) {
		return Ticket{}, ErrJoins
	}
	if c.shut {
		return Ticket{}, ErrShut
	}
	if c.from(address) >= c.per && !c.giveUp(now, address) {
		return Ticket{}, ErrAddress
	}
	if len(c.seats) >= c.options.Seats && !c.giveUp(now, "") {
		return Ticket{}, ErrFull
	}
	c.numbers++
	s := &seat{token: newToken(), address: address, number: c.numbers, seen: now, changed: make(chan struct{})}
	c.seats[s.token] = s
	c.touch()
	return Ticket{s.token, s.number}, nil
}

// from counts the students of an address. The lock is held.
func (c *Class) from(address string) int {
	n := 0
	for _, s := range c.seats {
		if s.address == address {
			n++
		}
	}
	return n
}

// giveUp frees the seat of a student who has not been heard of for long and has run nothing; of an address, or of any if that is
// empty. The lock is held.
func (c *Class) giveUp(now time.Time, address string) bool {
	var longest *seat
	for _, s := range c.seats {
		if (address == "" || s.address == address) && s.pending == 0 && len(s.worlds) == 0 && now.Sub(s.seen) > c.options.Absent &&
			(longest == nil || s.seen.Before(longest.seen)) {
			longest = s
		}
	}
	if longest == nil {
		return false
	}
	c.drop(longest)
	return true
}

// drop takes a student's seat away; what she has run stays. The lock is held.
func (c *Class) drop(s *seat) {
	c.deny(func(o *order) bool { return o.seat == s })
	delete(c.seats, s.token)
	s.tell()
	c.touch()
}

// Known says whether a token has a seat, and that its student was heard of.
func (c *Class) Known(token string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.seats[token]
	if s != nil {
		s.seen = c.options.Now()
	}
	return s != nil
}

// Admit says whether an address may ask for something: each has so many requests a second for every student that may come from it.
func (c *Class) Admit(address string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.visits.spend(address, 1/float64(c.per), c.options.Now())
}

// PerAddress is how many students may come from one address.
func (c *Class) PerAddress() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.per
}

// ordered lists the seats by number. The lock is held.
func (c *Class) ordered() []*seat {
	var all []*seat
	for _, s := range c.seats {
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b *seat) int { return a.number - b.number })
	return all
}
