package hiring

import (
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

func (a *Analysis) data() data {
	d := data{
		FiscalYear: a.o.Years, Periods: []string{}, History: a.historyData(),
		Unknown: texts(a.Unknown), Partial: texts(a.Partial), NoBaseline: texts(a.NoBaseline),
	}
	for _, b := range a.o.Buckets {
		d.Periods = append(d.Periods, b.Name)
	}
	if a.Unknown != nil {
		return d
	}
	d.Stages = stagesData(a.Stages)
	d.Funnel, d.Summary = new(a.Funnel.data()), new(a.Summary.data())
	d.Groups = make([]groupData, len(a.Groups))
	for i, g := range a.Groups {
		d.Groups[i] = groupData{group.Object{By: a.o.By, Key: g.Key}, stagesData(g.Stages), g.Funnel.data(), g.Summary.data()}
	}
	d.Positions = make([]positionData, len(a.Positions))
	for i, p := range a.Positions {
		d.Positions[i] = a.positionData(p)
	}
	d.Gone = make([]goneData, len(a.Gone))
	for i, g := range a.Gone {
		d.Gone[i] = goneData{g.ID, g.Elsewhere, g.data()}
	}
	d.Savings = make([]savingData, 0, len(a.Savings)+1)
	for i, s := range a.Savings {
		d.Savings = append(d.Savings, savingData{&a.o.Buckets[i].Name, s.data(), texts(s.Total.Unknown)})
	}
	d.Savings = append(d.Savings, savingData{nil, a.Outside.data(), texts(a.Outside.Total.Unknown)})
	d.Hires = make([]quarterData, len(a.Quarters))
	for i, q := range a.Quarters {
		d.Hires[i] = q.data()
	}
	d.OtherHires, d.NoHires = new(a.OtherQuarters.data()), &a.UnknownHires
	if f := a.Flow; f != nil {
		d.Flow, d.Undated, d.Outside = []flowData{}, f.data(nil, f.Undated), f.data(nil, f.Outside)
		for i := range f.Buckets {
			d.Flow = append(d.Flow, f.data(&a.o.Buckets[i].Name, f.Buckets[i])...)
		}
	}
	return d
}

func stagesData(stages []Stage) []stageData {
	list := make([]stageData, len(stages))
	for i, s := range stages {
		list[i] = stageData{s.ID, s.Title, s.Minutes, s.Counts, s.InProgress(), s.Conversion(), s.Hours()}
	}
	return list
}

func (f Funnel) data() funnelData {
	return funnelData{f.Entered, f.Hires, f.Conversion, f.Hours, f.Counted, f.CandidatesOfHires, f.HoursPerHire}
}

func (s Summary) data() summaryData {
	return summaryData{s.Positions, s.Filled, s.ToFill, s.Opened, s.Late, s.TimeToFill, s.Saving.data(), texts(s.Saving.Total.Unknown)}
}

func (s Saving) data() savedData { return savedData{s.Total.Known(), s.ToDate.Known()} }

func (q Quarter) data() quarterData {
	return quarterData{report.TextOrNull(q.Name), q.Effective, q.Expected, q.Started, q.Forecast, q.Hires()}
}

func (a *Analysis) positionData(p *Position) positionData {
	now := standing(p.Position)
	d := positionData{
		ID: p.ID, Plan: p.Plan.Meta.Name, Team: report.TextOrNull(p.Team), Role: p.Role, Level: p.Level,
		Location: report.TextOrNull(p.Location), Function: report.TextOrNull(a.grouping.Value(group.ByFunction, now)),
		CostCentre: report.TextOrNull(a.grouping.Value(group.ByCostCentre, now)), FTE: p.FTE, Type: p.Type, Status: p.Status,
		Effective: day(p.Effective), ExpectedStart: day(p.ExpectedStart), Start: day(p.Start), Begin: day(p.Begin), BeginPassed: p.Passed,
		Late: p.Late, StartSlipDays: p.Slip, OpenedOn: day(p.OpenedOn), OpenDays: p.Open, TimeToFillDays: p.TimeToFill,
		InProgress: a.inProgress(p), ExpectedHires: p.ExpectedHires, Chance: p.Chance, Decided: p.Decided,
		ForecastReason: report.TextOrNull(p.NoForecast), Unknown: texts(p.Saving.Total.Unknown),
	}
	if p.Status.InPlan() {
		d.savedData = p.Saving.data()
	}
	if f := p.Forecast; f != nil {
		d.Forecast = &forecastData{Start: f.Start, Method: f.Method, Observations: f.Observations}
		if f.Method == ByElapsed {
			d.Forecast.StillOpen = &f.Open
		}
	}
	if p.Before != nil {
		d.Baseline = new(p.Before.data())
	}
	return d
}

// inProgress is where the candidates for a position are.
func (a *Analysis) inProgress(p *Position) []inProgressData {
	list := []inProgressData{}
	if !p.Status.Unfilled() {
		return list
	}
	for _, s := range slices.Backward(a.Stages) {
		if n := p.pipeline[s.ID].InProgress(); n > 0 {
			list = append(list, inProgressData{s.ID, n})
		}
	}
	return list
}

func (b Before) data() beforeData {
	return beforeData{b.Exists, report.TextOrNull(string(b.Status)), day(b.Effective), day(b.ExpectedStart), day(b.Start), b.Slip, b.Moved}
}

func (f *Flow) data(period *string, counts []Counts) []flowData {
	list := make([]flowData, len(f.Stages))
	for i, s := range f.Stages {
		list[i] = flowData{period, report.TextOrNull(s.ID), counts[i]}
	}
	return list
}

func (a *Analysis) historyData() historyData {
	h := a.o.History
	if h == nil {
		return historyData{Reason: report.TextOrNull(a.o.Unread)}
	}
	return historyData{Commits: h.Commits, From: day(h.First), To: day(h.Last), Complete: a.complete()}
}

// texts is never null.
func texts(reasons []staffing.Reason) []string {
	list := make([]string, len(reasons))
	for i, r := range reasons {
		list[i] = r.String()
	}
	return list
}

// day is null where it is not stated.
func day(d cal.Date) *cal.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}
