package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
)

// periodFlags are those of every report over periods.
type periodFlags struct {
	years, step, by string
	subtree         bool
	dimensions      []group.Dimension // by which the report can group
}

// periods is what a report over periods is asked for.
type periods struct {
	Years   cal.FiscalYears
	Step    cal.Step
	Buckets []cal.Bucket
	By      []group.Dimension
	Subtree bool
	Asked   bool // for those years; else they are that of today
}

// mostMonths bounds what a report may be asked for: longer than any plan, and short
// enough that a slip of the finger does not take the machine's memory.
const mostMonths = 50 * 12

// periodFlags adds --fy, --period and --by to a command, which groups by some of the
// dimensions; by is where nothing is said.
func (a *app) periodFlags(cmd *cobra.Command, dimensions []group.Dimension, by string) *periodFlags {
	p := a.spanFlags(cmd)
	p.dimensions = dimensions
	cmd.Flags().StringVar(&p.by, "by", by, "group by some of "+strings.Join(group.Names(dimensions), ","))
	_ = cmd.RegisterFlagCompletionFunc("by", p.completeDimensions)
	return p
}

// spanFlags adds --fy and --period to a command.
func (a *app) spanFlags(cmd *cobra.Command) *periodFlags {
	p := &periodFlags{}
	f := cmd.Flags()
	f.StringVar(&p.years, "fy", "", "fiscal years, FY27 or FY26..FY28 (default: that of today)")
	f.StringVar(&p.step, "period", string(cal.ByMonth), "month, quarter or year")
	_ = cmd.RegisterFlagCompletionFunc("period", cobra.FixedCompletions(
		[]string{string(cal.ByMonth), string(cal.ByQuarter), string(cal.ByYear)}, cobra.ShellCompDirectiveNoFileComp))
	return p
}

// withSubtree adds --subtree, for a report whose groups may be of teams.
func (p *periodFlags) withSubtree(cmd *cobra.Command) *periodFlags {
	cmd.Flags().BoolVar(&p.subtree, "subtree", false, "a team includes the teams below it")
	return p
}

// reportOver answers with a report on programs over periods, which add adds.
func (a *app) reportOver(cmd *cobra.Command, name string, flags *periodFlags, add func(*inquiry, context.Context, periods) error) error {
	q, err := a.inquire(cmd.Context(), name)
	if err != nil {
		return err
	}
	if err := knownNames(q.res.Snapshot, q.selector); err != nil {
		return err
	}
	periods, err := flags.read(q.res.Snapshot, a.asOf)
	if err != nil {
		return err
	}
	if err := add(q, cmd.Context(), periods); err != nil {
		return err
	}
	return q.answer()
}

// read makes sense of the flags for a portfolio.
func (p *periodFlags) read(s *portfolio.Snapshot, asOf cal.Date) (periods, error) {
	var (
		r   periods
		err error
	)
	r.Asked = p.years != ""
	if !r.Asked {
		fy := s.Fiscal.YearOf(asOf)
		if r.Years, err = cal.ParseFiscalYears(fy.String()); err != nil {
			return r, usagef("--as-of: %v", err)
		}
	} else if r.Years, err = cal.ParseFiscalYears(p.years); err != nil {
		return r, usagef("--fy: %v", err)
	}
	if len(r.Years.Years())*12 > mostMonths {
		return r, usagef("--fy: %s is more than %d years", r.Years, mostMonths/12)
	}
	if r.Step, err = cal.ParseStep(p.step); err != nil {
		return r, usagef("--period: %v", err)
	}
	if p.by != "" {
		if r.By, err = group.Parse(p.by, p.dimensions); err != nil {
			return r, usagef("--by: %v", err)
		}
	}
	if r.Subtree = p.subtree; r.Subtree && !slices.Contains(r.By, group.ByTeam) {
		return r, usagef("--subtree adds teams to those above them: it needs team among --by")
	}
	r.Buckets = s.Fiscal.Buckets(r.Years, r.Step)
	return r, nil
}

// completeDimensions completes a list of dimensions, each of which may stand once.
func (p *periodFlags) completeDimensions(_ *cobra.Command, _ []string, text string) ([]string, cobra.ShellCompDirective) {
	done := text[:strings.LastIndex(text, ",")+1]
	var list []string
	for _, name := range group.Names(p.dimensions) {
		if !strings.Contains(","+done, ","+name+",") {
			list = append(list, done+name)
		}
	}
	return list, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}
