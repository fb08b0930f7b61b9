package scenarios

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

// compiled is the schema, through JSON and back, as an editor reads it.
func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := json.Marshal(Schema())
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("scenario.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("scenario.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// instance takes YAML to what a JSON reader would see.
func instance(t *testing.T, text []byte) any {
	t.Helper()
	var v any
	if err := yaml.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	asJSON, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	out, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSchema(t *testing.T) {
	schema := compiled(t)
	for _, id := range Names() {
		text, _ := builtIn.ReadFile(id + ".yaml")
		if err := schema.Validate(instance(t, text)); err != nil {
			t.Errorf("%s: %v", id, err)
		}
		if err := schema.Validate(instance(t, load(t, id).YAML())); err != nil {
			t.Errorf("%s, resolved: %v", id, err)
		}
	}
	if err := schema.Validate(instance(t, template)); err != nil {
		t.Errorf("template: %v", err)
	}
	eight, err := os.ReadFile("testdata/eight-faults.yaml")
	if err != nil {
		t.Fatal(err)
	}
	// A JSON reader cannot see a key given twice, so that one fault is taken out.
	eight = bytes.Replace(eight, []byte("    firms: 200 "), []byte("    # "), 1)
	if err := schema.Validate(instance(t, eight)); err == nil {
		t.Error("the schema takes the faulty file")
	}
	for _, more := range []string{
		"colour: blue\n", "ticks: 10.5\n", "seed: 18446744073709551616\n", "ticks: a\n", "scale: 0\n", "origin: [1]\n",
		"regions: [{id: A b}]\n", "regions: [{id: a, tax: 1}]\n", "targets: [{metric: jbos, date: 2001, value: 1}]\n",
		"targets: [{metric: jobs, date: 2001Q5, value: 1}]\n", "scale: {value: 2, sauce: x}\n", "params: {nonsense: 1}\n",
	} {
		if err := schema.Validate(instance(t, []byte(with(more)))); err == nil {
			t.Errorf("the schema takes %s", more)
		}
	}
	if err := schema.Validate(instance(t, []byte(small))); err != nil {
		t.Errorf("the least scenario: %v", err)
	}
}
