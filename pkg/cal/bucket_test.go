package cal

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBuckets(t *testing.T) {
	c := FiscalCalendar{StartMonth: 2, NamedBy: NamedByEnd}
	years := FiscalYears{2027, 2028}
	for _, step := range []Step{ByMonth, ByQuarter, ByYear} {
		buckets := c.Buckets(years, step)
		for i := 1; i < len(buckets); i++ {
			if buckets[i].From != buckets[i-1].To {
				t.Errorf("%s does not begin where %s ends", buckets[i].Name, buckets[i-1].Name)
			}
		}
		if first, last := buckets[0].From, buckets[len(buckets)-1].Last(); first != MustDate("2026-02-01") || last != MustDate("2028-01-31") {
			t.Errorf("%s: from %s to %s", step, first, last)
		}
	}
	var names []string
	for _, b := range append(c.Buckets(FiscalYears{2027, 2027}, ByQuarter), c.Buckets(years, ByYear)...) {
		names = append(names, b.Name+" "+b.String())
	}
	want := []string{
		"FY27Q1 2026-02-01..2026-04-30", "FY27Q2 2026-05-01..2026-07-31", "FY27Q3 2026-08-01..2026-10-31", "FY27Q4 2026-11-01..2027-01-31",
		"FY27 2026-02-01..2027-01-31", "FY28 2027-02-01..2028-01-31",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if months := c.Buckets(years, ByMonth); len(months) != 24 || months[0].Name != "2026-02" || months[23].Name != "2028-01" {
		t.Errorf("months %v", months)
	}
	if got := c.Buckets(FiscalYears{}, ByMonth); got != nil {
		t.Errorf("an unset range has %v", got)
	}
}

func TestParseStep(t *testing.T) {
	for _, text := range []string{"month", "quarter", "year"} {
		if s, err := ParseStep(text); err != nil || string(s) != text {
			t.Errorf("%s: %v, %v", text, s, err)
		}
	}
	if _, err := ParseStep("week"); err == nil {
		t.Error("weeks are accepted")
	}
}
