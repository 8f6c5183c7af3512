package status

import (
	"fmt"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/impact"
	"github.com/progctl/progctl/pkg/report"
)

// Since is what changed since a day.
type Since struct {
	Day cal.Date
	// Revision is the state by the end of that day, and Change what differs from it; nil
	// where they are not known, for Why.
	Revision *report.Revision
	Change   *impact.Change
	Why      string
}

// reportSince tells what changed, as diff does.
func (a *Analysis) reportSince(r *report.Report) {
	if a.Since == nil {
		return
	}
	title := fmt.Sprintf("What changed since %s", a.Since.Day)
	if a.Since.Change == nil {
		r.Add(report.Heading(title), report.Text("Not known: "+a.Since.Why))
		return
	}
	x := a.Since.report(a.AsOf)
	if x.Nothing != "" {
		r.Add(report.Heading(title), report.Text("Nothing that matters"))
		return
	}
	r.Add(report.Heading(title))
	r.Add(x.Blocks[1:]...) // after its own title
}

// report is what diff says of the change.
func (x *Since) report(asOf cal.Date) *report.Report {
	r := report.New("diff", asOf)
	r.Baseline = x.Revision
	x.Change.Report(r, x.Day.String(), asOf.String())
	return r
}
