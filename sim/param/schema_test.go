package param

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// compiled gives the schema of tree as a validator reads it.
func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	written, err := json.Marshal(Schema(&tree{}, nil))
	if err != nil {
		t.Fatal(err)
	}
	read, err := jsonschema.UnmarshalJSON(bytes.NewReader(written))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("params.json", read); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("params.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestSchemaRefusesWhatCheckRefuses(t *testing.T) {
	schema := compiled(t)
	for text, valid := range map[string]bool{
		`{}`:                                         true,
		`{"trust": {"loss": 0}}`:                     true,
		`{"trust": {"loss": 1.4}}`:                   false,
		`{"trust": {"loss": "1"}}`:                   false,
		`{"trust": {"gain": 0}}`:                     false,
		`{"trust": {"gain": 1}}`:                     true,
		`{"trust": {"los": 1}}`:                      false,
		`{"trade": {"home_share": 1}}`:               false,
		`{"market": {"home_share": 0.5}}`:            false,
		`{"trade": {"rounds": 1000}}`:                true,
		`{"trade": {"rounds": 2.5}}`:                 false,
		`{"trade": {"rounds": 0}}`:                   false,
		`{"trade": {"rule": "logit"}}`:               true,
		`{"trade": {"rule": "other"}}`:               false,
		`{"trade": {"open": 1}}`:                     false,
		`{"trade": {"tail": {"low": -1e300}}}`:       true,
		`{"embedded": {"depth": -6}}`:                false,
		`{"embedded": {"depth": -5}, "Trust": {}}`:   false,
		`{"embedded": {"depth": -5}, "trust": null}`: false,
	} {
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); (err == nil) != valid {
			t.Errorf("%s: valid should be %v: %v", text, valid, err)
		}
	}
}

func TestSchemaDescribes(t *testing.T) {
	docs := map[string]string{"param.trust.Loss": "Loss is lost.", "param.tree.Trust": "Trust in others."}
	group := Schema(tree{}, docs)["properties"].(map[string]any)["trust"].(map[string]any)
	if group["description"] != "Trust in others." {
		t.Errorf("the group is described as %v", group["description"])
	}
	loss := group["properties"].(map[string]any)["loss"].(map[string]any)
	if loss["description"] != "Loss is lost. Unit: 1/deal. Source: assumed." || loss["default"] != .4 {
		t.Errorf("have %v", loss)
	}
}
