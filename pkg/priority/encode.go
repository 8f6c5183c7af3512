package priority

import (
	"maps"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

func (a *Analysis) data() data {
	d := data{
		FiscalYear: a.Years, Periods: []string{}, KeepRunning: a.KeepRunning, WithPlanned: a.Planned, Criteria: []criterionData{}, Programs: []programData{},
		Ranked: a.Ranked(), LeftOut: leftOutData{a.Completed, a.Cancelled}, Partial: texts(a.Partial), Unknown: []unknownData{},
	}
	if a.Unknown != nil {
		d.Unknown = append(d.Unknown, unknownData{"ranking", sentence(a.Unknown)})
		return d
	}
	for _, c := range a.Criteria {
		d.Criteria = append(d.Criteria, criterionData{c.ID, c.Weight, c.Share})
	}
	for _, b := range a.People.Buckets {
		d.Periods = append(d.Periods, b.Name)
	}
	for _, r := range a.Shown() {
		d.Programs = append(d.Programs, a.programData(r))
	}
	if m := a.Money; m != nil {
		d.Money = &moneyData{
			Budget: m.Budget, Completed: m.First.Known(), Taken: m.Taken.Known(), Left: m.Left.Known(),
			Cut: nameOf(m.Cut), Unsettled: nameOf(m.Unsettled), RunningBelow: a.runningBelow(byMoney), WouldFit: names(m.Fit),
		}
		if m.Cut != nil {
			d.Money.Lacks = m.Lacks.Known()
		}
		if m.Unsettled != nil {
			d.Unknown = append(d.Unknown, unknownData{"moneyLine", m.why()})
		}
	}
	if d.People = a.peopleData(); d.People == nil {
		d.Unknown = append(d.Unknown, unknownData{"peopleLine", sentence(a.People.Unknown)})
	} else if a.People.Unsettled != nil {
		d.Unknown = append(d.Unknown, unknownData{"peopleLine", sentence(a.People.Why)})
	}
	switch c := a.Change; {
	case c == nil && a.NoBaseline != "":
		d.Unknown = append(d.Unknown, unknownData{"change", a.NoBaseline})
	case c != nil && c.Unknown != nil:
		d.Unknown = append(d.Unknown, unknownData{"change", sentence(c.Unknown)})
	case c != nil:
		d.Change = a.changeData()
	}
	return d
}

func (a *Analysis) programData(r *Row) programData {
	p := r.Program
	d := programData{
		Program: p.Meta.Name, Title: report.TextOrNull(p.Meta.Title), Status: p.Status, Running: r.Running(),
		Owner: report.TextOrNull(p.Owner), Team: report.TextOrNull(p.Team), Theme: report.TextOrNull(p.Theme),
		Rank: positive(r.Rank), Best: positive(r.Best), Worst: positive(r.Worst),
		Score: r.Score.Score, Known: r.Score.Known, Missing: r.Missing, Scores: []scoreData{},
		Plan: r.Plan.Known(), PlanSum: r.Sum.Known(), Money: r.Money.data(), People: r.People.data(), Short: lacksData(r.Short),
	}
	for i, c := range a.Criteria {
		d.Scores = append(d.Scores, scoreData{c.ID, r.Score.Values[i], a.model.contribution(&r.Score, i)})
	}
	if a.People.Unknown == nil && r.demand.why == nil {
		d.Demand = []demandData{}
		for _, role := range slices.Sorted(maps.Keys(r.demand.roles)) {
			d.Demand = append(d.Demand, demandData{role, r.demand.roles[role]})
		}
	}
	if b := r.Before; b != nil {
		x := &beforeData{
			Rank: positive(b.Rank), Score: b.Score, ScoreChange: r.Score.Score.Sub(b.Score), ByWeights: b.ByWeights, ByScores: b.ByScores,
			Scores: []rescoredData{}, Reason: report.TextOrNull(r.why()),
		}
		for _, s := range b.Scores {
			x.Scores = append(x.Scores, rescoredData(s))
		}
		if b.Rank > 0 && r.Rank > 0 {
			x.RankChange = new(b.Rank - r.Rank)
		}
		d.Before = x
	}
	return d
}

// data is null where there is no line, or nobody can tell.
func (s Side) data() *string {
	switch s {
	case Above:
		return new("above")
	case Below:
		return new("below")
	}
	return nil
}

func (a *Analysis) peopleData() *peopleData {
	p := a.People
	if p.Unknown != nil {
		return nil
	}
	d := &peopleData{
		Roles: []roleData{}, Cut: nameOf(p.Cut), Short: []lackData{}, Unsettled: nameOf(p.Unsettled), Over: lacksData(p.Over),
		RunningBelow: a.runningBelow(byPeople), WouldFit: names(p.Fit), Unroled: p.Unroled,
	}
	if p.Cut != nil {
		d.Short = lacksData(p.Cut.Short)
	}
	for i := range p.Roles {
		x := &p.Roles[i]
		r := roleData{Role: x.Role, Supply: x.Supply, Planned: x.Planned, Demand: x.Demand, Left: a.left(x)}
		if x.NoPlan != nil {
			r.Planned = nil
		}
		d.Roles = append(d.Roles, r)
	}
	return d
}

// left is what there is of a role beyond what programs above the line take.
func (a *Analysis) left(x *Role) []staffing.FTEMonths {
	list := make([]staffing.FTEMonths, len(x.Supply))
	for i := range list {
		list[i] = a.has(x, i).Sub(x.Demand[i])
	}
	return list
}

func (a *Analysis) changeData() *changeData {
	c := a.Change
	d := &changeData{Named: a.Since == nil, Weights: []weightData{}, Moved: c.Moved, Entered: c.Entered, Left: []leftData{}}
	if s := a.Since; s != nil {
		d.Commit, d.Date, d.Author, d.Subject = report.TextOrNull(s.Hash), day(s.Day), report.TextOrNull(s.Author), report.TextOrNull(s.Subject)
	}
	for _, w := range c.Weights {
		d.Weights = append(d.Weights, weightData{w.ID, w.Before, w.After})
	}
	for _, l := range c.Left {
		d.Left = append(d.Left, leftData(l))
	}
	return d
}

func lacksData(list []Lack) []lackData {
	out := []lackData{}
	for _, l := range list {
		out = append(out, lackData{l.Role, l.Bucket.Name, l.Demand, l.Supply, l.Short()})
	}
	return out
}

func byMoney(r *Row) bool  { return r.Money == Below }
func byPeople(r *Row) bool { return r.People == Below }

// runningBelow names the programs that run and are below a line, by rank.
func (a *Analysis) runningBelow(below func(*Row) bool) []string {
	return names(slices.DeleteFunc(slices.Clone(a.Rows), func(r *Row) bool { return !r.Running() || !below(r) }))
}

// names is never null.
func names(rows []*Row) []string {
	list := make([]string, len(rows))
	for i, r := range rows {
		list[i] = r.name()
	}
	return list
}

func nameOf(r *Row) *string {
	if r == nil {
		return nil
	}
	return new(r.name())
}

// why says why nobody can tell where the money runs out.
func (m *MoneyLine) why() string {
	return sentence(staffing.MergeReasons(m.Taken.Unknown, m.Unsettled.Plan.Unknown))
}

// positive is null where there is no rank.
func positive(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

func day(d cal.Date) *cal.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

// texts is never null.
func texts(reasons []staffing.Reason) []string {
	list := make([]string, len(reasons))
	for i, r := range reasons {
		list[i] = r.String()
	}
	return list
}

func sentence(reasons []staffing.Reason) string { return strings.Join(texts(reasons), "; ") }
