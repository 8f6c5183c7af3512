package priority

import (
	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// MoneyLine is where the money runs out.
type MoneyLine struct {
	Budget money.Amount
	// First is what was planned for completed programs, Taken that and the plan of all
	// programs above the line, Left what the budget is more than that.
	First, Taken, Left rates.Sum
	// Cut is the first program that does not fit, and Lacks by how much; nil where all do.
	// Unsettled is the first of which nobody can tell.
	Cut, Unsettled *Row
	Lacks          rates.Sum
	// Fit are programs below the line that would fit into what is left, taken by rank.
	Fit []*Row
}

// drawMoney draws the line by money; without a budget it only adds up.
func (a *Analysis) drawMoney() {
	first, last := a.months()
	of := map[string]rates.Sum{}
	done := rates.Sum{Amount: a.zero()}
	for _, p := range budget.Plans(a.s, staffing.Programs(a.s)) {
		plan := rates.Sum{Amount: a.zero()}
		for _, m := range p.Months {
			if first <= m.Month && m.Month <= last {
				plan.Add(m.Total())
			}
		}
		if p.Program.Status == portfolio.ProgramCompleted {
			done.Add(plan)
		}
		of[p.Program.Meta.Name] = plan
	}
	sum := done
	for _, r := range a.order() {
		r.Plan = of[r.name()]
		sum.Add(r.Plan)
		r.Sum = sum
	}
	if a.Budget == nil {
		return
	}
	m := &MoneyLine{Budget: *a.Budget, First: done, Taken: done}
	a.Money = m
	for _, r := range a.order() {
		with := m.Taken
		with.Add(r.Plan)
		switch {
		case r.Plan.Known() != nil && r.Plan.Amount.IsZero():
			r.Money = Above // it takes nothing, wherever it stands
		case m.Cut != nil:
			r.Money = Below
		case m.Unsettled != nil:
			r.Money = Unsettled
		case a.kept(r):
			r.Money, m.Taken = Above, with
		case with.Known() == nil:
			r.Money, m.Unsettled = Unsettled, r
		case with.Amount.Minor > m.Budget.Minor:
			r.Money, m.Cut, m.Lacks = Below, r, less(with, m.Budget)
		default:
			r.Money, m.Taken = Above, with
		}
	}
	m.Left = less(rates.Sum{Amount: m.Budget}, m.Taken.Amount)
	m.Left.Unknown = staffing.MergeReasons(m.Left.Unknown, m.Taken.Unknown)
	m.fit(a.order())
}

// fit finds what of the programs below the line would fit into what is left.
func (m *MoneyLine) fit(order []*Row) {
	left := m.Left
	for _, r := range order {
		if r.Money != Below || r.Plan.Known() == nil || left.Known() == nil || r.Plan.Amount.Minor > left.Amount.Minor {
			continue
		}
		m.Fit = append(m.Fit, r)
		left = less(left, r.Plan.Amount)
	}
}

func less(s rates.Sum, a money.Amount) rates.Sum {
	s.Add(rates.Sum{Amount: a.Neg()})
	return s
}

func (a *Analysis) zero() money.Amount { return money.Amount{Currency: a.s.Config.Currency} }

// months are the first and the last month of the years.
func (a *Analysis) months() (first, last cal.Month) {
	days := a.s.Fiscal.RangePeriod(a.Years)
	return days.From.Month(), days.Last().Month()
}
