package hiring

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
)

// data is the data of the JSON report hiring. What is unknown is null; where the
// positions are, everything is that comes of them.
type data struct {
	FiscalYear cal.FiscalYears `json:"fiscalYear"`
	Periods    []string        `json:"periods"`
	Stages     []stageData     `json:"stages"`
	Funnel     *funnelData     `json:"funnel"`
	Groups     []groupData     `json:"groups"` // with --by
	Positions  []positionData  `json:"positions"`
	Gone       []goneData      `json:"gone"` // with --baseline
	Summary    *summaryData    `json:"summary"`
	Savings    []savingData    `json:"savings"` // the last one, of no period, is what lies in none of them
	Hires      []quarterData   `json:"hires"`
	OtherHires *quarterData    `json:"hiresOutside"` // of these quarters
	NoHires    *int            `json:"hiresUnknown"` // seats of which nobody can tell when they are filled
	Flow       []flowData      `json:"flow"`
	Undated    []flowData      `json:"undated"` // that the first version of a position has already
	Outside    []flowData      `json:"outside"` // of the periods
	History    historyData     `json:"history"`
	Unknown    []string        `json:"unknown"`         // why the positions are not known
	Partial    []string        `json:"partial"`         // why there may be more of them
	NoBaseline []string        `json:"baselineUnknown"` // why the baseline is not
}

type stageData struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Minutes *int   `json:"minutes"`
	Counts
	InProgress     int         `json:"inProgress"`
	Conversion     ratio.Ratio `json:"conversion"`
	InterviewHours Hours       `json:"interviewHours"`
}

// funnelData is all stages together.
type funnelData struct {
	Entered               *int        `json:"entered"` // the first stage
	Hires                 int         `json:"hires"`
	Conversion            ratio.Ratio `json:"conversion"`
	InterviewHours        Hours       `json:"interviewHours"`
	HiresCounted          int         `json:"hiresCounted"` // those with a pipeline, of which alone the rest is
	CandidatesOfHires     *int        `json:"candidatesOfHires"`
	InterviewHoursPerHire Hours       `json:"interviewHoursPerHire"`
}

type groupData struct {
	Key    group.Object `json:"key"`
	Stages []stageData  `json:"stages"`
	funnelData
	summaryData
}

// summaryData counts positions.
type summaryData struct {
	Positions        int       `json:"positions"`
	Filled           int       `json:"filled"`
	ToFill           int       `json:"toFill"`
	Opened           int       `json:"opened"`
	Late             int       `json:"late"`
	MedianTimeToFill *cal.Days `json:"medianTimeToFillDays"`
	savedData
	Unknown []string `json:"unknown"` // why the saving is not
}

// savedData is what vacancies save, as long as they last and up to as-of.
type savedData struct {
	VacancySaving *money.Amount `json:"vacancySaving"`
	ToDate        *money.Amount `json:"vacancySavingToDate"`
}

type positionData struct {
	ID             string                   `json:"id"`
	Plan           string                   `json:"plan"`
	Team           *string                  `json:"team"`
	Role           string                   `json:"role"`
	Level          string                   `json:"level"`
	Location       *string                  `json:"location"`
	Function       *string                  `json:"function"`
	CostCentre     *string                  `json:"costCentre"`
	FTE            portfolio.MilliFTE       `json:"fte"`
	Type           portfolio.PositionType   `json:"type"`
	Status         portfolio.PositionStatus `json:"status"`
	Effective      *cal.Date                `json:"effective"`
	ExpectedStart  *cal.Date                `json:"expectedStart"`
	Start          *cal.Date                `json:"start"`
	Begin          *cal.Date                `json:"begin"`       // that slip and saving are of
	BeginPassed    bool                     `json:"beginPassed"` // what the plan expects has: begin is as-of
	Late           bool                     `json:"late"`
	StartSlipDays  *cal.Days                `json:"startSlipDays"`
	OpenedOn       *cal.Date                `json:"openedOn"`
	OpenDays       *cal.Days                `json:"openDays"`
	TimeToFillDays *cal.Days                `json:"timeToFillDays"`
	savedData
	InProgress     []inProgressData `json:"inProgress"` // of a position to be filled, the furthest stage first
	ExpectedHires  ratio.Ratio      `json:"expectedHires"`
	Chance         ratio.Ratio      `json:"chance"` // that those in progress make a hire
	Decided        int              `json:"chanceObservations"`
	Forecast       *forecastData    `json:"forecast"`
	ForecastReason *string          `json:"forecastReason"` // why there is none
	Baseline       *beforeData      `json:"baseline,omitempty"`
	Unknown        []string         `json:"unknown"` // why the saving is not
}

type inProgressData struct {
	Stage      string `json:"stage"`
	Candidates int    `json:"candidates"`
}

// forecastData is when somebody may start.
type forecastData struct {
	Start        cal.Date `json:"start"`
	Method       Method   `json:"method"`
	Observations int      `json:"observations"`
	StillOpen    *int     `json:"stillOpen"` // seats open for longer; of method elapsed alone
}

// beforeData is a position at the baseline; all but exists is null where it was not
// there.
type beforeData struct {
	Exists        bool      `json:"exists"`
	Status        *string   `json:"status"`
	Effective     *cal.Date `json:"effective"`
	ExpectedStart *cal.Date `json:"expectedStart"`
	Start         *cal.Date `json:"start"`
	StartSlipDays *cal.Days `json:"startSlipDays"`
	MovedDays     *cal.Days `json:"movedDays"` // by how much the plan has moved its begin since
}

// goneData is a position that is not chosen any more.
type goneData struct {
	ID        string     `json:"id"`
	Elsewhere bool       `json:"elsewhere"` // still in some plan
	Baseline  beforeData `json:"baseline"`
}

// savingData is what vacancies of a period save.
type savingData struct {
	Period *string `json:"period"`
	savedData
	Unknown []string `json:"unknown"`
}

// quarterData is the hires of a fiscal quarter, or of none of the report.
type quarterData struct {
	Quarter   *string `json:"quarter"`
	Effective int     `json:"effective"`
	Expected  int     `json:"expected"`
	Started   int     `json:"started"`
	Forecast  int     `json:"forecast"`
	Hires     int     `json:"hires"` // started and forecast
}

// flowData is what happened at a stage in a period, or in none.
type flowData struct {
	Period *string `json:"period"`
	Stage  *string `json:"stage"` // null is any other than those of today
	Counts
}

// historyData is what history there was to read; complete is false where there is none,
// and where a position is in no history.
type historyData struct {
	Commits  int       `json:"commits"`
	From     *cal.Date `json:"from"` // day of the oldest commit
	To       *cal.Date `json:"to"`   // day of the newest
	Complete bool      `json:"complete"`
	Reason   *string   `json:"reason"` // why there is none
}
