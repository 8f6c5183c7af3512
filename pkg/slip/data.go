package slip

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/report"
)

// Data is the data of the JSON report slip. What is unknown is null.
type Data struct {
	Milestones []RecordData  `json:"milestones"`
	Programs   []RecordData  `json:"programs"`
	Summary    SummaryData   `json:"summary"`
	History    HistoryData   `json:"history"`
	Trend      *[]SeriesData `json:"trend,omitempty"` // with --trend
}

// RecordData is a milestone, or a program where milestone is null.
type RecordData struct {
	ID               string     `json:"id"`
	Program          string     `json:"program"`
	Milestone        *string    `json:"milestone"`
	Title            string     `json:"title"`
	Owner            *string    `json:"owner"`
	Team             *string    `json:"team"`
	Status           *string    `json:"status"`
	OriginalBaseline *cal.Date  `json:"originalBaseline"`
	Baseline         *cal.Date  `json:"baseline"`
	Due              *cal.Date  `json:"due"`
	LastDue          cal.Date   `json:"lastDue"` // that of what is descoped, too
	Forecast         *cal.Date  `json:"forecast"`
	Completed        *cal.Date  `json:"completed"`
	Finish           *cal.Date  `json:"finish"`
	VarianceDays     *int       `json:"varianceDays"`
	VarianceWorkdays *int       `json:"varianceWorkdays"`
	OverdueDays      int        `json:"overdueDays"`
	Moves            []MoveData `json:"moves"`
	NetSlipDays      int        `json:"netSlipDays"`
	ChurnDays        int        `json:"churnDays"`
	Descoped         bool       `json:"descoped"`
}

// MoveData is a move; commit and author are null for one of the work tree.
type MoveData struct {
	Commit     *string  `json:"commit"`
	Date       cal.Date `json:"date"`
	Author     *string  `json:"author"`
	From       cal.Date `json:"from"`
	To         cal.Date `json:"to"`
	Days       int      `json:"days"`
	NoticeDays int      `json:"noticeDays"`
	Reason     *string  `json:"reason"`
	Draft      bool     `json:"draft"`
}

// HistoryData is what history there was to read; complete is false outside of
// git, and where something is in no history, so that its baseline is what is stated.
type HistoryData struct {
	Commits  int           `json:"commits"`
	From     *cal.Date     `json:"from"` // day of the oldest commit
	To       *cal.Date     `json:"to"`   // day of the newest
	Complete bool          `json:"complete"`
	Skipped  []SkippedData `json:"skipped"`
}

// SkippedData is a version of a file that cannot be read.
type SkippedData struct {
	Commit *string `json:"commit"`
	File   string  `json:"file"`
	Reason string  `json:"reason"`
}

// SeriesData is the trend of one milestone: what each report date forecast.
type SeriesData struct {
	ID     string      `json:"id"`
	Points []PointData `json:"points"`
}

// PointData is a forecast and the day on which it was made.
type PointData struct {
	Date     cal.Date `json:"date"`
	Forecast cal.Date `json:"forecast"`
}

func recordData(r *Record) RecordData {
	d := RecordData{
		ID: r.ID.String(), Program: r.ID.Program, Milestone: report.TextOrNull(r.ID.Milestone), Title: r.Title,
		Owner: report.TextOrNull(r.Owner), Team: report.TextOrNull(r.Team), Status: report.TextOrNull(r.Status),
		OriginalBaseline: day(r.Original), Baseline: day(r.Baseline), Due: day(r.Due), LastDue: r.LastDue,
		Forecast: day(r.Forecast), Completed: day(r.Completed), Finish: day(r.Finish),
		OverdueDays: int(r.Overdue), NetSlipDays: int(r.NetSlip()), ChurnDays: int(r.Churn()), Descoped: r.Descoped,
		Moves: make([]MoveData, len(r.Moves)),
	}
	if days, workdays, ok := r.Variance(); ok {
		d.VarianceDays, d.VarianceWorkdays = new(int(days)), new(int(workdays))
	}
	for i, m := range r.Moves {
		d.Moves[i] = MoveData{
			Commit: report.TextOrNull(m.Version.Commit), Date: m.Version.Day, Author: report.TextOrNull(m.Version.Author), From: m.From, To: m.To,
			Days: int(m.Days()), NoticeDays: int(m.Notice()), Reason: report.TextOrNull(m.Reason), Draft: m.Draft,
		}
	}
	return d
}

func historyData(h *history.History, whole bool) HistoryData {
	d := HistoryData{Skipped: []SkippedData{}}
	if h == nil {
		return d
	}
	d.Commits, d.From, d.To, d.Complete = h.Commits, day(h.First), day(h.Last), whole
	for _, s := range h.Skipped {
		d.Skipped = append(d.Skipped, SkippedData{Commit: report.TextOrNull(s.Commit), File: s.File, Reason: s.Reason})
	}
	return d
}

func day(d cal.Date) *cal.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}
