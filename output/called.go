package output

import "go.yaml.in/yaml/v4"

// called is an entry of a list of a scenario, as far as its name goes.
type called struct{ ID, Name string }

// NamesOf reads what the lists of a scenario, as the manifest holds it, call their entries: English names by list and id. A scenario that
// cannot be read names nothing.
func NamesOf(scenario string) map[string]map[string]string {
	var lists struct {
		Sectors      []called
		Regions      []called
		Places       []called
		Institutions []called
	}
	if yaml.Unmarshal([]byte(scenario), &lists) != nil {
		return nil
	}
	names := map[string]map[string]string{}
	for list, entries := range map[string][]called{"sectors": lists.Sectors, "regions": lists.Regions, "places": lists.Places, "institutions": lists.Institutions} {
		names[list] = map[string]string{}
		for _, e := range entries {
			names[list][e.ID] = e.Name
		}
	}
	return names
}
