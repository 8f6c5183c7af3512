package money

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestRound(t *testing.T) {
	got := map[string]string{}
	want := map[string]string{
		"0": "0", "1/2": "1", "-1/2": "-1", "0.49": "0", "-0.49": "0", "5/3": "2", "-5/3": "-2", "-7": "-7",
		"9223372036854775807.49":  "9223372036854775807",
		"9223372036854775807.5":   "too much",
		"-9223372036854775807.49": "-9223372036854775807",
		"-9223372036854775807.5":  "too much",
		"-9223372036854775808":    "too much",
		"1e40":                    "too much",
	}
	for text := range want {
		r, _ := new(big.Rat).SetString(text)
		got[text] = "too much"
		if n, ok := Round(r.Num(), r.Denom()); ok {
			got[text] = fmt.Sprint(n)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rounded (-want +got):\n%s", diff)
	}
}

// A fraction need not be in lowest terms, and stays what it is.
func TestRoundProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		times := big.NewInt(rapid.Int64Range(1, 1000).Draw(t, "times"))
		n := big.NewInt(rapid.Int64().Draw(t, "n"))
		n.Mul(n, big.NewInt(rapid.Int64Range(-50, 50).Draw(t, "by")))
		d := big.NewInt(rapid.Int64Range(1, 60).Draw(t, "d"))
		want, fits := exactly(new(big.Rat).SetFrac(n, d))
		n.Mul(n, times)
		d.Mul(d, times)
		before := fmt.Sprint(n, d)
		if got, ok := Round(n, d); ok != fits || ok && got != want {
			t.Fatalf("%s ÷ %s = %d, %t; want %d, %t", n, d, got, ok, want, fits)
		}
		if after := fmt.Sprint(n, d); after != before {
			t.Fatalf("%s became %s", before, after)
		}
	})
}
