package approval

import (
	"cmp"
	"math"
)

// Facts are what a change means for one subject, a program or a whole that programs
// are in: the names that a condition may mention, by the tags below. What is later,
// more or new is so after the change, compared with what was before it. The texts of
// a subject that is no program are "".
type Facts struct {
	Milestone Milestone `expr:"milestone"`
	Program   Program   `expr:"program"`
	Budget    Budget    `expr:"budget"`
	FTE       FTE       `expr:"fte"`
	Headcount Headcount `expr:"headcount"`
	Policy    Policy    `expr:"policy"`
}

// Milestone is what happens to the milestones of the subject.
type Milestone struct {
	// Slip is by how many calendar days the due date of the milestone that moves
	// latest moves later; 0 where none does.
	Slip int `expr:"slip"`
	// Pull is the same of moves to an earlier date, a positive number.
	Pull int `expr:"pull"`
	// Moved is how many milestones change their due date.
	Moved int `expr:"moved"`
	// Added is how many milestones are new.
	Added int `expr:"added"`
	// Removed is how many milestones are there no more.
	Removed int `expr:"removed"`
	// Completed is how many milestones become done.
	Completed int `expr:"completed"`
	// Reopened is how many milestones are done no more.
	Reopened int `expr:"reopened"`
	// Cancelled is how many milestones are cancelled now, and were not.
	Cancelled int `expr:"cancelled"`
}

// Program is the subject itself. Texts are those after the change, or the last
// ones of a program that is removed; "" where the file says nothing.
type Program struct {
	Name    string `expr:"name"`
	Team    string `expr:"team"`
	Owner   string `expr:"owner"`
	Sponsor string `expr:"sponsor"`
	Theme   string `expr:"theme"`
	Status  string `expr:"status"`
	// Labels are those of its metadata; a label that it does not have is "".
	Labels map[string]string `expr:"labels"`
	// Slip is by how many calendar days the program's own due moves later, else 0.
	Slip int `expr:"slip"`
	// Pull is by how many it moves earlier, else 0.
	Pull int `expr:"pull"`
	// Added says that the program is new.
	Added bool `expr:"added"`
	// Removed says that the program is there no more.
	Removed bool `expr:"removed"`
	// StatusChanged says that it was there with another status.
	StatusChanged bool `expr:"statusChanged"`
}

// Budget is the plan, in units of the portfolio's currency. NewBudget makes one
// that is known.
type Budget struct {
	Before float64 `expr:"before"`
	After  float64 `expr:"after"`
	// Delta is After − Before.
	Delta float64 `expr:"delta"`
	// Increase is Delta ÷ Before, a fraction that conditions write as 5%; 1 where
	// there was nothing before and is something now. It has the sign of Delta, even
	// where Before is negative.
	Increase float64 `expr:"increase"`
	// Known says that the figures could be computed. Where it is false a condition
	// that hangs on one of them is neither met nor unmet.
	Known bool `expr:"-"`
}

// FTE is what staffing lines ask for, in FTE-months. NewFTE makes one that is
// known.
type FTE struct {
	Before float64 `expr:"before"`
	After  float64 `expr:"after"`
	// Delta is After − Before.
	Delta float64 `expr:"delta"`
	// Add is Delta, 0 where that is negative.
	Add float64 `expr:"add"`
	// Known is as in Budget.
	Known bool `expr:"-"`
}

// Headcount is how many heads are planned at the end of the fiscal year.
// NewHeadcount makes one that is known.
type Headcount struct {
	Before int `expr:"before"`
	After  int `expr:"after"`
	// Delta is After − Before.
	Delta int `expr:"delta"`
	// Add is Delta, 0 where that is negative.
	Add int `expr:"add"`
	// Known is as in Budget.
	Known bool `expr:"-"`
}

// Policy is the policy of the portfolio.
type Policy struct {
	// Changed says that the change edits it, so that nobody can lift a condition
	// in the change that would meet it.
	Changed bool `expr:"changed"`
}

// NewBudget makes a known Budget of two amounts in minor units, of which there
// are 10^digits in a unit of the currency. Each figure is rounded once, from
// integers, so that an increase of exactly 5% is not more than 5%.
func NewBudget(before, after int64, digits int) Budget {
	unit := math.Pow10(digits)
	b := Budget{
		Before: float64(before) / unit,
		After:  float64(after) / unit,
		Delta:  float64(after-before) / unit,
		Known:  true,
	}
	switch {
	case before != 0:
		b.Increase = float64(after-before) / math.Abs(float64(before))
	case after != 0:
		b.Increase = float64(cmp.Compare(after, 0))
	}
	return b
}

// NewFTE makes a known FTE of two demands in thousandths of an FTE-month.
func NewFTE(before, after int64) FTE {
	const unit = 1000
	return FTE{
		Before: float64(before) / unit,
		After:  float64(after) / unit,
		Delta:  float64(after-before) / unit,
		Add:    float64(max(after-before, 0)) / unit,
		Known:  true,
	}
}

// NewHeadcount makes a known Headcount of two counts.
func NewHeadcount(before, after int) Headcount {
	return Headcount{Before: before, After: after, Delta: after - before, Add: max(after-before, 0), Known: true}
}

// unknown reports whether the figures of a group could not be computed.
func unknown(f *Facts, group string) bool {
	switch group {
	case "budget":
		return !f.Budget.Known
	case "fte":
		return !f.FTE.Known
	case "headcount":
		return !f.Headcount.Known
	}
	return false
}
