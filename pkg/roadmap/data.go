package roadmap

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

// Data is the data of the JSON report roadmap. What is unknown is null; shares are parts
// of the whole.
type Data struct {
	FiscalYear cal.FiscalYears  `json:"fiscalYear"`
	Horizon    *cal.FiscalYears `json:"horizon"`
	Years      []cal.FiscalYear `json:"years"`
	Currency   money.Currency   `json:"currency"`
	Themes     []ThemeData      `json:"themes"`
	Total      []ShareData      `json:"total"`
	Programs   []ProgramData    `json:"programs"` // those that touch the years
	Objectives []ObjectiveData  `json:"objectives"`
	Excluded   []ExcludedData   `json:"excluded"`
	Beyond     int              `json:"programsBeyond"` // that do not touch the years
	Notes      []string         `json:"notes"`
	Partial    []string         `json:"partial"` // why there may be more
	Unknown    []UnknownData    `json:"unknown"`
}

// ThemeData is a theme; id is null for the programs that join none.
type ThemeData struct {
	ID         *string     `json:"id"`
	Title      string      `json:"title"`
	Objective  *string     `json:"objective"`
	Investment []ShareData `json:"investment"`
	Programs   []string    `json:"programs"`
}

// ShareData is a part of the money of a year.
type ShareData struct {
	Year       cal.FiscalYear `json:"fiscalYear"`
	Planned    ratio.Ratio    `json:"planned"`
	Actual     ratio.Ratio    `json:"actual"`
	Difference ratio.Ratio    `json:"difference"`
	Plan       *money.Amount  `json:"plan"`
}

// ProgramData is a program; plan is that of the years of the report.
type ProgramData struct {
	Program    string        `json:"program"`
	Title      *string       `json:"title"`
	Theme      *string       `json:"theme"`
	Objectives []string      `json:"objectives"`
	Owner      *string       `json:"owner"`
	Team       *string       `json:"team"`
	Status     string        `json:"status"`
	Start      cal.Date      `json:"start"`
	Due        cal.Date      `json:"due"`
	Baseline   cal.Date      `json:"baseline"`
	Completed  cal.Date      `json:"completed"`
	Finish     cal.Date      `json:"finish"`
	Variance   *cal.Days     `json:"varianceDays"` // finish − baseline
	Plan       *money.Amount `json:"plan"`
}

// ObjectiveData is an objective; finish is that of the last program that serves it.
type ObjectiveData struct {
	ID         string          `json:"id"`
	Title      string          `json:"title"`
	Owner      *string         `json:"owner"`
	Quarter    cal.Quarter     `json:"quarter"`
	End        cal.Date        `json:"end"`
	Programs   []string        `json:"programs"`
	Finish     *cal.Date       `json:"finish"`
	LateDays   *cal.Days       `json:"lateDays"`
	KeyResults []KeyResultData `json:"keyResults"`
}

// KeyResultData is a key result as it is stated.
type KeyResultData struct {
	Metric   *string            `json:"metric"`
	Unit     *string            `json:"unit"`
	Baseline *portfolio.Measure `json:"baseline"`
	Target   *portfolio.Measure `json:"target"`
	Current  *portfolio.Measure `json:"current"`
	Source   *string            `json:"source"`
}

// ExcludedData is a program that does not count.
type ExcludedData struct {
	Program string `json:"program"`
	Reason  string `json:"reason"`
}

// UnknownData is why a figure is not known.
type UnknownData struct {
	Figure string          `json:"figure"`
	Year   *cal.FiscalYear `json:"fiscalYear"`
	Reason string          `json:"reason"`
}

func (a *Analysis) data() *Data {
	d := &Data{
		FiscalYear: a.Years, Years: append([]cal.FiscalYear{}, a.list...), Currency: a.Currency,
		Themes: []ThemeData{}, Total: shareData(a.Total), Programs: []ProgramData{}, Objectives: []ObjectiveData{}, Excluded: []ExcludedData{},
		Beyond: a.Beyond, Notes: append([]string{}, a.Notes...), Partial: texts(a.Partial), Unknown: []UnknownData{},
	}
	if !a.Horizon.IsZero() {
		d.Horizon = &a.Horizon
	}
	for _, r := range a.Unknown {
		d.Unknown = append(d.Unknown, UnknownData{Figure: "roadmap", Reason: r.String()})
	}
	for _, t := range a.Total {
		for _, r := range t.Plan.Unknown {
			d.Unknown = append(d.Unknown, UnknownData{"investment", new(t.Year), r.String()})
		}
	}
	for _, t := range a.Themes {
		d.Themes = append(d.Themes, ThemeData{report.TextOrNull(t.ID), t.Title, report.TextOrNull(t.Objective), shareData(t.Shares), names(t.Programs)})
		for _, p := range t.Programs {
			d.Programs = append(d.Programs, p.data())
		}
	}
	for _, o := range a.Objectives {
		d.Objectives = append(d.Objectives, o.data())
	}
	for _, x := range a.LeftOut {
		d.Excluded = append(d.Excluded, ExcludedData(x))
	}
	return d
}

func shareData(list []Share) []ShareData {
	out := make([]ShareData, len(list))
	for i, s := range list {
		out[i] = ShareData{s.Year, s.Planned, s.Actual, s.Difference(), s.Plan.Known()}
	}
	return out
}

func (p *Program) data() ProgramData {
	d := ProgramData{
		Program: p.Meta.Name, Title: report.TextOrNull(p.Meta.Title), Theme: report.TextOrNull(p.Theme), Objectives: append([]string{}, p.Objectives...),
		Owner: report.TextOrNull(p.Owner), Team: report.TextOrNull(p.Team), Status: string(p.Status),
		Start: p.Start, Due: p.Due, Baseline: p.Baseline, Completed: p.Completed, Finish: p.Finish, Plan: p.Plan.Known(),
	}
	if days, ok := p.LateDays(); ok {
		d.Variance = &days
	}
	return d
}

func (o *Objective) data() ObjectiveData {
	d := ObjectiveData{
		ID: o.ID, Title: o.Title, Owner: report.TextOrNull(o.Owner), Quarter: o.Quarter, End: o.End, Programs: names(o.Programs),
		KeyResults: []KeyResultData{},
	}
	if last := o.Last(); last != nil && !last.Finish.IsZero() {
		d.Finish = &last.Finish
	}
	if days, ok := o.LateDays(); ok {
		d.LateDays = &days
	}
	for _, k := range o.KeyResults {
		d.KeyResults = append(d.KeyResults, KeyResultData{
			report.TextOrNull(k.Metric), report.TextOrNull(k.Unit), k.Baseline, k.Target, k.Current, report.TextOrNull(k.Source),
		})
	}
	return d
}

// names is never null.
func names(programs []*Program) []string {
	list := make([]string, len(programs))
	for i, p := range programs {
		list[i] = p.Meta.Name
	}
	return list
}

// texts is never null.
func texts(reasons []staffing.Reason) []string {
	list := make([]string, len(reasons))
	for i, r := range reasons {
		list[i] = r.String()
	}
	return list
}
