package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"agglo/model/world"
	"agglo/output"
	"agglo/output/export"
	"agglo/output/plot"
	"agglo/scenarios"
)

// exportFlags are the flags of agglo export.
type exportFlags struct {
	formats export.Formats
	gif     bool
	mp4     bool
	out     string
	tick    int
	lang    string
}

// films says whether an animation is asked for.
func (f *exportFlags) films() bool { return f.gif || f.mp4 }

const exportLong = `export makes files for other programs from the tables of a run folder, without running:

  --geojson   regions, clusters, cells, firms and ties in degrees of WGS 84; begin and end of each are days, which QGIS's
              temporal controller takes as they are
  --graphml   the network of one tick: firms as nodes, each tie as two arcs with the trust of their source as weight
  --gexf      the network with time, for Gephi
  --edges     a list of ties with their weight, both directions of trust and distance, as CSV
  --parquet   the firms and the ties of every tick, with the columns of their tables
  --gif       clusters forming, an animation; --mp4 the same as a video, if ffmpeg is installed

Without any of them it makes all but the animations. The files lie in DIR/export, with dictionary.csv: every attribute with
unit, meaning and range, and source.json: of which run they are; a folder -o with files of another run is refused. Firms bear the same key in all of them. A run with --firms every:4 and --ties every:4 has a map and
a network each year; without, the map of the start and the end and the last network. A table that was changed after the run
is told, and the exit code is 1; the files are made all the same.`

// newExport makes agglo export.
func newExport(c *console) *cobra.Command {
	var f exportFlags
	cmd := &cobra.Command{
		Use:     "export DIR",
		Short:   "Make files for QGIS, Gephi, R and others from a run folder",
		Long:    exportLong,
		Example: "  agglo export runs/plain-1\n  agglo export runs/plain-1 --graphml --tick 80\n  agglo export runs/plain-1 --geojson -o maps",
		Args:    wants(1, 1, "one DIR: a run folder"),
		RunE:    func(cmd *cobra.Command, args []string) error { return f.run(cmd, c, args[0]) },
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.formats.GeoJSON, "geojson", false, "maps with time, for QGIS")
	flags.BoolVar(&f.formats.GraphML, "graphml", false, "the network of one tick")
	flags.BoolVar(&f.formats.GEXF, "gexf", false, "the network with time, for Gephi")
	flags.BoolVar(&f.formats.Edges, "edges", false, "ties as a list, CSV")
	flags.BoolVar(&f.formats.Parquet, "parquet", false, "firms and ties as Parquet")
	flags.BoolVar(&f.gif, "gif", false, "an animation of clusters forming")
	flags.BoolVar(&f.mp4, "mp4", false, "the animation as a video; needs ffmpeg")
	flags.StringVar(&f.lang, "lang", "en", "language of the animation: `en` or ru")
	flags.StringVarP(&f.out, "out", "o", "", "`DIR` to write; DIR/export if not given")
	flags.IntVar(&f.tick, "tick", -1, "`T`, the tick of --graphml and --edges; the last one for --graphml and all for --edges if not given")
	return cmd
}

// run is agglo export.
func (f *exportFlags) run(cmd *cobra.Command, c *console, dir string) error {
	asked := f.formats != (export.Formats{}) || f.films()
	switch tick := cmd.Flags().Changed("tick"); {
	case tick && f.tick < 0:
		return usagef("--tick %d: want 0 or more", f.tick)
	case tick && asked && !f.formats.GraphML && !f.formats.Edges:
		return usagef("--tick %d goes with --graphml and --edges; the other files hold all ticks", f.tick)
	}
	if err := knownLanguage(f.lang); err != nil {
		return err
	}
	m, err := openFolder(dir)
	if err != nil {
		return err
	}
	if !asked {
		f.formats = export.Formats{GeoJSON: true, GraphML: true, GEXF: true, Edges: true, Parquet: true}
	}
	if f.out == "" {
		f.out = filepath.Join(dir, output.ExportDir)
	}
	from := export.Folder{Dir: dir, Manifest: m, Tick: f.tick}
	if err := errors.Join(fitForExport(c, dir, m), noResultsIn(f.out), otherwiseFree(&from, f.out)); err != nil {
		return err
	}
	var made []export.Written
	if f.formats != (export.Formats{}) {
		from.Globe = globe(c, m)
		made, err = f.write(cmd.Context(), c, from)
	}
	for _, film := range []struct {
		asked bool
		kind  string
		make  func(*plot.Film, context.Context, string, func()) error
	}{{f.gif, "gif", (*plot.Film).GIF}, {f.mp4, "mp4", (*plot.Film).MP4}} {
		if !film.asked || cmd.Context().Err() != nil {
			continue
		}
		w, fault := f.film(cmd.Context(), c, dir, film.kind, film.make)
		if w.Bytes > 0 {
			made = append(made, w)
		}
		err = errors.Join(err, fault)
	}
	err = once(err, changedTables(dir, m, f.formats.Tables()))
	if len(made) > 0 {
		err = errors.Join(err, from.Sign(f.out))
	}
	if cmd.Context().Err() != nil {
		err = fmt.Errorf("%w: the files that are listed are whole", errStopped)
	}
	return errors.Join(listWritten(c, made), err)
}

// write makes the files that are made of tables.
func (f *exportFlags) write(ctx context.Context, c *console, from export.Folder) ([]export.Written, error) {
	bar := newSteps(c, int(from.Reads(f.formats)/1000), "kB")
	left := int64(0)
	from.Watch = func(bytes int64) {
		left += bytes
		bar.add(int(left / 1000))
		left %= 1000
	}
	made, err := from.Write(ctx, f.out, f.formats)
	bar.end()
	return made, err
}

// film makes an animation of clusters forming.
func (f *exportFlags) film(ctx context.Context, c *console, dir, kind string, write func(*plot.Film, context.Context, string, func()) error) (export.Written, error) {
	w := export.Written{File: filepath.Join(f.out, "clusters."+kind)}
	film, err := plot.OpenFilm(dir, f.lang)
	if err != nil {
		return w, err
	}
	bar := newSteps(c, film.Frames(), "frame")
	err = write(film, ctx, w.File, bar.step)
	bar.end()
	if err != nil {
		return w, err
	}
	w.Rows = int64(film.Frames())
	info, err := os.Stat(w.File)
	if err == nil {
		w.Bytes = info.Size()
	}
	return w, errors.Join(err, film.Changed())
}

// listWritten prints the files that were made.
func listWritten(c *console, made []export.Written) error {
	if c.json {
		return printJSON(c.out, made)
	}
	for _, w := range made {
		if w.Note != "" {
			c.say("%s: %s", filepath.Base(w.File), w.Note)
			continue
		}
		c.print("%s\n", w.File)
		c.detail("%s: %s rows, %s", filepath.Base(w.File), grouped(float64(w.Rows)), size(w.Bytes))
	}
	return nil
}

// fitForExport refuses a folder that has no firms to export.
func fitForExport(c *console, dir string, m *output.Manifest) error {
	if _, listed := m.Tables["firms.csv"]; !listed {
		return usagef("%s is not the folder of a run, and has no firms to export: want a folder that agglo run has written", dir)
	}
	if m.StoppedAt != nil {
		c.say("note: the run was stopped at tick %d of %d; its tables hold what was done until then", *m.StoppedAt, m.Ticks)
	}
	if m.Code.Version != version().Version || m.Code.Revision != version().Revision {
		c.detail("the folder was written by agglo %s %s", m.Code.Version, m.Code.Revision)
	}
	return nil
}

// noResultsIn refuses to write exports among results: their dictionary would be written over.
func noResultsIn(dir string) error {
	for _, name := range []string{output.ManifestFile, output.MarkerFile} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return usagef("-o %s: that is a folder of results, whose dictionary.csv would be written over: choose another folder", dir)
		}
	}
	return nil
}

// otherwiseFree refuses to write files of one run beside those of another.
func otherwiseFree(from *export.Folder, to string) error {
	if err := from.Free(to); errors.Is(err, export.ErrOtherRun) {
		return usagef("-o %s: %w: choose another folder", to, err)
	} else if err != nil {
		return err
	}
	return nil
}

// changedTables is the error that names those of the tables whose bytes are not those that the manifest vouches for. One that is not
// there is told by who reads it.
func changedTables(dir string, m *output.Manifest, names []string) error {
	var faults []error
	for _, name := range names {
		want, listed := m.Tables[name+".csv"]
		path := filepath.Join(dir, name+".csv")
		if sum, err := fileHash(path); listed && err == nil && sum != want.SHA256 {
			faults = append(faults, fmt.Errorf("%s: not what the run wrote: its hash differs from that in %s", path, output.ManifestFile))
		}
	}
	return errors.Join(faults...)
}

// fileHash is the SHA-256 of a file.
func fileHash(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	h := sha256.New()
	_, err = io.Copy(h, file)
	return hex.EncodeToString(h.Sum(nil)), err
}

// globe is the way back from the plane of a run to degrees; nil if the manifest does not say where it lies.
func globe(c *console, m *output.Manifest) func(x, y float64) (lon, lat float64) {
	origin, ok := scenarios.OriginOf([]byte(m.ScenarioYAML))
	if !ok {
		return nil
	}
	if origin == (scenarios.LatLon{}) {
		c.detail("the origin is [0, 0]: the plane is no place on Earth, and maps show it in the Gulf of Guinea")
	}
	p := scenarios.NewProjection(origin)
	return func(x, y float64) (lon, lat float64) {
		at := p.Globe(world.Point{X: x, Y: y})
		return at[1], at[0]
	}
}
