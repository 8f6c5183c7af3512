package budget

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/headcount"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
)

// Figure is one of the four things that money is.
type Figure uint8

// The figures.
const (
	Planned   Figure = iota
	Actual           // spent, up to as-of: entries of kind actual and accrual, and people
	Committed        // ordered, and not yet spent: entries of kind commitment, whatever their day
	Forecast         // actual of months that finance has closed, expected after them
	figures          // how many there are
)

var figureNames = [...]string{Planned: "plan", Actual: "actual", Committed: "commitments", Forecast: "forecast"}

// String is the name as JSON has it.
func (f Figure) String() string { return figureNames[f] }

// What people cost is of a category and a type of its own, apart from what of it is
// capitalised, which is capex.
const (
	PeopleCategory = "people"
	PeopleType     = "people"
	// Unbudgeted is the group of spend in a category in which its program has no line.
	Unbudgeted = "unbudgeted"
)

// Fact is an amount of one figure in one month, and where it comes from. Every figure of
// a report is a sum of facts.
type Fact struct {
	Figure     Figure
	Month      cal.Month
	Category   string
	Type       string // opex, capex or people
	CostCentre string
	Unbudgeted bool
	rates.Sum
	Source Source
}

// Source is where a fact comes from; nil for a sum of entries of a ledger, which are
// told one by one where a figure is explained.
type Source interface{ source() }

// The sources.
type (
	// LineSource is a line of a budget.
	LineSource struct{ Line *portfolio.BudgetLine }
	// StaffingSource is a staffing line.
	StaffingSource struct{ Line *portfolio.StaffingLine }
	// LedgerSource is an entry of a ledger.
	LedgerSource struct {
		Ledger  *portfolio.Ledger
		Posting portfolio.Posting
	}
	// HoursSource is a line of a timesheet.
	HoursSource struct{ Entry *portfolio.HoursEntry }
	// PeopleSource is a person or a seat.
	PeopleSource struct{ Charge headcount.Charge }
)

func (LineSource) source()     {}
func (StaffingSource) source() {}
func (LedgerSource) source()   {}
func (HoursSource) source()    {}
func (PeopleSource) source()   {}
func (RunRate) source()        {}
