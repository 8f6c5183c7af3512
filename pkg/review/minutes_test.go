package review

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
)

const log = `kind: Review
metadata: {name: r1}
spec:
  program: p
  date: 2026-10-01
  decisions:
    - {id: D1, title: Buy or build, outcome: Buy, owner: ada}
    - {id: D2}
  actions:
    - {id: late, title: Late, owner: bob, due: 2026-11-20}
    - {id: today, owner: ada, due: 2026-11-23}
    - {id: done, owner: ada, due: 2026-10-20, done: 2026-11-01}
    - {id: undated, owner: ada}
    - {id: nobodys, due: 2026-10-01, done: false}
---
kind: Review
metadata: {name: r2}
spec: {cadence: all, date: 2026-11-20, decisions: [{id: D1, outcome: Later}], actions: [{id: yes, owner: ada, due: 2026-11-01, done: true}]}
---
kind: Review
metadata: {name: later}
spec: {program: p, date: 2026-11-24, actions: [{id: x}], decisions: [{id: x}]}
`

func logged(t *testing.T) *Analysis {
	t.Helper()
	docs := append(strings.Split(log, "---\n"), program("p", "status: active, start: 2026-01-01"),
		"kind: Portfolio\nmetadata: {name: main}\nspec: {cadences: [{id: all, every: month}]}\n")
	return analyse(snapshot(t, docs...), asOf)
}

func TestMinutes(t *testing.T) {
	t.Parallel()
	a := logged(t)
	var got []string
	for _, x := range a.Actions() {
		got = append(got, fmt.Sprintf("%s of %s, %d days old, %d overdue, open %v", x.ID(), Of(x.Review), x.Age, x.Overdue, x.Open()))
	}
	for _, x := range a.Decisions() {
		got = append(got, fmt.Sprintf("%s of %s, %d days old, open %v", x.ID(), Of(x.Review), x.Age, x.Open()))
	}
	want := []string{
		"r1/nobodys of p, 53 days old, 53 overdue, open true",
		"r1/done of p, 53 days old, 0 overdue, open false",
		"r2/yes of all, 3 days old, 0 overdue, open false",
		"r1/late of p, 53 days old, 3 overdue, open true",
		"r1/today of p, 53 days old, 0 overdue, open true", // today is the last day to do it
		"r1/undated of p, 53 days old, 0 overdue, open true",
		"r2/D1 of all, 3 days old, open false",
		"r1/D1 of p, 53 days old, open false",
		"r1/D2 of p, 53 days old, open true",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The owners' counts add up to the report's.
func TestReportActions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		owner         string
		all           bool
		open, overdue int
		ids           string
	}{
		{"", false, 4, 2, "r1/today r1/undated r1/late r1/nobodys"}, // by owner, nobody's last
		{"", true, 4, 2, "r1/today r1/undated r1/done r2/yes r1/late r1/nobodys"},
		{"ada", false, 2, 0, "r1/today r1/undated"},
		{"eve", false, 0, 0, ""},
	} {
		r := report.New("reviews-actions", cal.MustDate(asOf))
		logged(t).ReportActions(r, c.owner, c.all)
		d := r.Data.(actionsReport)
		var ids []string
		for _, x := range d.Actions {
			ids = append(ids, x.ID)
		}
		open, overdue := 0, 0
		for _, o := range d.Owners {
			open, overdue = open+o.Open, overdue+o.Overdue
		}
		if strings.Join(ids, " ") != c.ids || d.Open != c.open || d.Overdue != c.overdue || open != c.open || overdue != c.overdue {
			t.Errorf("%q, all %v: %v, %d open, %d overdue, by owner %d and %d", c.owner, c.all, ids, d.Open, d.Overdue, open, overdue)
		}
	}
}

// Lists are never null, whatever there is to say.
func TestNoNullLists(t *testing.T) {
	t.Parallel()
	a := analyse(snapshot(t), asOf)
	for name, fill := range map[string]func(*report.Report){
		"next":      func(r *report.Report) { a.ReportNext(r, 0) },
		"calendar":  a.ReportCalendar,
		"actions":   func(r *report.Report) { a.ReportActions(r, "", false) },
		"decisions": func(r *report.Report) { a.ReportDecisions(r, 0, false) },
	} {
		r := report.New(name, a.AsOf)
		fill(r)
		text, err := json.Marshal(r.Data)
		if err != nil || bytes.Contains(text, []byte("null")) || len(r.Blocks) == 0 {
			t.Errorf("%s: %s, %v", name, text, err)
		}
	}
}
