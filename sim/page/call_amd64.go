//go:build !purego

package page

import "unsafe"

// call calls the lines of memory that are from + bytes times a number behind a place, for n numbers of 32 bits, each so many bytes
// behind the one before.
//
//go:noescape
func call(place unsafe.Pointer, from, bytes int, numbers unsafe.Pointer, step, n int)

// callAll calls the lines of memory on which so many bytes lie, one at least.
//
//go:noescape
func callAll(place unsafe.Pointer, bytes int)
