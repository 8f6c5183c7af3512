package portfolio

import (
	"cmp"

	"github.com/progctl/progctl/pkg/approval"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

// Policy is what the organisation tolerates. No pointer but MaxRemoved is nil once
// defaults were applied.
type Policy struct {
	OverdueGrace      cal.CalendarSpan         `yaml:"overdueGrace"`      // default 0d
	SlipTolerance     *cal.CalendarSpan        `yaml:"slipTolerance"`     // default 10d
	BudgetTolerance   *Percent                 `yaml:"budgetTolerance"`   // default 5%
	MaxAllocation     *Percent                 `yaml:"maxAllocation"`     // of a person's own time; default 100%
	MaxRemoved        *Percent                 `yaml:"maxRemoved"`        // of all milestones, or programs, in one change; nil: no bound
	StaleAfter        *cal.CalendarSpan        `yaml:"staleAfter"`        // default 30d
	Horizon           *cal.CalendarSpan        `yaml:"horizon"`           // what is due soon; default 14d
	RequireSlipReason *bool                    `yaml:"requireSlipReason"` // default true
	PeopleActuals     PeopleActuals            `yaml:"peopleActuals"`
	ForecastMethod    ForecastMethod           `yaml:"forecastMethod"`
	Rules             map[string]diag.Severity `yaml:"rules"` // by code
	Approvals         []Approval               `yaml:"approvals"`
}

// PeopleActuals is what people actually cost a program.
type PeopleActuals string

// The methods; the default is PeopleAllocated.
const (
	PeopleAllocated PeopleActuals = "allocated" // staffing lines that name a person
	PeopleLedger    PeopleActuals = "ledger"    // the ledger alone
	PeopleHours     PeopleActuals = "hours"     // timesheets at the rate
)

// ForecastMethod is what is expected where a line states no forecast.
type ForecastMethod string

// The methods; the default is ForecastPlan.
const (
	ForecastPlan    ForecastMethod = "plan"
	ForecastRunRate ForecastMethod = "run-rate"
)

// Approval says whose approval a change needs.
type Approval struct {
	Origin   source.Origin `yaml:"-"`
	When     string        `yaml:"when"` // a condition on what the change means
	Requires Approvers     `yaml:"requires"`
	// Condition is When, read when the portfolio is assembled; nil where it cannot be
	// read.
	Condition *approval.Condition `yaml:"-"`
}

// Approvers are persons, teams or groups that must each approve. One is written
// alone, more as a list.
type Approvers []string

// ParseText reads an approver that is written alone.
func (a *Approvers) ParseText(text string) error {
	*a = Approvers{text}
	return nil
}

func (p *Policy) defaults() {
	p.SlipTolerance = orNew(p.SlipTolerance, 10)
	p.BudgetTolerance = orNew(p.BudgetTolerance, Whole/20)
	p.MaxAllocation = orNew(p.MaxAllocation, Whole)
	p.StaleAfter = orNew(p.StaleAfter, 30)
	p.Horizon = orNew(p.Horizon, 14)
	p.RequireSlipReason = orNew(p.RequireSlipReason, true)
	p.PeopleActuals = cmp.Or(p.PeopleActuals, PeopleAllocated)
	p.ForecastMethod = cmp.Or(p.ForecastMethod, ForecastPlan)
}

// orNew returns p, or where it is nil a pointer to value.
func orNew[T any](p *T, value T) *T {
	if p != nil {
		return p
	}
	return &value
}
