package budget

import (
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/staffing"
)

// account is what money is of: a program, or a team itself.
type account struct {
	subject    string
	program    *portfolio.Program // nil for a team
	name       string             // of the program; "" for a team
	team       string
	theme      string
	costCentre string // of the team
	budgets    []*portfolio.Budget
	ledgers    []*portfolio.Ledger
}

// lines are the budget lines of the account.
func (a *account) lines() []*portfolio.BudgetLine {
	var lines []*portfolio.BudgetLine
	if a.program != nil && a.program.Budget != nil {
		lines = a.program.Budget.Lines
	}
	for _, b := range a.budgets {
		lines = append(slices.Clip(lines), b.Lines...)
	}
	return lines
}

// planned reports whether the plan of the account counts: that of a cancelled program
// does not.
func (a *account) planned() bool {
	return a.program == nil || a.program.Status != portfolio.ProgramCancelled
}

// programAccounts are the programs that validate, cancelled ones too.
func programAccounts(s *portfolio.Snapshot) []*account {
	units := staffing.NewGrouping(s)
	var list []*account
	of := map[string]*account{}
	for _, p := range s.Programs {
		if s.Sound(p.Subject()) {
			a := &account{subject: p.Subject(), program: p, name: p.Meta.Name, team: p.Team, theme: p.Theme, costCentre: costCentre(units, p.Team)}
			list, of[a.name] = append(list, a), a
		}
	}
	for _, l := range ledgers(s) {
		if a := of[l.Program]; a != nil {
			a.ledgers = append(a.ledgers, l)
		}
	}
	return list
}

// teamAccounts are the teams that have a budget or a ledger, or people, in the order of
// their names; "" is for people of no team.
func teamAccounts(s *portfolio.Snapshot, staffed []string) []*account {
	units := staffing.NewGrouping(s)
	of := map[string]*account{}
	var list []*account
	at := func(team string) *account {
		if of[team] == nil {
			of[team] = &account{subject: "team/" + team, team: team, costCentre: costCentre(units, team)}
			list = append(list, of[team])
		}
		return of[team]
	}
	for _, team := range staffed {
		at(team)
	}
	for _, b := range s.Budgets {
		if s.Sound("budget/" + b.Meta.Name) {
			a := at(b.Team)
			a.budgets = append(a.budgets, b)
		}
	}
	for _, l := range ledgers(s) {
		if l.Program == "" {
			a := at(l.Team)
			a.ledgers = append(a.ledgers, l)
		}
	}
	slices.SortFunc(list, func(x, y *account) int { return strings.Compare(x.team, y.team) })
	return list
}

// costCentre is that of a team, else of the nearest team above it that states one.
func costCentre(units *staffing.Grouping, team string) string {
	return units.Value(group.ByCostCentre, staffing.Standing{Team: team})
}

// ledgers are those that validate.
func ledgers(s *portfolio.Snapshot) []*portfolio.Ledger {
	return slices.DeleteFunc(slices.Clone(s.Ledgers), func(l *portfolio.Ledger) bool { return !s.Sound("ledger/" + l.Meta.Name) })
}

// missing says why the staffing, the budget lines or the ledgers of an account are not
// known at all; nil where they are.
func (a *account) missing(s *portfolio.Snapshot) (people, lines, spent []staffing.Reason) {
	if s.Unconfigured {
		why := []staffing.Reason{staffing.Unconfigured}
		return why, why, why
	}
	private := []staffing.Reason{staffing.Private}
	if s.Absent(portfolio.ExternalLedger) {
		spent = private
	}
	if a.program == nil {
		if s.Absent(portfolio.ExternalTeamBudget) {
			lines = private
		}
		return people, lines, spent
	}
	if staffing.LinesPrivate(s, a.program) {
		people = private
	}
	if a.program.Budget == nil && slices.Contains(s.Config.External, portfolio.ExternalBudget) {
		lines = private
	}
	return people, lines, spent
}
