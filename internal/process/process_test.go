package process_test

import (
	"os"
	"os/exec"
	"runtime"
	"testing"
	"time"

	"agglo/internal/process"
)

// A process that has ended is gone, a zombie too, where the system tells; one that lives is not, nor one whose number it has now.
func TestGone(t *testing.T) {
	ended := exec.Command(os.Args[0], "-test.run=^$")
	if err := ended.Run(); err != nil {
		t.Fatal(err)
	}
	zombie := exec.Command(os.Args[0], "-test.run=^$") // it ends, and nobody asks how
	if err := zombie.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = zombie.Wait() }()
	mine, _ := process.Birth(os.Getpid())
	told := mine != "" // else the system does not tell
	for _, over := process.Birth(zombie.Process.Pid); told && !over; _, over = process.Birth(zombie.Process.Pid) {
		time.Sleep(time.Millisecond)
	}
	for what, c := range map[string]struct {
		pid  int
		born string
		gone bool
	}{
		"this one": {os.Getpid(), "", false}, "this one, by its birth": {os.Getpid(), mine, false}, "the parent": {os.Getppid(), "", false},
		"one that has ended": {ended.Process.Pid, "", true}, "one before this one": {os.Getpid(), "another 7", told},
	} {
		if got := process.Gone(c.pid, c.born); got != c.gone {
			t.Errorf("%s: gone is %v", what, got)
		}
	}
	if told && !process.Gone(zombie.Process.Pid, "") {
		t.Error("a zombie lives")
	}
	if a, b := process.Machine(), process.Machine(); a != b || len(a) != 8 {
		t.Errorf("the machine is %q, then %q", a, b)
	}
}

// A process that was killed is gone at once, also while it waits for a processor to end on: nobody has to wait for it first.
func TestKilledIsGone(t *testing.T) {
	if mine, _ := process.Birth(os.Getpid()); mine == "" {
		t.Log("the system does not tell")
		return
	}
	for range 100 {
		one := exec.Command(os.Args[0], "-test.run=^TestForever$", "-test.timeout=1m")
		one.Env = append(os.Environ(), "FOREVER=yes")
		ready, err := one.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := one.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := ready.Read(make([]byte, 1)); err != nil || process.Gone(one.Process.Pid, "") {
			t.Errorf("a process that works is gone, or says nothing: %v", err)
		}
		if err := one.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		gone := process.Gone(one.Process.Pid, "")
		_ = one.Wait() // it was killed
		if !gone {
			t.Fatal("a process that was killed is taken for one that lives")
		}
	}
}

// TestForever is the process that TestKilledIsGone kills: it has threads at work.
func TestForever(t *testing.T) {
	if os.Getenv("FOREVER") == "" {
		return
	}
	for range 4 {
		go func() {
			for {
				runtime.Gosched()
			}
		}()
	}
	_, _ = os.Stdout.WriteString("x") // who started it waits for this
	select {}
}
