package table

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"agglo/internal/process"
)

// What a command that was killed left unfinished goes when the same file is written again; what may be at work stays: other writers of this
// process, living ones, those of other machines, and files of others.
func TestPartsOfTheDeadGo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a [b]*")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	dead := exec.Command(os.Args[0], "-test.run=^$")
	if err := dead.Run(); err != nil {
		t.Fatal(err)
	}
	born, _ := process.Birth(os.Getpid())
	told := born != "" // else the system does not tell
	here, path := process.Machine(), filepath.Join(dir, "x.csv")
	first, err := CreatePart(path)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	stays := map[string]bool{
		filepath.Base(first.Name()):                                        true,
		fmt.Sprintf("x.csv.%s-%d.0.part", here, os.Getppid()):              true,
		fmt.Sprintf("x.csv.%s-%d.0.part", "0badcafe", dead.Process.Pid):    true,
		fmt.Sprintf("y.csv.%s-%d.0.part", here, dead.Process.Pid):          true,
		fmt.Sprintf("x.csv.%s-%d.0.part", here, dead.Process.Pid):          false,
		fmt.Sprintf("x.csv.%s-%d.12.part", here, dead.Process.Pid):         false,
		fmt.Sprintf("x.csv.%s-%d-0badcafe.0.part", here, dead.Process.Pid): false,
		fmt.Sprintf("x.csv.%s-%d-0badcafe.0.part", here, os.Getppid()):     !told, // the parent has a number that another one had
		fmt.Sprintf("x.csv.%s-%d-0badcafe.3.part", here, os.Getpid()):      !told, // so has this process, as in a container
		fmt.Sprintf("x.csv.%s-%d.3.part", here, os.Getpid()):               true,
		fmt.Sprintf("x.csv.%s-.0.part", here):                              true, "x.csv.part": true, "x.csv.0.part": true,
	}
	for name := range stays {
		if name == filepath.Base(first.Name()) {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	w, err := Create(path, "a")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for name, want := range stays {
		if _, err := os.Stat(filepath.Join(dir, name)); (err == nil) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}
