package priority

import (
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// Options says what an analysis is asked for.
type Options struct {
	AsOf cal.Date
	// Years are those of whose plans the money is, Buckets divide them by Step for people:
	// whole months that follow each other.
	Years   cal.FiscalYears
	Step    cal.Step
	Buckets []cal.Bucket
	// Budget is the money that there is for the programs of the years, in the currency of
	// the portfolio; nil draws no line by money.
	Budget *money.Amount
	// KeepRunning takes programs that are approved or active before all others.
	KeepRunning bool
	// Planned counts seats as people from the day on which the plan expects them filled.
	Planned bool
	// Selector chooses which programs are shown. Ranks and lines are of all.
	Selector portfolio.Selector
	// Baseline is an earlier state to compare with. Since says which change it lies right
	// before, nil where it was named; NoBaseline why there is none.
	Baseline   *portfolio.Snapshot
	Since      *Commit
	NoBaseline string
}

// Commit is a change of the model, or of scores.
type Commit struct {
	Hash    string // "" is what is not committed
	Day     cal.Date
	Author  string
	Subject string
}

// Analysis is the programs of a portfolio in the order in which they come first.
type Analysis struct {
	Options
	Criteria []Criterion
	// Rows are the programs that are not over, by rank, those without one last.
	Rows []*Row
	// Completed and Cancelled count the programs that are not ranked.
	Completed, Cancelled int
	// Money is the line by money, nil without a budget; People is the line by people.
	Money  *MoneyLine
	People *PeopleLine
	// Change is what differs from the baseline; nil without one.
	Change *Change
	// Unknown says why there is no ranking, Partial why there may be more programs.
	Unknown, Partial []staffing.Reason

	s     *portfolio.Snapshot
	model *model
}

// Row is a program that is ranked.
type Row struct {
	Program *portfolio.Program
	// Rank is from 1; 0 is a program without any score. Best and Worst are the ranks
	// between which it would be with scores in all gaps.
	Rank, Best, Worst int
	Score             score
	// Missing are the criteria with weight that have no score.
	Missing []string
	// Plan is what the program is planned to cost in the years, Sum that with all that is
	// taken before it.
	Plan, Sum rates.Sum
	// Money and People say on which side of the lines the program is.
	Money, People Side
	// Short is what it would be short of; of a program that is below the line by people.
	Short []Lack
	// Before is the program at the baseline; nil without one.
	Before *Before

	demand demand
}

// Side is a side of a line.
type Side uint8

// The sides. NoLine is where no line is drawn, Unsettled where nobody can tell.
const (
	NoLine Side = iota
	Above
	Below
	Unsettled
)

func (r *Row) name() string { return r.Program.Meta.Name }

// Running reports whether the program was approved to run.
func (r *Row) Running() bool { return r.Program.Status.Committed() }

// cut reports whether the program is below a line.
func (r *Row) cut() bool { return r.Money == Below || r.People == Below }

// Analyse ranks programs and draws the lines.
func Analyse(s *portfolio.Snapshot, o Options) *Analysis {
	a := &Analysis{Options: o, s: s, model: modelOf(s)}
	a.Criteria = a.model.criteria
	if a.unknown(); a.Unknown != nil {
		return a
	}
	a.Rows = ranking(s, a.model)
	for _, p := range s.Programs {
		switch {
		case !s.Sound(p.Subject()):
		case p.Status == portfolio.ProgramCompleted:
			a.Completed++
		case p.Status == portfolio.ProgramCancelled:
			a.Cancelled++
		}
	}
	a.drawMoney()
	a.drawPeople()
	a.compare()
	return a
}

// unknown says why there is nothing to rank, or may be more.
func (a *Analysis) unknown() {
	switch {
	case a.s.Unconfigured:
		a.Unknown = []staffing.Reason{staffing.Unconfigured}
	case !a.s.Absent(portfolio.ExternalProgram):
	case len(a.s.Programs) == 0:
		a.Unknown = []staffing.Reason{staffing.Private}
	default:
		a.Partial = staffing.Because(0, "Program is private: an overlay that is not joined may have more, and their ranks")
	}
}

// ranking is the programs of a portfolio that are not over, by the ranks that a model
// gives them.
func ranking(s *portfolio.Snapshot, m *model) []*Row {
	var rows []*Row
	for _, p := range s.Programs {
		if p.Status.Over() || !s.Sound(p.Subject()) {
			continue
		}
		r := &Row{Program: p, Score: m.score(p.Priority.Scores)}
		r.Missing = m.missing(&r.Score)
		rows = append(rows, r)
	}
	rank(rows)
	return rows
}

// Ranked counts the programs that have a rank.
func (a *Analysis) Ranked() (n int) {
	for _, r := range a.Rows {
		if r.Rank > 0 {
			n++
		}
	}
	return n
}

// order is that in which programs are taken.
func (a *Analysis) order() []*Row {
	if !a.KeepRunning {
		return a.Rows
	}
	rows := slices.Clone(a.Rows)
	slices.SortStableFunc(rows, func(x, y *Row) int {
		switch {
		case x.Running() == y.Running():
			return 0
		case x.Running():
			return -1
		}
		return 1
	})
	return rows
}

// kept reports whether a program is taken whether or not it fits.
func (a *Analysis) kept(r *Row) bool { return a.KeepRunning && r.Running() }

// Shown are the programs that the selector chooses.
func (a *Analysis) Shown() []*Row {
	return slices.DeleteFunc(slices.Clone(a.Rows), func(r *Row) bool { return !a.s.Selects(a.Selector, r.Program.Subject(), nil) })
}
