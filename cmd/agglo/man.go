package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// newMan makes agglo man.
func newMan(c *console) *cobra.Command {
	return &cobra.Command{
		Use:     "man DIR",
		Short:   "Write the manual pages",
		Long:    "man writes a manual page for each command, agglo.1, agglo-run.1, agglo-measure-hoover.1 and so on, into DIR.",
		Example: "  agglo man man1\n  man ./man1/agglo-run.1",
		Args:    wants(1, 1, "one DIR"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o777); err != nil {
				return err
			}
			pages := everyCommand(cmd.Root())
			for _, each := range pages {
				name := strings.ReplaceAll(each.CommandPath(), " ", "-") + ".1"
				if err := os.WriteFile(filepath.Join(args[0], name), []byte(manual(each)), 0o666); err != nil {
					return err
				}
			}
			c.say("wrote %d pages into %s", len(pages), args[0])
			return nil
		},
	}
}

// everyCommand lists a command and all below it that are worth a page.
func everyCommand(cmd *cobra.Command) []*cobra.Command {
	list := []*cobra.Command{cmd}
	for _, sub := range cmd.Commands() {
		if sub.Name() != "help" && !sub.Hidden {
			list = append(list, everyCommand(sub)...)
		}
	}
	return list
}

// manual writes a command's page in the man macros.
func manual(cmd *cobra.Command) string {
	var b strings.Builder
	name := strings.ReplaceAll(cmd.CommandPath(), " ", "-")
	fmt.Fprintf(&b, ".TH %s 1 \"\" \"agglo\" \"agglo manual\"\n", strings.ToUpper(roff(name)))
	fmt.Fprintf(&b, ".SH NAME\n%s \\- %s\n", roff(name), roff(cmd.Short))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n", roff(cmd.UseLine()))
	long := cmd.Long
	if long == "" {
		long = cmd.Short + "."
	}
	fmt.Fprintf(&b, ".SH DESCRIPTION\n%s\n", described(long))
	options(&b, "OPTIONS", cmd.NonInheritedFlags())
	options(&b, "COMMON OPTIONS", cmd.InheritedFlags())
	if subs := cmd.Commands(); len(subs) > 0 {
		b.WriteString(".SH COMMANDS\n")
		for _, sub := range subs {
			fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", roff(sub.Name()), roff(sub.Short))
		}
	}
	if cmd.Example != "" {
		fmt.Fprintf(&b, ".SH EXAMPLES\n.nf\n%s\n.fi\n", roff(cmd.Example))
	}
	b.WriteString(".SH EXIT STATUS\n0 success; 1 a faulty file or a failed run; 2 wrong flags, arguments or unknown names.\n")
	return b.String()
}

// described sets a long help text: paragraphs, and the parts that a measure's help begins with a word in the margin.
func described(long string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(long, "\n") {
		head, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "":
			b.WriteString("\n.PP")
		case slices.Contains([]string{"Formula", "Source", "Input", "Output", "Empty"}, head):
			fmt.Fprintf(&b, "\n.TP\n.B %s\n%s", head, roff(strings.TrimSpace(rest)))
		default:
			b.WriteString("\n" + roff(strings.TrimLeft(line, " ")))
		}
	}
	return strings.TrimPrefix(b.String(), "\n")
}

// options writes a section of flags, if there are any.
func options(b *strings.Builder, head string, flags *pflag.FlagSet) {
	if !flags.HasAvailableFlags() {
		return
	}
	fmt.Fprintf(b, ".SH %s\n", head)
	flags.VisitAll(func(f *pflag.Flag) {
		kind, usage := pflag.UnquoteUsage(f)
		short := ""
		if f.Shorthand != "" {
			short = "-" + f.Shorthand + ", "
		}
		fmt.Fprintf(b, ".TP\n.B %s\n%s\n", roff(strings.TrimSpace(short+"--"+f.Name+" "+kind)), roff(usage))
	})
}

// roff takes the meaning from signs that the formatter would act on.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	lines := strings.Split(s, "\n")
	for k, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[k] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
