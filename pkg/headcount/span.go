package headcount

import (
	"cmp"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/staffing"
)

// Span is the span of control on as-of: direct reports ÷ managers, of the people who
// are chosen.
type Span struct {
	Reports int `json:"reports"`
	// Managers are those who have direct reports, most reports first.
	Managers []Manager   `json:"managers"`
	Average  ratio.Ratio `json:"average"`
	// Target is that of the Portfolio; nil where it states none.
	Target *money.Decimal `json:"target"`
	// Unmanaged counts those who state no manager.
	Unmanaged int `json:"unmanaged"`
}

// Manager is somebody with direct reports.
type Manager struct {
	Person  string  `json:"person"`
	Team    *string `json:"team"`
	Reports int     `json:"reports"`
}

func spanOf(t *tally, items []*item, people staffing.People) *Span {
	span := &Span{Managers: []Manager{}, Target: t.Config.Targets.SpanOfControl}
	reports := map[string]int{}
	for _, i := range items {
		if !i.days.Contains(t.o.AsOf) || !t.chooses(i, staffing.At(i.person, t.o.AsOf)) {
			continue
		}
		if i.person.Manager == "" {
			span.Unmanaged++
			continue
		}
		reports[i.person.Manager]++
		span.Reports++
	}
	for id, n := range reports {
		m := Manager{Person: id, Reports: n}
		if now, _, listed := people.On(id, t.o.AsOf); listed && now.Team != "" {
			m.Team = &now.Team
		}
		span.Managers = append(span.Managers, m)
	}
	slices.SortFunc(span.Managers, func(a, b Manager) int {
		return cmp.Or(cmp.Compare(b.Reports, a.Reports), strings.Compare(a.Person, b.Person))
	})
	span.Average = ratio.New(span.Reports, len(span.Managers))
	return span
}

// employed reports whether one of somebody's employments covers a day.
func employed(list []*portfolio.Person, day cal.Date) bool {
	return slices.ContainsFunc(list, func(e *portfolio.Person) bool { return staffing.Employed(e).Contains(day) })
}
