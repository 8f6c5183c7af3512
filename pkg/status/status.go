package status

import (
	"cmp"
	"slices"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/evm"
	"github.com/progctl/progctl/pkg/hiring"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/review"
	"github.com/progctl/progctl/pkg/risk"
	"github.com/progctl/progctl/pkg/slip"
	"github.com/progctl/progctl/pkg/staffing"
)

// Input is what is known of a portfolio on the day. All but Snapshot and Slips may be
// missing: what is not there is not judged.
type Input struct {
	Snapshot *portfolio.Snapshot
	// Findings are those of check about what is chosen.
	Findings []diag.Diagnostic
	// Slips are the dates of the whole portfolio, Costs the money of all its programs.
	Slips  *slip.Analysis
	Costs  []budget.Costs
	Earned *evm.Analysis
	// Money is that of the programs that are chosen, by program, over the fiscal year of
	// as-of.
	Money *budget.Analysis
	// Staffing is of the months of that year, Hiring of its plans; nil where programs are
	// chosen, for people work for all of them.
	Staffing *staffing.Analysis
	Hiring   *hiring.Analysis
	// Reviews and Risks are those of the whole portfolio.
	Reviews *review.Analysis
	Risks   *risk.Analysis
	// Since is what changed; nil where that is not asked for.
	Since *Since
	// Notes are lines on what is left out, and why.
	Notes []string
}

// Options says what an analysis is asked for.
type Options struct {
	AsOf cal.Date
	// Horizon is how many days ahead is next; the last of them counts.
	Horizon cal.Days
	// Selector chooses programs, by their labels and fields; none chooses all, and what
	// belongs to no program with them.
	Selector portfolio.Selector
}

// Analysis is how a portfolio stands.
type Analysis struct {
	Input
	Options
	// Programs are those that are chosen and validate: first those that are judged, the
	// worst first, then those that are proposed, then those that are over; of each by name.
	Programs []*Program
	// Attention is all that needs it, the most urgent first.
	Attention []Item
	// Next are the open milestones of programs that are judged, due from as-of up to the
	// horizon, the soonest first; Later is the first one after that, nil where there is
	// none.
	Next  []*slip.Record
	Later *slip.Record
	// Due are the series of reviews of what is chosen, the one due next first.
	Due []*review.Series
	// People is nil where programs are chosen.
	People *People
}

// Program is a program and how it stands.
type Program struct {
	*portfolio.Program
	Health
	// Dates are those of the program itself.
	Dates *slip.Record
	// Next is its next open milestone; the last overdue one where none is left. Nil where
	// none is open.
	Next *slip.Record
	// Overdue are the milestones that are, and the program itself where it is, the longest
	// first.
	Overdue []*slip.Record
	// Latest is what is open and finishes the most days after its approved baseline; nil
	// where no baseline is known.
	Latest *slip.Record
	// Earned is nil where the program is not measured, Costs where nothing is known of
	// its money, Year where it has none in the fiscal year.
	Earned *evm.Result
	Costs  *budget.Costs
	Year   *budget.Totals
	// FTE is what its staffing lines ask for on as-of, in thousandths of full time; nil
	// where they are private.
	FTE *int64
	// Risks may still occur; Late of them are past the day of their review, and no waiver
	// holds for that.
	Risks, Late []*risk.Risk
	// Review is its series of reviews, nil where none are due; Missed are those since the
	// last one that was held; none where a waiver holds.
	Review *review.Series
	Missed []review.Occurrence
}

// Judged reports whether a program has a health: it is approved, active or paused.
func (p *Program) Judged() bool { return p.Status.Committed() || p.Status == portfolio.ProgramPaused }

// class orders programs: judged, proposed, over.
func (p *Program) class() int {
	switch {
	case p.Judged():
		return 0
	case p.Status.Over():
		return 2
	}
	return 1
}

// Analyse puts together how a portfolio stands.
func Analyse(in Input, o Options) *Analysis {
	a := &Analysis{Input: in, Options: o}
	for _, p := range in.Snapshot.Programs {
		if in.Snapshot.Sound(p.Subject()) && in.Snapshot.Selects(o.Selector, p.Subject(), nil) {
			a.Programs = append(a.Programs, a.program(p))
		}
	}
	slices.SortStableFunc(a.Programs, func(x, y *Program) int {
		return cmp.Or(cmp.Compare(x.class(), y.class()), cmp.Compare(worse(y.Computed), worse(x.Computed)), cmp.Compare(x.Meta.Name, y.Meta.Name))
	})
	a.next()
	a.due()
	a.people()
	a.attend()
	return a
}

// program gathers what there is to know of a program, and judges it.
func (a *Analysis) program(g *portfolio.Program) *Program {
	name := g.Meta.Name
	p := &Program{Program: g, Dates: a.Slips.Record(history.ID{Program: name})}
	a.dates(p)
	for i := range a.Costs {
		if a.Costs[i].Program == g {
			p.Costs = &a.Costs[i]
		}
	}
	if a.Earned != nil {
		if i := slices.IndexFunc(a.Earned.Programs, func(r *evm.Result) bool { return r.Program == g }); i >= 0 {
			p.Earned = a.Earned.Programs[i]
		}
	}
	if a.Money != nil {
		for i := range a.Money.Groups {
			if a.Money.Groups[i].Key[0] == name {
				p.Year = &a.Money.Groups[i].Rows.Total
			}
		}
	}
	if !staffing.LinesPrivate(a.Snapshot, g) {
		p.FTE = new(int64)
		for _, l := range g.Staffing {
			if l.Period().Contains(a.AsOf) {
				*p.FTE += int64(l.FTE)
			}
		}
	}
	if a.Risks != nil {
		for _, r := range a.Risks.Risks {
			if r.Program != g || !r.Counts() {
				continue
			}
			if p.Risks = append(p.Risks, r); r.Past > 0 && !a.waived("GOV021", g.Subject()+"/risk/"+r.ID) {
				p.Late = append(p.Late, r)
			}
		}
	}
	a.reviewed(p)
	a.judge(p)
	return p
}

// dates finds what is next, overdue and latest.
func (a *Analysis) dates(p *Program) {
	var open []*slip.Record
	for _, m := range p.Milestones {
		if r := a.Slips.Record(history.ID{Program: p.Meta.Name, Milestone: m.ID}); r != nil && m.Open() && !p.Status.Over() {
			open = append(open, r)
		}
	}
	slices.SortStableFunc(open, func(x, y *slip.Record) int {
		return cmp.Or(cmp.Compare(x.Due, y.Due), x.ID.Compare(y.ID))
	})
	for _, r := range open {
		if p.Next == nil || p.Next.Due < a.AsOf {
			p.Next = r
		}
	}
	if p.Dates != nil && !p.Status.Over() {
		open = append(open, p.Dates)
	}
	var most cal.Days
	for _, r := range open {
		if r.Overdue > 0 {
			p.Overdue = append(p.Overdue, r)
		}
		if days, _, known := r.Variance(); known && (p.Latest == nil || days > most) {
			p.Latest, most = r, days
		}
	}
	slices.SortStableFunc(p.Overdue, func(x, y *slip.Record) int { return cmp.Compare(y.Overdue, x.Overdue) })
}

// reviewed finds the reviews of a program, and those that were missed since the last one.
func (a *Analysis) reviewed(p *Program) {
	if a.Reviews == nil {
		return
	}
	g := p.Program
	for _, x := range a.Reviews.Series {
		if x.Program != g {
			continue
		}
		p.Review = x
		if !a.waived("GOV017", g.Subject()) {
			p.Missed = missedSince(x)
		}
	}
}

// missedSince are the reviews missed since the last one that was held, in order, as
// check counts them.
func missedSince(x *review.Series) (list []review.Occurrence) {
	for _, o := range x.Occurrences {
		switch o.State {
		case review.Held:
			list = nil
		case review.Missed:
			list = append(list, o)
		}
	}
	return list
}

// next takes the milestones of judged programs up to the horizon.
func (a *Analysis) next() {
	until := a.AsOf.Add(a.Horizon)
	for _, p := range a.Programs {
		if !p.Judged() {
			continue
		}
		for _, m := range p.Milestones {
			r := a.Slips.Record(history.ID{Program: p.Meta.Name, Milestone: m.ID})
			switch {
			case r == nil || !m.Open() || m.Due < a.AsOf:
			case m.Due <= until:
				a.Next = append(a.Next, r)
			case a.Later == nil || r.Due < a.Later.Due || r.Due == a.Later.Due && r.ID.Compare(a.Later.ID) < 0:
				a.Later = r
			}
		}
	}
	slices.SortStableFunc(a.Next, func(x, y *slip.Record) int {
		return cmp.Or(cmp.Compare(x.Due, y.Due), x.ID.Compare(y.ID))
	})
}

// due takes the reviews of what is chosen that have a next one.
func (a *Analysis) due() {
	if a.Reviews == nil {
		return
	}
	for _, x := range a.Reviews.Series {
		if x.Next != nil && a.about(x.Program) {
			a.Due = append(a.Due, x)
		}
	}
	slices.SortStableFunc(a.Due, func(x, y *review.Series) int { return cmp.Compare(x.Next.On, y.Next.On) })
}

// about reports whether a program is chosen; nil is the portfolio as a whole.
func (a *Analysis) about(g *portfolio.Program) bool {
	if g == nil {
		return len(a.Selector) == 0
	}
	return slices.ContainsFunc(a.Programs, func(p *Program) bool { return p.Program == g })
}
