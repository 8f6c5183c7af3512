package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/render"
)

// Exit codes, which scripts rely on.
const (
	exitFine     = 0
	exitFindings = 1
	exitUsage    = 2
	exitFailed   = 3
	// exitInterrupted is that of a run which a signal ended before it could.
	exitInterrupted = 130
)

// errFindings ends a command whose report says all there is to say.
var errFindings = errors.New("findings")

// usageError is a command line that means nothing.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// app is one run of progctl: its streams, and the flags that mean the same in
// every command.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	env            func(string) (string, bool)

	// asOf is what day it is: the clock's, until --as-of is read.
	asOf cal.Date

	dir      string
	at       string
	baseline string
	noCache  bool
	asOfText string
	overlays []string
	selector string
	outputs  []string
	color    string
	quiet    bool

	caches map[string]*cacheFile
	noted  map[string]bool // by noteOnce

	running bool // a command began: its flags and arguments are understood
}

// run executes a command line and returns the exit code.
func run(ctx context.Context, a *app, args []string) int {
	root := a.root()
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	var usage usageError
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(a.stderr, "progctl: interrupted")
		return exitFailed
	case errors.As(err, &usage) || !a.running:
		fmt.Fprintf(a.stderr, "progctl: %s\n", render.Visible(err.Error()))
		fmt.Fprintf(a.stderr, "Run '%s --help' for usage.\n", cmd.CommandPath())
		return exitUsage
	default:
		a.tell(err.Error())
		return exitFailed
	}
}

// root builds the tree of commands. A new command needs a row.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "progctl",
		Short: "Program management as code",
		Long: `progctl keeps programs, milestones, staffing, budgets and headcount plans as
YAML in a git repository: it validates them to the line, and reports what is
late or contradictory.

A portfolio is every YAML document below programs/, or below the current folder
where there is no programs/.`,
		Version:           version(),
		SilenceUsage:      true,
		SilenceErrors:     true,
		PersistentPreRunE: a.begin,
	}
	root.SetVersionTemplate("progctl {{.Version}}\n")
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	f := root.PersistentFlags()
	f.StringVarP(&a.dir, "chdir", "C", ".", "the repository, or another folder with a portfolio")
	f.StringVar(&a.at, "at", "", "read this git revision, or @YYYY-MM-DD, instead of the work tree")
	f.StringVar(&a.baseline, "baseline", "", "compare with this git revision, or @YYYY-MM-DD")
	f.BoolVar(&a.noCache, "no-cache", false, "keep nothing of git history for the next run")
	f.StringVar(&a.asOfText, "as-of", "", "what day it is, YYYY-MM-DD (default: today)")
	f.StringArrayVar(&a.overlays, "overlay", nil, "folder with more documents, from another checkout (repeatable)")
	f.StringVarP(&a.selector, "selector", "l", "", "only what has these labels or fields: pillar=availability,team!=tpm")
	f.StringArrayVarP(&a.outputs, "output", "o", nil, "format, or format=file (repeatable; default: text)")
	f.StringVar(&a.color, "color", "auto", "auto, always or never")
	f.BoolVarP(&a.quiet, "quiet", "q", false, "the report alone: no excerpts, counts or notes")
	root.AddCommand(
		a.checkCommand(),
		a.validateCommand(),
		a.listCommand(),
		a.statusCommand(),
		a.slipCommand(),
		a.networkCommand(),
		a.forecastCommand(),
		a.diffCommand(),
		a.whyCommand(),
		a.budgetCommand(),
		a.evmCommand(),
		a.kpiCommand(),
		a.prioritiesCommand(),
		a.roadmapCommand(),
		a.goalsCommand(),
		a.risksCommand(),
		a.headcountCommand(),
		a.staffingCommand(),
		a.hiringCommand(),
		a.reviewsCommand(),
		a.exportCommand(),
		a.explainCommand(),
		a.schemaCommand(),
		a.versionCommand(),
	)
	a.completions(root)
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if !cmd.Runnable() { // cobra would show the help and call that a success
			cmd.Args, cmd.RunE = cobra.ArbitraryArgs, needsSubcommand
		}
	}
	return root
}

// needsSubcommand is the body of a command that only groups others.
func needsSubcommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return cmd.Help()
	}
	return usagef("unknown command %q for %q", args[0], cmd.CommandPath())
}

// begin runs before every command: it takes flags that are not given from the
// environment.
func (a *app) begin(cmd *cobra.Command, _ []string) error {
	var bad error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed || bad != nil || f.Name == "help" || f.Name == "version" {
			return
		}
		name := "PROGCTL_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		text, ok := a.env(name)
		if !ok || text == "" {
			return
		}
		for _, value := range envValues(f, text) {
			if err := f.Value.Set(value); err != nil {
				bad = usagef("%s: %v", name, err)
			}
		}
	})
	if bad != nil {
		return bad
	}
	if a.color != "auto" && a.color != "always" && a.color != "never" {
		return usagef("--color is %q, expected auto, always or never", a.color)
	}
	if a.asOfText != "" {
		day, err := cal.ParseDate(a.asOfText)
		if err != nil {
			return usagef("--as-of: %v", err)
		}
		a.asOf = day
	}
	a.running = true
	return nil
}

// envValues splits the value of a repeatable flag: folders as the system
// separates paths, anything else at commas.
func envValues(f *pflag.Flag, text string) []string {
	switch {
	case f.Value.Type() != "stringArray":
		return []string{text}
	case f.Name == "overlay":
		return strings.Split(text, string(os.PathListSeparator))
	}
	return strings.Split(text, ",")
}

// note tells something beside the report.
func (a *app) note(format string, args ...any) {
	if !a.quiet {
		a.tell(fmt.Sprintf(format, args...))
	}
}

// noteOnce is note for what holds each time something is read.
func (a *app) noteOnce(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if a.noted[text] {
		return
	}
	if a.noted == nil {
		a.noted = map[string]bool{}
	}
	a.noted[text] = true
	a.note("%s", text)
}

// tell writes to standard error. Names of files may hold anything: every line
// begins with ours, so that none is a workflow command of the CI that shows it.
func (a *app) tell(text string) {
	for line := range strings.SplitSeq(render.Visible(text), "\n") {
		fmt.Fprintf(a.stderr, "progctl: %s\n", strings.ReplaceAll(line, "##[", `#\u0023[`))
	}
}
