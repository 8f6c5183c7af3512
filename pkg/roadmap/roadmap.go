package roadmap

import (
	"cmp"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/slip"
	"github.com/progctl/progctl/pkg/staffing"
)

// Options says what an analysis is asked for.
type Options struct {
	AsOf cal.Date
	// Years, where they are not set, are those of the horizon.
	Years cal.FiscalYears
	// Selector chooses programs.
	Selector portfolio.Selector
	// Slips has baseline and finish of programs.
	Slips *slip.Analysis
	// Notes are lines that come first among those of the report.
	Notes []string
}

// Analysis is themes, programs and objectives over fiscal years.
type Analysis struct {
	Options
	// Horizon is from the first to the last year of the horizons of all roadmaps; unset
	// where none states one.
	Horizon  cal.FiscalYears
	Currency money.Currency
	// Themes are in the order of the roadmaps, then those that programs name and no
	// roadmap that is there has. The last one is that of no theme, if there are such programs.
	Themes []*Theme
	// Total is all themes, by year.
	Total []Share
	// Objectives are by quarter, those without one last.
	Objectives []*Objective
	// LeftOut are the programs that do not count, by name; Beyond counts those that do and
	// do not touch the years.
	LeftOut []LeftOut
	Beyond  int
	// Unknown says why there is nothing to tell, Partial why there may be more.
	Unknown, Partial []staffing.Reason

	s    *portfolio.Snapshot
	days cal.Period // of the years
	list []cal.FiscalYear
}

// Theme is a line of investment and the programs that join it.
type Theme struct {
	ID        string // "" of the programs that join none
	Title     string
	Objective string
	Declared  bool // that a roadmap that is there has it
	// Shares are by year, Programs those that touch the years, by start and name.
	Shares   []Share
	Programs []*Program

	investment map[cal.FiscalYear]int // thousandths of a percent
}

// Share is a part of the money of a fiscal year.
type Share struct {
	Year cal.FiscalYear
	// Planned and Actual are parts of the whole, Plan is what Actual is of it.
	Planned, Actual ratio.Ratio
	Plan            rates.Sum
}

// Difference is Actual − Planned; unknown where one of them is.
func (s Share) Difference() ratio.Ratio { return s.Actual.Sub(s.Planned) }

// Program is a program of a theme.
type Program struct {
	*portfolio.Program
	// Baseline and Finish are unset where they are not known.
	Baseline, Finish cal.Date
	Plan             rates.Sum // in all years of the report
}

// LateDays is by how much the program finishes after its baseline; ok is false where one
// of the two is not known.
func (p *Program) LateDays() (days cal.Days, ok bool) {
	if p.Baseline.IsZero() || p.Finish.IsZero() {
		return 0, false
	}
	return p.Finish.Sub(p.Baseline), true
}

// Objective is an objective and the programs that serve it.
type Objective struct {
	*portfolio.Objective
	End      cal.Date // the last day of its quarter; unset without one
	Programs []*Program
}

// Last is the program that finishes last of those that serve it, nil where there is none.
func (o *Objective) Last() (last *Program) {
	for _, p := range o.Programs {
		if last == nil || p.Finish.After(last.Finish) {
			last = p
		}
	}
	return last
}

// LateDays is by how much the last program finishes after the quarter, 0 where it does
// not; ok is false where nobody can tell.
func (o *Objective) LateDays() (days cal.Days, ok bool) {
	last := o.Last()
	if last == nil || o.End.IsZero() || last.Finish.IsZero() {
		return 0, false
	}
	return max(0, last.Finish.Sub(o.End)), true
}

// LeftOut is a program that does not count, and why.
type LeftOut struct{ Program, Reason string }

// Analyse puts programs below themes and objectives, and divides their plans.
func Analyse(s *portfolio.Snapshot, o Options) *Analysis {
	a := &Analysis{Options: o, s: s, Currency: s.Config.Currency}
	if a.unknown(); a.Unknown != nil {
		return a
	}
	roadmaps := slices.DeleteFunc(slices.Clone(s.Roadmaps), func(r *portfolio.Roadmap) bool { return !s.Sound("roadmap/" + r.Meta.Name) })
	a.years(roadmaps)
	a.themes(roadmaps)
	programs := a.programs()
	a.share(programs)
	a.objectives(roadmaps, programs)
	return a
}

// unknown says what is not there since it is private.
func (a *Analysis) unknown() {
	if a.s.Unconfigured {
		a.Unknown = []staffing.Reason{staffing.Unconfigured}
		return
	}
	for _, x := range []struct {
		kind portfolio.External
		some bool
	}{{portfolio.ExternalRoadmap, len(a.s.Roadmaps) > 0}, {portfolio.ExternalProgram, len(a.s.Programs) > 0}} {
		switch {
		case !a.s.Absent(x.kind):
		case x.some:
			a.Partial = append(a.Partial, staffing.Because(0, "%s is private: an overlay that is not joined may have more", x.kind)...)
		default:
			a.Partial = append(a.Partial, staffing.Because(0, "%s is private: join what has it with --overlay", x.kind)...)
		}
	}
}

func (a *Analysis) years(roadmaps []*portfolio.Roadmap) {
	for _, r := range roadmaps {
		if r.Horizon == nil {
			continue
		}
		from, to := min(r.Horizon.From, r.Horizon.To), max(r.Horizon.From, r.Horizon.To)
		if a.Horizon.IsZero() {
			a.Horizon = cal.FiscalYears{From: from, To: to}
		}
		a.Horizon.From, a.Horizon.To = min(a.Horizon.From, from), max(a.Horizon.To, to)
	}
	now := a.s.Fiscal.YearOf(a.AsOf)
	a.Years = cmp.Or(a.Years, a.Horizon, cal.FiscalYears{From: now, To: now})
	a.list, a.days = a.Years.Years(), a.s.Fiscal.RangePeriod(a.Years)
}

func (a *Analysis) themes(roadmaps []*portfolio.Roadmap) {
	for _, r := range roadmaps {
		for _, t := range r.Themes {
			x := a.theme(t.ID)
			if !x.Declared {
				x.Title, x.Objective, x.Declared = t.Title, t.Objective, true
			}
			for year, share := range t.Investment {
				x.investment[year] += int(share)
			}
		}
	}
}

// theme returns that of an id, which it adds where there is none.
func (a *Analysis) theme(id string) *Theme {
	i := slices.IndexFunc(a.Themes, func(t *Theme) bool { return t.ID == id })
	if i < 0 {
		i = len(a.Themes)
		a.Themes = append(a.Themes, &Theme{ID: id, Title: id, investment: map[cal.FiscalYear]int{}})
	}
	return a.Themes[i]
}

// programs are those that count, by start and name.
func (a *Analysis) programs() (list []*Program) {
	for _, p := range a.s.Programs {
		name := p.Meta.Name
		switch {
		case !a.s.Selects(a.Selector, p.Subject(), nil):
		case !a.s.Sound(p.Subject()):
			a.LeftOut = append(a.LeftOut, LeftOut{name, "does not validate"})
		case p.Status == portfolio.ProgramCancelled:
			a.LeftOut = append(a.LeftOut, LeftOut{name, "cancelled"})
		default:
			x := &Program{Program: p, Plan: rates.Sum{Amount: money.Amount{Currency: a.Currency}}}
			if a.Slips != nil {
				if r := a.Slips.Record(history.ID{Program: name}); r != nil {
					x.Baseline, x.Finish = r.Baseline, r.Finish
				}
			}
			list = append(list, x)
		}
	}
	slices.SortStableFunc(list, func(x, y *Program) int {
		return cmp.Or(cmp.Compare(x.Start, y.Start), strings.Compare(x.Meta.Name, y.Meta.Name))
	})
	return list
}

// end is the last day of the program that is known.
func (p *Program) end() cal.Date { return max(p.Start, cmp.Or(p.Finish, p.Due)) }

// objectives finds which programs serve them.
func (a *Analysis) objectives(roadmaps []*portfolio.Roadmap, programs []*Program) {
	at := map[string]*Objective{}
	for _, r := range roadmaps {
		for _, o := range r.Objectives {
			if at[o.ID] == nil {
				at[o.ID] = &Objective{Objective: o}
				if !o.Quarter.IsZero() {
					at[o.ID].End = a.s.Fiscal.QuarterPeriod(o.Quarter).Last()
				}
				a.Objectives = append(a.Objectives, at[o.ID])
			}
		}
	}
	for _, p := range programs {
		for i, id := range p.Objectives {
			if o := at[id]; o != nil && !slices.Contains(p.Objectives[:i], id) {
				o.Programs = append(o.Programs, p)
			}
		}
	}
	slices.SortStableFunc(a.Objectives, func(x, y *Objective) int {
		if x.End.IsZero() != y.End.IsZero() {
			return cmp.Compare(y.End, x.End)
		}
		return cmp.Compare(x.End, y.End)
	})
}
