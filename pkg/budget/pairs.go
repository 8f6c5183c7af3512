package budget

import (
	"cmp"
	"fmt"

	"github.com/progctl/progctl/pkg/portfolio"
)

// pair is a line in two plans, or in one alone: the other is the zero value.
type pair[T comparable] struct{ was, is T }

// pairUp matches the lines of two plans by the first key that they share with one that
// is not taken, in their order.
func pairUp[T comparable](was, is []T, keys ...func(T) string) []pair[T] {
	var (
		pairs []pair[T]
		none  T
		taken = map[T]bool{}
	)
	left := was
	for _, key := range keys {
		index := map[string][]T{}
		for _, x := range is {
			if !taken[x] {
				index[key(x)] = append(index[key(x)], x)
			}
		}
		var rest []T
		for _, x := range left {
			same := index[key(x)]
			if len(same) == 0 {
				rest = append(rest, x)
				continue
			}
			index[key(x)], taken[same[0]] = same[1:], true
			pairs = append(pairs, pair[T]{x, same[0]})
		}
		left = rest
	}
	for _, x := range left {
		pairs = append(pairs, pair[T]{x, none})
	}
	for _, x := range is {
		if !taken[x] {
			pairs = append(pairs, pair[T]{none, x})
		}
	}
	return pairs
}

// ownLine is a budget line and the document it is of, "" for that of a program.
type ownLine struct {
	*portfolio.BudgetLine
	owner string
}

func linesOf(a *account) (list []ownLine) {
	if a == nil {
		return nil
	}
	if a.program != nil && a.program.Budget != nil {
		for _, l := range a.program.Budget.Lines {
			list = append(list, ownLine{l, ""})
		}
	}
	for _, b := range a.budgets {
		for _, l := range b.Lines {
			list = append(list, ownLine{l, b.Meta.Name})
		}
	}
	return list
}

// staffingKeys are by what staffing lines of two plans are the same: all that they ask
// for, the person or the role of a team, the team and the work, the team, and in the end
// their place. So a line is in one plan alone only where the other has fewer.
var staffingKeys = []func(*portfolio.StaffingLine) string{
	func(l *portfolio.StaffingLine) string {
		return l.Person + "/" + l.Team + "/" + l.Role + "/" + l.Level + "/" + l.Location
	},
	func(l *portfolio.StaffingLine) string { return cmp.Or(l.Person, "/"+l.Team+"/"+l.Role) },
	func(l *portfolio.StaffingLine) string { return fmt.Sprint(l.Team, "/", l.From, "/", l.To, "/", l.FTE) },
	func(l *portfolio.StaffingLine) string { return l.Team },
	func(*portfolio.StaffingLine) string { return "" },
}

func staffingOf(a *account) []*portfolio.StaffingLine {
	if a == nil || a.program == nil {
		return nil
	}
	return a.program.Staffing
}

// lineAt is a budget line after so many steps; nil where it is not there. Where amounts
// by month are stated, dates and amount are one, so that they change together, unless
// the amount is the same.
func lineAt(p pair[ownLine], step int) *portfolio.BudgetLine {
	was, is := p.was.BudgetLine, p.is.BudgetLine
	switch {
	case was == nil && step < volumeStep || is == nil && step >= volumeStep:
		return nil
	case was == nil:
		return is
	case is == nil:
		return was
	}
	l := *is
	if _, err := is.Amount.In(was.Currency); step < currencyStep && err == nil {
		l.Currency = was.Currency
	}
	if step < mixStep {
		l.Category, l.Type = was.Category, was.Type
	}
	if step < volumeStep {
		l.Amount, l.Currency = was.Amount, was.Currency
		bound := was.Spread.Curve == "" || is.Spread.Curve == ""
		same := was.Amount.Cmp(is.Amount) == 0 && was.Currency == is.Currency
		if step < timingStep || bound && !same {
			l.From, l.To, l.Spread = was.From, was.To, was.Spread
		}
	}
	return &l
}

// staffingAt is a staffing line after so many steps; nil where it is not there.
func staffingAt(p pair[*portfolio.StaffingLine], step int) *portfolio.StaffingLine {
	switch {
	case p.was == nil && step < volumeStep || p.is == nil && step >= volumeStep:
		return nil
	case p.was == nil:
		return p.is
	case p.is == nil:
		return p.was
	}
	l := *p.is
	if step < mixStep {
		l = *p.was
		l.From, l.To, l.FTE = p.is.From, p.is.To, p.is.FTE
	}
	if step < volumeStep {
		l.FTE = p.was.FTE
	}
	if step < timingStep {
		l.From, l.To = p.was.From, p.was.To
	}
	return &l
}

func union[V any](a, b map[string]V) map[string]V {
	all := map[string]V{}
	for _, m := range []map[string]V{a, b} {
		for k, v := range m {
			all[k] = v
		}
	}
	return all
}
