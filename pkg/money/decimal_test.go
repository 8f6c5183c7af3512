package money

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// resultOf is the value as text, or the error.
func resultOf(v interface{ String() string }, err error) string {
	if err != nil {
		return err.Error()
	}
	return v.String()
}

func TestParseDecimal(t *testing.T) {
	tests := map[string]string{
		"0": "0", "-0": "0", "-0.00": "0.00", "1.50": "1.50", "-12.345": "-12.345", "0.5": "0.5", "1250000": "1250000",
		"999999999999999999":    "999999999999999999",
		"0.000000000000000001":  "0.000000000000000001",
		"-0.999999999999999999": "-0.999999999999999999",
		"1000000000000000000":   `"1000000000000000000" has too many digits: a number has at most 18`,
		"0.0000000000000000001": `"0.0000000000000000001" has too many digits: a number has at most 18`,
		"1.000000000000000000":  `"1.000000000000000000" has too many digits: a number has at most 18`,
		strings.Repeat("9", 99): `"9999999999999999999999999999999999999999…" has too many digits: a number has at most 18`,
		"":                      `"" is not a decimal number: write digits and a point, for example 1250000.10`,
		"-":                     `"-" is not a decimal number: write digits and a point, for example 1250000.10`,
		"abc":                   `"abc" is not a decimal number: write digits and a point, for example 1250000.10`,
		"1.2.3":                 `"1.2.3" is not a decimal number: write digits and a point, for example 1250000.10`,
		"NaN":                   `"NaN" is not a decimal number: write digits and a point, for example 1250000.10`,
		".inf":                  `".inf" is not a decimal number: write digits on both sides of the point, for example 1250000.10`,
		"+5":                    `"+5" is not a decimal number: write digits without a plus sign, for example 1250000.10`,
		"1e6":                   `"1e6" is not a decimal number: write digits without an exponent, for example 1250000.10`,
		"1,250,000":             `"1,250,000" is not a decimal number: write digits without separators, for example 1250000.10`,
		"1_000":                 `"1_000" is not a decimal number: write digits without separators, for example 1250000.10`,
		".5":                    `".5" is not a decimal number: write digits on both sides of the point, for example 1250000.10`,
		"-5.":                   `"-5." is not a decimal number: write digits on both sides of the point, for example 1250000.10`,
		"007":                   `"007" is not a decimal number: write digits without leading zeros, for example 1250000.10`,
		"٣":                     `"٣" is not a decimal number: write digits and a point, for example 1250000.10`,
	}
	for text, want := range tests {
		got, err := ParseDecimal(text)
		if diff := cmp.Diff(want, resultOf(got, err)); diff != "" {
			t.Errorf("ParseDecimal(%q) (-want +got):\n%s", text, diff)
		}
	}
	if n := testing.AllocsPerRun(100, func() {
		if _, err := ParseDecimal("-1250000.10"); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("ParseDecimal allocates %v times", n)
	}
}

func TestDecimalIn(t *testing.T) {
	tests := []struct {
		text string
		c    Currency
		want string
	}{
		{"1250000.10", "USD", "1250000.10"},
		{"1250000", "USD", "1250000.00"},
		{"12.3000", "EUR", "12.30"},
		{"-0.01", "EUR", "-0.01"},
		{"1200.00", "JPY", "1200"},
		{"1.234", "KWD", "1.234"},
		{"1.2345", "CLF", "1.2345"},
		{"12.345", "USD", "12.345 has 3 decimals: USD has at most 2"},
		{"0.5", "JPY", "0.5 has 1 decimal: JPY has none"},
		{"92233720368547758.0", "USD", "92233720368547758.00"},
		{"-92233720368547758", "USD", "-92233720368547758.00"},
		{"92233720368547758.1", "USD", "92233720368547758.1 is out of range: amounts of USD run to 92233720368547758.07"},
		{"999999999999999999", "UYW", "999999999999999999 is out of range: amounts of UYW run to 922337203685477.5807"},
		{"1", "usd", `"usd" is not a currency code: write USD`},
		{"1", "", `"" is not an ISO 4217 currency code: write three letters, for example USD`},
		{"1", "XAU", `"XAU" is not an ISO 4217 currency code: write three letters, for example USD`},
	}
	for _, tt := range tests {
		got, err := MustDecimal(tt.text).In(tt.c)
		if diff := cmp.Diff(tt.want, resultOf(got, err)); diff != "" {
			t.Errorf("%s in %q (-want +got):\n%s", tt.text, tt.c, diff)
		}
	}
}

func rat(d Decimal) *big.Rat {
	r, ok := new(big.Rat).SetString(d.String())
	if !ok {
		panic(d.String())
	}
	return r
}

var decimals18 = rapid.Custom(func(t *rapid.T) Decimal {
	const most = 1e18 - 1
	coef := rapid.Int64Range(-most, most).Draw(t, "coef")
	coef /= pow10[rapid.IntRange(0, 18).Draw(t, "digits fewer")]
	return Decimal{coef, rapid.Uint8Range(0, 18).Draw(t, "scale")}
})

func TestDecimalProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, e := decimals18.Draw(t, "d"), decimals18.Draw(t, "e")
		if back, err := ParseDecimal(d.String()); back != d || err != nil {
			t.Fatalf("%s reads back as %s, %v", d, back, err)
		}
		if d.Cmp(e) != rat(d).Cmp(rat(e)) || d.Cmp(d.trim()) != 0 || d.Sign() != rat(d).Sign() {
			t.Fatalf("%s and %s compare as %d", d, e, d.Cmp(e))
		}
		digits := rapid.IntRange(0, 18).Draw(t, "digits")
		want := new(big.Rat).Mul(rat(d), new(big.Rat).SetInt64(pow10[digits]))
		fits := want.IsInt() && want.Num().IsInt64()
		n, ok := d.Scaled(digits)
		if ok != fits || ok && want.Num().Int64() != n {
			t.Fatalf("%s × 10^%d is %d, %v", d, digits, n, ok)
		}
		c := Currency(rapid.SampledFrom(Codes()).Draw(t, "currency"))
		if a, err := d.In(c); err == nil && MustDecimal(padded(a.String())).Cmp(d) != 0 {
			t.Fatalf("%s in %s is %s", d, c, a)
		}
	})
}

// padded drops the decimals of an amount that a Decimal has no room for.
func padded(text string) string {
	for len(strings.Trim(text, "-.")) > maxDigits && strings.Contains(text, ".") && strings.HasSuffix(text, "0") {
		text = strings.TrimSuffix(text, "0")
	}
	return strings.TrimSuffix(text, ".")
}

func FuzzParseDecimal(f *testing.F) {
	for _, s := range []string{"1250000.10", "-0.00", "0", "1e6", ".5", "5.", "007", "1,000", "999999999999999999", "0.0000000000000000001", "+1", "NaN"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDecimal(s)
		if err != nil {
			if d != (Decimal{}) {
				t.Fatalf("%q is refused (%v) yet gives %s", s, err, d)
			}
			return
		}
		if back := d.String(); back != s && "-"+back != s {
			t.Fatalf("%q is written back as %q", s, back)
		}
		want, ok := new(big.Rat).SetString(s)
		if !ok || want.Cmp(rat(d)) != 0 {
			t.Fatalf("%q reads as %s", s, d)
		}
		for _, c := range []Currency{"JPY", "USD", "KWD", "CLF"} {
			a, err := d.In(c)
			digits, _ := c.MinorDigits()
			if err == nil && new(big.Rat).SetFrac64(a.Minor, pow10[digits]).Cmp(want) != 0 {
				t.Fatalf("%q in %s is %s", s, c, a)
			}
		}
		if b, err := json.Marshal(d); err != nil || string(b) != `"`+d.String()+`"` {
			t.Fatalf("%q is %s in JSON, %v", s, b, err)
		}
	})
}

func BenchmarkParseDecimal(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseDecimal("1250000.10"); err != nil {
			b.Fatal(err)
		}
	}
}

func TestNewDecimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		coef, scale := rapid.Int64().Draw(t, "coef"), rapid.IntRange(-2, 20).Draw(t, "scale")
		d, ok := NewDecimal(coef, scale)
		if want := scale >= 0 && scale <= 18 && coef > -1e18 && coef < 1e18; ok != want {
			t.Fatalf("%d with %d decimals: %t", coef, scale, ok)
		}
		if again, err := ParseDecimal(d.String()); err != nil || again != d {
			t.Fatalf("%s is read as %s: %v", d, again, err)
		}
		if n, fits := d.Scaled(18); ok && fits && n != coef*pow10[18-scale] {
			t.Fatalf("%d with %d decimals is %s", coef, scale, d)
		}
	})
}
