package main

import (
	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/load"
)

func (a *app) checkCommand() *cobra.Command {
	e := examination{name: "check", rules: true}
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Validate the portfolio and apply every rule: what is overdue, contradictory, stale",
		Example: `  progctl check
  progctl check -o text -o sarif=progctl.sarif
  progctl check --as-of 2026-11-23 --fail-on warning
  progctl check --new-from origin/main
  progctl check --horizon 14d --fail-on never`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usagef("check takes the whole portfolio: choose a part with -l, or validate %s", args[0])
			}
			return nil
		},
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w, err := a.open(cmd.Context())
			if err != nil {
				return err
			}
			return a.examine(cmd.Context(), w, e, func() (*load.Result, error) { return a.load(cmd.Context(), w) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&e.newFrom, "new-from", "", "fail only for what is new since history parted from this revision")
	f.StringVar(&e.horizon, "horizon", "", "warn of what is due within this span, such as 14d")
	failOnFlag(cmd, &e.failOn)
	return cmd
}

func failOnFlag(cmd *cobra.Command, value *string) {
	cmd.Flags().StringVar(value, "fail-on", "error", "exit with 1 for findings of this severity or worse: error, warning, info, never")
	_ = cmd.RegisterFlagCompletionFunc("fail-on", fixed("error", "warning", "info", "never"))
}
