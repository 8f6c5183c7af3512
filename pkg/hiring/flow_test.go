package hiring

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
)

type stage = history.Stage

func candidates(id string, entered, passed, declined, withdrawn int) stage {
	return stage{ID: id, Entered: entered, Passed: passed, Declined: declined, Withdrawn: withdrawn}
}

func TestFlow(t *testing.T) {
	s := snapshot(t, config, plan("a",
		"id: x, status: open, effective: 2026-06-01, pipeline: {screen: {entered: 9, passed: 3, declined: 4}}",
		"id: overlay, status: open, effective: 2026-06-01, pipeline: {screen: {entered: 5, withdrawn: 1}}",
	))
	tracks := []*history.PositionTrack{
		{ID: "gone", Points: []history.PositionPoint{
			version("2026-03-01", "open"),
			version("2026-04-01", "open", candidates("screen", 2, 1, 0, 0), candidates("old", 1, 0, 0, 0)),
			version("2026-05-01", ""),
		}},
		{ID: "another-year", Points: []history.PositionPoint{version("2024-03-01", "open"), version("2024-05-01", "")}},
		{ID: "not-chosen", Points: []history.PositionPoint{version("2026-03-01", "open"), version("2026-05-01", "open", candidates("screen", 7, 0, 0, 0))}},
		{ID: "x", Points: []history.PositionPoint{
			version("2026-01-15", "open", candidates("screen", 3, 0, 1, 0)),
			version("2026-01-20", "open", candidates("screen", 4, 0, 1, 0)), // before the year
			version("2026-03-01", "open", candidates("screen", 10, 3, 3, 0)),
			version("2026-03-05", ""),
			version("2026-03-31", "open", candidates("screen", 9, 3, 4, 0)), // somebody was counted twice
		}},
	}
	tracks[1].Points[0].Effective, tracks[1].Points[1].Effective = cal.MustDate("2024-06-01"), cal.MustDate("2024-06-01")
	o := options(s)
	o.History = &history.History{}
	a := analyse(s, o, tracks)
	var got []string
	add := func(name string, list []Counts) {
		for i, c := range list {
			if c != (Counts{}) {
				got = append(got, fmt.Sprint(name, " ", a.Flow.Stages[i].ID, " ", c))
			}
		}
	}
	for i, list := range a.Flow.Buckets {
		add(o.Buckets[i].Name, list)
	}
	add("undated", a.Flow.Undated)
	add("outside", a.Flow.Outside)
	want := []string{
		"2026-03 screen {5 3 3 0}", // +6 +3 +2, then −1 +1
		"2026-04 screen {2 1 0 0}",
		"2026-04  {1 0 0 0}", // at a stage that nobody declares
		"undated screen {8 0 1 1}",
		"outside screen {1 0 0 0}",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if a.Flow.Gone != 1 || a.Flow.Untracked != 1 || a.complete() {
		t.Errorf("%d gone, %d untracked", a.Flow.Gone, a.Flow.Untracked)
	}
	twice := analyse(snapshot(t, config, plan("a", "id: x, status: open, effective: 2026-06-01"), plan("b", "id: x, status: open, effective: 2026-06-01")), o, tracks)
	if n := twice.Flow.Buckets[1][0].Entered; n != 5 {
		t.Errorf("%d entered in March, the position is in two plans", n)
	}
	o.Selector, _ = portfolio.ParseSelector("status=open")
	if a := analyse(s, o, tracks); a.Flow.Gone != 0 {
		t.Error("what is gone is chosen by a selector")
	}
	o.History = nil
	if a := analyse(s, o, nil); a.Flow != nil {
		t.Error("there is flow without a history")
	}
}

// What happened in all periods, and what has no day or another year, is what there is
// today; and by group it is what there is in all, whatever the order of files.
func TestEverythingAddsUp(t *testing.T) {
	for seed := range int64(150) {
		r := rand.New(rand.NewSource(seed))
		var docs []string
		var tracks []*history.PositionTrack
		for d := range 1 + r.Intn(3) {
			var positions []string
			for i := range r.Intn(5) {
				id := fmt.Sprintf("p%d-%d", d, i)
				text, track := drawPosition(r, id)
				positions = append(positions, text)
				if r.Intn(5) > 0 {
					tracks = append(tracks, track)
				}
			}
			docs = append(docs, plan(fmt.Sprint("plan", d), positions...))
		}
		docs = append(docs, config)
		s := snapshot(t, docs...)
		o := options(s)
		o.By, o.History = []group.Dimension{group.ByRole, group.ByLevel}, &history.History{}
		a := analyse(s, o, tracks)
		sum := make([]Counts, len(a.Flow.Stages))
		for _, list := range append(slices.Clone(a.Flow.Buckets), a.Flow.Undated, a.Flow.Outside) {
			for i, c := range list {
				sum[i] = sum[i].plus(c)
			}
		}
		for i, x := range a.Flow.Stages {
			today := Counts{}
			for _, y := range a.Stages {
				if y.ID == x.ID {
					today = y.Counts
				}
			}
			if sum[i] != today {
				t.Fatalf("seed %d: flow of %s is %v, today %v", seed, x.ID, sum[i], today)
			}
		}
		checkGroups(t, seed, a)
		r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		r.Shuffle(len(tracks), func(i, j int) { tracks[i], tracks[j] = tracks[j], tracks[i] })
		shuffled := snapshot(t, docs...)
		if diff := cmp.Diff(dump(a), dump(analyse(shuffled, o, tracks))); diff != "" {
			t.Fatalf("seed %d: the order of files matters (-want +got):\n%s", seed, diff)
		}
	}
}

func checkGroups(t *testing.T, seed int64, a *Analysis) {
	t.Helper()
	stages := make([]Counts, len(a.Stages))
	sum := Summary{Saving: noSaving("USD")}
	for _, g := range a.Groups {
		for i, x := range g.Stages {
			stages[i] = stages[i].plus(x.Counts)
		}
		sum.Positions += g.Positions
		sum.Filled += g.Filled
		sum.ToFill += g.ToFill
		sum.Opened += g.Opened
		sum.Late += g.Late
		sum.Saving.Add(g.Saving)
	}
	sum.TimeToFill, sum.Timed = a.Summary.TimeToFill, a.Summary.Timed // medians do not add up
	if diff := cmp.Diff(a.Summary, sum); diff != "" {
		t.Fatalf("seed %d: groups (-want +got):\n%s", seed, diff)
	}
	for i, x := range a.Stages {
		if stages[i] != x.Counts {
			t.Fatalf("seed %d: groups have %v at %s, want %v", seed, stages[i], x.ID, x.Counts)
		}
	}
	parts := a.Outside
	for _, x := range a.Savings {
		parts.Add(x)
	}
	for _, x := range []struct{ parts, all rates.Sum }{{parts.Total, a.Summary.Saving.Total}, {parts.ToDate, a.Summary.Saving.ToDate}} {
		if len(x.parts.Unknown) == 0 && x.parts.Amount != x.all.Amount {
			t.Fatalf("seed %d: months save %s, in all %s", seed, saved(x.parts), saved(x.all))
		}
	}
	in := a.inYears().plus(a.OtherQuarters)
	if in.Effective != a.Summary.Filled+a.Summary.ToFill || in.Hires()+a.UnknownHires != in.Effective {
		t.Fatalf("seed %d: %v of %d seats, and %d unknown", seed, in, a.Summary.Filled+a.Summary.ToFill, a.UnknownHires)
	}
}

// dump is all that machines read.
func dump(a *Analysis) string {
	text, err := json.MarshalIndent(a.data(), "", " ")
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// drawPosition makes up a position and its history, which ends with what the plan says.
func drawPosition(r *rand.Rand, id string) (string, *history.PositionTrack) {
	status := []string{"planned", "approved", "open", "open", "offered", "filled", "on-hold", "cancelled"}[r.Intn(8)]
	now := map[string]*Counts{"screen": {}, "onsite": {}}
	track := &history.PositionTrack{ID: id}
	day := cal.MustDate("2025-12-01")
	names := []string{"onsite", "screen"}
	for range 1 + r.Intn(8) {
		day = day.Add(cal.Days(r.Intn(50)))
		var stages []stage
		for _, name := range names {
			c := now[name]
			for _, n := range []*int{&c.Entered, &c.Passed, &c.Declined, &c.Withdrawn} {
				*n = max(0, *n+r.Intn(6)-1)
			}
			stages = append(stages, candidates(name, c.Entered, c.Passed, c.Declined, c.Withdrawn))
		}
		v := version(day.String(), "open", stages...)
		track.Points = append(track.Points, v)
		if r.Intn(4) == 0 {
			away := v
			away.Present = false
			back := version(day.Add(3).String(), "open", stages...)
			track.Points = append(track.Points, away, back)
			day = day.Add(3)
		}
	}
	var pipeline []string
	for _, name := range names {
		c := now[name]
		pipeline = append(pipeline, fmt.Sprintf("%s: {entered: %d, passed: %d, declined: %d, withdrawn: %d}", name, c.Entered, c.Passed, c.Declined, c.Withdrawn))
	}
	effective := cal.MustDate("2026-02-01").Add(cal.Days(r.Intn(365)))
	text := fmt.Sprintf("id: %s, status: %s, effective: %s, pipeline: {%s}", id, status, effective, strings.Join(pipeline, ", "))
	if r.Intn(2) == 0 {
		text += ", openedOn: " + effective.Add(-90).String()
	}
	if status == "filled" && r.Intn(8) > 0 {
		text += ", start: " + effective.Add(cal.Days(r.Intn(100)-20)).String()
	}
	return text + fmt.Sprintf(", role: %s, level: L%d", []string{"engineer", "tpm"}[r.Intn(2)], 3+r.Intn(2)), track
}
