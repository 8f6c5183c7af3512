package slip

import (
	"fmt"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/report"
)

// drawn is how many lines of a chart can be told apart.
const drawn = 8

// trends are the data of all records, and the milestone trend chart of the first of
// them that moved, else of the first.
func trends(list []*Record, asOf cal.Date) ([]SeriesData, *report.Chart) {
	var (
		data  = make([]SeriesData, 0, len(list))
		lines []report.Series
		rest  []report.Series
	)
	for _, r := range list {
		points := trend(r, asOf)
		data = append(data, SeriesData{ID: r.ID.String(), Points: points})
		if len(points) == 0 {
			continue
		}
		s := report.Series{Name: r.ID.String(), Step: true}
		for _, p := range points {
			s.Points = append(s.Points, report.Point{X: report.Day(p.Date), Y: report.Day(p.Forecast)})
		}
		switch {
		case r.Descoped || r.Status == "cancelled":
			s.Mark = report.MarkDropped
		case !r.Completed.IsZero():
			s.Mark = report.MarkDone
		}
		if r.notable() {
			lines = append(lines, s)
		} else {
			rest = append(rest, s)
		}
	}
	all := slices.Concat(lines, rest)
	chart := &report.Chart{
		Title:    "Milestone trend: what each day forecast",
		X:        report.Axis{Label: "report date", Key: "report_date"},
		Y:        report.Axis{Label: "forecast", Key: "forecast"},
		Diagonal: true,
		Empty:    "no history to draw",
		Series:   all[:min(len(all), drawn)],
	}
	if n := len(all) - len(chart.Series); n > 0 {
		chart.Title += fmt.Sprintf(" (the first %d of %d; name milestones to choose others)", drawn, len(all))
	}
	return data, chart
}

// trend is what each version said of when the milestone would be done: completed,
// or the later of forecast and due; up to as-of, for a forecast holds until the
// next. It ends where the milestone is done, cancelled or gone.
func trend(r *Record, asOf cal.Date) []PointData {
	points := []PointData{}
	if r.Track == nil {
		return points
	}
	ended := false
	for _, p := range r.Track.Points {
		if p.Version.Day.After(asOf) {
			break
		}
		ended = !p.Present || p.Cancelled || !p.Completed.IsZero()
		if p.Present && !p.Cancelled {
			points = put(points, PointData{p.Version.Day, forecastOf(p)})
		} else if n := len(points); n > 0 && !points[n-1].Date.After(p.Version.Day) {
			points = put(points, PointData{p.Version.Day, points[n-1].Forecast})
		}
	}
	if n := len(points); n > 0 && !ended && points[n-1].Date.Before(asOf) {
		points = append(points, PointData{asOf, points[n-1].Forecast})
	}
	return points
}

func forecastOf(p history.Point) cal.Date {
	if !p.Completed.IsZero() {
		return p.Completed
	}
	return max(p.Due, p.Forecast)
}

// put adds a point; the last of a day counts, and a day before the last one is that
// of a clock that went wrong.
func put(points []PointData, p PointData) []PointData {
	if n := len(points); n > 0 && !points[n-1].Date.Before(p.Date) {
		points[n-1].Forecast = p.Forecast
		return points
	}
	return append(points, p)
}
