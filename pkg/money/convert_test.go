package money

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// What is converted and taken back at the same rate loses at most one minor unit: of the
// coarser of the two currencies, whose minor unit is worth more.
func TestThereAndBack(t *testing.T) {
	codes := []Currency{"USD", "EUR", "JPY", "KWD", "CLF"}
	rapid.Check(t, func(t *rapid.T) {
		from, to := rapid.SampledFrom(codes).Draw(t, "from"), rapid.SampledFrom(codes).Draw(t, "to")
		a := Amount{rapid.Int64Range(-1e12, 1e12).Draw(t, "amount"), from}
		rate := Decimal{coef: rapid.Int64Range(1, 1e6).Draw(t, "rate"), scale: uint8(rapid.IntRange(0, 6).Draw(t, "decimals"))}
		there, err := a.Convert(to, rate)
		if err != nil {
			t.Skip(err)
		}
		// One minor unit of from is so many of to.
		df, _ := from.MinorDigits()
		dt, _ := to.MinorDigits()
		worth := new(big.Rat).Mul(rat(rate), big.NewRat(pow10[dt], pow10[df]))
		back := new(big.Rat).Quo(big.NewRat(there.Minor, 1), worth)
		minor, _ := Round(back.Num(), back.Denom())
		lost := big.NewRat(minor-a.Minor, 1)
		most := big.NewRat(1, 1)
		if coarser := new(big.Rat).Inv(worth); coarser.Cmp(most) > 0 {
			most = coarser
		}
		if lost.Abs(lost).Cmp(most) > 0 {
			t.Fatalf("%s %s at %s is %s %s, and back %d: off by %s minor units", a, from, rate, there, to, minor, lost.FloatString(2))
		}
	})
}
