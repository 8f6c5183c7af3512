// Package figure knows the figures whose changes can be traced: it computes one for
// a portfolio, and tells which version of the portfolio changed it by how much. It
// knows Snapshots and days, and nothing of how versions are found.
package figure

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/headcount"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/schedule"
	"github.com/progctl/progctl/pkg/slip"
	"github.com/progctl/progctl/pkg/staffing"
)

// Figure is something that a portfolio has a value of.
type Figure struct {
	Name string // finish, due, expected, budget, actual, forecast, fte, headcount
	Of   string // what it is of; may be empty where All
	*kind
}

// kind is a sort of figure.
type kind struct {
	name, summary string
	// all says that it may be of the whole portfolio.
	all  bool
	unit Unit
	// value returns false where the portfolio has no such thing; an error where it
	// cannot be computed.
	value func(s *portfolio.Snapshot, of string, asOf cal.Date) (n int64, ok bool, err error)
	// names are what it may be of.
	names func(s *portfolio.Snapshot) []string
	// documents are the kinds of documents that say what it is, in lower case.
	documents []string
}

// Unit is what the values of a figure count.
type Unit uint8

// The units.
const (
	Days        Unit = iota // days since an epoch: a date
	Heads                   // people
	Thousandths             // of an FTE-month
	Minor                   // minor units of the portfolio's currency
)

var kinds = []*kind{
	{
		"finish", "when a milestone or a program finishes; what is not done, today at the earliest: PROGRAM/MILESTONE or PROGRAM",
		false, Days, finish, datedNames,
		[]string{"program", "portfolio"},
	},
	{
		"due", "the committed date, also where it has passed and finish is today: PROGRAM/MILESTONE or PROGRAM",
		false, Days, due, datedNames,
		[]string{"program"},
	},
	{
		"expected", "when a milestone is expected to finish, with all that it waits for: PROGRAM/MILESTONE",
		false, Days, expected, milestoneNames,
		[]string{"program", "portfolio"},
	},
	{
		"budget", "what programs are planned to cost, people and lines, over all years: PROGRAM; leave out :NAME for all",
		true, Minor, cost, programNames,
		[]string{"program", "portfolio"},
	},
	{
		"actual", "what programs spent up to as-of, over all years: PROGRAM; leave out :NAME for all",
		true, Minor, spent(budget.Actual), programNames,
		[]string{"program", "ledger", "roster", "portfolio"},
	},
	{
		"forecast", "what programs are forecast to cost at completion: PROGRAM; leave out :NAME for all",
		true, Minor, spent(budget.Forecast), programNames,
		[]string{"program", "ledger", "roster", "portfolio"},
	},
	{
		"fte", "FTE-months that staffing lines ask for: PROGRAM; leave out :NAME for all",
		true, Thousandths, demand, programNames,
		[]string{"program", "portfolio"},
	},
	{
		"headcount", "heads planned at the end of the fiscal year of as-of: TEAM; leave out :NAME for all",
		true, Heads, heads, teamNames,
		[]string{"roster", "headcountplan", "portfolio"},
	},
}

// Help lists the figures, a line each: how to write it, and what it is.
func Help() string {
	var b strings.Builder
	for _, k := range kinds {
		what, of, _ := strings.Cut(k.summary, ": ")
		form := k.name + ":NAME"
		if k.all {
			form = k.name + "[:NAME]"
		}
		fmt.Fprintf(&b, "  %-18s %s (%s)\n", form, what, of)
	}
	return b.String()
}

// Parse reads NAME:OF, or a milestone alone, which means its finish. The error is a
// sentence for the user.
func Parse(text string) (Figure, error) {
	name, of, found := strings.Cut(text, ":")
	if !found && strings.Contains(text, "/") {
		name, of = "finish", text
	}
	i := slices.IndexFunc(kinds, func(k *kind) bool { return k.name == name })
	if i < 0 {
		names := make([]string, len(kinds))
		for i, k := range kinds {
			names[i] = k.name
		}
		if near := diag.Nearest(name, names); near != "" {
			return Figure{}, fmt.Errorf("there is no figure %q, did you mean %s?", name, near)
		}
		return Figure{}, fmt.Errorf("there is no figure %q: the figures are %s", name, strings.Join(names, ", "))
	}
	if of == "" && !kinds[i].all {
		return Figure{}, fmt.Errorf("%s of what? Write %s:PROGRAM/MILESTONE", name, name)
	}
	return Figure{Name: name, Of: of, kind: kinds[i]}, nil
}

// String is the figure as Parse reads it.
func (f Figure) String() string {
	if f.Of == "" {
		return f.Name
	}
	return f.Name + ":" + f.Of
}

// Value is the figure of a portfolio on a day, in its unit: for a date, the number
// of its day. ok is false where the portfolio has nothing of that name, or no such
// date of it.
func (f Figure) Value(s *portfolio.Snapshot, asOf cal.Date) (n int64, ok bool, err error) {
	return f.value(s, f.Of, asOf)
}

// HangsOn reports whether the figure of a portfolio is not to be trusted where what a
// subject names, as findings do, does not validate. A file that cannot be read may
// hold anything that is missed: a part of a sum, what something waits for, the
// Portfolio document, or the very thing that is not there.
func (f Figure) HangsOn(s *portfolio.Snapshot, subject string) bool {
	kind, rest, _ := strings.Cut(subject, "/")
	name, _, _ := strings.Cut(rest, "/")
	program, _, _ := strings.Cut(f.Of, "/")
	sum := f.Of == "" || f.unit == Heads
	switch {
	case kind == "file":
		return sum || slices.Contains(f.documents, "ledger") || s.Program(program) == nil || f.misses(s)
	case !slices.Contains(f.documents, kind):
		return false
	}
	return sum || kind != "program" || f.Name == "expected" || name == program
}

// misses reports whether the figure asks for something that a portfolio does not have.
func (f Figure) misses(s *portfolio.Snapshot) bool {
	if slices.Contains(f.documents, "portfolio") && s.Config.Meta.Name == "" {
		return true
	}
	return f.Name == "expected" && slices.ContainsFunc(s.Programs, func(g *portfolio.Program) bool {
		return slices.ContainsFunc(g.Milestones, func(m *portfolio.Milestone) bool {
			return slices.ContainsFunc(m.DependsOn, func(d portfolio.Dependency) bool { return d.Target == nil })
		})
	})
}

func finish(s *portfolio.Snapshot, of string, asOf cal.Date) (int64, bool, error) {
	program, milestone, _ := strings.Cut(of, "/")
	r := slip.Analyse(s, nil, slip.Options{AsOf: asOf}).Record(history.ID{Program: program, Milestone: milestone})
	if r == nil || r.Finish.IsZero() {
		return 0, false, nil
	}
	return int64(r.Finish), true, nil
}

func due(s *portfolio.Snapshot, of string, _ cal.Date) (int64, bool, error) {
	g, m := find(s, of)
	switch {
	case m != nil:
		return int64(m.Due), !m.Due.IsZero(), nil
	case g != nil && !strings.Contains(of, "/"):
		return int64(g.Due), !g.Due.IsZero(), nil
	}
	return 0, false, nil
}

func expected(s *portfolio.Snapshot, of string, asOf cal.Date) (int64, bool, error) {
	day, ok := schedule.New(s, asOf).Expected(of)
	return int64(day), ok, nil
}

// some are the programs that count in totals, or the one named.
func some(s *portfolio.Snapshot, of string) []*portfolio.Program {
	return slices.DeleteFunc(staffing.Programs(s), func(g *portfolio.Program) bool { return of != "" && g.Meta.Name != of })
}

func cost(s *portfolio.Snapshot, of string, _ cal.Date) (int64, bool, error) {
	programs := some(s, of)
	if of != "" && len(programs) == 0 {
		return 0, s.Program(of) != nil, nil
	}
	var total money.Amount
	for _, y := range budget.Years(s.Fiscal, budget.Plans(s, programs)...) {
		sum := y.Total()
		if len(sum.Unknown) > 0 {
			return 0, false, errors.New(sum.Unknown[0].String())
		}
		total.Currency = sum.Amount.Currency
		var err error
		if total, err = total.Add(sum.Amount); err != nil {
			return 0, false, err
		}
	}
	return total.Minor, true, nil
}

// spent returns a figure that ledgers and people make.
func spent(f budget.Figure) func(*portfolio.Snapshot, string, cal.Date) (int64, bool, error) {
	return func(s *portfolio.Snapshot, of string, asOf cal.Date) (int64, bool, error) {
		var total rates.Sum
		costs := budget.CostsOf(s, asOf)
		for i := range costs {
			if of == "" || costs[i].Program.Meta.Name == of {
				total.Add(costs[i].All(f))
			}
		}
		if len(total.Unknown) > 0 {
			return 0, false, errors.New(total.Unknown[0].String())
		}
		return total.Amount.Minor, of == "" || s.Program(of) != nil, nil
	}
}

func demand(s *portfolio.Snapshot, of string, _ cal.Date) (int64, bool, error) {
	programs := some(s, of)
	if of != "" && len(programs) == 0 {
		return 0, s.Program(of) != nil, nil
	}
	d := staffing.DemandOf(s, programs)
	if len(d.Unknown) > 0 {
		return 0, false, errors.New(d.Unknown[0].String())
	}
	total := new(big.Rat)
	for _, m := range d.Months {
		total.Add(total, m.FTE.Rat())
	}
	n, err := strconv.ParseInt(total.Mul(total, big.NewRat(1000, 1)).FloatString(0), 10, 64)
	return n, err == nil, err
}

func heads(s *portfolio.Snapshot, of string, asOf cal.Date) (int64, bool, error) {
	p := headcount.Planned(s, s.Fiscal.Period(s.Fiscal.YearOf(asOf)).Last())
	if len(p.Unknown) > 0 {
		return 0, false, errors.New(p.Unknown[0].String())
	}
	var total int64
	for _, t := range p.Teams {
		if of == "" || t.Team == of {
			total += int64(t.Heads)
		}
	}
	return total, of == "" || slices.Contains(teamNames(s), of), nil
}
