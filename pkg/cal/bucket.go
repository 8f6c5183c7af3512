package cal

import "fmt"

// Step is how finely a report divides time.
type Step string

// The steps. Quarters and years are fiscal.
const (
	ByMonth   Step = "month"
	ByQuarter Step = "quarter"
	ByYear    Step = "year"
)

// ParseStep reads month, quarter or year. The error is a sentence for the user.
func ParseStep(text string) (Step, error) {
	switch s := Step(text); s {
	case ByMonth, ByQuarter, ByYear:
		return s, nil
	}
	return "", fmt.Errorf("%s is no period; write month, quarter or year", quote(text))
}

// Bucket is one of the periods into which a report divides time: whole months.
type Bucket struct {
	Name string // 2026-02, FY27Q1 or FY27
	Period
}

// Buckets divides a range of fiscal years into months, quarters or years, in order;
// none for an unset range.
func (c FiscalCalendar) Buckets(r FiscalYears, step Step) []Bucket {
	var buckets []Bucket
	for _, fy := range r.Years() {
		switch step {
		case ByYear:
			buckets = append(buckets, Bucket{fy.String(), c.Period(fy)})
		case ByQuarter:
			for q := 1; q <= 4; q++ {
				quarter := Quarter{fy, q}
				buckets = append(buckets, Bucket{quarter.String(), c.QuarterPeriod(quarter)})
			}
		default:
			for _, m := range c.Months(fy) {
				buckets = append(buckets, Bucket{m.String(), m.Period()})
			}
		}
	}
	return buckets
}
