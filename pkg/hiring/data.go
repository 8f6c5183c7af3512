package hiring

import (
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

// Data is the data of the JSON report hiring. What is unknown is null; where the
// positions are, everything is that comes of them.
type Data struct {
	FiscalYear cal.FiscalYears `json:"fiscalYear"`
	Periods    []string        `json:"periods"`
	Stages     []StageData     `json:"stages"`
	Funnel     *FunnelData     `json:"funnel"`
	Groups     []GroupData     `json:"groups"` // with --by
	Positions  []PositionData  `json:"positions"`
	Gone       []GoneData      `json:"gone"` // with --baseline
	Summary    *SummaryData    `json:"summary"`
	Savings    []SavingData    `json:"savings"` // the last one, of no period, is what lies in none of them
	Hires      []QuarterData   `json:"hires"`
	Flow       []FlowData      `json:"flow"`
	Undated    []FlowData      `json:"undated"` // that the first version of a position has already
	Outside    []FlowData      `json:"outside"` // of the periods
	History    HistoryData     `json:"history"`
	Unknown    []string        `json:"unknown"`         // why the positions are not known
	NoBaseline []string        `json:"baselineUnknown"` // why the baseline is not
}

// StageData is a stage of hiring.
type StageData struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Minutes *int   `json:"minutes"`
	Counts
	InProgress     int   `json:"inProgress"`
	Conversion     Ratio `json:"conversion"`
	InterviewHours Hours `json:"interviewHours"`
}

// FunnelData is all stages together.
type FunnelData struct {
	Entered               *int  `json:"entered"` // the first stage
	Hires                 int   `json:"hires"`
	Conversion            Ratio `json:"conversion"`
	InterviewHours        Hours `json:"interviewHours"`
	InterviewHoursPerHire Hours `json:"interviewHoursPerHire"`
}

// GroupData is the positions of a group.
type GroupData struct {
	Key    staffing.Object `json:"key"`
	Stages []StageData     `json:"stages"`
	FunnelData
	SummaryData
}

// SummaryData counts positions.
type SummaryData struct {
	Positions        int           `json:"positions"`
	Filled           int           `json:"filled"`
	ToFill           int           `json:"toFill"`
	Opened           int           `json:"opened"`
	Late             int           `json:"late"`
	MedianTimeToFill *cal.Days     `json:"medianTimeToFillDays"`
	VacancySaving    *money.Amount `json:"vacancySaving"`
	Unknown          []string      `json:"unknown"` // why the saving is not
}

// PositionData is a position.
type PositionData struct {
	ID             string                   `json:"id"`
	Plan           string                   `json:"plan"`
	Team           *string                  `json:"team"`
	Role           string                   `json:"role"`
	Level          string                   `json:"level"`
	Location       *string                  `json:"location"`
	FTE            portfolio.MilliFTE       `json:"fte"`
	Type           portfolio.PositionType   `json:"type"`
	Status         portfolio.PositionStatus `json:"status"`
	Effective      *cal.Date                `json:"effective"`
	ExpectedStart  *cal.Date                `json:"expectedStart"`
	Start          *cal.Date                `json:"start"`
	Begin          *cal.Date                `json:"begin"` // that slip and saving are of
	Late           bool                     `json:"late"`
	StartSlipDays  *cal.Days                `json:"startSlipDays"`
	OpenedOn       *cal.Date                `json:"openedOn"`
	OpenDays       *cal.Days                `json:"openDays"`
	TimeToFillDays *cal.Days                `json:"timeToFillDays"`
	VacancySaving  *money.Amount            `json:"vacancySaving"`
	ExpectedHires  Ratio                    `json:"expectedHires"`
	Chance         Ratio                    `json:"chance"`
	Decided        int                      `json:"chanceObservations"`
	Forecast       *ForecastData            `json:"forecast"`
	ForecastReason *string                  `json:"forecastReason"` // why there is none
	Baseline       *BeforeData              `json:"baseline,omitempty"`
	Unknown        []string                 `json:"unknown"` // why the saving is not
}

// ForecastData is when somebody may start.
type ForecastData struct {
	Start         cal.Date `json:"start"`
	Method        Method   `json:"method"`
	Observations  int      `json:"observations"`
	ExpectedHires Ratio    `json:"expectedHires"`
	Chance        Ratio    `json:"chance"`
}

// BeforeData is a position at the baseline; all but exists is null where it was not
// there.
type BeforeData struct {
	Exists        bool      `json:"exists"`
	Status        *string   `json:"status"`
	Effective     *cal.Date `json:"effective"`
	ExpectedStart *cal.Date `json:"expectedStart"`
	Start         *cal.Date `json:"start"`
	StartSlipDays *cal.Days `json:"startSlipDays"`
}

// GoneData is a position that is not chosen any more.
type GoneData struct {
	ID        string     `json:"id"`
	Elsewhere bool       `json:"elsewhere"` // still in some plan
	Baseline  BeforeData `json:"baseline"`
}

// SavingData is what vacancies of a period save.
type SavingData struct {
	Period        *string       `json:"period"`
	VacancySaving *money.Amount `json:"vacancySaving"`
	Unknown       []string      `json:"unknown"`
}

// QuarterData is the hires of a fiscal quarter.
type QuarterData struct {
	Quarter   string `json:"quarter"`
	Effective int    `json:"effective"`
	Expected  int    `json:"expected"`
	Started   int    `json:"started"`
	Forecast  int    `json:"forecast"`
	Hires     int    `json:"hires"` // started and forecast
}

// FlowData is what happened at a stage in a period, or in none.
type FlowData struct {
	Period *string `json:"period"`
	Stage  *string `json:"stage"` // null is any other than those of today
	Counts
}

// HistoryData is what history there was to read; complete is false where there is none,
// and where a position is in no history.
type HistoryData struct {
	Commits  int       `json:"commits"`
	From     *cal.Date `json:"from"` // day of the oldest commit
	To       *cal.Date `json:"to"`   // day of the newest
	Complete bool      `json:"complete"`
	Reason   *string   `json:"reason"` // why there is none
}

func (a *Analysis) data() Data {
	d := Data{FiscalYear: a.o.Years, Periods: []string{}, History: a.historyData(), Unknown: texts(a.Unknown), NoBaseline: texts(a.NoBaseline)}
	for _, b := range a.o.Buckets {
		d.Periods = append(d.Periods, b.Name)
	}
	if a.Unknown != nil {
		return d
	}
	d.Stages = stageData(a.Stages)
	d.Funnel, d.Summary = new(funnelData(a.Funnel)), new(summaryData(a.Summary))
	d.Groups = make([]GroupData, len(a.Groups))
	for i, g := range a.Groups {
		d.Groups[i] = GroupData{staffing.Object{By: a.o.By, Key: g.Key}, stageData(g.Stages), funnelData(g.Funnel), summaryData(g.Summary)}
	}
	d.Positions = make([]PositionData, len(a.Positions))
	for i, p := range a.Positions {
		d.Positions[i] = positionData(p)
	}
	d.Gone = make([]GoneData, 0, len(a.Gone))
	for _, g := range a.Gone {
		d.Gone = append(d.Gone, GoneData{g.ID, g.Elsewhere, beforeData(g.Before)})
	}
	d.Savings = make([]SavingData, 0, len(a.Savings)+1)
	for i, s := range a.Savings {
		d.Savings = append(d.Savings, SavingData{&a.o.Buckets[i].Name, s.Known(), texts(s.Unknown)})
	}
	d.Savings = append(d.Savings, SavingData{nil, a.Outside.Known(), texts(a.Outside.Unknown)})
	d.Hires = make([]QuarterData, len(a.Quarters))
	for i, q := range a.Quarters {
		d.Hires[i] = QuarterData{q.Name, q.Effective, q.Expected, q.Started, q.Forecast, q.Hires()}
	}
	if f := a.Flow; f != nil {
		d.Flow, d.Undated, d.Outside = []FlowData{}, flowData(f, nil, f.Undated), flowData(f, nil, f.Outside)
		for i := range f.Buckets {
			d.Flow = append(d.Flow, flowData(f, &a.o.Buckets[i].Name, f.Buckets[i])...)
		}
	}
	return d
}

func stageData(stages []Stage) []StageData {
	list := make([]StageData, len(stages))
	for i, s := range stages {
		list[i] = StageData{s.ID, s.Title, s.Minutes, s.Counts, s.InProgress(), s.Conversion(), s.Hours()}
	}
	return list
}

func funnelData(f Funnel) FunnelData {
	return FunnelData{f.Entered, f.Hires, f.Conversion, f.Hours, f.HoursPerHire}
}

func summaryData(s Summary) SummaryData {
	return SummaryData{s.Positions, s.Filled, s.ToFill, s.Opened, s.Late, s.TimeToFill, s.Saving.Known(), texts(s.Saving.Unknown)}
}

func positionData(p *Position) PositionData {
	d := PositionData{
		ID: p.ID, Plan: p.Plan.Meta.Name, Team: report.TextOrNull(p.Team), Role: p.Role, Level: p.Level,
		Location: report.TextOrNull(p.Location), FTE: p.FTE, Type: p.Type, Status: p.Status,
		Effective: day(p.Effective), ExpectedStart: day(p.ExpectedStart), Start: day(p.Start), Begin: day(p.Begin),
		Late: p.Late, StartSlipDays: p.Slip, OpenedOn: day(p.OpenedOn), OpenDays: p.Open, TimeToFillDays: p.TimeToFill,
		ExpectedHires: p.ExpectedHires, Chance: p.Chance, Decided: p.Decided, ForecastReason: report.TextOrNull(p.NoForecast),
		Unknown: texts(p.Saving.Unknown),
	}
	if p.Status.InPlan() {
		d.VacancySaving = p.Saving.Known()
	}
	if f := p.Forecast; f != nil {
		d.Forecast = &ForecastData{f.Start, f.Method, f.Observations, p.ExpectedHires, p.Chance}
	}
	if p.Before != nil {
		d.Baseline = new(beforeData(*p.Before))
	}
	return d
}

func beforeData(b Before) BeforeData {
	return BeforeData{b.Exists, report.TextOrNull(string(b.Status)), day(b.Effective), day(b.ExpectedStart), day(b.Start), b.Slip}
}

func flowData(f *Flow, period *string, counts []Counts) []FlowData {
	list := make([]FlowData, len(f.Stages))
	for i, s := range f.Stages {
		list[i] = FlowData{period, report.TextOrNull(s.ID), counts[i]}
	}
	return list
}

func (a *Analysis) historyData() HistoryData {
	h := a.o.History
	if h == nil {
		return HistoryData{Reason: report.TextOrNull(a.o.Unread)}
	}
	return HistoryData{Commits: h.Commits, From: day(h.First), To: day(h.Last), Complete: a.complete()}
}

// complete reports whether all positions are in the history.
func (a *Analysis) complete() bool {
	return a.Unknown == nil && !slices.ContainsFunc(a.Positions, func(p *Position) bool { return !a.tracked(p) })
}

// tracked reports whether the history knows what a position is like today.
func (a *Analysis) tracked(p *Position) bool {
	t := a.tracks[p.ID]
	return t != nil && t.Last().Present
}

func texts(reasons []staffing.Reason) []string {
	list := make([]string, len(reasons))
	for i, r := range reasons {
		list[i] = r.String()
	}
	return list
}

func day(d cal.Date) *cal.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}
