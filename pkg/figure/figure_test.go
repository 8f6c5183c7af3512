package figure

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
)

// snapshot assembles a file, which may have findings.
func snapshot(text string) *portfolio.Snapshot {
	s, _ := portfolio.Assemble([]portfolio.Part{portfolio.Read(&source.File{Name: "f", Text: []byte(text)}, portfolio.Base)})
	return s
}

// small is a portfolio with one of each thing that a figure depends on.
const small = `kind: Portfolio
metadata: {name: small}
spec:
  currency: USD
  levels: [{id: L5}]
  rateCard: [{level: L5, from: 2025-01, annualCost: 240000}]
---
kind: Team
metadata: {name: core}
---
kind: Team
metadata: {name: empty}
---
kind: Roster
metadata: {name: core}
spec: {team: core, people: [{id: ada, role: manager, level: L5, start: 2020-01-06}, {id: ben, role: engineer, level: L5, start: 2027-01-04}]}
---
kind: HeadcountPlan
metadata: {name: core}
spec: {team: core, fiscalYear: FY26, positions: [{id: p1, role: engineer, level: L5, type: growth, status: open, effective: 2026-06}]}
---
kind: Program
metadata: {name: dr}
spec:
  status: active
  start: 2026-01-05
  due: 2026-12-31
  milestones:
    - {id: a, due: 2026-12-04, forecast: 2026-12-18}
    - {id: b, due: 2026-12-07, dependsOn: [a]}
    - {id: done, due: 2026-05-29, completed: 2026-05-27}
    - {id: dropped, due: 2026-05-29, status: cancelled}
  staffing: [{role: engineer, level: L5, fte: 0.5, from: 2026-11, to: 2026-12}]
  budget: {lines: [{id: cloud, category: cloud, type: opex, amount: 100.50, from: 2026-12, to: 2027-02}]}
---
kind: Program
metadata: {name: idea}
spec:
  status: proposed
  start: 2026-12-01
  due: 2027-01-29
  milestones: [{id: try, due: 2027-01-15}]
  staffing: [{role: engineer, level: L5, fte: 1, from: 2027-01, to: 2027-01}]
---
kind: Program
metadata: {name: old}
spec: {status: cancelled, start: 2026-01-05, due: 2026-06-30, staffing: [{role: engineer, level: L5, fte: 1, from: 2026-01, to: 2026-06}]}
`

func TestValue(t *testing.T) {
	private := strings.Replace(small, "currency: USD", "external: [rateCard, staffing]\n  currency: USD", 1)
	private = strings.Replace(private, "rateCard: [{level: L5, from: 2025-01, annualCost: 240000}]", "", 1)
	private = strings.Replace(private, "  staffing: [{role: engineer, level: L5, fte: 1, from: 2027-01, to: 2027-01}]\n", "", 1)
	spending := small + `---
kind: Ledger
metadata: {name: postings}
spec: {program: dr, entries: [{date: 2026-06-10, category: cloud, type: opex, amount: 40.25}, {date: 2026-11-24, category: cloud, type: opex, amount: 9}]}
`
	for _, test := range []struct{ name, portfolio, figure, want string }{
		{"spent by today", spending, "actual:dr", "40.25"},
		{"spent by all", spending, "actual", "40.25"},
		{"spent, and then as planned", spending, "forecast:dr", "20140.75"},
		{"what is spent of nothing", spending, "actual:nothing", "none"},
		{"a forecast that is later", small, "dr/a", "2026-12-18"},
		{"done", small, "finish:dr/done", "2026-05-27"},
		{"cancelled", small, "finish:dr/dropped", "none"},
		{"of a program", small, "finish:dr", "2026-12-31"},
		{"of a cancelled program", small, "finish:old", "none"},
		{"committed, whatever the forecast", small, "due:dr/a", "2026-12-04"},
		{"committed, and done earlier", small, "due:dr/done", "2026-05-29"},
		{"committed, of a program", small, "due:old", "2026-06-30"},
		{"committed, of nothing", small, "due:dr/nothing", "none"},
		{"committed, of no program", small, "due:nothing", "none"},
		{"of nothing", small, "finish:dr/nothing", "none"},
		{"expected waits for what it depends on", small, "expected:dr/b", "2026-12-18"},
		{"what is not approved is expected on no day", small, "expected:idea/try", "none"},
		{"people and lines", small, "budget:dr", "20100.50"},
		{"a proposed program counts, a cancelled one does not", small, "budget", "40100.50"},
		{"the cancelled one costs nothing", small, "budget:old", "0.00"},
		{"no such program", small, "budget:nothing", "none"},
		{"half a person for two months", small, "fte:dr", "1"},
		{"of all", small, "fte", "2"},
		{"a person and a seat; the other person comes later", small, "headcount", "2"},
		{"of a team", small, "headcount:core", "2"},
		{"of a team without people", small, "headcount:empty", "0"},
		{"of no team", small, "headcount:nothing", "none"},
		{"private lines", private, "fte:idea", "private"},
		{"private lines of one are private of all", private, "fte", "private"},
		{"private rates", private, "budget:dr", "private"},
		{"private rates do not hide demand", private, "fte:dr", "1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f, err := Parse(test.figure)
			if err != nil {
				t.Fatal(err)
			}
			s := snapshot(test.portfolio)
			n, known, err := f.Value(s, cal.MustDate("2026-11-23"))
			a := &Attribution{Figure: f, Currency: "USD"}
			got := fmt.Sprint(a.value(n, known))
			switch {
			case err != nil:
				got = err.Error()
			case !known:
				got = "none"
			case f.unit == Minor:
				got = fmt.Sprintf("%d.%02d", n/100, n%100)
			}
			if got != test.want {
				t.Errorf("%s is %s, want %s", test.figure, got, test.want)
			}
		})
	}
}

func TestParse(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"dr/a", "finish:dr/a"},
		{"finish:dr", "finish:dr"},
		{"budget", "budget"},
		{"budget:", "budget"},
		{"headcount:core", "headcount:core"},
		{"expected", "expected of what? Write expected:PROGRAM/MILESTONE"},
		{"expected:", "expected of what? Write expected:PROGRAM/MILESTONE"},
		{"dr", `there is no figure "dr": the figures are finish, due, expected, budget, actual, forecast, fte, headcount`},
		{"finsih:dr", `there is no figure "finsih", did you mean finish?`},
		{"dr/a:b", `there is no figure "dr/a": the figures are finish, due, expected, budget, actual, forecast, fte, headcount`},
		{"", `there is no figure "": the figures are finish, due, expected, budget, actual, forecast, fte, headcount`},
	} {
		f, err := Parse(test.text)
		got := f.String()
		if err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%q is %s, want %s", test.text, got, test.want)
		}
	}
}

// All that completion offers can be read, and is of something.
func TestNames(t *testing.T) {
	s := snapshot(small)
	names := Names(s)
	for _, name := range names {
		f, err := Parse(name)
		if err != nil || f.String() != name {
			t.Errorf("%s is %s, %v", name, f, err)
		}
	}
	want := []string{
		"finish:dr", "finish:idea", "finish:old", "finish:dr/a", "finish:dr/b", "finish:dr/done", "finish:dr/dropped", "finish:idea/try",
		"due:dr", "due:idea", "due:old", "due:dr/a", "due:dr/b", "due:dr/done", "due:dr/dropped", "due:idea/try",
		"expected:dr/a", "expected:dr/b", "expected:dr/done", "expected:dr/dropped", "expected:idea/try",
		"budget", "budget:dr", "budget:idea", "budget:old",
		"actual", "actual:dr", "actual:idea", "actual:old", "forecast", "forecast:dr", "forecast:idea", "forecast:old",
		"fte", "fte:dr", "fte:idea", "fte:old", "headcount", "headcount:core", "headcount:empty",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if n := strings.Count(Help(), "\n"); n != len(kinds) {
		t.Errorf("the help has %d lines, want one for each of %d figures", n, len(kinds))
	}
}

func TestHint(t *testing.T) {
	s := snapshot(small)
	for _, test := range []struct{ figure, want string }{
		{"finish:done", ", did you mean dr/done?"},
		{"finish:dr/don", ", did you mean dr/done?"},
		{"finish:ideas", ", did you mean idea?"},
		{"expected:dr/aa", ", did you mean dr/a?"},
		{"expected:dr", ": expected is of a milestone, such as dr/a"},
		{"budget:ida", ", did you mean idea?"},
		{"budget:all", ", leave out :all for the whole: budget"},
		{"headcount:cor", ", did you mean core?"},
		{"headcount:unheard-of", ""},
	} {
		f := figure(t, test.figure)
		if got := f.Hint(f.Candidates(s)); got != test.want {
			t.Errorf("the hint for %s is %q, want %q", test.figure, got, test.want)
		}
	}
}

func TestSuggest(t *testing.T) {
	s := snapshot(small)
	for _, test := range []struct{ text, want string }{{"dr", "finish:dr"}, {"core", "headcount:core"}, {"budget", ""}, {"", ""}} {
		if got := Suggest(s, test.text); got != test.want {
			t.Errorf("%q suggests %q, want %q", test.text, got, test.want)
		}
	}
}

// Where a date says less than it seems to, or there is none, that is told.
func TestNote(t *testing.T) {
	s := snapshot(small)
	for _, test := range []struct{ figure, asOf, want string }{
		{"finish:dr/b", "2026-12-07", ""},
		{"finish:dr/b", "2026-12-08", "it is not done and was due on 2026-12-07, so that it finishes on 2026-12-08 at the earliest: due:dr/b is its committed date"},
		{"finish:dr/a", "2026-12-08", ""},
		{"finish:dr/a", "2026-12-18", ""},
		{"finish:dr", "2027-01-01", "it is not done and was due on 2026-12-31, so that it finishes on 2027-01-01 at the earliest: due:dr is its committed date"},
		{"expected:dr/a", "2027-01-04", "it is not done and was due on 2026-12-04, so that it finishes on 2027-01-04 at the earliest: due:dr/a is its committed date"},
		{"finish:dr/done", "2027-01-01", ""},
		{"finish:dr/dropped", "2026-11-23", "it is cancelled"},
		{"finish:old", "2026-11-23", "program old is cancelled"},
		{"expected:idea/try", "2026-11-23", "program idea is proposed, neither approved nor active, so that it is not scheduled"},
		{"finish:idea/try", "2026-11-23", ""},
		{"due:dr/b", "2026-12-08", ""},
		{"finish:dr/nothing", "2027-01-01", ""},
		{"expected:nothing/a", "2027-01-01", ""},
		{"budget:dr", "2027-01-01", ""},
	} {
		if got := figure(t, test.figure).Note(s, cal.MustDate(test.asOf)); got != test.want {
			t.Errorf("the note on %s as of %s is %q, want %q", test.figure, test.asOf, got, test.want)
		}
	}
}

func TestHangsOn(t *testing.T) {
	whole := snapshot(small)
	dangling := snapshot(strings.Replace(small, "dependsOn: [a]", "dependsOn: [elsewhere/a]", 1))
	bare := snapshot(small[strings.Index(small, "---\n")+4:]) // the Portfolio document is not there
	for _, test := range []struct {
		name            string
		s               *portfolio.Snapshot
		figure, subject string
		want            bool
	}{
		{"its program", whole, "finish:dr/a", "program/dr/milestone/b", true},
		{"its program as a whole", whole, "finish:dr/a", "program/dr", true},
		{"another program", whole, "finish:dr/a", "program/dr2", false},
		{"people", whole, "finish:dr", "roster/core", false},
		{"any predecessor", whole, "expected:dr/b", "program/idea", true},
		{"the calendar", whole, "expected:dr/b", "portfolio/small", true},
		{"rates", whole, "budget:dr", "portfolio/small", true},
		{"the fiscal year", whole, "headcount:core", "portfolio/small", true},
		{"of the portfolio", whole, "fte", "portfolio/small", true},
		{"of the portfolio, for a date", whole, "finish:dr", "portfolio/small", true},
		{"a committed date hangs on no calendar", whole, "due:dr", "portfolio/small", false},
		{"a file, where all is there", whole, "finish:dr", "file/programs/x.yaml", false},
		{"a file, where the milestone is not in its program", whole, "finish:dr/nothing", "file/programs/x.yaml", false},
		{"a file, where the program is not there", whole, "finish:nothing/a", "file/programs/x.yaml", true},
		{"a file, where all predecessors are there", whole, "expected:dr/b", "file/programs/x.yaml", false},
		{"a file, where a predecessor is not", dangling, "expected:dr/a", "file/programs/x.yaml", true},
		{"which is nothing to a finish", dangling, "finish:dr/a", "file/programs/x.yaml", false},
		{"a file, where the rates are not there", bare, "budget:dr", "file/programs/x.yaml", true},
		{"which is nothing to a committed date", bare, "due:dr", "file/programs/x.yaml", false},
		{"one program of two", whole, "budget:dr", "program/idea", false},
		{"any ledger may be its own", whole, "actual:dr", "ledger/postings", true},
		{"people are spent", whole, "forecast:dr", "roster/core", true},
		{"what another program spends", whole, "actual:dr", "program/idea", false},
		{"a file, which may be a ledger", whole, "actual:dr", "file/programs/x.yaml", true},
		{"a program of all", whole, "budget", "program/idea", true},
		{"a file of all", whole, "fte", "file/programs/x.yaml", true},
		{"teams ask for nothing", whole, "fte", "team/core", false},
		{"people move between teams", whole, "headcount:core", "roster/other", true},
		{"seats too", whole, "headcount:core", "headcountplan/other", true},
		{"and may be in any file", whole, "headcount:core", "file/programs/x.yaml", true},
		{"programs have no heads", whole, "headcount", "program/dr", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := figure(t, test.figure).HangsOn(test.s, test.subject); got != test.want {
				t.Errorf("%s hangs on %s: %v, want %v", test.figure, test.subject, got, test.want)
			}
		})
	}
}
