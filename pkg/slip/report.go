package slip

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/report"
)

// View says what of an analysis to show.
type View struct {
	// Shows chooses records; nil shows all.
	Shows func(*Record) bool
	// All shows in texts those milestones too that never moved and are not late.
	All bool
	// Moves lists every move in texts.
	Moves bool
	// Trend draws what each report date forecast.
	Trend bool
	// Sheets adds tables for spreadsheets and databases: many columns, every move.
	Sheets bool
}

// Report fills a report: data for all that the view chooses, the most urgent
// first, and blocks.
func (a *Analysis) Report(r *report.Report, h *history.History, v View) {
	milestones, programs := v.choose(a.Milestones), v.choose(a.Programs)
	d := Data{
		Milestones: make([]RecordData, 0, len(milestones)), Programs: make([]RecordData, 0, len(programs)),
		Summary: summary(milestones), History: historyData(h, untracked(a.Milestones, h)+untracked(a.Programs, h) == 0),
	}
	for _, m := range milestones {
		d.Milestones = append(d.Milestones, recordData(m))
	}
	for _, g := range programs {
		d.Programs = append(d.Programs, recordData(g))
	}
	r.Add(report.Text(headline(milestones, h, r.Baseline != nil)))
	table := v.table("Milestone", milestones)
	r.Add(table)
	if n := len(table.Minor); n > 0 && len(table.Rows) > 0 {
		r.Add(report.Text(fmt.Sprintf("never moved and not late: %s, shown with --all", report.Plural(n, "more milestone"))))
	}
	if late := slices.DeleteFunc(slices.Clone(programs), func(g *Record) bool { return !g.notable() }); len(late) > 0 {
		r.Add(report.Heading("Programs"), v.table("Program", late))
	}
	if v.Moves {
		r.Add(report.Heading("Moves"), moves(slices.Concat(milestones, programs)))
	}
	if v.Trend {
		series, chart := trends(milestones, r.AsOf)
		d.Trend = &series
		r.Add(report.Heading("Trend"), chart)
	}
	if len(milestones) > 1 && !v.Moves {
		addSummary(r, d.Summary)
	}
	r.Data = d
	if v.Sheets {
		r.Sheets = d.sheets()
	}
}

func (v View) choose(list []*Record) []*Record {
	chosen := []*Record{}
	for _, r := range list {
		if v.Shows == nil || v.Shows(r) {
			chosen = append(chosen, r)
		}
	}
	slices.SortStableFunc(chosen, urgency)
	return chosen
}

// urgency puts first what is overdue, then what will be late, then what was
// dropped, then what moved, then the rest.
func urgency(a, b *Record) int {
	rank := func(r *Record) (group int, days cal.Days) {
		variance, _, _ := r.Variance()
		switch {
		case r.Overdue > 0:
			return 0, r.Overdue
		case r.open && variance > 0:
			return 1, variance
		case r.Descoped:
			return 2, 0
		case variance > 0:
			return 3, variance
		case r.moved():
			return 4, r.Churn()
		}
		return 5, 0
	}
	ga, da := rank(a)
	gb, db := rank(b)
	return cmp.Or(cmp.Compare(ga, gb), cmp.Compare(db, da))
}

// moved reports whether the due date is another than the baseline's, or was for a
// while.
func (r *Record) moved() bool {
	if r.rebased {
		return r.NetSlip() != 0
	}
	return len(r.Counted()) > 0
}

// notable reports whether there is something to tell: it moved, is late, or is
// descoped.
func (r *Record) notable() bool {
	variance, _, _ := r.Variance()
	return r.moved() || variance > 0 || r.Overdue > 0 || r.Descoped
}

func headline(list []*Record, h *history.History, compared bool) string {
	var moved, late, overdue, dropped int
	for _, r := range list {
		variance, _, _ := r.Variance()
		if r.moved() {
			moved++
		}
		if variance > 0 {
			late++
		}
		if r.Overdue > 0 {
			overdue++
		}
		if r.Descoped {
			dropped++
		}
	}
	text := fmt.Sprintf("%s: %d moved since the baseline, %d late against it, %d overdue, %d descoped",
		report.Plural(len(list), "milestone"), moved, late, overdue, dropped)
	if gap := missing(h); gap != "" {
		text += "\n" + gap
	} else {
		text += fmt.Sprintf("\nHistory of %s, from %s to %s", report.Plural(h.Commits, "commit"), h.First, h.Last)
	}
	if compared {
		text += "; baselines are what was due at the revision compared with"
	}
	if n := untracked(list, h); n > 0 {
		text += fmt.Sprintf("\nOf %s nothing is in this history (an overlay, or files that git ignores): baselines are what baseline: states, else due:", report.Plural(n, "milestone"))
	}
	if h != nil && len(h.Skipped) > 0 {
		text += "\n" + skipped(h.Skipped)
	}
	return text
}

// missing says that there is no history; "" where there is.
func missing(h *history.History) string {
	switch {
	case h == nil:
		return "There is no git history: baselines are what baseline: states, else due:"
	case h.Commits == 0:
		return "There is no commit yet: baselines are those of the work tree"
	}
	return ""
}

// Caveats are lines on what baselines are not known from: a history that is not there,
// versions that cannot be read.
func Caveats(h *history.History) (lines []string) {
	if gap := missing(h); gap != "" {
		lines = append(lines, gap)
	}
	if h != nil && len(h.Skipped) > 0 {
		lines = append(lines, skipped(h.Skipped))
	}
	return lines
}

// untracked counts what a history knows nothing of.
func untracked(list []*Record, h *history.History) (n int) {
	for _, r := range list {
		if h != nil && r.Track == nil {
			n++
		}
	}
	return n
}

// skipped tells how many versions could not be read, and why the last one could not.
func skipped(list []history.Skipped) string {
	last := list[len(list)-1]
	at := "in the work tree"
	if c := last.Commit; c != "" {
		at = "at " + report.ShortHash(c)
	}
	if len(list) == 1 {
		return fmt.Sprintf("1 version of a file cannot be read and is skipped, %s %s: %s", last.File, at, last.Reason)
	}
	return fmt.Sprintf("%d versions of files cannot be read and are skipped, the last one %s %s: %s", len(list), last.File, at, last.Reason)
}

func (v View) table(noun string, list []*Record) *report.Table {
	t := &report.Table{
		Columns: []report.Column{
			{Header: noun, Key: "id"},
			{Header: "Baseline", Key: "baseline", Priority: 2, Whole: true},
			{Header: "Due", Key: "due", Priority: 1, Whole: true},
			{Header: "Finish", Key: "finish", Whole: true},
			{Header: "Variance", Key: "variance_days", Align: report.Right},
			{Header: "Workdays", Key: "variance_workdays", Align: report.Right, Priority: 6},
			{Header: "Overdue", Key: "overdue_days", Align: report.Right, Priority: 1},
			{Header: "Moves", Key: "moves", Align: report.Right, Priority: 4},
			{Header: "Churn", Key: "churn_days", Align: report.Right, Priority: 6},
			{Header: "Owner", Key: "owner", Priority: 5},
			{Header: "Last move", Key: "last_move", Priority: 3, Prose: true},
		},
	}
	if len(list) == 0 {
		t.Empty = "no " + strings.ToLower(noun) + "s"
	} else {
		t.Empty = "nothing moved, nothing is late"
	}
	for _, r := range list {
		if v.All || r.notable() {
			t.Append(r.cells()...)
		} else {
			t.Minor = append(t.Minor, report.Row{Cells: r.cells()})
		}
	}
	return t
}

func (r *Record) cells() []report.Cell {
	cells := []report.Cell{report.Say(r.ID.String()), dayCell(r.Baseline), dayCell(r.Due), dayCell(r.Finish)}
	if r.Descoped {
		cells[2] = report.Cell{Text: "descoped", Tone: report.Warn}
	}
	if days, workdays, ok := r.Variance(); ok {
		cells = append(cells, signed(int(days)), signed(int(workdays)))
	} else {
		cells = append(cells, report.Cell{}, report.Cell{})
	}
	overdue := report.Cell{Value: int(r.Overdue)}
	if r.Overdue > 0 {
		overdue.Text, overdue.Tone = fmt.Sprintf("%dd", r.Overdue), report.Bad
	}
	counted := r.Counted()
	cells = append(cells, overdue, count(len(counted), ""), count(int(r.Churn()), "d"), report.Say(r.Owner))
	if len(counted) == 0 {
		return append(cells, report.Cell{})
	}
	return append(cells, report.Say(counted[len(counted)-1].sentence()))
}

// sentence tells when, by whom and why.
func (m Move) sentence() string {
	text := fmt.Sprintf("%+dd on %s", m.Days(), m.Version.Day)
	if m.Version.Author != "" {
		text += " by " + m.Version.Author
	}
	if m.Notice() < 0 {
		text += fmt.Sprintf(", %s after it was due", report.Plural(-int(m.Notice()), "day"))
	}
	if m.Reason != "" {
		return text + ": " + m.Reason
	}
	return text + ", no reason given"
}
