package cal

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParseFiscalYear(t *testing.T) {
	tests := map[string]string{
		"FY27": "FY27", "FY2027": "FY27", "FY00": "FY00", "FY99": "FY99", "FY1999": "FY1999", "FY2100": "FY2100",
		"FY1970": "FY1970 is out of range; fiscal years run from FY1971 to FY2198",
		"FY2199": "FY2199 is out of range; fiscal years run from FY1971 to FY2198",
		"FY027":  `"FY027" is not a fiscal year; write FYnn, for example FY27`,
		"FY":     `"FY" is not a fiscal year; write FYnn, for example FY27`,
		"27":     `"27" is not a fiscal year; write FYnn, for example FY27`,
		"fy27":   `"fy27" is not a fiscal year; write FYnn, for example FY27`,
		"FY27Q1": `"FY27Q1" is not a fiscal year; write FYnn, for example FY27`,
		"FY-7":   `"FY-7" is not a fiscal year; write FYnn, for example FY27`,
	}
	for text, want := range tests {
		got, err := ParseFiscalYear(text)
		if diff := cmp.Diff(want, resultOf(got, err)); diff != "" {
			t.Errorf("ParseFiscalYear(%q) (-want +got):\n%s", text, diff)
		}
	}
}

func TestParseFiscalYears(t *testing.T) {
	tests := map[string]string{
		"FY27": "FY27", "FY26..FY28": "FY26..FY28", "FY2026..FY28": "FY26..FY28", "FY26..FY26": "FY26",
		"FY28..FY26":   "FY28..FY26 ends before it begins; write FY26..FY28",
		"FY28..FY2199": "FY28..FY2199 is out of range; fiscal years run from FY1971 to FY2198",
		"FY28..":       `"FY28.." is not a range of fiscal years; write FYnn or FYnn..FYnn, for example FY26..FY28`,
		"2026..2028":   `"2026..2028" is not a range of fiscal years; write FYnn or FYnn..FYnn, for example FY26..FY28`,
		"FY26-FY28":    `"FY26-FY28" is not a range of fiscal years; write FYnn or FYnn..FYnn, for example FY26..FY28`,
	}
	for text, want := range tests {
		got, err := ParseFiscalYears(text)
		if diff := cmp.Diff(want, resultOf(got, err)); diff != "" {
			t.Errorf("ParseFiscalYears(%q) (-want +got):\n%s", text, diff)
		}
	}
	if diff := cmp.Diff([]FiscalYear{2026, 2027, 2028}, FiscalYears{2026, 2028}.Years()); diff != "" {
		t.Errorf("years (-want +got):\n%s", diff)
	}
	if got := (FiscalYears{}).Years(); got != nil {
		t.Errorf("an unset range has the years %v", got)
	}
}

func TestParsePeriodName(t *testing.T) {
	feb := FiscalCalendar{StartMonth: 2, NamedBy: NamedByEnd}
	tests := map[string]string{
		"FY27Q2":   "FY27Q2 2026-05-01..2026-07-31",
		"FY2027Q4": "FY27Q4 2026-11-01..2027-01-31",
		"2026-05":  "2026-05 2026-05-01..2026-05-31",
		"FY27Q5":   "FY27Q5 is not a quarter; quarters run from Q1 to Q4",
		"FY2199Q1": "FY2199Q1 is out of range; fiscal years run from FY1971 to FY2198",
		"FY27q1":   `"FY27q1" is not a quarter; write FYnnQn, for example FY27Q2`,
		"FY27":     `"FY27" is neither a quarter nor a month; write FY27Q2 or 2026-05`,
		"2026-13":  "2026-13 is not a month; months run from 01 to 12",
		"Q2 FY27":  `"Q2 FY27" is neither a quarter nor a month; write FY27Q2 or 2026-05`,
	}
	for text, want := range tests {
		p, err := ParsePeriodName(text)
		got := resultOf(p, err)
		if err == nil {
			got += " " + p.Period(feb).String()
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("ParsePeriodName(%q) (-want +got):\n%s", text, diff)
		}
	}
	if !(PeriodName{}).Period(feb).IsEmpty() {
		t.Error("an unset period has days")
	}
}

func TestFiscalCalendar(t *testing.T) {
	tests := []struct {
		c    FiscalCalendar
		want []string // FY27, its second quarter, the fiscal quarter of 2027-01, FY26..FY28
	}{
		{FiscalCalendar{2, NamedByEnd}, []string{"2026-02-01..2027-01-31", "2026-05-01..2026-07-31", "FY27Q4", "2025-02-01..2028-01-31"}},
		{FiscalCalendar{2, NamedByStart}, []string{"2027-02-01..2028-01-31", "2027-05-01..2027-07-31", "FY26Q4", "2026-02-01..2029-01-31"}},
		{FiscalCalendar{1, NamedByEnd}, []string{"2027-01-01..2027-12-31", "2027-04-01..2027-06-30", "FY27Q1", "2026-01-01..2028-12-31"}},
		{FiscalCalendar{1, NamedByStart}, []string{"2027-01-01..2027-12-31", "2027-04-01..2027-06-30", "FY27Q1", "2026-01-01..2028-12-31"}},
		{FiscalCalendar{}, []string{"2027-01-01..2027-12-31", "2027-04-01..2027-06-30", "FY27Q1", "2026-01-01..2028-12-31"}},
		{FiscalCalendar{10, ""}, []string{"2026-10-01..2027-09-30", "2027-01-01..2027-03-31", "FY27Q2", "2025-10-01..2028-09-30"}},
		{FiscalCalendar{12, NamedByStart}, []string{"2027-12-01..2028-11-30", "2028-03-01..2028-05-31", "FY26Q1", "2026-12-01..2029-11-30"}},
	}
	for _, tt := range tests {
		got := []string{
			tt.c.Period(2027).String(),
			tt.c.QuarterPeriod(Quarter{2027, 2}).String(),
			tt.c.QuarterOf(MustMonth("2027-01")).String(),
			tt.c.RangePeriod(FiscalYears{2026, 2028}).String(),
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", tt.c, diff)
		}
	}
	var c FiscalCalendar
	if !c.Period(0).IsEmpty() || c.Months(0) != nil || !c.QuarterPeriod(Quarter{}).IsEmpty() || c.YearOf(0) != 0 || c.QuarterOf(0) != (Quarter{}) {
		t.Error("what is unset does not stay unset")
	}
}

func TestFiscalCalendarProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := FiscalCalendar{rapid.IntRange(0, 12).Draw(t, "start"), rapid.SampledFrom([]string{"", NamedByEnd, NamedByStart}).Draw(t, "namedBy")}
		d := drawDate(t, "d")
		fy, q := c.YearOf(d), c.QuarterOf(d.Month())
		if !c.Period(fy).Contains(d) || !c.QuarterPeriod(q).Contains(d) || q.FY != fy {
			t.Fatalf("%s is not in its year %s (%s) or quarter %s", d, fy, c.Period(fy), q)
		}
		if fy < minFiscalYear || fy > maxFiscalYear {
			return
		}
		var days Days
		for i := range 4 {
			days += c.QuarterPeriod(Quarter{fy, i + 1}).Days()
		}
		p := c.Period(fy)
		if len(c.Months(fy)) != 12 || days != p.Days() || p.To > MaxDate+1 || fy < maxFiscalYear && p.To != c.Period(fy+1).From {
			t.Fatalf("%s has %d months, %d days in quarters, %s", fy, len(c.Months(fy)), days, p)
		}
		if back, err := ParseFiscalYear(fy.String()); back != fy || err != nil {
			t.Fatalf("%s reads back as %s, %v", fy, back, err)
		}
		if back, err := ParseQuarter(q.String()); back != q || err != nil {
			t.Fatalf("%s reads back as %s, %v", q, back, err)
		}
	})
}
