package report

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
)

func TestMark(t *testing.T) {
	got := []string{MarkOpen.String(), MarkDone.String(), MarkDropped.String()}
	if diff := cmp.Diff([]string{"", "done", "dropped"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if (Series{}).Mark != MarkOpen {
		t.Error("a line is not open from the start")
	}
}

// A chart is compared field by field in the tests of those who make one.
func TestChartsCompare(t *testing.T) {
	chart := func(day string, minor int64) *Chart {
		return &Chart{Series: []Series{{Points: []Point{
			{X: Day(cal.MustDate(day)), Y: Amount(money.Amount{Minor: minor, Currency: "USD"})},
			{X: Number(1.5)},
		}}}}
	}
	same := chart("2026-11-23", 100)
	if diff := cmp.Diff(same, chart("2026-11-23", 100)); diff != "" {
		t.Error(diff)
	}
	for _, other := range []*Chart{chart("2026-11-24", 100), chart("2026-11-23", 101)} {
		if cmp.Diff(same, other) == "" {
			t.Errorf("%v is the same as %v", same, other)
		}
	}
}
