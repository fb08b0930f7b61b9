package output

import "agglo/internal/table"

// A Credit says whom something that a run uses is owed to: outlines, positions of towns, published figures.
type Credit struct{ What, By, Licence, Address string }

// Credit says whom what the runs of the folder use is owed to.
func (f *Folder) Credit(list []Credit) { f.credits = list }

// creditTable writes credits.csv, if anything is owed.
func (f *Folder) creditTable() error {
	if len(f.credits) == 0 {
		return nil
	}
	return f.write("credits", wordNames("credits"), func(w *table.Writer) {
		for _, c := range f.credits {
			for _, cell := range []string{c.What, c.By, c.Licence, c.Address} {
				w.Text(cell)
			}
			w.EndRow()
		}
	})
}
