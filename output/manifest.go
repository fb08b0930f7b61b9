package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"agglo/internal/table"
	"agglo/sim/rng"
)

// FormatVersion is the version of the form of run folders.
const FormatVersion = 1

// A Manifest says all that is needed to run a folder's run again, and how to read its tables. What differs between two
// runs of one and the same thing (the time it took) is in Started and Seconds alone.
type Manifest struct {
	Agglo        int               `json:"agglo"`    // FormatVersion
	Complete     bool              `json:"complete"` // the run went to its end
	StoppedAt    *int              `json:"stopped_at,omitempty"`
	Scenario     string            `json:"scenario"` // id
	Title        map[string]string `json:"title"`    // by language
	Start        Quarter           `json:"start"`    // the date of tick 0
	TickYears    float64           `json:"tick_years"`
	Ticks        int               `json:"ticks"`                 // asked for
	FromTick     int               `json:"from_tick,omitempty"`   // of the checkpoint that the run went on from; its tables begin there
	Every        int               `json:"every"`                 // ticks between rows of the series
	FirmsEvery   int               `json:"firms_every,omitempty"` // ticks between the maps of firms and cells; 0 = start and end only
	TiesEvery    int               `json:"ties_every,omitempty"`  // ticks between the networks in ties.csv; 0 = end only
	Replay       int               `json:"replay,omitempty"`      // ticks of the replay with channels cut; 0 = none
	Seed         uint64            `json:"seed"`                  // of the command; each run's own stands in Runs
	Runs         []Run             `json:"runs"`
	Replicates   int               `json:"replicates,omitempty"` // asked for, where a stop left the last of them out of Runs
	Scale        float64           `json:"scale"`
	Currency     Currency          `json:"currency"`
	Conversion   string            `json:"conversion"`
	Params       map[string]any    `json:"params"`            // of the rules, by path
	ScenarioYAML string            `json:"scenario_yaml"`     // the scenario as it was run, every default filled in
	Changes      []string          `json:"changes,omitempty"` // of parameters in the middle of the run: PATH=VALUE@TICK
	Asked        []string          `json:"asked,omitempty"`   // the words of the command line that decide on what is found; paths as they were given
	Command      string            `json:"command"`           // hash of what decides on the tables: equal for equal results
	Code         Code              `json:"code"`
	Tables       map[string]Hashed `json:"tables"`
	Inputs       map[string]Hashed `json:"inputs,omitempty"`
	Notes        []string          `json:"notes,omitempty"`
	Started      string            `json:"started,omitempty"` // RFC 3339
	Seconds      float64           `json:"seconds,omitempty"`
}

// NoFlag is a name as it can stand among flags: of a file that had to stand behind --, its path from here.
func NoFlag(name string) string {
	if strings.HasPrefix(name, "-") {
		return "./" + name
	}
	return name
}

// Quarter is a quarter of a year, 1 to 4.
type Quarter struct {
	Year    int `json:"year"`
	Quarter int `json:"quarter"`
}

// Run is one execution: a replicate with its seed.
type Run struct {
	Run       int    `json:"run"`
	Point     int    `json:"point"`
	Replicate int    `json:"replicate"`
	Seed      uint64 `json:"seed"`
	Ticks     int    `json:"ticks"` // reached
}

// Currency is what a worker-year is in the scenario's money.
type Currency struct {
	Code       string  `json:"code"`
	PriceYear  int     `json:"price_year"`
	LabourCost float64 `json:"labour_cost"`
}

// Code says which program ran.
type Code struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"`
	Modified bool   `json:"modified,omitempty"` // the source differed from the revision
	Rules    string `json:"rules,omitempty"`    // release, commit or hash of the binary; of work that another program must not go on with
	Go       string `json:"go"`
	OS       string `json:"os"`
	Arch     string `json:"arch"`
	Level    string `json:"level,omitempty"` // of the processor's instructions that the program was built for, such as v1 of amd64
}

// Hashed is a file with its SHA-256.
type Hashed struct {
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// ErrNoFolder is in the errors of Open for a folder that is not there, or is no run folder; not in that of a damaged manifest.
var ErrNoFolder = errors.New("not a run folder")

// Open reads the manifest of a run folder. A folder that a run is still writing, or that a killed run left behind, is
// refused; one that was stopped between ticks is not, and says so in StoppedAt.
func Open(dir string) (*Manifest, error) {
	if err := Unfinished(dir); err != nil {
		return nil, err
	}
	return readManifest(dir)
}

// readManifest reads the manifest of a folder, whole or not.
func readManifest(dir string) (*Manifest, error) {
	switch info, err := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: %w: there is nothing of that name", dir, ErrNoFolder)
	case err != nil:
		return nil, err
	case !info.IsDir():
		return nil, fmt.Errorf("%s: %w: it is a file", dir, ErrNoFolder)
	}
	data, err := os.ReadFile(filepath.Join(dir, ManifestFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w: it has no %s", dir, ErrNoFolder, ManifestFile)
	} else if err != nil {
		return nil, err
	}
	if err := Newer(dir, data); err != nil {
		return nil, err
	}
	var m Manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, fmt.Errorf("%s: it is damaged: %w", filepath.Join(dir, ManifestFile), err)
	}
	if m.Agglo < 1 {
		return nil, fmt.Errorf("%s: %w: the manifest is that of another program", filepath.Join(dir, ManifestFile), ErrNoFolder)
	}
	return &m, nil
}

// ErrNewer is in the error for a folder of a form that this program does not know: it must not be written to, whatever else its
// manifest says.
var ErrNewer = errors.New("written by a newer agglo")

// Newer says that the manifest of a folder, data, has a form that this program does not know; nil if it knows it, or cannot tell. It is
// asked before all else is read, since all else may mean something else.
func Newer(dir string, data []byte) error {
	var m struct {
		Agglo int `json:"agglo"`
		Code  struct {
			Version string `json:"version"`
		} `json:"code"`
	}
	_ = json.Unmarshal(data, &m) // what could be read is told; a field of another type does not stop the reading of others
	if m.Agglo <= FormatVersion {
		return nil
	}
	by := ""
	if m.Code.Version != "" {
		by = " (" + m.Code.Version + ")"
	}
	return fmt.Errorf("%s: agglo = %d: %w%s; this one reads up to %d", filepath.Join(dir, ManifestFile), m.Agglo, ErrNewer, by, FormatVersion)
}

// write puts the manifest in its place in one step, so that nobody ever reads half of it.
func (m *Manifest) write(dir string) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m); err != nil {
		return fmt.Errorf("%s: %w", ManifestFile, err)
	}
	return table.Replace(filepath.Join(dir, ManifestFile), b.Bytes())
}

// hash reads a file and gives its length and hash.
func hash(path string) (Hashed, error) {
	file, err := os.Open(path)
	if err != nil {
		return Hashed{}, err
	}
	defer file.Close()
	h := sha256.New()
	n, err := io.Copy(h, file)
	return Hashed{n, hex.EncodeToString(h.Sum(nil))}, err
}

// mostReplicates is the most that a command takes; an edited manifest may ask for more.
const mostReplicates = 100_000

// Fingerprint is the hash of what decides on a folder's tables: the program, the scenario as resolved, the seeds, the
// length, the rows.
func (m *Manifest) Fingerprint() string {
	h := sha256.New()
	fmt.Fprintf(h, "%s %s %v\n", m.Code.Version, m.Code.Revision, m.Code.Modified)
	fmt.Fprintf(h, "%s\n%d %d %d\n", m.ScenarioYAML, m.Ticks, m.Every, max(m.Replicates, len(m.Runs)))
	for _, r := range m.Runs {
		fmt.Fprintf(h, "%d\n", r.Seed)
	}
	for k := len(m.Runs); k < min(m.Replicates, mostReplicates); k++ { // those that a stop left out belong to the command too
		fmt.Fprintf(h, "%d\n", rng.Replicate(m.Seed, k))
	}
	for _, also := range []struct {
		what  string
		ticks int
	}{{"from tick", m.FromTick}, {"firms every", m.FirmsEvery}, {"ties every", m.TiesEvery}, {"replay", m.Replay}} {
		if also.ticks > 0 {
			fmt.Fprintf(h, "%s %d\n", also.what, also.ticks)
		}
	}
	for _, c := range m.Changes {
		fmt.Fprintf(h, "%s\n", c)
	}
	return hex.EncodeToString(h.Sum(nil))
}
