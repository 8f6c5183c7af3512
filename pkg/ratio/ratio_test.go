package ratio

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func parse(t *testing.T, text string) Ratio {
	t.Helper()
	if text == "" {
		return Ratio{}
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%q is no number", text)
	}
	return Of(r)
}

func TestText(t *testing.T) {
	for _, test := range []struct{ value, want string }{
		{"", `"" "" "" "" null`},
		{"0", `"0.0000" "0" "0.0" "0.0%" "0.0000"`},
		{"1/3", `"0.3333" "0" "+0.3" "33.3%" "0.3333"`},
		{"-2/3", `"-0.6667" "-1" "-0.7" "-66.7%" "-0.6667"`},
		{"0.00005", `"0.0001" "0" "0.0" "0.0%" "0.0001"`},
		{"-0.00005", `"-0.0001" "0" "0.0" "0.0%" "-0.0001"`},
		{"-0.00004", `"0.0000" "0" "0.0" "0.0%" "0.0000"`},
		{"0.0005", `"0.0005" "0" "0.0" "0.1%" "0.0005"`},
		{"-0.5", `"-0.5000" "-1" "-0.5" "-50.0%" "-0.5000"`},
		{"12345", `"12345.0000" "12345" "+12345.0" "1234500.0%" "12345.0000"`},
	} {
		r := parse(t, test.value)
		encoded, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprintf("%q %q %q %q %s", r, r.Digits(0), r.Signed(1), r.Percent(), encoded)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.value, diff)
		}
	}
}

func TestUnknown(t *testing.T) {
	type part int32
	for name, r := range map[string]Ratio{
		"zero value": {}, "of nil": Of(nil), "by 0": New(1, 0), "0 by 0": New[part](0, 0),
		"less": New(1, 2).Sub(Ratio{}), "from": Ratio{}.Sub(New(1, 2)), "times": New(1, 2).Mul(Ratio{}), "product": Ratio{}.Mul(New(0, 2)),
	} {
		if r.Known() || r.Rat() != nil || r.Sign() != 0 || r.String() != "" {
			t.Errorf("%s: %s", name, r)
		}
	}
	if r := New(part(3), 6); !r.Known() || r.String() != "0.5000" {
		t.Errorf("3 ÷ 6 is %s", r)
	}
	if r := New(0, -6); !r.Known() || r.String() != "0.0000" {
		t.Errorf("0 ÷ −6 is %s", r)
	}
}

// A ratio does not change with what it was made of, or what was made of it.
func TestCopies(t *testing.T) {
	in := big.NewRat(1, 2)
	r := Of(in)
	in.SetInt64(7)
	r.Rat().SetInt64(8)
	r.Sub(r).Rat().SetInt64(9)
	r.Mul(r).Rat().SetInt64(9)
	if r.String() != "0.5000" {
		t.Errorf("1/2 became %s", r)
	}
}

func TestOrder(t *testing.T) {
	var list []Ratio
	for _, text := range []string{"1/2", "", "-3", "0", "2/4", "1/3", ""} {
		list = append(list, parse(t, text))
	}
	slices.SortStableFunc(list, Ratio.Cmp)
	if diff := cmp.Diff("[  -3.0000 0.0000 0.3333 0.5000 0.5000]", fmt.Sprint(list)); diff != "" {
		t.Errorf("sorted (-want +got):\n%s", diff)
	}
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"1/3", "1/2", true},
		{"1/2", "2/4", false},
		{"1/2", "1/3", false},
		{"", "1", false},
		{"1", "", false},
		{"", "", false},
	} {
		if got := parse(t, test.a).Below(parse(t, test.b)); got != test.want {
			t.Errorf("%q below %q: %t", test.a, test.b, got)
		}
	}
}

// What is computed is that of fractions, and what is written lies within half a digit of
// it, on the side of the number.
func TestArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) (Ratio, *big.Rat) {
			n := rapid.Int64Range(-1_000_000, 1_000_000).Draw(t, name)
			d := rapid.Int64Range(-2000, 2000).Filter(func(d int64) bool { return d != 0 }).Draw(t, name+" ÷")
			return New(n, d), big.NewRat(n, d)
		}
		a, x := draw("a")
		b, y := draw("b")
		for _, result := range []struct {
			got  Ratio
			want *big.Rat
		}{{a, x}, {a.Sub(b), new(big.Rat).Sub(x, y)}, {a.Mul(b), new(big.Rat).Mul(x, y)}} {
			if result.got.Rat().Cmp(result.want) != 0 {
				t.Fatalf("%s, %s: %s is not %s", x, y, result.got.Rat(), result.want)
			}
		}
		if a.Sign() != x.Sign() || a.Cmp(b) != x.Cmp(y) || a.Below(b) != (x.Cmp(y) < 0) || a.Cmp(b) != a.Sub(b).Sign() {
			t.Fatalf("%s, %s: sign %d, compares as %d", x, y, a.Sign(), a.Cmp(b))
		}
		digits := rapid.IntRange(0, 5).Draw(t, "digits")
		text := a.Digits(digits)
		written, ok := new(big.Rat).SetString(text)
		if !ok || strings.HasPrefix(text, "-") != (written.Sign() < 0) || strings.HasPrefix(a.Signed(digits), "+") != (written.Sign() > 0) {
			t.Fatalf("%s with %d digits is %s, signed %s", x, digits, text, a.Signed(digits))
		}
		power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil)
		half := new(big.Rat).SetFrac(big.NewInt(1), power.Lsh(power, 1))
		off := new(big.Rat).Sub(new(big.Rat).Abs(written), new(big.Rat).Abs(x)) // half away from zero: −½ < off ≤ ½
		if off.Cmp(half) > 0 || off.Cmp(half.Neg(half)) <= 0 {
			t.Fatalf("%s with %d digits is %s", x, digits, text)
		}
	})
}
