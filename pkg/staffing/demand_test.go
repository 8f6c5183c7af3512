package staffing

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
)

// snapshot assembles documents, one a file.
func snapshot(docs ...string) *portfolio.Snapshot {
	parts := make([]portfolio.Part, len(docs))
	for i, doc := range docs {
		parts[i] = portfolio.Read(&source.File{Name: fmt.Sprint("f", i), Text: []byte(doc)}, roleOf(doc, docs))
	}
	s, _ := portfolio.Assemble(parts)
	return s
}

func config(spec string) string {
	return "kind: Portfolio\nmetadata: {name: c}\nspec: {" + spec + "}\n"
}

// program is one with staffing lines: {fte: 1, from: …, to: …} without the braces.
func program(name, status string, lines ...string) string {
	text := "kind: Program\nmetadata: {name: " + name + "}\nspec:\n  status: " + status + "\n  start: 2026-01-01\n  due: 2026-12-31\n  staffing:\n"
	if lines == nil {
		return strings.TrimSuffix(text, "  staffing:\n")
	}
	for _, l := range lines {
		text += "    - {role: sre, " + l + "}\n"
	}
	return text
}

// demand is the demand of all programs that count, as text.
func demand(s *portfolio.Snapshot) []string {
	d := DemandOf(s, Programs(s))
	list := []string{}
	for _, m := range d.Months {
		list = append(list, m.Month.String()+" "+m.FTE.String())
	}
	for _, r := range d.Unknown {
		list = append(list, r.String())
	}
	return list
}

func TestDemand(t *testing.T) {
	for _, test := range []struct {
		name string
		docs []string
		want []string
	}{
		{"nothing", nil, []string{}},
		{"months", []string{program("p", "active", "fte: 0.5, from: 2026-02, to: 2026-03")}, []string{"2026-02 0.5", "2026-03 0.5"}},
		// March 2026 has 22 working days from Monday to Friday: 2 of them by the 3rd,
		// 12 from the 16th.
		{
			"days, both inclusive",
			[]string{program("p", "active", "fte: 1, from: 2026-02, to: 2026-03-03", "fte: 0.8, from: 2026-03-16, to: 2026-03")},
			[]string{"2026-02 1", "2026-03 0.527"},
		}, // (2 + 0.8 × 12) ÷ 22 = 0.52727…
		{"a day off", []string{program("p", "active", "fte: 3, from: 2026-03-14, to: 2026-03-15")}, []string{"2026-03 0"}},
		{"holidays are no demand and no month", []string{
			config("calendar: {holidays: [2026-03-02, 2026-03-03]}"), program("p", "active", "fte: 1, from: 2026-03-01, to: 2026-03-06"),
		}, []string{"2026-03 0.15"}}, // 3 of 20
		{"a month without working days", []string{
			config("calendar: {workweek: [Mon], holidays: [2026-02-02, 2026-02-09, 2026-02-16, 2026-02-23]}"), program("p", "active", "fte: 2, from: 2026-01, to: 2026-03"),
		}, []string{"2026-01 2", "2026-02 0", "2026-03 2"}},
		{"which programs count", []string{
			program("a", "proposed", "fte: 1, from: 2026-02, to: 2026-02"), program("b", "approved", "fte: 10, from: 2026-02, to: 2026-02"),
			program("c", "active", "fte: 100, from: 2026-02, to: 2026-02"), program("d", "paused", "fte: 1000, from: 2026-02, to: 2026-02"),
			program("e", "completed", "fte: 10000, from: 2026-02, to: 2026-02"), program("f", "cancelled", "fte: 0.5, from: 2026-02, to: 2026-02"),
			strings.Replace(program("g", "active", "fte: 0.25, from: 2026-02, to: 2026-02"), "  due: 2026-12-31\n", "  due: 2025-12-31\n", 1),
		}, []string{"2026-02 11111"}},
		// Source: https://www.southside.com/covid-19/sba-ppp-fte-calculation-example/:
		// three people full time and 50 of 80 hours are 3.625, printed there as 3.63.
		{"published: full time and part time", []string{program("p", "active", "fte: 3, from: 2026-04, to: 2026-04", "fte: 0.625, from: 2026-04, to: 2026-04")}, []string{"2026-04 3.625"}},
		// Source: https://www.thehumancapitalhub.com/glossary/full-time-equivalent.
		{"published: two halves", []string{program("p", "active", "fte: 0.5, from: 2026-04, to: 2026-04", "fte: 0.5, from: 2026-04, to: 2026-04")}, []string{"2026-04 1"}},
		// Source: formulajs test/date-time.js, NETWORKDAYS: 3 and 4 working days, of the
		// 22 of the month.
		{"published: three days", []string{program("p", "active", "fte: 1, from: 2013-12-04, to: 2013-12-06")}, []string{"2013-12 0.136"}},
		{"published: over a weekend", []string{program("p", "active", "fte: 1, from: 2013-12-04, to: 2013-12-09")}, []string{"2013-12 0.182"}},
		// Source: Spread.NET's page on NETWORKDAYS.INTL: 16 working days in a month with
		// Friday to Sunday off and two holidays; the 1st is one of them.
		{"published: another week", []string{
			config("calendar: {workweek: [Mon, Tue, Wed, Thu], holidays: [2014-09-02, 2014-09-03]}"), program("p", "active", "fte: 1, from: 2014-09-01, to: 2014-09-03"),
		}, []string{"2014-09 0.063"}}, // 0.0625
		{"private staffing", []string{
			config("external: [staffing]"), program("p", "active"), program("q", "active", "fte: 1, from: 2026-02, to: 2026-02"),
		}, []string{"2026-02 1", "private"}},
		{"no staffing, said", []string{config("external: [staffing]"), program("p", "active") + "  staffing: []\n"}, []string{}},
		{"no calendar", []string{config("curency: USD"), program("p", "active", "fte: 1, from: 2026-02, to: 2026-02")}, []string{"the Portfolio document does not validate"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, demand(snapshot(test.docs...))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFTEMonthsAreRoundedOnceHalfAwayFromZero(t *testing.T) {
	month := cal.MustMonth("2026-02") // 20 working days
	day := func(thousandths int64) FTEMonths { return newFTEMonths(thousandths, &cal.WorkCalendar{}, month) }
	for _, test := range []struct {
		value FTEMonths
		want  string
	}{
		{FTEMonths{}, "0"},
		{day(8), "0"}, // 0.0004
		{day(9), "0"},
		{day(10), "0.001"}, // 0.0005
		{day(2000), "0.1"},
		{day(20_000_000), "1000"},
		{FTEMonths{}.Sub(day(10)), "-0.001"},
		{FTEMonths{}.Sub(day(9)), "0"},
		{day(30).Sub(day(10)), "0.001"},
		{day(29).Sub(day(10)), "0.001"}, // 0.00095; rounded apart 0.001 and 0.001 leave 0
		{day(7).Sub(day(7)), "0"},
	} {
		if got, _ := test.value.MarshalJSON(); string(got) != test.want {
			t.Errorf("%s is %s, want %s", test.value.Rat(), got, test.want)
		}
	}
}

// randomLine draws a staffing line and its first and last month.
func randomLine(t *rapid.T) (fte portfolio.MilliFTE, from, to cal.Date) {
	first := cal.MustDate("2025-12-20")
	from = first + cal.Date(rapid.IntRange(0, 100).Draw(t, "from"))
	to = from + cal.Date(rapid.IntRange(0, 500).Draw(t, "days"))
	return portfolio.MilliFTE(rapid.IntRange(0, 5000).Draw(t, "fte")), from, to
}

func line(fte portfolio.MilliFTE, from, to cal.Date) string {
	return fmt.Sprintf("fte: %s, from: %s, to: %s", fte, from, to)
}

func TestALineSplitAtAMonthChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fte, from, to := randomLine(t)
		months := cal.Through(from, to).Months()
		cut := rapid.SampledFrom(months).Draw(t, "cut").First()
		calendar := config("calendar: {holidays: [2026-01-01, 2026-05-01, 2026-12-25]}")
		other := line(333, from, to)
		whole := snapshot(calendar, program("p", "active", line(fte, from, to), other))
		parts := []string{line(fte, max(cut, from), to), other}
		if cut > from {
			parts = append(parts, line(fte, from, cut-1))
		}
		split := snapshot(program("p", "active", parts...), calendar)
		a, b := DemandOf(whole, whole.Programs), DemandOf(split, split.Programs)
		if len(a.Months) != len(months) || len(b.Months) != len(months) {
			t.Fatalf("%d months, %d whole, %d split", len(months), len(a.Months), len(b.Months))
		}
		for i, m := range a.Months {
			if delta := m.FTE.Sub(b.Months[i].FTE).Rat(); delta.Sign() != 0 {
				t.Fatalf("%s is off by %s", m.Month, delta)
			}
		}
	})
}

// A month that is cut in days adds up to the whole month exactly, however the parts
// would round.
func TestDaysAddUpToTheMonth(t *testing.T) {
	month := cal.MustMonth("2026-03")
	for _, fte := range []string{"1", "0.333", "0.001", "7.777"} {
		var lines []string
		for day := month.First(); day <= month.Last(); day++ {
			lines = append(lines, fmt.Sprintf("fte: %s, from: %s, to: %s", fte, day, day))
		}
		if got, want := demand(snapshot(program("p", "active", lines...))), []string{"2026-03 " + fte}; !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestOrderOfFilesIsIrrelevant(t *testing.T) {
	docs := []string{
		config("calendar: {holidays: [2026-03-02]}"),
		program("p", "active", "fte: 0.3, from: 2026-02-11, to: 2026-04"), program("q", "active", "fte: 0.7, from: 2026-03, to: 2026-03-19"),
		program("r", "paused", "fte: 1.001, from: 2026-03-05, to: 2026-05-05"),
	}
	want := demand(snapshot(docs...))
	rapid.Check(t, func(t *rapid.T) {
		if diff := cmp.Diff(want, demand(snapshot(rapid.Permutation(docs).Draw(t, "order")...))); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

// roleOf says where a document lies: one of a kind that lives elsewhere is of an overlay.
func roleOf(doc string, all []string) portfolio.Role {
	kind, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(doc), "kind: "), "\n")
	for _, other := range all {
		_, list, external := strings.Cut(other, "external: [")
		list, _, _ = strings.Cut(list, "]")
		if external && slices.Contains(strings.Split(strings.ReplaceAll(list, " ", ""), ","), strings.TrimSpace(kind)) {
			return portfolio.Overlay
		}
	}
	return portfolio.Base
}
