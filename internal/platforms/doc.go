// Package platforms holds the golden hashes of three scenarios, which every platform must give: amd64, arm64 and WebAssembly.
// make test-platforms asks all three; make test the one it runs on.
package platforms
