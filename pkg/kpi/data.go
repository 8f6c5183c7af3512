package kpi

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
)

// data is the data of the JSON report kpi. What is unknown is null.
type data struct {
	FiscalYear     cal.FiscalYears    `json:"fiscalYear"`
	Step           cal.Step           `json:"step"`
	Subtree        bool               `json:"subtree"`
	Tolerance      *portfolio.Percent `json:"budgetTolerance"`
	CompletionRate *completionData    `json:"completionRate"`
	Satisfaction   []rowData          `json:"satisfaction"`
	Total          *totalData         `json:"satisfactionTotal"`
	Targets        targetsData        `json:"targets"`
	Periods        []periodData       `json:"periods"`
	Groups         []groupData        `json:"groups"`   // with --by
	Programs       []programData      `json:"programs"` // those that some rate is of, or leaves out
	Notes          []string           `json:"notes"`
	Partial        []string           `json:"partial"` // why there may be more
	Unknown        []unknownData      `json:"unknown"`
}

// completionData is the completion rate by baseline, and the same by form.
type completionData struct {
	Original baselineData  `json:"original"`
	Approved baselineData  `json:"approved"`
	Closed   formData      `json:"closed"`
	Due      formData      `json:"due"`
	Excluded []leftOutData `json:"excluded"` // from any of the four rates
}

type baselineData struct {
	Closed   *rateData     `json:"closed"`
	Due      *rateData     `json:"due"`
	Excluded []leftOutData `json:"excluded"` // from either
}

type formData struct {
	Original *rateData `json:"original"`
	Approved *rateData `json:"approved"`
}

type rateData struct {
	Hits         int            `json:"onTimeAndWithinBudget"`
	Of           int            `json:"of"`
	Rate         ratio.Ratio    `json:"rate"`
	OnTime       int            `json:"onTime"`       // of those, known to be, within budget or not
	WithinBudget int            `json:"withinBudget"` // of those, known to be, on time or not
	HitList      []string       `json:"hits"`
	Misses       []missData     `json:"misses"`
	Excluded     []excludedData `json:"excluded"`
}

type missData struct {
	Program  string        `json:"program"`
	Reason   string        `json:"reason"`
	Due      cal.Date      `json:"due"`      // the baseline
	LateDays *cal.Days     `json:"lateDays"` // null where nobody said when it was completed
	Open     bool          `json:"open"`
	Over     *money.Amount `json:"overBudget"`
	OverPart ratio.Ratio   `json:"overBudgetPart"` // of the budget
	Unpriced *string       `json:"moneyUnknown"`   // why it is not known to be within budget
}

type excludedData struct {
	Program string  `json:"program"`
	Reason  string  `json:"reason"`
	Kind    Outcome `json:"kind"`
}

type leftOutData struct {
	excludedData
	Forms     []string `json:"forms"`
	Baselines []string `json:"baselines"`
}

// partData is what scores come to.
type partData struct {
	CSAT ratio.Ratio `json:"csat"`
	Mean ratio.Ratio `json:"mean"`
	N    int         `json:"n"` // scores
}

// scoreData is null but for n and reason where there are too few responses.
type scoreData struct {
	N            int            `json:"n"` // responses
	Invited      *int           `json:"invited"`
	ResponseRate ratio.Ratio    `json:"responseRate"`
	CSAT         ratio.Ratio    `json:"csat"`
	Mean         ratio.Ratio    `json:"mean"`
	NPS          ratio.Ratio    `json:"nps"`
	Recommended  *int           `json:"recommended"` // answers that the NPS is of
	Scores       *int           `json:"scores"`      // scores of all dimensions
	By           *dimensionData `json:"byDimension"`
	Change       *changeData    `json:"change"`
	Reason       *string        `json:"reason"` // why it is not known
}

type dimensionData struct {
	Effectiveness  partData `json:"effectiveness"`
	Communication  partData `json:"communication"`
	Responsiveness partData `json:"responsiveness"`
}

type changeData struct {
	From string      `json:"from"`
	CSAT ratio.Ratio `json:"csat"`
	NPS  ratio.Ratio `json:"nps"`
}

type rowData struct {
	Program *string        `json:"program"`
	Period  cal.PeriodName `json:"period"`
	scoreData
}

// totalData is a sum, of the surveys that are shown alone.
type totalData struct {
	scoreData
	Suppressed suppressedData `json:"suppressed"`
}

// suppressedData is surveys with too few responses: in no figure of a sum.
type suppressedData struct {
	Surveys   int `json:"surveys"`
	Responses int `json:"responses"`
}

// targetsData has null where the portfolio states none.
type targetsData struct {
	CompletionRate *completionTarget   `json:"completionRate"`
	Satisfaction   *satisfactionTarget `json:"satisfaction"`
}

// completionTarget is compared with the rate of programs closed.
type completionTarget struct {
	Target ratio.Ratio `json:"target"`
	Met    metData     `json:"met"`
}

type metData struct {
	Original *bool `json:"original"`
	Approved *bool `json:"approved"`
}

// satisfactionTarget is compared with the CSAT of all scores.
type satisfactionTarget struct {
	Target ratio.Ratio `json:"target"`
	Met    *bool       `json:"met"`
}

type periodData struct {
	Period         string          `json:"period"`
	CompletionRate *completionData `json:"completionRate"`
	Satisfaction   *totalData      `json:"satisfaction"`
	Alike          *changeData     `json:"changeOfSamePrograms"` // of those with answers in both periods
}

type groupData struct {
	Key            group.Object    `json:"key"`
	CompletionRate *completionData `json:"completionRate"`
	Satisfaction   *totalData      `json:"satisfaction"`
}

// programData is a program that some rate is of, or leaves out.
type programData struct {
	Program   string        `json:"program"`
	Title     *string       `json:"title"`
	Owner     *string       `json:"owner"`
	Team      *string       `json:"team"`
	Theme     *string       `json:"theme"`
	Status    *string       `json:"status"` // null where it is gone
	Completed *cal.Date     `json:"completed"`
	Budget    *money.Amount `json:"budget"`
	Actual    *money.Amount `json:"actual"`
	Original  verdictData   `json:"original"` // that of due, which closed differs from in what is not dated
	Approved  verdictData   `json:"approved"`
}

type verdictData struct {
	Due      *cal.Date `json:"due"` // the baseline
	Outcome  Outcome   `json:"outcome"`
	Reason   *string   `json:"reason"` // null of a hit
	LateDays *cal.Days `json:"lateDays"`
}

type unknownData struct {
	Figure string `json:"figure"`
	Reason string `json:"reason"`
}
