package page

import "unsafe"

// A loop that reads places that lie anywhere waits for memory at each. Called some time before, what they hold is at hand when the
// loop comes to it. To call reads nothing that counts and changes no value; a place that does not exist does no harm. Where
// the processor has no such instruction (all but amd64, here), nothing happens.

// held is how many bytes a cache beside a processor holds at least while a rule works: less is there anyway.
const held = 256 << 10

// line is how many bytes memory hands over at once.
const line = 64

// Call calls elements of a slice that hold records of so many elements, the first of which begins at element first: n elements of
// each record at these places. Nothing happens for a small slice.
func Call[T any](s []T, at []int32, record, first, n int) {
	size := int(unsafe.Sizeof(*new(T)))
	if len(s)*size < held || len(at) == 0 {
		return
	}
	place, from, numbers := unsafe.Pointer(unsafe.SliceData(s)), first*size, unsafe.Pointer(unsafe.SliceData(at))
	for b := 0; b < n*size; b += line {
		call(place, from+b, record*size, numbers, 4, len(at))
	}
	if start := uintptr(place) + uintptr(from); n > 1 && (start|uintptr(record*size)|uintptr(n*size))%line != 0 { // they may lie on one line more
		call(place, from+n*size-1, record*size, numbers, 4, len(at))
	}
}

// CallOf calls elements of a slice at places that stand, as numbers of 32 bits, at the beginning of each of some records. Nothing
// happens for a small slice.
func CallOf[T, U any](s []T, at []U) {
	size, step := int(unsafe.Sizeof(*new(T))), int(unsafe.Sizeof(*new(U)))
	if len(s)*size >= held && len(at) > 0 && step >= 4 {
		call(unsafe.Pointer(unsafe.SliceData(s)), 0, size, unsafe.Pointer(unsafe.SliceData(at)), step, len(at))
	}
}

// CallAll calls a slice, into the second nearest cache: as a rule it is much, and the nearest is full of what is worked on.
func CallAll[T any](s []T) {
	if bytes := len(s) * int(unsafe.Sizeof(*new(T))); bytes > 0 {
		callAll(unsafe.Pointer(unsafe.SliceData(s)), bytes)
	}
}
