package hiring

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/report"
)

// View says what of an analysis people see.
type View struct {
	// All shows positions too that are filled or cancelled.
	All bool
	// Flow shows every period, stage by stage.
	Flow bool
}

// Report fills a report.
func (a *Analysis) Report(r *report.Report, v View) {
	d := a.data()
	r.Data = d
	r.Sheets = a.sheets()
	if a.Unknown != nil {
		r.Add(report.Text(fmt.Sprintf("n/a: the headcount plans of %s are not known: %s", a.o.Years, strings.Join(d.Unknown, "; "))))
		return
	}
	r.Add(report.Text(a.headline()))
	if len(a.Positions)+len(a.Gone) == 0 {
		return
	}
	add := func(title string, t *report.Table, text string) {
		r.Add(report.Heading(title), t)
		if text != "" {
			r.Add(report.Text(text))
		}
	}
	if len(a.Groups) > 0 {
		add("By "+strings.Join(a.dimensions(), ", "), a.groupTable(), "")
	}
	positions := a.positionTable(v)
	add("Positions", positions, a.positionText(len(positions.Rows), len(positions.Minor)))
	add("Hires", a.quarterTable(), a.hiresText())
	add("Funnel", a.funnelTable(), a.funnelText())
	add("Saved by vacancies, in "+string(a.s.Config.Currency), a.savingTable(), "")
	if a.Flow == nil {
		r.Add(report.Heading("Flow"), report.Text("n/a: "+a.o.Unread))
		return
	}
	add("Flow", a.flowTable(v), a.flowText(v))
}

// compared reports whether there is a baseline that is known.
func (a *Analysis) compared() bool { return a.o.Baseline != nil && a.NoBaseline == nil }

// some reports whether there is anything.
func some(list []Counts) bool {
	return slices.ContainsFunc(list, func(c Counts) bool { return c != Counts{} })
}

// ordered reports whether the portfolio says which stage is the first and the last.
func (a *Analysis) ordered() bool { return len(a.s.Config.HiringStages) > 0 }

func (a *Analysis) dimensions() []string {
	names := make([]string, len(a.o.By))
	for i, d := range a.o.By {
		names[i] = d.String()
	}
	return names
}

// recent are the buckets up to as-of that people see first: the last three.
func (a *Analysis) recent() (from, to int) {
	for i, b := range a.o.Buckets {
		if b.From <= a.o.AsOf {
			to = i + 1
		}
	}
	return max(0, to-3), to
}
