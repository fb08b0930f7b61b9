package checkpoint

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"
)

// chunk is about how many bytes are put together before they are written.
const chunk = 1 << 16

// Encode writes the state that v, a pointer to a struct, points to: field by field, little endian, the same bytes for the
// same state. The fields of the struct named in except are left out.
func Encode(to io.Writer, v any, except ...string) error {
	w := &writer{to: to, plans: plans{}, buffer: make([]byte, 0, 2*chunk)}
	of := reflect.ValueOf(v).Elem()
	for k := range of.NumField() {
		if !left(of.Type().Field(k), except) {
			w.value(of.Field(k))
		}
	}
	w.flush()
	return w.err
}

// left says whether a field of the outermost struct is left out.
func left(f reflect.StructField, except []string) bool {
	return !f.IsExported() || slices.Contains(except, f.Name)
}

type writer struct {
	to     io.Writer
	plans  plans
	buffer []byte
	err    error
}

func (w *writer) flush() {
	if w.err == nil {
		_, w.err = w.to.Write(w.buffer)
	}
	w.buffer = w.buffer[:0]
}

// room writes what has come together, once it is enough.
func (w *writer) room() {
	if len(w.buffer) >= chunk {
		w.flush()
	}
}

func (w *writer) uint64(x uint64) { w.buffer = binary.LittleEndian.AppendUint64(w.buffer, x) }

func (w *writer) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		x := byte(0)
		if v.Bool() {
			x = 1
		}
		w.buffer = append(w.buffer, x)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		w.number(uint64(v.Int()), width(v.Type()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		w.number(v.Uint(), width(v.Type()))
	case reflect.Float32:
		w.number(uint64(math.Float32bits(float32(v.Float()))), 4)
	case reflect.Float64:
		w.uint64(math.Float64bits(v.Float()))
	case reflect.String:
		w.uint64(uint64(v.Len()))
		w.buffer = append(w.buffer, v.String()...)
	case reflect.Slice:
		if v.IsNil() {
			w.uint64(0) // 0 is nil, n+1 is a slice of n
			return
		}
		w.uint64(uint64(v.Len()) + 1)
		w.elements(v)
	case reflect.Array:
		w.elements(v)
	case reflect.Struct:
		made := w.plans.of(v.Type())
		if made.packed {
			w.pack(v.Addr().Interface().(packed))
		}
		for _, k := range made.fields {
			w.value(v.Field(k))
		}
	case reflect.Pointer: // to what is made anew
	default:
		panic(fmt.Sprintf("checkpoint: a %s in a world: want columns", v.Kind()))
	}
}

// number writes the lowest bytes of x.
func (w *writer) number(x uint64, bytes int) {
	for k := range bytes {
		w.buffer = append(w.buffer, byte(x>>(8*k)))
	}
}

func (w *writer) pack(p packed) {
	var err error
	if w.buffer, err = p.AppendBinary(w.buffer); err != nil && w.err == nil {
		w.err = err
	}
}

// elements writes a slice or an array. The columns that most of a state is made of go the short way.
func (w *writer) elements(v reflect.Value) {
	if v.Kind() == reflect.Slice {
		switch x := v.Interface().(type) {
		case []float64:
			for _, x := range x {
				w.uint64(math.Float64bits(x))
				w.room()
			}
			return
		case []uint64:
			for _, x := range x {
				w.uint64(x)
				w.room()
			}
			return
		case []float32:
			for _, x := range x {
				w.buffer = binary.LittleEndian.AppendUint32(w.buffer, math.Float32bits(x))
				w.room()
			}
			return
		case []int32:
			for _, x := range x {
				w.buffer = binary.LittleEndian.AppendUint32(w.buffer, uint32(x))
				w.room()
			}
			return
		}
	}
	for k := range v.Len() {
		w.value(v.Index(k))
		w.room()
	}
}
