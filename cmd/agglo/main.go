// Command agglo simulates how regional clusters of firms form: one binary with a command for each step, from a scenario
// file to tables and figures. Results go to standard output; progress and messages go to standard error.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	heard := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // as behind nohup
		heard = append(heard, syscall.SIGHUP) // the terminal was closed; on Windows that is told as SIGTERM
	}
	ctx, stop := signal.NotifyContext(context.Background(), heard...)
	context.AfterFunc(ctx, func() {
		signal.Ignore(syscall.SIGHUP) // a terminal that is closed may say so twice, by its shell and by the system
		stop()                        // a second Ctrl-C ends the program at once
	})
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, errShown) {
		fmt.Fprintln(os.Stderr, "agglo:", err)
	}
	os.Exit(exitCode(err))
}

// run is the whole program; tests call it too. The error's exit code is that of exitCode.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	out := &sink{to: stdout}
	root := newRoot(stdin, out, stderr)
	root.SetArgs(args)
	err := asUsage(root, args, root.ExecuteContext(ctx))
	if out.err != nil && !errors.Is(err, out.err) {
		if errors.Is(err, errShown) {
			err = nil // it has not been told
		}
		err = errors.Join(err, fmt.Errorf("standard output: %w", out.err))
	}
	return err
}

// sink is standard output. It keeps the first error of writing, so that no command that cannot say what it has found ends in success.
type sink struct {
	to  io.Writer
	err error
}

// Write writes on, until it fails.
func (s *sink) Write(b []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.to.Write(b)
	s.err = err
	return n, err
}

// errShown is in the error of a command that has already told on standard output what is wrong.
var errShown = errors.New("told already")

// usageError is a mistake in the command line itself: a wrong flag, a wrong argument, an unknown name.
type usageError struct{ err error }

// Error is the mistake in words.
func (e *usageError) Error() string { return e.err.Error() }

// Unwrap gives the error inside.
func (e *usageError) Unwrap() error { return e.err }

// usagef makes a usage error.
func usagef(format string, args ...any) error { return &usageError{fmt.Errorf(format, args...)} }

// exitCode is 0 for success, 2 for a mistake in the command line, 1 for a faulty file or a failed or stopped run.
func exitCode(err error) int {
	var usage *usageError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &usage):
		return 2
	}
	return 1
}
