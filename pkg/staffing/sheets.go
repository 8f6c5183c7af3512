package staffing

import (
	"slices"

	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/report"
)

// sheets are tables with one figure a row, and after them what is listed.
func (a *Analysis) sheets(v View) []*report.Table {
	figures := &report.Table{Columns: a.nameColumns()}
	for _, name := range []string{"period", "from", "to", "figure", "value"} {
		figures.Columns = append(figures.Columns, report.Column{Key: name, Header: name})
	}
	groups := a.Groups
	if len(a.By) == 0 || len(groups) == 0 {
		groups = []Group{a.Total}
	}
	for _, g := range groups {
		names := mapped(a.By, func(d group.Dimension) report.Cell { return report.Say(g.Key[slices.Index(a.By, d)]) })
		for i, b := range a.Buckets {
			for _, x := range g.named() {
				value := report.Cell{}
				if x.series.Known {
					value.Value = x.series.Values[i]
				}
				figures.Append(slices.Concat(names, []report.Cell{report.Say(b.Name), dayCell(b.From), dayCell(b.Last()), report.Say(x.name), value})...)
			}
		}
	}
	sheets := []*report.Table{figures}
	if a.Overallocated != nil {
		sheets = append(sheets, a.overallocations())
	}
	if a.Unfilled != nil {
		sheets = append(sheets, a.requirements())
	}
	if a.Outside != nil {
		sheets = append(sheets, a.outsides())
	}
	if v.People && a.Free != nil {
		sheets = append(sheets, a.freeSheet())
	}
	return sheets
}

type namedSeries struct {
	name   string
	series Series
}

// named are the figures of a group by name.
func (g Group) named() []namedSeries {
	list := []namedSeries{
		{string(FigureDemand), g.Demand},
		{string(FigureSupply), g.Supply},
		{string(FigureGap), g.Gap},
		{string(FigurePlanned), g.Planned},
		{string(FigureAllocated), g.Allocated},
		{string(FigureUnallocated), g.Unallocated},
	}
	if b := g.Baseline; b != nil {
		list = append(list, namedSeries{"baseline.demand", b.Demand}, namedSeries{"baseline.supply", b.Supply}, namedSeries{"baseline.gap", b.Gap})
	}
	return list
}

func (a *Analysis) freeSheet() *report.Table {
	t := &report.Table{Name: "free", Columns: []report.Column{
		{Header: "Person", Key: "person"},
		{Header: "Team", Key: "team"},
		{Header: "Role", Key: "role"},
		{Header: "Level", Key: "level"},
		{Header: "Period", Key: "period"},
		{Header: "Free", Key: "free"},
	}}
	for _, p := range a.Free {
		now := p.Standing
		for i, b := range a.Buckets {
			t.Append(report.Say(p.Person.ID), report.Say(now.Team), report.Say(now.Role), report.Say(now.Level),
				report.Say(b.Name), report.Cell{Value: p.FTE[i]})
		}
	}
	return t
}
