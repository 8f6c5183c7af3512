package status

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

// View says what of an analysis people see.
type View struct {
	// All shows everything that needs attention, and programs that are over; else three
	// items, and the programs that are not over.
	All bool
	// Sheets adds tables for spreadsheets and databases.
	Sheets bool
}

// first is how many items people see first.
const first = 3

// Report fills a report: what needs attention, programs, why they are not green, what is
// next, money, people and reviews.
func (a *Analysis) Report(r *report.Report, v View) {
	r.Data = a.data()
	if v.Sheets {
		r.Sheets = a.sheets()
	}
	r.Add(report.Text(strings.Join(append(slices.Clone(a.Notes), a.headline()), "\n")))
	a.reportAttention(r, v)
	a.reportSince(r)
	if len(a.Programs) > 0 {
		r.Add(report.Heading("Programs"), a.programTable(v))
		if lines := a.legend(); len(lines) > 0 {
			r.Add(report.Text(strings.Join(lines, "\n")))
		}
		if t := a.reasonTable(); len(t.Rows) > 0 {
			r.Add(report.Heading("Why not green"), t)
		}
		a.reportNext(r)
	}
	if t := a.restTable(); len(t.Rows) > 0 {
		r.Add(report.Heading("Money, people and reviews"), t)
	}
}

// headline counts programs by health.
func (a *Analysis) headline() string {
	if len(a.Programs) == 0 {
		return fmt.Sprintf("No program on %s", a.AsOf)
	}
	counts := map[string]int{}
	for _, p := range a.Programs {
		counts[cmp.Or(string(p.Computed), string(p.Status))]++
	}
	var parts []string
	for _, word := range []string{
		string(portfolio.Red), string(portfolio.Yellow), string(portfolio.Green),
		string(portfolio.ProgramProposed), string(portfolio.ProgramCompleted), string(portfolio.ProgramCancelled),
	} {
		if n := counts[word]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, word))
		}
	}
	return fmt.Sprintf("%s on %s: %s", report.Plural(len(a.Programs), "program"), a.AsOf, strings.Join(parts, ", "))
}

func (a *Analysis) reportAttention(r *report.Report, v View) {
	shown := a.Attention
	title := "Needs attention"
	if n := len(shown); n > first && !v.All {
		shown = shown[:first]
		title = fmt.Sprintf("Needs attention first, %d of %d (--all shows the rest)", first, n)
	}
	if len(shown) == 0 {
		r.Add(report.Text("Nothing needs attention"))
		return
	}
	r.Add(report.Heading(title), a.attentionTable(shown))
}

// legend explains the marks of the table of programs.
func (a *Analysis) legend() (lines []string) {
	var unknown []staffing.Reason
	contradicted := false
	for _, p := range a.Programs {
		if p.Computed != "" && p.Computed != portfolio.Red {
			unknown = staffing.MergeReasons(unknown, p.Unknown)
		}
		contradicted = contradicted || p.Contradicted
	}
	if unknown != nil {
		lines = append(lines, "?: at least that bad, for not all is known: "+reasons(unknown))
	}
	if contradicted {
		lines = append(lines, "≠: the owner states something else than the files say")
	}
	return lines
}

func (a *Analysis) reportNext(r *report.Report) {
	if !slices.ContainsFunc(a.Programs, (*Program).Judged) {
		return
	}
	until := a.AsOf.Add(a.Horizon)
	later := ""
	if a.Later != nil {
		later = fmt.Sprintf("%s on %s, in %dd", a.Later.ID, a.Later.Due, a.Later.Due.Sub(a.AsOf))
	}
	if len(a.Next) == 0 {
		text := fmt.Sprintf("No milestone is due by %s", until)
		if later != "" {
			text += "; the next one is " + later
		}
		r.Add(report.Text(text))
		return
	}
	r.Add(report.Heading(fmt.Sprintf("Milestones due by %s", until)), a.nextTable())
	if later != "" {
		r.Add(report.Text("Then " + later))
	}
}
