package roadmap

import (
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/ratio"
)

// share puts programs below their themes, and divides the money of each year among them.
func (a *Analysis) share(programs []*Program) {
	plans := make([]*portfolio.Program, len(programs))
	for i, p := range programs {
		plans[i] = p.Program
	}
	a.otherThemes(programs)
	a.Total = a.shares()
	for _, t := range a.Themes {
		t.Shares = a.shares()
	}
	place := map[cal.FiscalYear]int{}
	for i, year := range a.list {
		place[year] = i
	}
	for i, plan := range budget.Plans(a.s, plans) {
		p, t := programs[i], a.theme(programs[i].Theme)
		touches := !a.days.Intersect(cal.Through(p.Start, p.end())).IsEmpty()
		for _, y := range budget.Years(a.s.Fiscal, plan) {
			k, in := place[y.Year]
			if !in {
				continue
			}
			touches = true
			sum := y.Total()
			p.Plan.Add(sum)
			t.Shares[k].Plan.Add(sum)
			a.Total[k].Plan.Add(sum)
		}
		if touches {
			t.Programs = append(t.Programs, p)
		} else {
			a.Beyond++
		}
	}
	for k, year := range a.list {
		a.divide(k, year)
	}
}

// otherThemes adds the themes that programs name and no roadmap has, by id, and that of
// the programs that name none.
func (a *Analysis) otherThemes(programs []*Program) {
	var ids []string
	none := false
	for _, p := range programs {
		if none = none || p.Theme == ""; p.Theme != "" {
			ids = append(ids, p.Theme)
		}
	}
	slices.SortFunc(ids, strings.Compare)
	for _, id := range ids {
		a.theme(id)
	}
	if none {
		a.theme("").Title = "(no theme)"
	}
}

func (a *Analysis) shares() []Share {
	list := make([]Share, len(a.list))
	for i, year := range a.list {
		list[i] = Share{Year: year, Plan: rates.Sum{Amount: money.Amount{Currency: a.Currency}}}
	}
	return list
}

// divide makes parts of the whole of one year.
func (a *Analysis) divide(k int, year cal.FiscalYear) {
	total, planned, stated := &a.Total[k], 0, false
	for _, t := range a.Themes {
		share, some := t.investment[year]
		planned, stated = planned+share, stated || some
	}
	percent := func(n int) ratio.Ratio { return ratio.New(int64(n), int64(portfolio.Whole)) }
	if stated {
		total.Planned = percent(planned)
	}
	for _, t := range a.Themes {
		s := &t.Shares[k]
		if stated && t.Declared {
			s.Planned = percent(t.investment[year])
		}
		s.Actual = part(s.Plan, total.Plan)
	}
	total.Actual = part(total.Plan, total.Plan)
}

// part is x ÷ whole, unknown where one of them is, or the whole is nothing.
func part(x, whole rates.Sum) ratio.Ratio {
	if x.Known() == nil || whole.Known() == nil {
		return ratio.Ratio{}
	}
	return ratio.New(x.Amount.Minor, whole.Amount.Minor)
}
