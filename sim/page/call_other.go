//go:build !amd64 || purego

package page

import "unsafe"

func call(unsafe.Pointer, int, int, unsafe.Pointer, int, int) {}

func callAll(unsafe.Pointer, int) {}
