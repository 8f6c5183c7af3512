package budget

import (
	"slices"

	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Dimensions are those by which money is grouped.
var Dimensions = []group.Dimension{group.ByProgram, group.ByTeam, group.ByCategory, group.ByType, group.ByTheme, group.ByCostCentre}

// Fields are the keys of selectors that money has, beside those of the documents of its
// program or team.
var Fields = []string{group.ByCategory.String(), group.ByType.String(), group.ByCostCentre.String(), group.ByCostCentre.Key()}

// value is what a fact is grouped under in one dimension. Spend in a category in which
// its program has no line is a category and a type of its own.
func value(d group.Dimension, a *account, f *Fact) string {
	switch d {
	case group.ByProgram:
		return a.name
	case group.ByTeam:
		return a.team
	case group.ByTheme:
		return a.theme
	case group.ByCostCentre:
		return f.CostCentre
	}
	if f.Unbudgeted {
		return Unbudgeted
	}
	if d == group.ByCategory {
		return f.Category
	}
	return f.Type
}

// choice is what a selector chooses.
type choice struct {
	s      *portfolio.Snapshot
	of     portfolio.Selector // conditions on the document
	money  portfolio.Selector // conditions on the money
	chosen map[fields]bool
}

type fields struct{ category, kind, costCentre string }

func choose(s *portfolio.Snapshot, sel portfolio.Selector) *choice {
	return &choice{s: s, of: sel.Except(Fields...), money: sel.Of(Fields...), chosen: map[fields]bool{}}
}

func (c *choice) account(a *account) bool {
	return c.s.Selects(c.of, a.subject, func(key string) (string, bool) {
		if a.program == nil && key == "team" {
			return a.team, true
		}
		return "", false
	})
}

// fact reports whether money is chosen by what it is itself. What it is of does not
// matter here, so it may be any document.
func (c *choice) fact(a *account, f *Fact) bool {
	if len(c.money) == 0 {
		return true
	}
	key := fields{f.Category, f.Type, f.CostCentre}
	chosen, known := c.chosen[key]
	if !known {
		chosen = c.s.Selects(c.money, a.subject, func(name string) (string, bool) {
			i := slices.IndexFunc(Dimensions, func(d group.Dimension) bool { return d.Is(name) })
			if i < 0 {
				return "", false
			}
			return value(Dimensions[i], a, &Fact{Category: f.Category, Type: f.Type, CostCentre: f.CostCentre}), true
		})
		c.chosen[key] = chosen
	}
	return chosen
}
