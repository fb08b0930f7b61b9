package scenarios

import (
	"bytes"
	_ "embed"
	"fmt"
)

//go:embed template/template.yaml
var template []byte

// Template gives a commented scenario to begin from, which loads as it is. The name becomes its id.
func Template(name string) ([]byte, error) {
	if !idForm.MatchString(name) {
		return nil, fmt.Errorf("%q: want a name of small letters, digits, - and _, since it becomes the scenario's id", name)
	}
	return bytes.ReplaceAll(template, []byte("my-region"), []byte(name)), nil
}
