package goal

import (
	"math/big"
	"strings"

	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

// State is where a key result stands.
type State string

// The states. One that is not met is missed once the quarter is over.
const (
	Met     State = "met"
	Open    State = "open"
	Missed  State = "missed"
	Unknown State = "unknown"
)

// number is a measured value.
type number struct {
	value   ratio.Ratio
	percent bool // 90 for 90%
}

func numberOf(m *portfolio.Measure) number {
	if m == nil {
		return number{}
	}
	r, ok := new(big.Rat).SetString(m.Value.String())
	if !ok {
		return number{}
	}
	return number{ratio.Of(r), m.Percent}
}

func (n number) known() bool { return n.value.Known() }

// String is the value with at most 3 digits after the point, and "" where it is unknown.
func (n number) String() string {
	if !n.known() {
		return ""
	}
	if n.percent {
		return staffing.Decimal(n.value.Rat()) + "%"
	}
	return staffing.Decimal(n.value.Rat())
}

// text is the value for people: "1,250.5", "1,000%".
func (n number) text() string {
	digits, percent := strings.CutSuffix(n.String(), "%")
	if digits = report.Grouped(digits); percent {
		digits += "%"
	}
	return digits
}

// judge finds progress and state of a key result whose current value is there, or why
// there is none.
func (k *KeyResult) judge() {
	var base, target number
	base, target = numberOf(k.Baseline), numberOf(k.Target)
	switch {
	case !target.known():
		k.Why = "it states no target"
		return
	case !k.current.known():
		if k.Why == "" {
			k.Why = "nobody said where it is now"
		}
		return
	case target.percent != k.current.percent || base.known() && base.percent != target.percent:
		k.Why = "some of its values are percentages, and others are not"
		return
	}
	from := base.value
	if !base.known() {
		from = ratio.New(0, 1)
	}
	way := target.value.Cmp(from)
	up := k.Direction == portfolio.Increase || k.Direction == "" && way >= 0
	met := k.current.value.Cmp(target.value) >= 0
	if !up {
		met = k.current.value.Cmp(target.value) <= 0
	}
	k.State = Open
	if met {
		k.State = Met
	}
	switch {
	case way > 0 && up || way < 0 && !up && base.known():
		k.Progress = part(k.current.value.Sub(from), target.value.Sub(from))
	case met:
		k.Progress = ratio.New(1, 1)
	case way == 0 && base.known():
		k.Progress = ratio.New(0, 1)
	case !base.known():
		k.Why = "it is not met, and without a baseline nobody can tell how far it is"
	default:
		k.Why = "its baseline is better than its target"
	}
}

func part(x, whole ratio.Ratio) ratio.Ratio {
	return ratio.Of(new(big.Rat).Quo(x.Rat(), whole.Rat()))
}

// clamped is progress between 0 and 1.
func clamped(r ratio.Ratio) ratio.Ratio {
	switch one := ratio.New(1, 1); {
	case r.Sign() < 0:
		return ratio.New(0, 1)
	case one.Below(r):
		return one
	}
	return r
}

// mean is a mean by weight of what is known.
type mean struct{ sum, known, all *big.Rat }

func newMean() mean { return mean{new(big.Rat), new(big.Rat), new(big.Rat)} }

func (m mean) add(r, weight ratio.Ratio) {
	m.all.Add(m.all, weight.Rat())
	if r.Known() {
		m.known.Add(m.known, weight.Rat())
		m.sum.Add(m.sum, r.Mul(weight).Rat())
	}
}

func (m mean) value() ratio.Ratio { return quotient(m.sum, m.known) }

// covered is the part of all weight that the mean is of.
func (m mean) covered() ratio.Ratio { return quotient(m.known, m.all) }

func quotient(x, y *big.Rat) ratio.Ratio {
	if y.Sign() == 0 {
		return ratio.Ratio{}
	}
	return ratio.Of(new(big.Rat).Quo(x, y))
}
