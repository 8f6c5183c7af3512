package agenda

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/impact"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/review"
	"github.com/progctl/progctl/pkg/slip"
	"github.com/progctl/progctl/pkg/source"
)

var asOf = cal.MustDate("2026-11-23")

func snapshot(t *testing.T, docs ...string) *portfolio.Snapshot {
	t.Helper()
	parts := make([]portfolio.Part, len(docs))
	for i, doc := range docs {
		parts[i] = portfolio.Read(&source.File{Name: fmt.Sprint("f", i), Text: []byte(doc)}, portfolio.Base)
	}
	s, _ := portfolio.Assemble(parts)
	return s
}

const config = "kind: Portfolio\nmetadata: {name: main}\nspec: {cadences: [" +
	"{id: all, every: month on 1st Mon}, {id: people, every: month, agenda: staffing}, {id: money, every: month, agenda: budget}, {id: ranks, every: month, agenda: priorities}]}\n"

// program is reviewed every second Tuesday: on 2026-11-24, and 2026-12-08.
func program(spec string) string {
	return "kind: Program\nmetadata: {name: p}\nspec: {status: active, start: 2026-09-01, due: 2027-06-30, reviews: {every: 2 weeks on Tue}, " + spec + "}\n"
}

// compose is the agenda of something, compared with an earlier portfolio where there is
// one.
func compose(s, before *portfolio.Snapshot, of string) *Agenda {
	in := Input{
		Snapshot: s, Reviews: review.Analyse(s, review.Options{AsOf: asOf}), Programs: s.Programs,
		Slips: slip.Analyse(s, nil, slip.Options{AsOf: asOf}), Costs: budget.CostsOf(s, asOf), Since: Since{Why: "nobody knows"},
	}
	in.Of = in.Reviews.Find(of)
	if before != nil {
		in.Since = Since{Day: asOf, Revision: &report.Revision{Commit: strings.Repeat("a", 40)}, Before: before}
		in.Since.Change = impact.Compare(impact.Side{Snapshot: before}, impact.Side{Snapshot: s}, impact.Options{AsOf: asOf})
	}
	return Compose(in)
}

// It looks ahead to 2026-12-08.
func TestRisks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, before, now, want string }{
		{"due", "", "{id: r, reviewBy: 2026-12-08}", "review by 2026-12-08"},
		{"later", "", "{id: r, reviewBy: 2026-12-09}", ""},
		{"overdue", "", "{id: r, reviewBy: 2026-11-22}", "review overdue 1d"},
		{"today", "", "{id: r, reviewBy: 2026-11-23}", "review by 2026-11-23"},
		{"closed", "", "{id: r, reviewBy: 2026-11-22, status: closed}", ""},
		{"undated, and nothing to compare with", "", "{id: r}", ""},
		{"new", "{id: other}", "{id: other}, {id: r}", "new"},
		{"new and closed", "{id: other}", "{id: other}, {id: r, status: closed}", ""},
		{"occurred", "{id: r}", "{id: r, status: occurred}", "open → occurred"},
		{"closed since", "{id: r}", "{id: r, status: closed, reviewBy: 2026-11-22}", "open → closed"},
		{"as it was", "{id: r}", "{id: r}", ""},
	} {
		var before *portfolio.Snapshot
		if c.before != "" {
			before = snapshot(t, program("risks: ["+c.before+"]"))
		}
		var got []string
		a := compose(snapshot(t, program("risks: ["+c.now+"]")), before, "p")
		for i := range a.Risks {
			got = append(got, a.Risks[i].why().Text)
		}
		if text := strings.Join(got, "; "); text != c.want {
			t.Errorf("%s: %q, want %q", c.name, text, c.want)
		}
	}
}

func TestMilestones(t *testing.T) {
	t.Parallel()
	a := compose(snapshot(t, program("milestones: [{id: a, due: 2026-12-08}, {id: b, due: 2026-12-09}, {id: c, due: 2026-11-20}, {id: d, due: 2026-11-20, completed: 2026-11-20}, {id: e, due: 2026-11-20, status: cancelled}]")), nil, "p")
	var got []string
	for _, m := range a.Milestones {
		got = append(got, fmt.Sprintf("%s %d", m.ID, m.Overdue))
	}
	if diff := cmp.Diff([]string{"p/c 3", "p/a 0"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// headings are the sections that a report has, numbers apart.
func headings(r *report.Report) (list []string) {
	for _, b := range r.Blocks[1:] {
		if h, ok := b.(report.Heading); ok {
			list = append(list, strings.Split(string(h), ":")[0])
		}
	}
	return list
}

// Each agenda has the sections it is about; compared with itself nothing changed.
func TestSections(t *testing.T) {
	t.Parallel()
	const more = "owner: ada, milestones: [{id: a, due: %s}], budget: {lines: [{id: l, category: c, type: opex, amount: %d, from: 2026-10, to: 2026-12}]}, staffing: [{role: r, fte: %d, from: 2026-10, to: 2026-12}]"
	before := snapshot(t, config, program(fmt.Sprintf(more, "2026-11-27", 100, 1)))
	now := snapshot(t, config, program(fmt.Sprintf(more, "2026-12-04", 200, 2)),
		"kind: Review\nmetadata: {name: r}\nspec: {program: p, date: 2026-11-10, actions: [{id: a, due: 2026-11-12}], decisions: [{id: d}]}\n")
	for _, c := range []struct{ of, changed, same string }{
		{
			"p", "To decide/Actions/Dates moved since/Plan changed since/Demand for people changed since, in FTE-months/Spend against plan, in USD/Milestones open and due by 2026-12-08/Last time, on 2026-11-10",
			"To decide/Actions/Spend against plan, in USD/Milestones open and due by 2026-12-08/Last time, on 2026-11-10",
		},
		{
			"all", "Programs/Reviews missed since the last one/To decide/Actions/Dates moved since/Plan changed since/Demand for people changed since, in FTE-months/Spend against plan, in USD/Milestones open and due by 2027-01-04",
			"Programs/Reviews missed since the last one/To decide/Actions/Spend against plan, in USD/Milestones open and due by 2027-01-04",
		},
		{"people", "Reviews missed since the last one/Demand for people changed since, in FTE-months", "Reviews missed since the last one"},
		{"money", "Reviews missed since the last one/Plan changed since/Spend against plan, in USD", "Reviews missed since the last one/Spend against plan, in USD"},
		{"ranks", "Programs/Reviews missed since the last one/Dates moved since", "Programs/Reviews missed since the last one"},
	} {
		for _, x := range []struct {
			name   string
			before *portfolio.Snapshot
			want   string
		}{{"changed", before, c.changed}, {"the same", now, c.same}, {"not known", nil, c.same}} {
			r := report.New("reviews-agenda", asOf)
			compose(now, x.before, c.of).Report(r)
			if diff := cmp.Diff(strings.Split(x.want, "/"), headings(r)); diff != "" {
				t.Errorf("%s, %s (-want +got):\n%s", c.of, x.name, diff)
			}
			text, err := json.Marshal(r.Data)
			if err != nil {
				t.Fatal(err)
			}
			for _, list := range []string{"attendees", "programs", "missed", "decisions", "actions", "spend", "findings", "risks", "milestones"} {
				if bytes.Contains(text, []byte(`"`+list+`":null`)) {
					t.Errorf("%s, %s: %s is null", c.of, x.name, list)
				}
			}
			said := slices.ContainsFunc(r.Blocks, func(b report.Block) bool {
				text, ok := b.(report.Text)
				return ok && strings.Contains(string(text), "What changed since is not known: nobody knows")
			})
			if said != (x.before == nil) {
				t.Errorf("%s, %s: says that nothing is known of what changed: %v", c.of, x.name, said)
			}
		}
	}
}

// The total of spend is the sum of its rows, and unknown where one is.
func TestSpend(t *testing.T) {
	t.Parallel()
	second := strings.Replace(program("budget: {lines: [{id: l, category: c, type: opex, amount: 50, from: 2026-10, to: 2027-01}]}"), "name: p", "name: q", 1)
	s := snapshot(t, config, program("budget: {lines: [{id: l, category: c, type: opex, amount: 400, from: 2026-10, to: 2027-01}]}"), second,
		"kind: Ledger\nmetadata: {name: l}\nspec: {program: p, entries: [{date: 2026-10-05, category: c, type: opex, amount: 250}]}\n")
	r := report.New("reviews-agenda", asOf)
	compose(s, nil, "money").Report(r)
	var got [][]string
	for _, b := range r.Blocks {
		if table, ok := b.(*report.Table); ok && table.Name == "spend" {
			for _, row := range table.Rows {
				var cells []string
				for _, c := range row.Cells[:4] {
					cells = append(cells, c.Text)
				}
				got = append(got, cells)
			}
		}
	}
	// two of four months, this one with it
	want := [][]string{{"p", "200.00", "250.00", "+50.00"}, {"q", "25.00", "0.00", "-25.00"}, {"Total", "225.00", "250.00", "+25.00"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
