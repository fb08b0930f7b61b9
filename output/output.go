// Package output writes what a run shows into a run folder, and reads such folders back. A Recorder is an observer: it
// streams rows as the run goes, so memory does not grow with the length of a run, and it cannot change what it watches.
//
// A run folder holds tables (CSV), manifest.json and, once drawn, figures. While a run writes it, the folder holds a file
// INCOMPLETE; readers refuse it then. The same scenario, parameters and seed give tables of the same bytes, whatever the
// number of threads and however seldom rows are written.
//
// Money is in worker-years, the base-year annual labour cost of a worker; the manifest says what that is in the scenario's
// currency. Where an agent stands for several firms, jobs and money are those of all of them, but in firms.csv and sizes.csv, where a row is
// one firm.
package output

// Names of the files of a run folder that are no tables.
const (
	ManifestFile = "manifest.json" // what was run, with what, and a hash of every table
	MarkerFile   = "INCOMPLETE"    // there while a run writes the folder
	FiguresDir   = "figures"       // PNG, SVG and PDF, drawn from the tables
	ReportFile   = "report.html"   // one page on the folder
	InputsDir    = "inputs"        // copies of the files that a scenario of the user's names

	ExportDir      = "export"          // files for other programs, made from the tables
	CheckpointsDir = "checkpoints"     // states to go on from, tick-N.checkpoint
	ExperimentFile = "experiment.yaml" // of a sweep, as it was written
	PairsDir       = "pairs"           // pairs of worlds of a comparison, to which others can be added: in PairsFile, and N.pair while they are made
	PairsFile      = "all.pairs"
	RoundsDir      = "rounds" // runs of a calibration, an optimisation or a sensitivity analysis, which it goes on from
)

// tables lists the tables of a run folder in the order of the dictionary. The rows of perRun tables come from every
// replicate, those of others from the first one or from all together.
var tables = []struct {
	name   string
	perRun bool
}{
	{"series", true}, {"series_sector", true}, {"series_region", true}, {"clusters", true}, {"synergy", true}, {"premium", true}, {"ledger", true},
	{"facilities", true}, {"targets_path", true}, {"targets", false}, {"credits", false},
	{"replay", false}, {"firms", false}, {"ties", false}, {"cells", false}, {"cluster_cells", false}, {"infrastructure", false}, {"works", false},
	{"institutions", false}, {"growth", false}, {"sizes", false},
	{"outline", false}, {"places", false}, {"sectors", false}, {"summary", false}, {"dictionary", false},
}

// PerRun lists the tables that hold rows of every replicate, sorted by run.
func PerRun() []string { return perRun() }

// perRun lists the tables that hold rows of every replicate.
func perRun() []string {
	var names []string
	for _, t := range tables {
		if t.perRun {
			names = append(names, t.name)
		}
	}
	return names
}
