package export

import (
	"encoding/json"
	"errors"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
)

type colour string

type unreadable struct{}

func (unreadable) MarshalJSON() ([]byte, error) { return nil, errors.New("no") }

func TestParts(t *testing.T) {
	t.Parallel()
	whole := func(k kind, v any) []part { return []part{{"", k, v}} }
	for _, test := range []struct {
		value any
		want  []part
	}{
		{nil, []part{{}}},
		{(*int)(nil), []part{{}}},
		{cal.Date(0), []part{{}}},
		{"a", whole(text, "a")},
		{"12", whole(text, "12")},
		{colour("red"), whole(text, "red")},
		{new(3), whole(integer, int64(3))},
		{cal.Days(-3), whole(integer, int64(-3))},
		{true, whole(boolean, true)},
		{cal.MustDate("2026-03-01"), whole(day, "2026-03-01")},
		{new(cal.MustDate("2026-03-01")), whole(day, "2026-03-01")},
		{cal.MustMonth("2026-03"), whole(month, "2026-03")},
		{json.Number("1.50"), whole(decimal, number{text: "1.50"})},
		{portfolio.MilliFTE(500), whole(decimal, number{text: "0.5"})},
		{portfolio.Percent(12_500), whole(decimal, number{text: "0.125"})},
		{money.MustDecimal("-0.30"), whole(decimal, number{text: "-0.30"})},
		{money.Amount{Minor: -1250, Currency: "USD"}, []part{{"_amount", decimal, number{"-12.50", -1250, true}}, {"_currency", text, "USD"}}},
		{[]string{"a", "b"}, whole(text, "a;b")},
		{[]string{}, []part{{}}},
		{map[string]any{"costCentre": "x", "n": 1, "deep": map[string]any{"yes": true, "no": nil}}, []part{
			{"_cost_centre", text, "x"}, {"_deep_no", 0, nil}, {"_deep_yes", boolean, true}, {"_n", integer, int64(1)},
		}},
		{[]map[string]int{{"a": 1}, {"a": 2}}, whole(text, "a=1;a=2")},
	} {
		got, err := parts(test.value)
		if err != nil {
			t.Errorf("%v: %v", test.value, err)
		}
		if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(part{}, number{})); diff != "" {
			t.Errorf("%#v (-want +got):\n%s", test.value, diff)
		}
	}
	if _, err := parts(unreadable{}); err == nil {
		t.Error("what cannot be encoded is written")
	}
}

func TestHundredth(t *testing.T) {
	t.Parallel()
	for digits, want := range map[string]string{
		"5": "0.05", "12.5": "0.125", "100": "1", "250": "2.5", "0": "0", "-5": "-0.05", "0.001": "0.00001", "-0": "0", "1000.0": "10",
	} {
		if got := hundredth(digits); got != want {
			t.Errorf("%s: %s, want %s", digits, got, want)
		}
		exact, _ := new(big.Rat).SetString(digits)
		is, ok := new(big.Rat).SetString(hundredth(digits))
		if !ok || is.Mul(is, big.NewRat(100, 1)).Cmp(exact) != 0 {
			t.Errorf("%s is not %s hundredths", digits, hundredth(digits))
		}
	}
}

func TestSnake(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"costCentre": "cost_centre", "HeadcountPlan": "headcount_plan", "rrule": "rrule", "cost-centre": "cost_centre",
		"By team (USD)": "by_team_usd", "FY27": "fy27", "baseline.planCost": "baseline_plan_cost", "": "", "=1+1": "1_1", "Demand ±": "demand",
	} {
		if got := snake(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
