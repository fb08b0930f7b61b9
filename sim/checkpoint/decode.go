package checkpoint

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
)

// errShort is in the errors of Decode when the state ends too early.
var errShort = errors.New("ends too early")

// Decode reads what Encode has written, with the same exceptions, into v, a pointer to a struct that holds nothing else. size
// is how many bytes there are: no more memory is asked for than so many bytes can fill. Bytes that are no such state are an
// error that names the field; so is a byte too many.
func Decode(from io.Reader, size int64, v any, except ...string) error {
	r := &reader{from: from, left: size, plans: plans{}, buffer: make([]byte, chunk)}
	of := reflect.ValueOf(v).Elem()
	for k := range of.NumField() {
		if f := of.Type().Field(k); !left(f, except) {
			if err := r.value(of.Field(k)); err != nil {
				return fmt.Errorf("%s%w", f.Name, err)
			}
		}
	}
	if r.left != 0 {
		return fmt.Errorf("%d bytes behind the end", r.left)
	}
	return nil
}

type reader struct {
	from   io.Reader
	left   int64
	plans  plans
	buffer []byte
}

// take gives the next n bytes, at most as many as the buffer holds, until the next call.
func (r *reader) take(n int) ([]byte, error) {
	if int64(n) > r.left {
		return nil, fmt.Errorf(": %w", errShort)
	}
	if _, err := io.ReadFull(r.from, r.buffer[:n]); err != nil {
		return nil, fmt.Errorf(": %w", err)
	}
	r.left -= int64(n)
	return r.buffer[:n], nil
}

// number is the next whole number of so many bytes.
func (r *reader) number(bytes int) (uint64, error) {
	b, err := r.take(bytes)
	x := uint64(0)
	for k := range b {
		x |= uint64(b[k]) << (8 * k)
	}
	return x, err
}

// value reads one value. Errors begin with what stands behind the name of v: ".Field", "[3]" or ": what is wrong".
func (r *reader) value(v reflect.Value) error {
	switch v.Kind() {
	case reflect.Slice:
		return r.slice(v)
	case reflect.Array:
		return r.elements(v)
	case reflect.String:
		return r.text(v)
	case reflect.Struct:
		made := r.plans.of(v.Type())
		if made.packed {
			return r.unpack(v.Addr().Interface().(packed), made.bytes)
		}
		for _, k := range made.fields {
			if err := r.value(v.Field(k)); err != nil {
				return fmt.Errorf(".%s%w", v.Type().Field(k).Name, err)
			}
		}
		return nil
	case reflect.Pointer:
		return nil
	}
	x, err := r.number(width(v.Type()))
	if err != nil {
		return err
	}
	switch v.Kind() {
	case reflect.Bool:
		if x > 1 {
			return fmt.Errorf(": %d is neither yes nor no", x)
		}
		v.SetBool(x == 1)
	case reflect.Float32:
		v.SetFloat(float64(math.Float32frombits(uint32(x))))
	case reflect.Float64:
		v.SetFloat(math.Float64frombits(x))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		unused := 64 - 8*width(v.Type())
		v.SetInt(int64(x<<unused) >> unused)
	default:
		v.SetUint(x)
	}
	return nil
}

func (r *reader) unpack(p packed, bytes int) error {
	b, err := r.take(bytes)
	if err != nil {
		return err
	}
	if err := p.UnmarshalBinary(b); err != nil {
		return fmt.Errorf(": %w", err)
	}
	return nil
}

// text reads a string.
func (r *reader) text(v reflect.Value) error {
	n, err := r.number(8)
	if err != nil {
		return err
	}
	if n > uint64(r.left) {
		return fmt.Errorf(": %d letters: %w", n, errShort)
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(r.from, text); err != nil {
		return fmt.Errorf(": %w", err)
	}
	r.left -= int64(n)
	v.SetString(string(text))
	return nil
}

// slice makes a slice and reads it, if there can be as many elements as the state says.
func (r *reader) slice(v reflect.Value) error {
	n, err := r.number(8)
	if err != nil || n == 0 {
		return err
	}
	n--
	if n > uint64(r.left)/uint64(max(r.plans.least(v.Type().Elem()), 1)) {
		return fmt.Errorf(": %d elements: %w", n, errShort)
	}
	v.Set(reflect.MakeSlice(v.Type(), int(n), int(n)))
	return r.elements(v)
}

// elements reads what a slice or an array has room for.
func (r *reader) elements(v reflect.Value) error {
	if v.Kind() == reflect.Slice {
		switch x := v.Interface().(type) {
		case []float64:
			return column(r, x, 8, func(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) })
		case []uint64:
			return column(r, x, 8, binary.LittleEndian.Uint64)
		case []float32:
			return column(r, x, 4, func(b []byte) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(b)) })
		case []int32:
			return column(r, x, 4, func(b []byte) int32 { return int32(binary.LittleEndian.Uint32(b)) })
		}
	}
	for k := range v.Len() {
		if err := r.value(v.Index(k)); err != nil {
			return fmt.Errorf("[%d]%w", k, err)
		}
	}
	return nil
}

// column reads a column of numbers of so many bytes each, many at a time.
func column[T any](r *reader, into []T, bytes int, number func([]byte) T) error {
	for len(into) > 0 {
		n := min(len(into), len(r.buffer)/bytes)
		b, err := r.take(n * bytes)
		if err != nil {
			return err
		}
		for k := range n {
			into[k] = number(b[k*bytes:])
		}
		into = into[n:]
	}
	return nil
}
