package staffing

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOutside(t *testing.T) {
	again := tree + "---\n" + roster("r", "id: ada, role: sre, level: L5, start: 2026-02-02, end: 2026-03-31", "id: ada, role: sre, level: L5, start: 2026-05-11")
	// within is a program whose first and last day are within months.
	within := func(lines ...string) string {
		return strings.NewReplacer("start: 2026-01-01", "start: 2026-02-16", "due: 2026-12-31", "due: 2026-12-18").Replace(program("p", "active", lines...))
	}
	for _, test := range []struct{ name, program, want string }{
		{"within", program("p", "active", "person: ada, fte: 1, from: 2026-02, to: 2026-03"), ""},
		{"a weekend is nothing", program("p", "active", "person: ada, fte: 1, from: 2026-01-31, to: 2026-03"), ""},
		{"before the first day", program("p", "active", "person: ada, fte: 1, from: 2026-01-26, to: 2026-03"), "ada 2026-01-26..2026-01-30 before-start"},
		{"between two employments", program("p", "active", "person: ada, fte: 1, from: 2026-03, to: 2026-05"), "ada 2026-04-01..2026-05-08 after-end"},
		{"all of it", program("p", "active", "person: ada, fte: 1, from: 2026-04, to: 2026-04"), "ada 2026-04-01..2026-04-30 after-end"},
		{"before the program", program("p", "active", "fte: 1, from: 2025-12-30, to: 2026-03"), " 2025-12-30..2025-12-31 outside-program"},
		{"after it", program("p", "active", "fte: 1, from: 2026-12, to: 2027-01-01"), " 2027-01-01..2027-01-01 outside-program"},
		{"completed late", program("p", "completed\n  completed: 2027-01-15", "fte: 1, from: 2026-12, to: 2027-01-18"), " 2027-01-18..2027-01-18 outside-program"},
		{"completed early", program("p", "completed\n  completed: 2026-06-30", "fte: 1, from: 2026-12, to: 2026-12"), ""},
		{"months fill those of the program", within("fte: 1, from: 2026-02, to: 2026-12"), ""},
		{"days do not", within("fte: 1, from: 2026-02-01, to: 2026-12-31"), " 2026-02-02..2026-02-13 outside-program,  2026-12-21..2026-12-31 outside-program"},
		{"the months beside them do not", within("fte: 1, from: 2026-01, to: 2027-01"), " 2026-01-01..2026-02-13 outside-program,  2026-12-21..2027-01-29 outside-program"},
		{"a month of which nothing is in the program", within("fte: 1, from: 2026-12-21, to: 2026-12", "fte: 1, from: 2026-02, to: 2026-02-13"), " 2026-12-21..2026-12-31 outside-program,  2026-02-02..2026-02-13 outside-program"},
		{
			"the month of a late completion", strings.Replace(within("fte: 1, from: 2026-12, to: 2027-01"), "due:", "completed: 2027-01-15\n  due:", 1), "",
		},
		{"months do not fill those of an employment", program("p", "active", "person: ada, fte: 1, from: 2026-05, to: 2026-06"), "ada 2026-05-01..2026-05-08 after-end"},
		{"both", program("p", "active", "person: ada, fte: 1, from: 2025-12-31, to: 2026-01-02"), "ada 2025-12-31..2026-01-02 before-start, ada 2025-12-31..2025-12-31 outside-program"},
		{"nobody's time", program("p", "active", "person: ada, fte: 0, from: 2025-12-31, to: 2026-01-02"), ""},
		{"cancelled", program("p", "cancelled", "person: ada, fte: 1, from: 2025-12-31, to: 2026-01-02"), ""},
	} {
		var got []string
		for _, x := range Outside(snapshot(again, config("levels: [{id: L5}]"), test.program)) {
			got = append(got, fmt.Sprintf("%s %s..%s %s", x.Line.Person, x.From, x.To, x.Reason))
		}
		if diff := cmp.Diff(test.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
