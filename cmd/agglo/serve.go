package main

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"syscall"

	"github.com/spf13/cobra"

	"agglo/output/live"
)

const serveLong = `serve opens the classroom page: a live map of a region in which clusters form, with sliders, policies and guided lessons.
Open the printed address in a browser on this machine. Nothing is fetched from elsewhere and nothing leaves the machine.

The page can be reached from this machine alone, unless --addr names another address: then everybody who can reach that
address can use it. Ctrl-C ends it.`

// newServe makes agglo serve.
func newServe(c *console) *cobra.Command {
	var addr string
	cmd := &cobra.Command{
		Use:     "serve",
		Short:   "Open the classroom page",
		Long:    serveLong,
		Example: "  agglo serve\n  agglo serve --addr 127.0.0.1:9000",
		Args:    wants(0, 0, "no arguments"),
		RunE:    func(cmd *cobra.Command, _ []string) error { return serve(cmd, c, addr) },
	}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "`HOST:PORT` to listen on; port 0 takes a free one")
	return cmd
}

// serve answers until the command is stopped.
func serve(cmd *cobra.Command, c *console, addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return usagef("--addr %s: want HOST:PORT, such as 127.0.0.1:8080", addr)
	}
	l, err := (&net.ListenConfig{}).Listen(cmd.Context(), "tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("%s is taken: another program, perhaps another agglo serve, listens there; choose another port with --addr 127.0.0.1:8081", addr)
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("%s may not be used: ports below 1024 are the system's; choose another with --addr", addr)
	case err != nil:
		return usagef("--addr %s: %v", addr, err)
	}
	shown := l.Addr().String()
	if at, err := netip.ParseAddrPort(shown); err == nil && at.Addr().IsUnspecified() {
		shown = fmt.Sprintf("localhost:%d", at.Port())
		c.say("note: everybody who can reach this machine can use the page, at its address and port %d", at.Port())
	}
	c.print("http://%s/\n", shown)
	c.say("The classroom page is open. Ctrl-C ends it.")
	return live.NewServer(cmd.Context(), host, live.DefaultOptions()).Serve(l)
}
