package lint_test

import (
	"testing"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/lint"
)

// second is one more program, without milestones.
func second(name string) string {
	return "---\nkind: Program\nmetadata: {name: " + name + "}\nspec: {status: completed, start: 2026-01-05, due: 2026-06-30, completed: 2026-06-30}\n"
}

func TestBulkChange(t *testing.T) {
	t.Parallel()
	ids := []string{"id: a, due: 2027-01-29", "id: b, due: 2027-01-29", "id: c, due: 2027-01-29", "id: d, due: 2027-01-29", "id: e, due: 2027-01-29"}
	bound := func(limit, text string) string { return with("policy: {maxRemoved: "+limit+"}", text) }
	full := active(ids...)
	for _, c := range []struct {
		name          string
		before, after string
		want          []string
	}{
		{"exactly the bound", full, bound("20%", active(ids[1:]...)), nil},
		{"more than it", full, bound("19.999%", active(ids[1:]...)), []string{
			"GOV014 the change drops 1 of 5 milestones (20%), policy allows 19.999%: p/a",
		}},
		{"names three", full, bound("20%", active(ids[4])), []string{
			"GOV014 the change drops 4 of 5 milestones (80%), policy allows 20%: p/a, p/b, p/c …",
		}},
		{"by id, whatever the order in the file", active(ids[2], ids[1], ids[0], ids[3]), bound("20%", active(ids[3])), []string{
			"GOV014 the change drops 3 of 4 milestones (75%), policy allows 20%: p/a, p/b, p/c",
		}},
		{"rounded", active(ids[:3]...), bound("20%", active(ids[1:]...)), []string{
			"GOV014 the change drops 1 of 3 milestones (33.3%), policy allows 20%: p/a",
		}},
		{"not stated", full, active(ids[4]), nil},
		{"none may go", full, bound("0%", active(ids[1:]...)), []string{
			"GOV014 the change drops 1 of 5 milestones (20%), policy allows 0%: p/a",
		}},
		{"cancelled is not dropped", full, bound("0%", active(append([]string{"id: a, due: 2027-01-29, status: cancelled"}, ids[1:]...)...)), nil},
		{"more than before", active(ids[:1]...), bound("0%", full), nil},
		{"programs", full + second("q") + second("r"), bound("50%", full), []string{
			"GOV014 the change drops 2 of 3 programs (66.7%), policy allows 50%: q, r",
		}},
		{"a program with all that is in it", full + second("q"), bound("50%", second("q")), []string{
			"GOV014 the change drops 5 of 5 milestones (100%), policy allows 50%: p/a, p/b, p/c …",
		}},
		{"waived", full, with("policy: {maxRemoved: 0%}, "+waiver("GOV014"), active(ids[1:]...)), []string{
			"waived: GOV014 the change drops 1 of 5 milestones (20%), policy allows 0%: p/a",
		}},
		{"what cannot be read is not dropped", full, bound("0%", second("q")+
			"---\nkind: Program\nmetadata: {name: p}\nspec: {status: active, due: 2027-01-29}\n"), nil},
	} {
		o := lint.Options{AsOf: cal.MustDate(usualDay), Codes: allRules()}
		after := snapshot(t, c.after)
		o.Before = snapshot(t, c.before)
		checkMessages(t, c.name+", compared", c.want, after, o)
		if c.name == "what cannot be read is not dropped" {
			continue // history judges it by what it says
		}
		o.Before = nil
		o.History = historyOf(t, []version{{day: "2026-03-02", text: c.before}, {day: "2026-11-02", text: c.after}}, nil, o.AsOf)
		checkMessages(t, c.name+", from history", c.want, after, o)
	}
}

func TestBulkChangeInHistory(t *testing.T) {
	t.Parallel()
	const a, b = "id: a, due: 2027-01-29", "id: b, due: 2027-01-29"
	bound := func(text string) string { return with("policy: {maxRemoved: 20%}", text) }
	want := []string{"GOV014 the change drops 1 of 2 milestones (50%), policy allows 20%: p/a"}
	runCases(t, []historyCase{
		{
			name:     "in the work tree",
			versions: []version{{day: "2026-03-02", text: bound(active(a, b))}}, workTree: bound(active(b)),
			want: want,
		},
		{
			name: "in an earlier version",
			versions: []version{
				{day: "2026-03-02", text: bound(active(a, b))},
				{day: "2026-04-01", text: bound(active(b))},
				{day: "2026-11-02", text: bound(active(b, "id: c, due: 2027-01-29"))},
			},
		},
		{
			name: "what was dropped before does not count",
			versions: []version{
				{day: "2026-03-02", text: bound(active(a, b, "id: c, due: 2027-01-29"))},
				{day: "2026-04-01", text: bound(active(a, b))},
				{day: "2026-11-02", text: bound(active(b))},
			},
			want: want,
		},
		{name: "the first version", versions: []version{{day: "2026-03-02", text: bound(active(b))}}},
	})
}

// A file that is no YAML says nothing, not even what it no longer has: history tells
// that it was not deleted.
func TestBulkChangeOfBrokenFile(t *testing.T) {
	t.Parallel()
	full := active("id: a, due: 2027-01-29", "id: b, due: 2027-01-29")
	o := lint.Options{AsOf: cal.MustDate(usualDay), Codes: allRules(), Before: snapshot(t, full)}
	left := snapshot(t, with("policy: {maxRemoved: 99%}", ""))
	o.History = historyOf(t, []version{{day: "2026-03-02", text: full}}, new("kind: [\n"), o.AsOf)
	checkMessages(t, "broken", nil, left, o)
	o.History = historyOf(t, []version{{day: "2026-03-02", text: full}}, new("kind: Team\n"), o.AsOf)
	checkMessages(t, "replaced", []string{
		"GOV014 the change drops 2 of 2 milestones (100%), policy allows 99%: p/a, p/b",
		"GOV014 the change drops 1 of 1 programs (100%), policy allows 99%: p",
	}, left, o)
}

// The findings of two changes are two, though both are about the portfolio.
func TestBulkChangeIsNewEachTime(t *testing.T) {
	t.Parallel()
	full := active("id: a, due: 2027-01-29", "id: b, due: 2027-01-29")
	prints := map[string]bool{}
	for _, left := range []string{"a", "b"} {
		s := snapshot(t, with("policy: {maxRemoved: 20%}", active("id: "+left+", due: 2027-01-29")))
		found := lint.Run(s, lint.Options{AsOf: cal.MustDate(usualDay), Codes: allRules(), Before: snapshot(t, full)})
		diag.Finish(found)
		for _, d := range found {
			prints[d.Fingerprint] = true
		}
	}
	if len(prints) != 2 {
		t.Errorf("%d fingerprints, want 2", len(prints))
	}
}
