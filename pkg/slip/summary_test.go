package slip

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/history"
)

func TestSummary(t *testing.T) {
	record := func(program, id, owner, team string, points ...string) *Record {
		r := &Record{ID: history.ID{Program: program, Milestone: id}, Owner: owner, Team: team}
		r.follow(track(t, r.ID, points...))
		return r
	}
	list := []*Record{
		record("p", "a", "ada", "core",
			"2026-01-05 due 2026-05-01 draft", "2026-01-12 due 2026-06-01", // a draft counts in no sum
			"2026-02-02 due 2026-06-11", // +10, 119 days before it was due
			"2026-06-01 due 2026-06-21", // +10, 10 days before
			"2026-06-05 due 2026-06-19", // -2, 16 days before: of no account for notice
			"2026-06-29 due 2026-07-09", // +20, 10 days after
		),
		record("p", "b", "ada", "", "2026-01-05 due 2026-06-30"),
		record("q", "c", "", "core", "2026-01-05 due 2026-06-30", "2026-02-02 due 2026-07-10"), // +10, 148 days before
		record("q", "d", "ben", "core", "2026-01-05 due 2026-06-30"),
	}
	list[1].Descoped = true
	list[3].Overdue = 12
	got := summary(list)
	p := GroupData{Key: "p", Milestones: 2, Moved: 1, Moves: 4, Later: 3, AfterDue: 1, SlipDays: 40, NetDays: 38, ChurnDays: 42, NoticeDays: new(10), Descoped: 1}
	q := GroupData{Key: "q", Milestones: 2, Overdue: 1, Moved: 1, Moves: 1, Later: 1, SlipDays: 10, NetDays: 10, ChurnDays: 10, NoticeDays: new(148)}
	ada, core := p, GroupData{
		Key: "core", Milestones: 3, Overdue: 1, Moved: 2, Moves: 5, Later: 4, AfterDue: 1, SlipDays: 50, NetDays: 48, ChurnDays: 52, NoticeDays: new(10), // of -10, 10, 119, 148
	}
	ada.Key = "ada"
	want := SummaryData{
		Programs: []GroupData{q, p}, // what is overdue first
		Owners:   []GroupData{{Key: "ben", Milestones: 1, Overdue: 1}, ada},
		Teams:    []GroupData{core},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if none := summary(nil); none.Programs == nil || none.Owners == nil || none.Teams == nil {
		t.Errorf("of nothing, lists are empty and never nil: %+v", none)
	}
}
