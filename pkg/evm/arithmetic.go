package evm

import (
	"math/big"

	"github.com/progctl/progctl/pkg/money"
)

// rounded returns exact minor units as an amount, rounded half away from zero; nil
// where they are unknown or do not fit.
func rounded(minor *big.Rat, c money.Currency) *money.Amount {
	if minor == nil {
		return nil
	}
	n, ok := money.Round(minor.Num(), minor.Denom())
	if !ok {
		return nil
	}
	return &money.Amount{Minor: n, Currency: c}
}

// The operations are nil where an operand is, and where a divisor is 0.

func plus(a, b *big.Rat) *big.Rat {
	if a == nil || b == nil {
		return nil
	}
	return new(big.Rat).Add(a, b)
}

func minus(a, b *big.Rat) *big.Rat {
	if a == nil || b == nil {
		return nil
	}
	return new(big.Rat).Sub(a, b)
}

func times(a, b *big.Rat) *big.Rat {
	if a == nil || b == nil {
		return nil
	}
	return new(big.Rat).Mul(a, b)
}

func quotient(a, b *big.Rat) *big.Rat {
	if a == nil || b == nil || b.Sign() == 0 {
		return nil
	}
	return new(big.Rat).Quo(a, b)
}
