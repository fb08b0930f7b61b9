package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"agglo/scenarios"
)

// newInit makes agglo init.
func newInit(c *console) *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "init NAME",
		Short: "Write a commented scenario file to begin from",
		Long: `init writes NAME.yaml, a small scenario that runs as it is, with a comment on every part. It never writes over a file.
With -o - it prints the file.`,
		Example: "  agglo init my-region\n  agglo check my-region.yaml\n  agglo run my-region.yaml",
		Args:    wants(1, 1, "one NAME"),
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := scenarios.Template(args[0])
			if err != nil {
				return &usageError{err}
			}
			path := out
			if path == "" {
				path = args[0] + ".yaml"
			}
			if path == "-" {
				_, err = c.out.Write(text)
				return err
			}
			file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
			if errors.Is(err, fs.ErrExist) {
				return fmt.Errorf("%s exists already: choose another name, or -o FILE", path)
			} else if err != nil {
				return err
			}
			_, err = file.Write(text)
			if closed := file.Close(); err == nil {
				err = closed
			}
			if err != nil {
				return err
			}
			c.say("wrote %s; next: agglo check %s, agglo run %s", path, path, path)
			return nil
		},
	}
	cmd.Flags().StringVarP(&out, "out", "o", "", "`FILE` to write; - prints it")
	return cmd
}
