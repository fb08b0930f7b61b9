package checkpoint

import (
	"hash/fnv"
	"reflect"
)

// Fingerprint gives a hash of each field of the state that v, a pointer to a struct, points to, by name, and of each field of
// the structs in it as "Firms.Cash": two states with the same fingerprint are the same to the last bit of every column. It
// sees what Encode writes, no less and no more; the fields of the struct named in except are left out.
func Fingerprint(v any, except ...string) map[string]uint64 {
	prints := map[string]uint64{}
	of := reflect.ValueOf(v).Elem()
	for k := range of.NumField() {
		field := of.Type().Field(k)
		if left(field, except) {
			continue
		}
		if field.Type.Kind() != reflect.Struct {
			prints[field.Name] = digest(of.Field(k))
			continue
		}
		for j := range field.Type.NumField() {
			if inner := field.Type.Field(j); inner.IsExported() {
				prints[field.Name+"."+inner.Name] = digest(of.Field(k).Field(j))
			}
		}
	}
	return prints
}

// digest is a hash of the bytes that Encode writes of a value.
func digest(v reflect.Value) uint64 {
	sum := fnv.New64a() // writing to a hash never fails
	w := &writer{to: sum, plans: plans{}, buffer: make([]byte, 0, 2*chunk)}
	w.value(v)
	w.flush()
	return sum.Sum64()
}
