package rates

import (
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/staffing"
)

// Sum is money of one currency of which some may not be known.
type Sum struct {
	// Amount is what is known of the sum. It is no figure to show where Unknown
	// has reasons.
	Amount money.Amount
	// Unknown says why Amount is not the whole sum, sorted; empty where it is.
	Unknown []staffing.Reason
}

// Add adds another sum of the same currency. One that does not fit an amount is not
// known.
func (s *Sum) Add(o Sum) {
	s.Unknown = staffing.MergeReasons(s.Unknown, o.Unknown)
	total, err := s.Amount.Add(o.Amount)
	if err != nil {
		s.Unknown = staffing.MergeReasons(s.Unknown, []staffing.Reason{{Text: err.Error()}})
		return
	}
	s.Amount = total
}

// Known returns the amount, and nil where it is not the whole sum.
func (s Sum) Known() *money.Amount {
	if len(s.Unknown) > 0 {
		return nil
	}
	return &s.Amount
}
