package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/load"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/slip"
	"github.com/progctl/progctl/pkg/staffing"
)

// record is the budget of the version that set a program's baseline dates.
type record struct {
	budget rates.Sum
	commit string // that the budget is of; "" where it is the plan of today
}

// records reads the baseline budgets of programs: at the version that set the original baseline of
// each, at that of --baseline where there is one, else, without history, what the
// portfolio states today. costs are those of today, slips of the same portfolio.
func (q *inquiry) records(ctx context.Context, slips *slip.Analysis, costs []budget.Costs) (map[string]record, error) {
	of := map[string]record{}
	later := map[string][]string{} // programs by the commit of their baseline
	for i := range costs {
		c := &costs[i]
		name := c.Program.Meta.Name
		r := record{budget: c.All(budget.Planned)}
		if dates := slips.Record(history.ID{Program: name}); dates != nil && dates.Set != nil && q.then.res == nil && dates.Set.Commit != "" {
			r.commit = dates.Set.Commit
			later[r.commit] = append(later[r.commit], name)
		}
		of[name] = r
	}
	if q.then.res != nil {
		fill(of, slices.Sorted(maps.Keys(of)), q.res.Snapshot, q.then.res, q.then.w.commit)
		return of, nil
	}
	here := *q.w // of whose past only what prices these programs is put together
	here.memory = &load.Memory{Lenient: true}
	for _, commit := range slices.Sorted(maps.Keys(later)) {
		here.memory.Wanted = func(p *portfolio.Part) bool {
			return slices.ContainsFunc([]string{"Portfolio", "Team", "Roster"}, p.HoldsKind) ||
				slices.ContainsFunc(later[commit], func(name string) bool { return p.Holds("program/" + name) })
		}
		w, err := here.at(ctx, commit)
		if err != nil {
			return nil, err
		}
		past, err := q.loadPast(ctx, w)
		if err != nil {
			return nil, err
		}
		fill(of, later[commit], q.res.Snapshot, past, commit)
	}
	return of, nil
}

// fill sets the budgets of programs to their plans at a revision. A plan is what the
// document says, whether or not other rules would refuse it.
func fill(of map[string]record, names []string, now *portfolio.Snapshot, then *load.Result, commit string) {
	past := then.Snapshot
	var programs []*portfolio.Program
	for _, name := range names {
		r := of[name]
		r.commit = commit
		why := ""
		p := past.Program(name)
		switch was, is := past.Config.Currency, now.Config.Currency; {
		case past.Unconfigured:
			why = "the Portfolio document does not validate"
		case p == nil:
			why = "there is no such program"
			if i := slices.IndexFunc(then.Diagnostics, func(d diag.Diagnostic) bool { return strings.HasPrefix(d.Subject+"/", "program/"+name+"/") }); i >= 0 {
				d := then.Diagnostics[i]
				why = fmt.Sprintf("%s:%d: %s", d.File, d.Range.Start.Line, d.Message)
			}
		case was != is:
			why = fmt.Sprintf("the currency was %s", was)
		default:
			programs = append(programs, p)
		}
		if r.budget = (rates.Sum{}); why != "" {
			r.budget.Unknown = staffing.Because(0, "at %s %s", report.ShortHash(commit), why)
		}
		of[name] = r
	}
	for _, plan := range budget.Plans(past, programs) {
		r := of[plan.Program.Meta.Name]
		for _, m := range plan.Months {
			r.budget.Add(m.Total())
		}
		of[plan.Program.Meta.Name] = r
	}
}
