package agenda

import (
	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/staffing"
)

// Spend is what a program costs against its plan. Variances are positive where more is
// spent, or expected, than planned.
type Spend struct {
	Program *portfolio.Program
	// PlanToDate is the plan of the months up to that of as-of, this with it; Actual what
	// was spent by as-of. Plan and Forecast are of all months.
	PlanToDate, Actual, Plan, Forecast rates.Sum
}

func spend(c *budget.Costs, asOf cal.Date) Spend {
	return Spend{
		Program: c.Program, PlanToDate: c.Sum(budget.Planned, cal.MinMonth, asOf.Month()), Actual: c.All(budget.Actual),
		Plan: c.All(budget.Planned), Forecast: c.All(budget.Forecast),
	}
}

// add adds up.
func (x *Spend) add(y Spend) {
	x.PlanToDate.Add(y.PlanToDate)
	x.Actual.Add(y.Actual)
	x.Plan.Add(y.Plan)
	x.Forecast.Add(y.Forecast)
}

// Variance is Actual − PlanToDate; nil where one is not known.
func (x *Spend) Variance() *money.Amount { return less(x.Actual, x.PlanToDate) }

// ForecastVariance is Forecast − Plan; nil where one is not known.
func (x *Spend) ForecastVariance() *money.Amount { return less(x.Forecast, x.Plan) }

// less is x − y, nil where one is not known or the difference fits no amount.
func less(x, y rates.Sum) *money.Amount {
	a, b := x.Known(), y.Known()
	if a == nil || b == nil {
		return nil
	}
	d, err := a.Sub(*b)
	if err != nil {
		return nil
	}
	return &d
}

// unknown says why figures are not known.
func (x *Spend) unknown() (list []staffing.Reason) {
	for _, s := range []rates.Sum{x.PlanToDate, x.Actual, x.Plan, x.Forecast} {
		list = staffing.MergeReasons(list, s.Unknown)
	}
	return list
}
