package cal

import (
	"encoding"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Every text type reads through the decoding hook what it writes, and a refused
// text leaves it unset.
func TestTexts(t *testing.T) {
	tests := map[string]interface {
		ParseText(string) error
		encoding.TextMarshaler
	}{
		"2026-02-03":     new(Date),
		"2026-02":        new(Month),
		"2026-12":        new(DayOrMonth),
		"15d":            new(WorkDuration),
		"14d":            new(CalendarSpan),
		"FY27":           new(FiscalYear),
		"FY26..FY28":     new(FiscalYears),
		"FY27Q2":         new(Quarter),
		"FY27Q3":         new(PeriodName),
		"Tue":            new(WeekdayName),
		"2 weeks on Tue": new(Cadence),
	}
	for text, v := range tests {
		unset, err := v.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		if err := v.ParseText(text); err != nil {
			t.Errorf("%T: %v", v, err)
		}
		set, err := v.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		if err := v.ParseText("tomorrow"); err == nil {
			t.Errorf("%T reads tomorrow", v)
		}
		refused, err := v.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{text, string(unset)}, []string{string(set), string(refused)}); diff != "" {
			t.Errorf("%T (-want +got):\n%s", v, diff)
		}
	}
}

func TestWorkweekOf(t *testing.T) {
	w := WorkweekOf([]WeekdayName{NameOf(0), 0, NameOf(4), NameOf(0)})
	if w.String() != "Thu, Sun" || w.Len() != 2 || WorkweekOf(nil).Len() != 5 {
		t.Errorf("the week is %s of %d days", w, w.Len())
	}
}
