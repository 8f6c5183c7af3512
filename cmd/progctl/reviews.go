package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/review"
)

func (a *app) reviewsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "reviews",
		Short: "When programs and the portfolio are reviewed, what for, and what came of it",
		Long: `When programs and the portfolio are reviewed, what for, and what came of it.

A program that is active is due by its reviews: every, or rrule, counted from its start;
a cadence of the portfolio by its own, counted from its start or anew from the first day
of each fiscal year. What falls on a day that is not worked moves to the next working
day. A Review document is that of the review that was due nearest to its date; one that
was due and has none was missed.`,
	}
	cmd.AddCommand(a.reviewsNext(), a.reviewsAgenda(), a.reviewsActions(), a.reviewsDecisions(), a.reviewsCalendar())
	return cmd
}

// windowFlags are those of reports on the reviews of some days.
type windowFlags struct {
	from, until string
	weeks       int
}

func (f *windowFlags) add(cmd *cobra.Command, from string) {
	cmd.Flags().StringVar(&f.from, "from", "", from)
	cmd.Flags().StringVar(&f.until, "until", "", "up to this day, YYYY-MM-DD")
	cmd.Flags().IntVar(&f.weeks, "weeks", 0, "up to the end of so many weeks from today")
	for _, name := range []string{"from", "until", "weeks"} {
		_ = cmd.RegisterFlagCompletionFunc(name, cobra.NoFileCompletions)
	}
}

// read returns the days that are asked for, both inclusive; zero where nothing is said.
func (f *windowFlags) read(cmd *cobra.Command, asOf cal.Date) (from, until cal.Date, err error) {
	if f.from != "" {
		if from, err = cal.ParseDate(f.from); err != nil {
			return 0, 0, usagef("--from: %v", err)
		}
	}
	weeks := cmd.Flags().Changed("weeks")
	switch {
	case f.until != "" && weeks:
		return 0, 0, usagef("--until and --weeks both say where to end: leave one out")
	case f.until != "":
		if until, err = cal.ParseDate(f.until); err != nil {
			return 0, 0, usagef("--until: %v", err)
		}
	case weeks:
		if f.weeks < 1 || f.weeks > review.MostYears*52 {
			return 0, 0, usagef("--weeks: %d is not a number from 1 to %d", f.weeks, review.MostYears*52)
		}
		until = asOf.Add(cal.Days(7 * f.weeks))
	}
	if until.Sub(asOf) > review.MostYears*366 && !until.IsZero() {
		return 0, 0, usagef("--until: %s is more than %d years ahead", until, review.MostYears)
	}
	if !until.IsZero() && until < max(from, 1) {
		return 0, 0, usagef("--until: %s is before --from %s", until, from)
	}
	return from, until, nil
}

// reviews analyses the reviews of the portfolio; what cannot be read is left out of it.
func (q *inquiry) reviews(names []string, from, until cal.Date) (*review.Analysis, error) {
	known := review.Names(q.res.Snapshot)
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, unknownName("program or cadence", name, known)
		}
	}
	x := review.Analyse(q.res.Snapshot, review.Options{
		AsOf: q.asOf, From: from, Until: until, Selector: q.selector, Names: names,
	})
	q.res.Diagnostics = append(q.res.Diagnostics, x.Problems...)
	return x, nil
}

// completeReviewed completes names of programs and cadences.
func (a *app) completeReviewed(most int) completion {
	return func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		s := a.scan(cmd.Context())
		if s == nil || most > 0 && len(args) >= most {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		list := slices.DeleteFunc(review.Names(s), func(name string) bool { return slices.Contains(args, name) })
		return list, cobra.ShellCompDirectiveNoFileComp
	}
}

// reviewsReport is a command that reports on the reviews of some programs and cadences,
// all where none is named.
func (a *app) reviewsReport(cmd *cobra.Command, name string, fill func(ctx context.Context, q *inquiry, names []string) error) *cobra.Command {
	cmd.Use += " [PROGRAM | CADENCE]..."
	cmd.ValidArgsFunction = a.completeReviewed(0)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if a.baseline != "" {
			return usagef("%s is about one state: name it with --at, and leave out --baseline", cmd.CommandPath())
		}
		q, err := a.inquire(cmd.Context(), name, review.Fields...)
		if err != nil {
			return err
		}
		if err := fill(cmd.Context(), q, args); err != nil {
			return err
		}
		return q.answer()
	}
	return cmd
}

func (a *app) reviewsNext() *cobra.Command {
	var flags windowFlags
	cmd := &cobra.Command{
		Use:   "next",
		Short: "The next review of each program and cadence, when the last was, and which were missed",
		Long: `The next review of each program and cadence, when the last was, and which were missed.

Missed reviews are those of the last year, or since --from. With --until or --weeks, only
what is due next by then is listed.`,
		Example: `  progctl reviews next
  progctl reviews next --weeks 2
  progctl reviews next -l owner=ada -o json`,
	}
	flags.add(cmd, "count held and missed reviews from this day on (default: a year ago)")
	return a.reviewsReport(cmd, "reviews-next", func(_ context.Context, q *inquiry, names []string) error {
		from, until, err := flags.read(cmd, a.asOf)
		if err != nil {
			return err
		}
		x, err := q.reviews(names, from, until)
		if err == nil {
			x.ReportNext(q.r, until)
		}
		return err
	})
}

func (a *app) reviewsCalendar() *cobra.Command {
	var flags windowFlags
	cmd := &cobra.Command{
		Use:   "calendar",
		Short: "The reviews of some weeks: when, of what, held or missed, and who attends",
		Long: `The reviews of some weeks: when, of what, held or missed, and who attends. By default
those of this week and the five after it.`,
		Example: `  progctl reviews calendar
  progctl reviews calendar --from 2026-10-01 --until 2026-12-31 -o csv`,
	}
	flags.add(cmd, "from this day on (default: the Monday of this week)")
	return a.reviewsReport(cmd, "reviews-calendar", func(_ context.Context, q *inquiry, names []string) error {
		from, until, err := flags.read(cmd, a.asOf)
		if err != nil {
			return err
		}
		if from.IsZero() {
			from = a.asOf.Add(-cal.Days((a.asOf.Weekday() + 6) % 7))
		}
		if until.IsZero() {
			until = max(from, a.asOf).Add(6*7 - 1)
		}
		x, err := q.reviews(names, from, until)
		if err == nil {
			x.ReportCalendar(q.r)
		}
		return err
	})
}

func (a *app) reviewsActions() *cobra.Command {
	var (
		owner string
		all   bool
	)
	cmd := &cobra.Command{
		Use:   "actions",
		Short: "What reviews asked for and is not done, by owner, the most overdue first",
		Example: `  progctl reviews actions
  progctl reviews actions --owner ada
  progctl reviews actions disaster-recovery --all`,
	}
	cmd.Flags().StringVar(&owner, "owner", "", "only those of this person or team")
	cmd.Flags().BoolVar(&all, "all", false, "those too that are done")
	_ = cmd.RegisterFlagCompletionFunc("owner", cobra.NoFileCompletions)
	return a.reviewsReport(cmd, "reviews-actions", func(_ context.Context, q *inquiry, names []string) error {
		x, err := q.reviews(names, 0, 0)
		if err == nil {
			x.ReportActions(q.r, owner, all)
		}
		return err
	})
}

func (a *app) reviewsDecisions() *cobra.Command {
	var (
		since string
		open  bool
	)
	cmd := &cobra.Command{
		Use:   "decisions",
		Short: "The decision log: what reviews decided, the newest first",
		Long: `The decision log: what reviews decided, the newest first. A decision without an outcome
is open.`,
		Example: `  progctl reviews decisions
  progctl reviews decisions disaster-recovery -o markdown
  progctl reviews decisions --open`,
	}
	cmd.Flags().StringVar(&since, "since", "", "only those from this day on, YYYY-MM-DD")
	cmd.Flags().BoolVar(&open, "open", false, "only those without an outcome")
	_ = cmd.RegisterFlagCompletionFunc("since", cobra.NoFileCompletions)
	return a.reviewsReport(cmd, "reviews-decisions", func(_ context.Context, q *inquiry, names []string) error {
		var day cal.Date
		if since != "" {
			var err error
			if day, err = cal.ParseDate(since); err != nil {
				return usagef("--since: %v", err)
			}
		}
		x, err := q.reviews(names, 0, 0)
		if err == nil {
			x.ReportDecisions(q.r, day, open)
		}
		return err
	})
}
