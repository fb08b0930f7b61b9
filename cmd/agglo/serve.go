package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"runtime"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"agglo/output/live"
	"agglo/output/live/class"
)

const serveLong = `serve opens the classroom page: a live map of a region in which clusters form, with sliders, policies and guided lessons.
Open the printed address in a browser on this machine. Nothing is fetched from elsewhere and nothing leaves the machine.

The page can be reached from this machine alone, unless --addr names another address: then everybody who can reach that
address can use it. Ctrl-C ends it.

--class ADDR begins a class: students open the printed link on the local network, type the printed code, and run one world each;
how all worlds spread grows on the teacher's page, whose link with its key is printed too and works on this machine alone. See
docs/class.md.`

// newServe makes agglo serve.
func newServe(c *console) *cobra.Command {
	var addr, students string
	cmd := &cobra.Command{
		Use:     "serve",
		Short:   "Open the classroom page",
		Long:    serveLong,
		Example: "  agglo serve\n  agglo serve --addr 127.0.0.1:9000\n  agglo serve --class 0.0.0.0:8081",
		Args:    wants(0, 0, "no arguments"),
		RunE:    func(cmd *cobra.Command, _ []string) error { return serve(cmd, c, addr, students) },
	}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "`HOST:PORT` to listen on; port 0 takes a free one")
	cmd.Flags().StringVar(&students, "class", "", "`HOST:PORT` at which students join a class, such as 0.0.0.0:8081; empty: no class")
	return cmd
}

// serve answers until the command is stopped.
func serve(cmd *cobra.Command, c *console, addr, students string) error {
	l, host, err := listen(cmd.Context(), "--addr", addr)
	if err != nil {
		return err
	}
	shown := l.Addr().String()
	if at, err := netip.ParseAddrPort(shown); err == nil && at.Addr().IsUnspecified() {
		shown = fmt.Sprintf("localhost:%d", at.Port())
		c.say("note: everybody who can reach this machine can use the page, at its address and port %d", at.Port())
	}
	s := live.NewServer(cmd.Context(), host, live.DefaultOptions())
	if students != "" {
		return serveClass(cmd.Context(), c, s, l, shown, students)
	}
	c.print("http://%s/\n", shown)
	c.say("The classroom page is open. Ctrl-C ends it.")
	return s.Serve(l)
}

// serveClass answers students at an address of their own, and the teacher at the other. The first of both that ends ends the other.
func serveClass(ctx context.Context, c *console, s *live.Server, teacher net.Listener, shown, students string) error {
	l, host, err := listen(ctx, "--class", students)
	if a, wrong := netip.ParseAddrPort(teacher.Addr().String()); err == nil && (wrong != nil || !a.Addr().IsLoopback() && !a.Addr().IsUnspecified()) {
		_ = l.Close() // nobody has come yet
		err = usagef("--class: the teacher's page is for this machine alone: leave --addr on 127.0.0.1")
	}
	if err != nil {
		_ = teacher.Close() // the first error is the one to tell
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	lesson := class.New(class.DefaultOptions(runtime.GOMAXPROCS(0)))
	at := live.NewLesson(ctx, lesson, host, l.Addr())
	s.Teach(at)
	c.print("students: %s  code %s\n", strings.Join(at.Links(), "  "), lesson.Code())
	c.print("teacher:  http://%s/class#%s\n", shown, lesson.Key())
	c.say("The class is open. The teacher's link works on this machine alone; keep it to yourself. Ctrl-C ends the class, and what it holds is gone.")
	go lesson.Run(ctx)
	ended := make(chan error, 2)
	go func() { ended <- at.Serve(l) }()
	go func() { ended <- s.Serve(teacher) }()
	err = <-ended
	stop()
	_ = teacher.Close() // it may have ended already
	if other := <-ended; !errors.Is(other, net.ErrClosed) {
		err = errors.Join(err, other)
	}
	return err
}

// listen takes an address that a flag gives.
func listen(ctx context.Context, flag, addr string) (l net.Listener, host string, err error) {
	host, _, err = net.SplitHostPort(addr)
	if err != nil {
		return nil, "", usagef("%s %s: want HOST:PORT, such as 127.0.0.1:8080", flag, addr)
	}
	l, err = (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	return l, host, refused(flag, addr, err)
}

// inUse is what Windows says in place of EADDRINUSE.
const inUse = syscall.Errno(10048)

// refused says why an address could not be taken; nil if it was.
func refused(flag, addr string, err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, inUse):
		return fmt.Errorf("%s is taken: another program, perhaps another agglo serve, listens there; choose another port with %s 127.0.0.1:8081", addr, flag)
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("%s may not be used: ports below 1024 are the system's; choose another with %s", addr, flag)
	case err != nil:
		return usagef("%s %s: %v", flag, addr, err)
	}
	return nil
}
