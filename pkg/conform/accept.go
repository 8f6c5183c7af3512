package conform

import (
	"encoding/json"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/source"
)

func isDate(text string) bool {
	_, err := cal.ParseDate(text)
	return err == nil
}

// accept reports whether the value certainly conforms.
func (p *plan) accept(n source.Node) bool {
	kind := n.Kind()
	if p.never || !p.kinds.has(kind) || p.hasEnum && kind != source.String {
		return false
	}
	switch kind {
	case source.String:
		if !p.acceptText(n.Text()) {
			return false
		}
	case source.Number:
		if !p.bounds.accept(n.Text()) {
			return false
		}
	case source.List:
		if !p.acceptList(n) {
			return false
		}
	case source.Map:
		if !p.acceptMap(n) {
			return false
		}
	}
	if p.ref != nil && !p.ref.accept(n) {
		return false
	}
	return true
}

func (p *plan) acceptText(text string) bool {
	if p.hasEnum && !contains(p.enum, text) {
		return false
	}
	for _, ok := range p.texts {
		if !ok(text) {
			return false
		}
	}
	return true
}

func contains(list []string, text string) bool {
	for _, s := range list {
		if s == text {
			return true
		}
	}
	return false
}

func (p *plan) acceptList(n source.Node) bool {
	if p.minItems >= 0 && n.Len() < p.minItems || p.maxItems >= 0 && n.Len() > p.maxItems {
		return false
	}
	if p.unique && !distinctTexts(n) {
		return false
	}
	if p.items == nil {
		return true
	}
	for _, item := range n.Items() {
		if !p.items.accept(item) {
			return false
		}
	}
	return true
}

// distinctTexts reports whether all entries of a list are texts, and no two the
// same.
func distinctTexts(n source.Node) bool {
	var seen []string
	for _, item := range n.Items() {
		if item.Kind() != source.String || contains(seen, item.Text()) {
			return false
		}
		seen = append(seen, item.Text())
	}
	return true
}

func (p *plan) acceptMap(n source.Node) bool {
	var seen uint64
	for k, v := range n.Pairs() {
		name := k.Name()
		if p.names != nil && (p.names.never || !p.names.kinds.has(source.String) || !p.names.acceptName(name)) {
			return false
		}
		prop, known := p.props[name]
		switch {
		case known:
			seen |= prop.bit
			if prop.plan != nil && !prop.plan.accept(v) {
				return false
			}
		case p.closed:
			return false
		case p.extra != nil && !p.extra.accept(v):
			return false
		}
	}
	for _, d := range p.depends {
		if seen&d.given != 0 && seen&d.needed != d.needed {
			return false
		}
	}
	return seen&p.required == p.required
}

// acceptName is accept for the name of a property.
func (p *plan) acceptName(name string) bool {
	if !p.acceptText(name) {
		return false
	}
	return p.ref == nil || !p.ref.never && p.ref.kinds.has(source.String) && p.ref.acceptName(name)
}

// bounds are those of numbers; nil is none.
type bounds struct {
	integer            bool
	min, max, moreThan *big.Rat
	// low and high are whole numbers between which every number is within min
	// and max, for the quick test; low is above high where there is no such test.
	low, high int64
}

// number adds a bound.
func (p *plan) number(keyword string, value any) bool {
	n, ok := value.(json.Number)
	if !ok {
		return false
	}
	r, ok := new(big.Rat).SetString(n.String())
	if !ok {
		return false
	}
	b := &p.bounds
	switch keyword {
	case "minimum":
		b.min = r
	case "maximum":
		b.max = r
	default:
		b.moreThan = r
	}
	b.low, b.high = math.MinInt64, math.MaxInt64
	if b.min != nil {
		b.low = whole(b.min, 1)
	}
	if b.moreThan != nil {
		b.low = max(b.low, whole(b.moreThan, 1)+1)
	}
	if b.max != nil {
		b.high = whole(b.max, -1)
	}
	return true
}

// whole is a whole number at or beyond a bound, in the direction of the sign.
func whole(r *big.Rat, sign int64) int64 {
	f, _ := r.Float64()
	if math.Abs(f) > 1<<52 {
		return -sign * math.MaxInt64 // no quick test
	}
	if sign > 0 {
		return int64(math.Ceil(f))
	}
	return int64(math.Floor(f))
}

// accept reports whether a number, as JSON spells it, is within the bounds.
func (b *bounds) accept(text string) bool {
	if !b.integer && b.min == nil && b.max == nil && b.moreThan == nil {
		return true
	}
	digits, fraction, isDecimal := strings.Cut(text, ".")
	if i, err := strconv.ParseInt(digits, 10, 64); err == nil && !strings.ContainsAny(fraction, "eE") {
		if !isDecimal {
			if b.min == nil && b.max == nil && b.moreThan == nil || i >= b.low && i <= b.high {
				return true
			}
		} else if !b.integer && text[0] != '-' && i >= b.low && i < b.high {
			return true
		}
	}
	r, ok := new(big.Rat).SetString(text)
	return ok && (!b.integer || r.IsInt()) && (b.min == nil || r.Cmp(b.min) >= 0) &&
		(b.max == nil || r.Cmp(b.max) <= 0) && (b.moreThan == nil || r.Cmp(b.moreThan) > 0)
}
