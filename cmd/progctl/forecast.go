package main

import (
	"context"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/forecast"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/schedule"
)

func (a *app) forecastCommand() *cobra.Command {
	o := forecast.Options{Workers: runtime.GOMAXPROCS(0)}
	var distribution string
	cmd := &cobra.Command{
		Use:   "forecast [PROGRAM]...",
		Short: "The chance of each due date: the network simulated with its estimates",
		Long: `The chance of each due date: the network simulated with its estimates.

The network is that of progctl network. In each trial every open milestone that has an
estimate takes a duration drawn from it (even where duration: is stated too), less what
of it is done; all others take what they take in the network, and are named. P50, P80
and P90 are the days by which 50, 80 and 90 percent of trials had finished something,
the chance is the share of trials in which it met its due date, and criticality the
share in which it had no float.

The same seed gives the same answer, on any number of processors. What is drawn for a
milestone does not hang on what else there is, so that two revisions differ by what
differs in them. Risks name no milestone that they would delay: they are not in it.`,
		Example: `  progctl forecast
  progctl forecast disaster-recovery --distribution triangular
  progctl forecast --trials 100000 --seed 7 -o json
  progctl forecast --baseline @2026-06-30`,
		ValidArgsFunction: a.completePrograms,
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.Trials < 1 || o.Trials > forecast.MaxTrials {
				return usagef("--trials is %d, expected 1 to %d", o.Trials, forecast.MaxTrials)
			}
			o.Distribution = forecast.Distribution(distribution)
			if !slices.Contains(forecast.Distributions(), o.Distribution) {
				return usagef("--distribution is %q, expected %s", distribution, strings.Join(distributions(), " or "))
			}
			q, err := a.inquire(cmd.Context(), "forecast")
			if err != nil {
				return err
			}
			if err := knownPrograms(q.res.Snapshot, args); err != nil {
				return err
			}
			if err := q.forecast(cmd.Context(), args, o); err != nil {
				return err
			}
			return q.answer()
		},
	}
	f := cmd.Flags()
	f.IntVar(&o.Trials, "trials", forecast.DefaultTrials, "how often to simulate, up to 1000000")
	f.Uint64Var(&o.Seed, "seed", forecast.DefaultSeed, "another number draws other durations")
	f.StringVar(&distribution, "distribution", distributions()[0], "of durations: "+strings.Join(distributions(), " or "))
	_ = cmd.RegisterFlagCompletionFunc("trials", cobra.NoFileCompletions)
	_ = cmd.RegisterFlagCompletionFunc("seed", cobra.NoFileCompletions)
	_ = cmd.RegisterFlagCompletionFunc("distribution", cobra.FixedCompletions(distributions(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func distributions() (names []string) {
	for _, d := range forecast.Distributions() {
		names = append(names, string(d))
	}
	return names
}

// forecast adds chances to the report, those of the programs named, or of all.
func (q *inquiry) forecast(ctx context.Context, names []string, o forecast.Options) error {
	s := q.res.Snapshot
	v := forecast.View{Sheets: wantsSheets(q.outputs), Shows: func(m *portfolio.Milestone) bool {
		if len(names) > 0 && !slices.Contains(names, m.Program.Meta.Name) {
			return false
		}
		return s.Selects(q.selector, m.Subject(), func(key string) (string, bool) {
			value := map[string]string{"owner": m.Owner, "team": m.Team, "status": string(m.Status)}[key]
			return value, value != ""
		})
	}}
	if before := q.then.before(); before != nil {
		var err error
		if v.Before, err = forecast.Run(ctx, schedule.New(before, q.asOf), o); err != nil {
			return err
		}
	}
	f, err := forecast.Run(ctx, schedule.New(s, q.asOf), o)
	if err != nil {
		return err
	}
	f.Report(q.r, v)
	return nil
}
