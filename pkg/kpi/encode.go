package kpi

import (
	"fmt"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
)

func (a *Analysis) data() data {
	d := data{
		FiscalYear: a.o.Years, Step: a.o.Step, Subtree: a.o.Subtree,
		CompletionRate: a.completionData(&a.Total.Completion), Total: a.totalData(&a.Total.Satisfaction, nil),
		Satisfaction: []rowData{}, Periods: []periodData{}, Groups: []groupData{}, Programs: []programData{},
		Notes: append([]string{}, a.Notes...), Partial: texts(a.Partial), Unknown: []unknownData{},
	}
	if !a.s.Unconfigured {
		d.Tolerance = a.s.Config.Policy.BudgetTolerance
	}
	for _, r := range a.Rows {
		d.Satisfaction = append(d.Satisfaction, rowData{report.TextOrNull(r.Program), r.Period, r.Score.data(r.Change)})
	}
	if t := a.CompletionTarget; t != nil {
		d.Targets.CompletionRate = &completionTarget{share(t[Original].Part), metData{t[Original].Met, t[Approved].Met}}
	}
	if t := a.SatisfactionTarget; t != nil {
		d.Targets.Satisfaction = &satisfactionTarget{share(t.Part), t.Met}
	}
	for i := range a.Periods {
		p := &a.Periods[i]
		d.Periods = append(d.Periods, periodData{p.Name, a.completionData(&p.Completion), a.totalData(&p.Satisfaction, p.Change), p.Alike.data()})
	}
	for i := range a.Groups {
		g := &a.Groups[i]
		d.Groups = append(d.Groups, groupData{group.Object{By: a.o.By, Key: g.Key}, a.completionData(&g.Completion), a.totalData(&g.Satisfaction, nil)})
	}
	for _, x := range a.listed() {
		d.Programs = append(d.Programs, x.data())
	}
	for _, u := range []struct {
		figure string
		why    []string
	}{{"completionRate", texts(a.CompletionUnknown)}, {"satisfaction", texts(a.SatisfactionUnknown)}} {
		for _, why := range u.why {
			d.Unknown = append(d.Unknown, unknownData{u.figure, why})
		}
	}
	return d
}

// listed are the subjects that some rate of the years is of, or leaves out.
func (a *Analysis) listed() []*subject {
	c := &a.Total.Completion
	there := map[string]bool{}
	for _, b := range baselines {
		for _, f := range forms {
			r := c.Rate(b, f)
			for _, v := range slices.Concat(r.Hits, r.Misses, r.LeftOut) {
				there[v.Program] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(a.subjects), func(x *subject) bool { return !there[x.name] })
}

// completionData is nil where the rate is not known.
func (a *Analysis) completionData(c *Completion) *completionData {
	if a.CompletionUnknown != nil {
		return nil
	}
	d := &completionData{Excluded: leftOutList(c.leftOut(baselines[:]...))}
	of := func(b Baseline) baselineData {
		return baselineData{c.Rate(b, Closed).data(), c.Rate(b, Due).data(), leftOutList(c.leftOut(b))}
	}
	d.Original, d.Approved = of(Original), of(Approved)
	d.Closed = formData{d.Original.Closed, d.Approved.Closed}
	d.Due = formData{d.Original.Due, d.Approved.Due}
	return d
}

func (r *Rate) data() *rateData {
	d := &rateData{
		Hits: len(r.Hits), Of: r.Of(), Rate: r.Value(), OnTime: r.OnTime(), WithinBudget: r.WithinBudget(),
		HitList: []string{}, Misses: []missData{}, Excluded: []excludedData{},
	}
	for _, v := range r.Hits {
		d.HitList = append(d.HitList, v.Program)
	}
	for _, v := range r.Misses {
		d.Misses = append(d.Misses, missData{
			v.Program, v.Reason, v.Baseline, v.lateDays(), v.Open, v.Over, v.OverPart, report.TextOrNull(v.Unpriced),
		})
	}
	for _, v := range r.LeftOut {
		d.Excluded = append(d.Excluded, v.excluded())
	}
	return d
}

func (v *Verdict) excluded() excludedData { return excludedData{v.Program, v.Reason, v.Outcome} }

func leftOutList(list []Listed) []leftOutData {
	out := make([]leftOutData, len(list))
	for i, x := range list {
		out[i] = leftOutData{x.excluded(), names(x.Forms), names(x.Baselines)}
	}
	return out
}

func names[T fmt.Stringer](list []T) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = x.String()
	}
	return out
}

// totalData is nil where satisfaction is not known.
func (a *Analysis) totalData(s *Score, c *Change) *totalData {
	if a.SatisfactionUnknown != nil {
		return nil
	}
	return &totalData{s.data(c), suppressedData{s.HiddenSurveys, s.HiddenResponses}}
}

func (s *Score) data(c *Change) scoreData {
	d := scoreData{N: s.N, Reason: report.TextOrNull(s.Why)}
	if s.Why != "" {
		return d
	}
	d.Invited, d.ResponseRate, d.CSAT, d.Mean, d.NPS = s.Invited, s.ResponseRate, s.All.CSAT, s.All.Mean, s.NPS
	d.Recommended, d.Scores = &s.Recommended, &s.All.N
	d.By = &dimensionData{s.By[Effectiveness].data(), s.By[Communication].data(), s.By[Responsiveness].data()}
	d.Change = c.data()
	return d
}

// data is nil where there is no change.
func (c *Change) data() *changeData {
	if c == nil {
		return nil
	}
	return &changeData{c.From, c.CSAT, c.NPS}
}

func (p Part) data() partData { return partData{p.CSAT, p.Mean, p.N} }

// share is a percentage as a part of 1.
func share(p portfolio.Percent) ratio.Ratio { return ratio.New(p, portfolio.Whole) }

func (x *subject) data() programData {
	d := programData{
		Program: x.name, Owner: report.TextOrNull(x.owner), Team: report.TextOrNull(x.team), Theme: report.TextOrNull(x.theme),
		Original: x.verdicts[Original][Due].data(), Approved: x.verdicts[Approved][Due].data(),
	}
	in := x.verdicts[Original][Due].in
	if p := in.Program; p != nil {
		d.Title, d.Status, d.Completed = report.TextOrNull(p.Meta.Title), report.TextOrNull(string(p.Status)), day(p.Completed)
		d.Budget, d.Actual = amount(in.Budget), amount(in.Actual)
	}
	return d
}

func (v *Verdict) data() verdictData {
	d := verdictData{Due: day(v.Baseline), Outcome: v.Outcome, Reason: report.TextOrNull(v.Reason)}
	if v.Judged() || v.Outcome == MoneyUnknown {
		d.LateDays = v.lateDays()
	}
	return d
}

// lateDays is null where nobody can tell.
func (v *Verdict) lateDays() *cal.Days {
	if v.Undated {
		return nil
	}
	return &v.Late
}

// amount is null where it is not known, or nobody said.
func amount(s rates.Sum) *money.Amount {
	if s.Amount.Currency == "" {
		return nil
	}
	return s.Known()
}

// day is null where it is not known.
func day(d cal.Date) *cal.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}
