//go:build js && wasm

// Command wasm is the engine of the classroom page where there is no server: compiled for the browser, in a worker, it holds one
// session. It puts an object "session" into the worker's global scope; what calls it is output/live/web/src/worker.ts.
package main

import (
	"context"
	"encoding/json"
	"syscall/js"

	"agglo/output/live/session"
)

func main() {
	e := &engine{}
	js.Global().Set("session", map[string]any{
		"open":    js.FuncOf(e.open),
		"answer":  js.FuncOf(e.answer),
		"advance": js.FuncOf(e.advance),
		"state":   js.FuncOf(e.state),
		"frame":   js.FuncOf(e.frame),
		"file":    js.FuncOf(e.file),
	})
	select {} // the calls come from outside, as long as the worker lives
}

// engine is the one session of a worker, and how far its page has been told of it.
type engine struct {
	session *session.Session
	reader  session.Reader
}

// open makes the session: open(most firms at the start).
func (e *engine) open(_ js.Value, args []js.Value) any {
	l := session.DefaultLimits()
	l.Firms, l.Threads = args[0].Int(), 1
	e.session, e.reader = session.New(l), session.Reader{}
	return nil
}

// answer gives a message to the session: answer(message) = reply, both JSON.
func (e *engine) answer(_ js.Value, args []js.Value) any {
	return string(e.session.Answer([]byte(args[0].String())))
}

// advance does the next piece of work. It gives how many ticks a second the user wants, 0 = as many as it goes, and a negative
// number when there is no more to do.
func (e *engine) advance(js.Value, []js.Value) any {
	e.session.Advance(context.Background())
	if !e.session.Busy() {
		return -1
	}
	return e.session.Pace()
}

// state is what has changed for the page, as JSON: state() = [state, whether more is ready].
func (e *engine) state(js.Value, []js.Value) any {
	state, more := e.reader.Next(e.session)
	data, err := json.Marshal(state)
	if err != nil {
		return js.Null() // no state has what JSON cannot say
	}
	return []any{string(data), more}
}

// frame is the picture of the world or of its twin: frame(twin) = Uint8Array, null without one.
func (e *engine) frame(_ js.Value, args []js.Value) any {
	data := e.session.Frame(args[0].Bool())
	if data == nil {
		return js.Null()
	}
	return bytesOf(data)
}

// file is a file that the page offers: file(name, twin) = Uint8Array; null when there is none yet.
func (e *engine) file(_ js.Value, args []js.Value) any {
	data, err := e.session.Download(args[0].String(), args[1].Bool())
	if err != nil {
		return js.Null()
	}
	return bytesOf(data)
}

func bytesOf(data []byte) js.Value {
	out := js.Global().Get("Uint8Array").New(len(data))
	js.CopyBytesToJS(out, data)
	return out
}
