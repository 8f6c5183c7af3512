package history

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
)

// plan writes a headcount plan; positions are such as "id: s1, status: open".
func plan(name string, positions ...string) string {
	text := "kind: HeadcountPlan\nmetadata: {name: " + name + "}\nspec:\n  fiscalYear: FY27\n  positions:\n"
	for _, p := range positions {
		text += "    - {" + p + "}\n"
	}
	return text
}

// wantPositions compares the positions of a history with what should be told of them,
// one line a track, of points such as "3 open 2026-05-01 screen/4/1/2/0": the day of
// January, then what there is to say, in the order of says.
func wantPositions(t testing.TB, h *History, tracks ...string) {
	t.Helper()
	var list []string
	for _, track := range h.Positions() {
		var points []string
		for _, p := range track.Points {
			_, _, day := p.Version.Day.YMD()
			text := fmt.Sprint(day)
			if p.Version.Commit == "" {
				text = "work tree"
			}
			text = strings.Join(strings.Fields(text+" "+p.says()), " ")
			if !p.Present {
				text += " gone"
			}
			points = append(points, text)
		}
		list = append(list, track.ID+": "+strings.Join(points, ", "))
	}
	if diff := cmp.Diff(tracks, list); diff != "" {
		t.Errorf("positions (-want +got):\n%s", diff)
	}
}

// The id of a position is who it is: where it is written, and how, is nothing.
func TestPositionIdentity(t *testing.T) {
	t.Parallel()
	const (
		a = "id: a, status: open, effective: 2026-05, pipeline: {screen: {entered: 4, passed: 1}, panel: {entered: 1}}"
		b = "id: b, status: planned, effective: 2026-06-15"
	)
	r := newRepository(t)
	r.commit(1, "before it", files{"README.md": "x"})
	r.commit(2, "both in one plan", files{"p.yaml": plan("x", a, b)})
	r.commit(3, "renamed", files{"p.yaml": "", "sub/q.yml": plan("x", a, b)})
	r.commit(4, "the plan too", files{"sub/q.yml": plan("y", a, b)})
	r.commit(5, "split, beside a program", files{"sub/q.yml": plan("y", a), "a.yaml": document("a", "active", "2026-06-01") + "---\n" + plan("x", b)})
	r.commit(6, "swapped", files{"sub/q.yml": plan("y", b), "a.yaml": document("a", "active", "2026-06-01") + "---\n" + plan("x", a)})
	r.commit(7, "as two plans of one name, and reordered", files{"sub/q.yml": "", "a.yaml": plan("x", "id: b, effective: '2026-06-15', role: tpm, status: planned") + "---\n" + plan("x", a)})
	r.commit(8, "as JSON, with anchors, without a name", files{"a.yaml": "kind: HeadcountPlan\nspec:\n  x: &d {\"status\": \"open\", effective: 2026-05-01}\n" +
		"  positions: [{<<: *d, id: a, pipeline: {panel: {withdrawn: 0, entered: 1}, screen: {passed: 1, entered: 4}}}, {" + b + ", pipeline: {}}]\n"})
	h := r.read(Options{})
	wantPositions(t, h, "a: 2 open 2026-05-01 panel/1/0/0/0 screen/4/1/0/0", "b: 2 planned 2026-06-15")
	want(t, h, "a: 5 2026-06-01, 7 2026-06-01 gone")
	if got := h.position("b"); got == nil || got.ID != "b" || got.Points[0].Version.Commit != r.git("rev-parse", "HEAD~6") || h.position("c") != nil {
		t.Errorf("position %+v", got)
	}
	if len(h.Versions) != 2 { // none for those in which only positions changed
		t.Errorf("%d versions", len(h.Versions))
	}
}

// All that is told of a position makes a point where it changes, and nothing else.
func TestPositionPoints(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	day := 0
	change := func(text string) {
		day++
		r.commit(day, "x", files{"p.yaml": plan("x", text)})
	}
	change("id: a")
	change("id: a, status: planned")
	change("id: a, status: planned, effective: 2026-05-01")
	change("id: a, status: planned, effective: 2026-05")
	change("id: a, status: planned, effective: 2026-05, role: tpm, level: L5, team: t, person: ada")
	change("id: a, status: planned, effective: 2026-05, expectedStart: 2026-06-01")
	change("id: a, status: planned, effective: 2026-05, expectedStart: 2026-06-01, openedOn: 2026-01-07")
	change("id: a, status: open, effective: 2026-05, openedOn: 2026-01-07, pipeline: {s: {entered: 3}}")
	change("id: a, status: open, effective: 2026-05, openedOn: 2026-01-07, pipeline: {s: {entered: 3, passed: 1}}")
	change("id: a, status: open, effective: 2026-05, openedOn: 2026-01-07, pipeline: {s: {entered: 3, passed: 1, declined: 1}}")
	change("id: a, status: open, effective: 2026-05, openedOn: 2026-01-07, pipeline: {s: {entered: 3, passed: 1, declined: 1, withdrawn: 1}}")
	change("id: a, status: open, effective: 2026-05, openedOn: 2026-01-07, pipeline: {s: {entered: 3, passed: 1, declined: 1, withdrawn: 1}, t: {entered: 1}}")
	change("id: a, status: filled, effective: 2026-05, start: 2026-05-04")
	change("id: a, status: filled, effective: 2026-05")
	change("id: a, status: filled")
	wantPositions(t, r.read(Options{}), "a: 1, 2 planned, 3 planned 2026-05-01, 6 planned 2026-05-01 2026-06-01, 7 planned 2026-05-01 2026-06-01 2026-01-07, "+
		"8 open 2026-05-01 2026-01-07 s/3/0/0/0, 9 open 2026-05-01 2026-01-07 s/3/1/0/0, 10 open 2026-05-01 2026-01-07 s/3/1/1/0, "+
		"11 open 2026-05-01 2026-01-07 s/3/1/1/1, 12 open 2026-05-01 2026-01-07 s/3/1/1/1 t/1/0/0/0, 13 filled 2026-05-01 2026-05-04, 14 filled 2026-05-01, 15 filled")
}

// What is no date, no count or no position is none, and hides nothing beside it.
func TestPositionFacts(t *testing.T) {
	t.Parallel()
	position := func(id string, stages ...Stage) positionFacts {
		return positionFacts{id, PositionState{Stages: stages}}
	}
	for _, c := range []struct {
		spec string
		want []positionFacts
	}{
		{"~", nil},
		{"text", nil},
		{"{}", nil},
		{"{positions: ~}", nil},
		{"{positions: {id: a}}", nil},
		{"{positions: [~, a, [id, a], {}, {id: ''}, {id: [a]}, {status: open}, {id: b}]}", []positionFacts{position("b")}},
		{"{positions: [{id: 7, status: true}]}", []positionFacts{{"7", PositionState{Status: "true"}}}},
		{"{positions: [{id: a}, {id: a, status: open}]}", []positionFacts{position("a"), {"a", PositionState{Status: "open"}}}},
		{"{positions: [{id: a, status: [open], effective: soon, expectedStart: 2026-05, start: 2026-02-30, openedOn: ~}]}", []positionFacts{position("a")}},
		{"{positions: [{id: a, effective: 2026-13}, {id: b, effective: 2026}, {id: c, effective: [2026-01]}]}", []positionFacts{position("a"), position("b"), position("c")}},
		{"{positions: [{id: a, effective: 2026-02, expectedStart: 2026-02-03, start: '2026-02-04', openedOn: 2026-02-05}]}", []positionFacts{{"a", PositionState{
			Effective: cal.MustDate("2026-02-01"), ExpectedStart: cal.MustDate("2026-02-03"), Start: cal.MustDate("2026-02-04"), OpenedOn: cal.MustDate("2026-02-05"),
		}}}},
		{"{positions: [{id: a, pipeline: ~}, {id: b, pipeline: [x]}, {id: c, pipeline: x}]}", []positionFacts{position("a"), position("b"), position("c")}},
		{"{positions: [{id: a, pipeline: {z: ~, y: {}, x: 3, 7: [1]}}]}", []positionFacts{position("a", Stage{ID: "7"}, Stage{ID: "x"}, Stage{ID: "y"}, Stage{ID: "z"})}},
		{"{positions: [{id: a, pipeline: {x: {entered: 1}, y: {}, x: {entered: 2}}}]}", []positionFacts{position("a", Stage{ID: "x", Entered: 1}, Stage{ID: "y"})}},
		{
			"{positions: [{id: a, pipeline: {x: {entered: -1, passed: 1.5, declined: many, withdrawn: ~}, y: {entered: 2147483647, passed: 2147483648, declined: '3', withdrawn: +4, hired: 5}}}]}",
			[]positionFacts{position("a", Stage{ID: "x"}, Stage{ID: "y", Entered: 2147483647, Declined: 3})},
		},
	} {
		got := extract([]byte("kind: HeadcountPlan\nspec: " + c.spec + "\n"))
		if diff := cmp.Diff(facts{positions: c.want}, got, cmp.AllowUnexported(facts{}, positionFacts{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.spec, diff)
		}
	}
	if got := extract([]byte("kind: Team\nspec: {positions: [{id: a}]}\n")); got.positions != nil {
		t.Errorf("of another kind: %+v", got.positions)
	}
}

func TestPositionVanishAndReturn(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.commit(1, "x", files{"a.yaml": plan("x", "id: a, status: open", "id: b, status: open"), "c.yaml": plan("y", "id: c, status: open")})
	r.commit(2, "broken: what was there counts on", files{"a.yaml": plan("x", "id: a, status: filled") + "---\n["})
	r.commit(3, "x", files{"a.yaml": plan("x", "id: a, status: open"), "c.yaml": ""})
	r.commit(4, "x", files{"d.yaml": plan("z", "id: d, status: open")})
	r.commit(5, "x", files{"a.yaml": plan("x", "id: a, status: open", "id: b, status: open"), "c.yaml": plan("y", "id: c, status: filled")})
	r.commit(6, "gone while broken", files{"c.yaml": unclosed})
	r.commit(7, "x", files{"c.yaml": ""})
	h := r.read(Options{})
	wantPositions(t, h,
		"a: 1 open",
		"b: 1 open, 3 open gone, 5 open",
		"c: 1 open, 3 open gone, 5 filled, 7 filled gone",
		"d: 4 open",
	)
	if diff := cmp.Diff([]string{"a.yaml", "c.yaml"}, []string{h.Skipped[0].File, h.Skipped[1].File}); diff != "" || len(h.Skipped) != 2 {
		t.Errorf("skipped %q", skips(h))
	}
}

// Of positions with one id, the first by file counts, in a file the first, in
// whatever plan.
func TestPositionDuplicates(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.commit(1, "x", files{"m.yaml": plan("m", "id: a, status: s1")})
	r.commit(2, "a later file", files{"n.yaml": plan("n", "id: a, status: s2")})
	r.commit(3, "an earlier one", files{"b.yaml": plan("b", "id: a, status: s3")})
	r.commit(4, "twice in it", files{"b.yaml": plan("b", "id: a, status: s4", "id: a, status: s0") + "---\n" + plan("b", "id: a, status: s0")})
	r.commit(5, "not the first", files{"m.yaml": plan("m", "id: a, status: s5")})
	r.commit(6, "without the first", files{"b.yaml": ""})
	r.commit(7, "without the next", files{"m.yaml": ""})
	r.commit(8, "without any", files{"n.yaml": ""})
	wantPositions(t, r.read(Options{}), "a: 1 s1, 3 s3, 4 s4, 6 s5, 7 s2, 8 s2 gone")
}

// Folders and the work tree count for positions as for programs.
func TestPositionPlaces(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	a := func(status string) string { return plan("a", "id: a, status: "+status) }
	r.commit(1, "x", files{"a.yaml": a("planned"), "ex/x.yaml": plan("x", "id: x")})
	r.commit(2, "the preferred folder", files{"programs/b.yaml": plan("b", "id: b, status: planned")})
	r.commit(3, "beside it", files{"a.yaml": a("open")})
	r.commit(4, "none any more", files{"programs/b.yaml": ""})
	r.branch("side", "main")
	r.commit(5, "x", files{"a.yaml": a("offered")})
	r.commit(6, "x", files{"a.yaml": a("filled")})
	r.merge(7, "merge", "side")
	m := &memory{}
	for range 2 {
		o := Options{Preferred: "programs", Exclude: []string{"ex"}, Cache: m, AsOf: cal.MustDate("2026-01-20")}
		tracks := []string{"a: 1 planned, 2 planned gone, 4 open, 7 filled", "b: 2 planned, 4 planned gone"}
		wantPositions(t, r.read(o), tracks...)
		o.WorkTree = []File{{"a.yaml", []byte(a("cancelled"))}, {"c.yaml", []byte(plan("c", "id: c"))}}
		tracks[0] += ", work tree cancelled"
		h := r.read(o)
		wantPositions(t, h, append(tracks, "c: work tree")...)
		if v := h.position("c").Points[0].Version; v.Day != o.AsOf || len(h.Versions) > 0 {
			t.Errorf("version %+v of %d", v, len(h.Versions))
		}
	}
	if m.saves != 1 {
		t.Errorf("saved %d times", m.saves)
	}
	if h := (*History)(nil); h.position("a") != nil || h.Positions() != nil {
		t.Error("no history has positions")
	}
}

// position returns the history of a position, or nil.
func (h *History) position(id string) *PositionTrack {
	for _, t := range h.Positions() {
		if t.ID == id {
			return t
		}
	}
	return nil
}
