package lint_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	gocmp "github.com/google/go-cmp/cmp"
)

// staffed is a program from 2026-02-02 to 2027-01-29 with staffing lines, each
// without its braces.
func staffed(name, status string, lines ...string) string {
	return "kind: Program\nmetadata: {name: " + name + "}\nspec:\n  status: " + status + "\n  start: 2026-02-02\n  due: 2027-01-29\n  staffing:\n" + entries("", lines)
}

// each is n texts.
func each(n int, text func(int) string) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = text(i)
	}
	return list
}

func TestOverallocated(t *testing.T) {
	t.Parallel()
	const (
		half = "person: kim, fte: 0.5, from: 2026-02, to: 2027-01"
		most = "person: kim, fte: 0.6, from: 2026-12, to: 2027-01"
	)
	said := `STF001 person "kim" is allocated 110% from 2026-12-01 to 2027-01-29, policy allows 100%: a 0.5 + b 0.6`
	runPeopleCases(t, []peopleCase{
		{name: "by two programs", text: of(roster(kim), staffed("a", "active", half), staffed("b", "proposed", most)), want: []string{said}},
		{name: "by two lines of one", text: of(roster(kim), staffed("a", "active", half, most)), want: []string{strings.Replace(said, "a 0.5 + b 0.6", "a 1.1", 1)}},
		{name: "policy allows it", text: with("policy: {maxAllocation: 110%}", of(roster(kim), staffed("a", "active", half), staffed("b", "active", most)))},
		{name: "a program that is cancelled", text: of(roster(kim), staffed("a", "active", half), staffed("b", "cancelled", most))},
		{name: "in the past", asOf: "2027-01-30", text: of(roster(kim), staffed("a", "active", half), staffed("b", "active", most))},
		{name: "on its last day", asOf: "2027-01-29", text: of(roster(kim), staffed("a", "active", half), staffed("b", "active", most)), want: []string{said}},
		{
			name: "the worst, and how many more days", text: of(roster(kim), staffed("a", "active", half, "person: kim, fte: 1, from: 2027-01-04, to: 2027-01-08"), staffed("b", "active", most)),
			want: []string{`STF001 person "kim" is allocated 210% from 2027-01-04 to 2027-01-08, policy allows 100%: a 1.5 + b 0.6; beyond it on 39 more working days`},
		},
		{
			name: "the worst of the person's own time", text: of(roster("id: kim, level: L4, fte: 0.5, start: 2022-01-10, history: [{until: 2026-12-31, fte: 1}]"),
				staffed("a", "active", "person: kim, fte: 1.1, from: 2026-12, to: 2026-12", "person: kim, fte: 0.9, from: 2027-01, to: 2027-01")),
			want: []string{`STF001 person "kim" is allocated 180% from 2027-01-01 to 2027-01-29, policy allows 100%: a 0.9 of 0.5 contracted; beyond it on 23 more working days`},
		},
		{name: "far off", text: of(roster(kim), strings.Replace(staffed("a", "active", "person: kim, fte: 2, from: 2028, to: 2028"), "from: 2028, to: 2028", "from: 2028-01, to: 2028-02", 1)), want: []string{
			`STF003 program "a" allocates "kim" from 2028-01-03 to 2028-02-29, after it is due (2027-01-29)`,
		}},
		{name: "private people", text: with("external: [Roster]", of(staffed("a", "active", half, most)))},
		{
			name: "by many programs", text: of(append(each(7, func(i int) string {
				return staffed(fmt.Sprintf("g%d", i), "active", "person: kim, fte: 0.5, from: 2026-12, to: 2027-01")
			}), roster(kim))...),
			want: []string{`STF001 person "kim" is allocated 350% from 2026-12-01 to 2027-01-29, policy allows 100%: g0 0.5 + g1 0.5 + g2 0.5 + g3 0.5 + g4 0.5 + 2 more`},
		},
		{
			name: "waived", text: of(roster(kim+", waivers: [{rule: STF001, until: 2026-12-31, reason: x, approvedBy: y}]"), staffed("a", "active", half, most)),
			want: []string{"waived: " + strings.Replace(said, "a 0.5 + b 0.6", "a 1.1", 1)},
		},
	})
}

// A person can carry a waiver; one of a CSV file cannot, so the program does.
func TestOverallocatedSubject(t *testing.T) {
	t.Parallel()
	line := "person: kim, fte: 1.5, from: 2026-12, to: 2027-01"
	subjects := func(files fstest.MapFS) (list []string) {
		for _, d := range findPeople(t, files, "") {
			list = append(list, fmt.Sprintf("%s %s %d", d.Code, d.Subject, len(d.Related)))
		}
		return list
	}
	written := fstest.MapFS{"doc.yaml": &fstest.MapFile{Data: []byte(of(roster(kim), staffed("a", "active", line)))}}
	if diff := gocmp.Diff([]string{"STF001 roster/sre/person/kim 0"}, subjects(written)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	exported := fstest.MapFS{
		"doc.yaml":   &fstest.MapFile{Data: []byte(of("kind: Roster\nmetadata: {name: sre}\nspec: {team: sre, csv: people.csv}\n", staffed("a", "active", line), staffed("b", "active", line)))},
		"people.csv": &fstest.MapFile{Data: []byte("id,role,level,start\nkim,sre,L4,2022-01-10\n")},
	}
	if diff := gocmp.Diff([]string{"STF001 program/a 1"}, subjects(exported)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAllocatedOutside(t *testing.T) {
	t.Parallel()
	runPeopleCases(t, []peopleCase{
		{name: "to the last day", text: of(roster(kimLeft), staffed("a", "active", "person: kim, fte: 1, from: 2026-02, to: 2026-06"))},
		{name: "a day off after the last day", text: of(roster(kim+", end: 2026-07-03, leaveReason: other"), staffed("a", "active", "person: kim, fte: 1, from: 2026-02, to: 2026-07-05"))},
		{name: "between two employments, twice", text: of(roster(kimLeft, kimBack), staffed("a", "active", "person: kim, fte: 0.5, from: 2026-02, to: 2027-01", "person: kim, fte: 0.1, from: 2026-08, to: 2026-08")), want: []string{
			`STF002 program "a" allocates "kim" from 2026-07-01 to 2026-09-04, after the last day (2026-06-30)`,
		}},
		{name: "a program that is over", text: of(roster(kimLeft), staffed("a", "cancelled", "person: kim, fte: 1, from: 2026-02, to: 2027-01"), staffed("b", "completed", "person: kim, fte: 1, from: 2026-02, to: 2027-06"))},
		{name: "private people", text: with("external: [Roster]", of(staffed("a", "active", "person: kim, fte: 1, from: 2026-02, to: 2027-01")))},
		{name: "months fill those of the program", text: of(staffed("a", "active", "role: sre, fte: 1, from: 2026-12, to: 2027-01", "role: sre, fte: 1, from: 2026-12-01, to: 2027-01-31"))},
		{
			name: "a day within the month in which the program is due",
			text: strings.Replace(of(staffed("a", "active", "role: sre, fte: 1, from: 2026-12, to: 2027-01", "team: sre, fte: 1, from: 2026-12, to: 2027-01-22")), "due: 2027-01-29", "due: 2027-01-20", 1),
			want: []string{`STF003 program "a" allocates somebody of sre from 2027-01-21 to 2027-01-22, after it is due (2027-01-20)`},
		},
		{name: "before the program and after it", text: of(staffed("a", "active", "role: sre, level: L4, fte: 1, from: 2026-01, to: 2026-02-06", "team: sre, location: lisbon, fte: 1, from: 2026-12-01, to: 2027-02-01")), want: []string{
			`STF003 program "a" allocates sre L4 from 2026-01-01 to 2026-01-30, before it starts (2026-02-02)`,
			`STF003 program "a" allocates somebody of sre in lisbon from 2027-02-01 to 2027-02-01, after it is due (2027-01-29)`,
		}},
		{name: "wholly after the program", text: of(staffed("a", "active", "role: sre, fte: 1, from: 2027-03, to: 2027-03")), want: []string{
			`STF003 program "a" allocates sre from 2027-03-01 to 2027-03-31, after it is due (2027-01-29)`,
		}},
	})
}

func TestUnfilledRequirements(t *testing.T) {
	t.Parallel()
	const today, tomorrow = "role: sre, fte: 1, from: 2026-11-23, to: 2027-01", "role: sre, fte: 1, from: 2026-11-24, to: 2027-01"
	said := `STF004 program "a" has begun work for which nobody is named: 1 sre since 2026-11-23`
	runPeopleCases(t, []peopleCase{
		{name: "today", text: of(staffed("a", "active", today, tomorrow)), want: []string{said}},
		{name: "approved", text: of(staffed("a", "approved", today)), want: []string{said}},
		{name: "not running", text: of(staffed("a", "proposed", today), staffed("b", "paused", today), staffed("c", "completed", today))},
		{name: "over", text: of(staffed("a", "active", "role: sre, fte: 1, from: 2026-02, to: 2026-11-22"))},
		{name: "somebody is named", text: of(roster(kim), staffed("a", "active", "person: kim, role: sre, fte: 1, from: 2026-02, to: 2027-01"))},
		{name: "many lines are one finding", text: of(staffed("a", "active", today, today, today, today)), want: []string{said + strings.Repeat(", 1 sre since 2026-11-23", 2) + " …"}},
	})
}
