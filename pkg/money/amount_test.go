package money

import (
	"encoding/json"
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestCurrencies(t *testing.T) {
	codes := Codes()
	if !slices.IsSorted(codes) || len(slices.Compact(slices.Clone(codes))) != len(codes) {
		t.Error("the table is not in order, and is searched as if it were")
	}
	perDigits := map[int][]string{}
	for _, code := range codes {
		var c Currency
		if err := c.ParseText(code); err != nil || string(c) != code || len(code) != 3 {
			t.Errorf("%s is not read: %v", code, err)
		}
		if n, _ := c.MinorDigits(); n != 2 {
			perDigits[n] = append(perDigits[n], code)
		}
	}
	want := map[int][]string{ // ISO 4217, list one
		0: {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"},
		3: {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"},
		4: {"CLF", "UYW"},
	}
	if diff := cmp.Diff(want, perDigits); diff != "" {
		t.Errorf("minor units (-want +got):\n%s", diff)
	}
	for _, code := range []string{"", "US", "USDX", "usd", "AAA", "ZZZ", "XXX"} {
		if n, known := Currency(code).MinorDigits(); known || n != 0 {
			t.Errorf("%q has %d decimals", code, n)
		}
	}
}

func TestAmountText(t *testing.T) {
	tests := []struct {
		a                   Amount
		plain, grouped, out string
	}{
		{Amount{125000010, "USD"}, "1250000.10", "1,250,000.10", `{"amount":"1250000.10","currency":"USD"}`},
		{Amount{-99999, "USD"}, "-999.99", "-999.99", `{"amount":"-999.99","currency":"USD"}`},
		{Amount{-100000, "USD"}, "-1000.00", "-1,000.00", `{"amount":"-1000.00","currency":"USD"}`},
		{Amount{5, "USD"}, "0.05", "0.05", `{"amount":"0.05","currency":"USD"}`},
		{Amount{1234567, "JPY"}, "1234567", "1,234,567", `{"amount":"1234567","currency":"JPY"}`},
		{Amount{1234567, "KWD"}, "1234.567", "1,234.567", `{"amount":"1234.567","currency":"KWD"}`},
		{Amount{}, "0.00", "0.00", `{"amount":"0.00","currency":""}`},
		{Amount{math.MaxInt64, "JPY"}, "9223372036854775807", "9,223,372,036,854,775,807", `{"amount":"9223372036854775807","currency":"JPY"}`},
	}
	for _, tt := range tests {
		out, err := json.Marshal(tt.a)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{tt.plain, tt.grouped, tt.out}, []string{tt.a.String(), tt.a.Grouped(), string(out)}); diff != "" {
			t.Errorf("%d %s (-want +got):\n%s", tt.a.Minor, tt.a.Currency, diff)
		}
	}
}

func TestAmountArithmetic(t *testing.T) {
	usd := func(minor int64) Amount { return Amount{minor, "USD"} }
	result := func(a Amount, err error) string {
		if err != nil {
			return err.Error()
		}
		return a.String() + " " + string(a.Currency)
	}
	got := map[string]string{
		"add":               result(usd(150).Add(usd(-75))),
		"add nothing":       result(Amount{}.Add(usd(75))),
		"take from nothing": result(Amount{}.Sub(usd(75))),
		"subtract":          result(usd(150).Sub(usd(75))),
		"two currencies":    result(usd(150).Add(Amount{75, "EUR"})),
		"zero of another":   result(usd(150).Add(Amount{0, "EUR"})),
		"too much":          result(usd(math.MaxInt64).Add(usd(1))),
		"too little":        result(usd(-math.MaxInt64).Sub(usd(1))),
		"half up":           result(usd(5).MulDiv(1, 2)),
		"half down":         result(usd(-5).MulDiv(1, 2)),
		"under half":        result(usd(10).MulDiv(1, 3)),
		"negative divisor":  result(usd(5).MulDiv(1, -2)),
		"big in between":    result(usd(math.MaxInt64).MulDiv(math.MaxInt64, math.MaxInt64)),
		"the least factor":  result(usd(2).MulDiv(math.MinInt64, math.MinInt64)),
		"too much again":    result(usd(math.MaxInt64).MulDiv(3, 2)),
		"divided by 0":      result(usd(5).MulDiv(1, 0)),
		"yen to dollars":    result(Amount{100000, "JPY"}.Convert("USD", MustDecimal("0.0067"))),
		"dollars to yen":    result(usd(1).Convert("JPY", MustDecimal("150"))),
		"dollars to dinars": result(usd(1).Convert("KWD", MustDecimal("3"))),
		"18 decimals":       result(Amount{1e15, "CLF"}.Convert("JPY", MustDecimal("-0.000000000000000015"))),
		"18 decimals, half": result(Amount{1e18, "CLF"}.Convert("JPY", MustDecimal("-0.000000000000005000"))),
		"to nowhere":        result(usd(1).Convert("ABC", MustDecimal("3"))),
		"from nowhere":      result(Amount{1, "ABC"}.Convert("USD", MustDecimal("3"))),
		"too much, yen":     result(usd(math.MaxInt64).Convert("JPY", MustDecimal("150"))),
		"too much, four":    result(Amount{math.MaxInt64, "JPY"}.Convert("CLF", MustDecimal("1"))),
	}
	want := map[string]string{
		"add":               "0.75 USD",
		"add nothing":       "0.75 USD",
		"take from nothing": "-0.75 USD",
		"subtract":          "0.75 USD",
		"two currencies":    "1.50 USD and 0.75 EUR are of different currencies",
		"zero of another":   "1.50 USD and 0.00 EUR are of different currencies",
		"too much":          "92233720368547758.07 and 0.01 USD add up to more than an amount can hold",
		"too little":        "-92233720368547758.07 and -0.01 USD add up to more than an amount can hold",
		"half up":           "0.03 USD",
		"half down":         "-0.03 USD",
		"under half":        "0.03 USD",
		"negative divisor":  "-0.03 USD",
		"big in between":    "92233720368547758.07 USD",
		"the least factor":  "0.02 USD",
		"too much again":    "92233720368547758.07 × 3 ÷ 2 is more than an amount can hold",
		"divided by 0":      "an amount cannot be divided by 0",
		"yen to dollars":    "670.00 USD",
		"dollars to yen":    "2 JPY",
		"dollars to dinars": "0.030 KWD",
		"18 decimals":       "0 JPY",
		"18 decimals, half": "-1 JPY",
		"to nowhere":        `"ABC" is not an ISO 4217 currency code: write three letters, for example USD`,
		"from nowhere":      `"ABC" is not an ISO 4217 currency code: write three letters, for example USD`,
		"too much, yen":     "92233720368547758.07 USD at 150 is more JPY than an amount can hold",
		"too much, four":    "9223372036854775807 JPY at 1 is more CLF than an amount can hold",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("arithmetic (-want +got):\n%s", diff)
	}
	if c, err := usd(1).Cmp(usd(2)); c != -1 || err != nil {
		t.Errorf("0.01 compares to 0.02 as %d, %v", c, err)
	}
	if _, err := usd(1).Cmp(Amount{2, "EUR"}); err == nil {
		t.Error("dollars compare to euros")
	}
}

// exactly rounds a fraction half away from zero; ok is false beyond ±(2⁶³−1).
func exactly(r *big.Rat) (n int64, ok bool) {
	num := new(big.Int).Abs(r.Num())
	num.Mul(num, big.NewInt(2)).Add(num, r.Denom())
	num.Quo(num, new(big.Int).Mul(r.Denom(), big.NewInt(2)))
	return int64(r.Sign()) * num.Int64(), num.IsInt64()
}

func TestRoundingProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := Amount{rapid.Int64Range(-math.MaxInt64, math.MaxInt64).Draw(t, "minor"), Currency(rapid.SampledFrom(Codes()).Draw(t, "from"))}
		num, den := rapid.Int64().Draw(t, "num"), rapid.Int64().Filter(func(n int64) bool { return n != 0 }).Draw(t, "den")
		share := new(big.Rat).SetFrac(big.NewInt(num), big.NewInt(den))
		want, fits := exactly(share.Mul(share, new(big.Rat).SetInt64(a.Minor)))
		if got, err := a.MulDiv(num, den); (err == nil) != fits || fits && got.Minor != want {
			t.Fatalf("%s × %d ÷ %d = %s, %v; want %d", a, num, den, got, err, want)
		}

		to, rate := Currency(rapid.SampledFrom(Codes()).Draw(t, "to")), decimals18.Draw(t, "rate")
		from, _ := a.Currency.MinorDigits()
		digits, _ := to.MinorDigits()
		exact := new(big.Rat).SetFrac64(pow10[digits], pow10[from])
		exact.Mul(exact, rat(rate)).Mul(exact, new(big.Rat).SetInt64(a.Minor))
		want, fits = exactly(exact)
		if got, err := a.Convert(to, rate); (err == nil) != fits || fits && got.Minor != want {
			t.Fatalf("%s %s at %s = %s %s, %v; want %d", a, a.Currency, rate, got, to, err, want)
		}

		b := Amount{rapid.Int64Range(-math.MaxInt64, math.MaxInt64).Draw(t, "other"), a.Currency}
		if sum, err := a.Add(b); err == nil {
			if back, err := sum.Sub(b); back != a || err != nil {
				t.Fatalf("%s + %s − %s = %s, %v", a, b, b, back, err)
			}
		} else if s := new(big.Int).Add(big.NewInt(a.Minor), big.NewInt(b.Minor)); s.IsInt64() && s.Int64() != math.MinInt64 {
			t.Fatalf("%s + %s: %v", a, b, err)
		}
	})
}

func TestTotals(t *testing.T) {
	var sums Totals
	for _, a := range []Amount{{5, "USD"}, {7, "EUR"}, {}, {-3, "USD"}, {1, "JPY"}} {
		if err := sums.Add(a); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(Totals{{7, "EUR"}, {1, "JPY"}, {2, "USD"}}, sums); diff != "" {
		t.Errorf("totals (-want +got):\n%s", diff)
	}
	if err := sums.Add(Amount{math.MaxInt64, "EUR"}); err == nil {
		t.Error("a total too large is no error")
	}
	if diff := cmp.Diff([]Amount{{7, "EUR"}, {0, "GBP"}}, []Amount{sums.In("EUR"), sums.In("GBP")}); diff != "" {
		t.Errorf("one currency (-want +got):\n%s", diff)
	}
}
