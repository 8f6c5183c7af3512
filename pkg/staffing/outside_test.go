package staffing

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOutside(t *testing.T) {
	again := tree + "---\n" + roster("r", "id: ada, role: sre, level: L5, start: 2026-02-02, end: 2026-03-31", "id: ada, role: sre, level: L5, start: 2026-05-11")
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
