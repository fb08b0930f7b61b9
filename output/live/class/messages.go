package class

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// MaxMessage is the longest message that is read. A task of six arms needs a tenth of it.
const MaxMessage = 8 << 10

// parse reads a message: one JSON object, whole, with known fields alone.
func parse(data []byte, into any) error {
	if len(data) > MaxMessage {
		return fmt.Errorf("%w: it has more than %d bytes", ErrMessage, MaxMessage)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%w: %w", ErrMessage, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: something stands behind it", ErrMessage)
	}
	return nil
}

// AnswerJoin reads a message {code} from an address and gives a seat.
func (c *Class) AnswerJoin(address, token string, data []byte) (Ticket, error) {
	var m struct {
		Code string `json:"code"`
	}
	if err := parse(data, &m); err != nil {
		return Ticket{}, err
	}
	return c.Join(address, m.Code, token)
}

// AnswerRun reads a message {round, arm} of a student and begins her next world. It holds no result: worlds are computed here.
func (c *Class) AnswerRun(token string, data []byte) error {
	var m struct {
		Round int `json:"round"`
		Arm   int `json:"arm"`
	}
	if err := parse(data, &m); err != nil {
		return err
	}
	return c.RunWorld(token, m.Round, m.Arm)
}

// order of the teacher. Do says what; the other fields belong to some.
type command struct {
	Do     string `json:"do"`
	Task   *Task  `json:"task,omitempty"`   // task
	Open   bool   `json:"open,omitempty"`   // door
	Per    int    `json:"per,omitempty"`    // door: students from one address; 0 = as before
	Number int    `json:"number,omitempty"` // remove
}

// AnswerTeacher reads a message of the teacher. The key is asked for by who listens to the network, and here once more.
func (c *Class) AnswerTeacher(key string, data []byte) error {
	if !c.Teacher(key) {
		return ErrKey
	}
	var m command
	if err := parse(data, &m); err != nil {
		return err
	}
	if m.Do == "task" {
		if m.Task == nil {
			return errors.New("task wants a task")
		}
		return c.SetTask(*m.Task)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch m.Do {
	case "freeze":
		c.freeze()
	case "thaw":
		c.frozen, c.shown = false, false
	case "reveal":
		c.freeze()
		c.shown = true
	case "hide":
		c.shown = false
	case "door":
		if m.Per < 0 || m.Per > c.options.Seats {
			return fmt.Errorf("%d students from one address: want 1 to %d", m.Per, c.options.Seats)
		}
		c.shut = !m.Open
		if m.Per > 0 {
			c.per = m.Per
		}
	case "remove":
		for _, s := range c.ordered() {
			if s.number == m.Number {
				c.drop(s)
				return nil
			}
		}
		return fmt.Errorf("there is no student %d", m.Number)
	default:
		return fmt.Errorf("there is no message %q", m.Do)
	}
	c.tellAll()
	return nil
}

// freeze stops all worlds under way and lets none begin. The lock is held.
func (c *Class) freeze() {
	c.frozen = true
	c.deny(func(*order) bool { return true })
}

// SetTask begins a round: what the round before has found is gone.
func (c *Class) SetTask(t Task) error {
	r, err := t.ready(&c.options)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.deny(func(*order) bool { return true })
	c.round++
	c.task, c.frozen, c.shown = r, false, false
	c.dealer = newDealer(t.Deal, len(r.arms))
	c.done, c.failed, c.films = nil, nil, 0
	for _, s := range c.seats {
		s.worlds, s.owed, s.tries, s.pending = nil, nil, 0, 0
	}
	c.tellAll()
	return nil
}
