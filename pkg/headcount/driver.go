package headcount

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/rates"
)

// Driver is a seat, or somebody, of whom a plan says something else than the plan of
// record, and what that adds to the cost of all years.
type Driver struct {
	Subject string        `json:"subject"` // as findings name it
	What    string        `json:"what"`    // differs, for people
	Total   *money.Amount `json:"total"`
	Parts   []Part        `json:"parts"` // those that are not 0, in the order of Factors
}

// Part is what one factor adds.
type Part struct {
	Factor string        `json:"factor"`
	Amount *money.Amount `json:"amount"`
}

// drive takes down a pair of which more differs than what everybody's rate does.
func (b *bridge) drive(p pair, sums [steps]rates.Sum) {
	what := p.differs()
	if what == "" {
		return
	}
	d := Driver{Subject: p.subject(), What: what, Parts: []Part{}}
	amount := func(step int) *money.Amount {
		s := sums[step]
		s.Amount.Currency = b.head.Config.Currency
		return s.Known()
	}
	for i, factor := range Factors {
		if part := less(amount(i+1), amount(i)); part == nil || part.Minor != 0 {
			d.Parts = append(d.Parts, Part{factor, part})
		}
	}
	d.Total = less(amount(steps-1), amount(0))
	if len(d.Parts) > 0 {
		b.drivers = append(b.drivers, d)
	}
}

// sortedDrivers are those that matter most first; what is not known comes last.
func (b *bridge) sortedDrivers() []Driver {
	size := func(d Driver) int64 {
		if d.Total == nil {
			return -1
		}
		return max(d.Total.Minor, -d.Total.Minor)
	}
	slices.SortStableFunc(b.drivers, func(x, y Driver) int {
		return cmp.Or(cmp.Compare(size(y), size(x)), strings.Compare(x.Subject, y.Subject))
	})
	return b.drivers
}

func (p pair) subject() string {
	if p.is != nil {
		return p.is.subject
	}
	return p.was.subject
}

// differs says what the plans have differently of the pair; "" where that is nothing.
func (p pair) differs() string {
	switch {
	case p.was == nil:
		return "new, from " + p.is.days.From.String()
	case p.is == nil:
		return "no more, was from " + p.was.days.From.String()
	}
	var list []string
	if was, is := p.was.days.From, p.is.days.From; was != is {
		list = append(list, fmt.Sprintf("from %s, was %s", is, was))
	}
	if was, is := p.was.days.To, p.is.days.To; was != is {
		list = append(list, fmt.Sprintf("%s, was %s", until(is), until(was)))
	}
	days := cal.Period{From: min(p.was.days.From, p.is.days.From), To: cal.MaxDate + 1}
	was, is := p.was.stretches(days), p.is.stretches(days)
	if !slices.Equal(was, is) {
		before, now := was[len(was)-1].Standing, is[len(is)-1].Standing
		if before == now {
			return strings.Join(append(list, "another history"), "; ")
		}
		for _, f := range []struct{ was, is string }{
			{before.Team, now.Team},
			{before.Role, now.Role},
			{before.Level, now.Level},
			{before.Location, now.Location},
			{before.FTE.String() + " of full time", now.FTE.String() + " of full time"},
		} {
			if f.was != f.is {
				list = append(list, fmt.Sprintf("%s, was %s", cmp.Or(f.is, "none"), cmp.Or(f.was, "none")))
			}
		}
	}
	return strings.Join(list, "; ")
}

func until(to cal.Date) string {
	if to > cal.MaxDate {
		return "without end"
	}
	return "until " + (to - 1).String()
}
