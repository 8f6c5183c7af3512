package kpi

import (
	"cmp"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/staffing"
)

// Options are what an analysis is asked for.
type Options struct {
	AsOf cal.Date
	// Years are those of which programs and surveys count; Buckets divide them, whole
	// months that follow each other, by Step.
	Years   cal.FiscalYears
	Step    cal.Step
	Buckets []cal.Bucket
	// By is what is grouped by, some of Dimensions; none makes no groups.
	By []group.Dimension
	// Subtree adds to a team the programs of the teams below it.
	Subtree bool
	// Selector chooses programs, and with them their surveys.
	Selector portfolio.Selector
	// Against is the revision, as it was asked for, that all budgets and baselines are
	// of; "" where each program has its own.
	Against string
	// Notes are lines that come first among those of the report.
	Notes []string
}

// Figures are both indicators of some programs in some period.
type Figures struct {
	Completion   Completion
	Satisfaction Score
}

// Period is the figures of a bucket.
type Period struct {
	Name string
	Figures
	// Change is since the bucket before, if any, that has a CSAT. Alike is the same of
	// those programs alone that have answers in both: of others the change may be that
	// others were asked. Nil where there is none.
	Change, Alike *Change
}

// Target is what the portfolio aims at, and whether it is met; nil is unknown.
type Target struct {
	Part portfolio.Percent
	Met  *bool
}

// Analysis is both indicators, of all and by period, group and program.
type Analysis struct {
	// CompletionUnknown and SatisfactionUnknown say why there is nothing of it;
	// Partial what there may be more of.
	CompletionUnknown, SatisfactionUnknown, Partial []staffing.Reason

	Total   Figures
	Periods []Period
	Groups  []Group // by key, those of which there is anything
	// Rows are the surveys of the years, by program and period.
	Rows []*Row
	// CompletionTarget is what there is to say of closed, by baseline; nil where the
	// portfolio states none, as SatisfactionTarget is.
	CompletionTarget   *[len(baselines)]Target
	SatisfactionTarget *Target
	// Notes are those of the options, then lines on what was left out, or looks wrong.
	Notes []string

	o        Options
	s        *portfolio.Snapshot
	days     cal.Period // of the years
	subjects []*subject // by name
	// rebased says that some approved baseline is another than the original; where none
	// is, one of the two says it all.
	rebased bool
	byKey   map[group.Key][]*subject
}

// subject is a program, or what surveys say is one, with all that is known of it.
type subject struct {
	name, owner, team, theme string
	verdicts                 [len(baselines)][len(forms)]*Verdict // nil where there is none
	rows                     []*Row                               // of the years
}

// Analyse judges programs and reads surveys. There is at most one input for a program; a
// sound program without one has no baseline.
func Analyse(s *portfolio.Snapshot, inputs []Input, o Options) *Analysis {
	a := &Analysis{o: o, s: s, days: s.Fiscal.RangePeriod(o.Years), Notes: slices.Clone(o.Notes)}
	a.unknown()
	by := map[string]*subject{}
	a.programs(inputs, by)
	for _, r := range a.rows() {
		if !a.days.Contains(r.last) {
			continue
		}
		x := by[r.Program]
		if x == nil {
			x = &subject{name: r.Program}
			if p := s.Program(r.Program); p != nil {
				x.owner, x.team, x.theme = p.Owner, p.Team, p.Theme
			}
			by[r.Program] = x
		}
		x.rows, a.Rows = append(x.rows, r), append(a.Rows, r)
	}
	for _, x := range by {
		a.subjects = append(a.subjects, x)
	}
	slices.SortFunc(a.subjects, func(x, y *subject) int { return strings.Compare(x.name, y.name) })
	a.Total = a.figures(a.subjects, a.days, true)
	a.periods()
	a.groups()
	a.targets()
	return a
}

// unknown says what is not there since it is private.
func (a *Analysis) unknown() {
	private := func(kind portfolio.External, some bool) (none []staffing.Reason) {
		switch {
		case !a.s.Absent(kind):
			return nil
		case some:
			a.Partial = append(a.Partial, staffing.Because(0, "%s is private: an overlay that is not joined may have more", kind)...)
			return nil
		}
		return []staffing.Reason{staffing.Private}
	}
	a.CompletionUnknown = private(portfolio.ExternalProgram, len(a.s.Programs) > 0)
	a.SatisfactionUnknown = private(portfolio.ExternalSurvey, len(a.s.Surveys) > 0)
}

// programs judges those that are chosen.
func (a *Analysis) programs(inputs []Input, by map[string]*subject) {
	take := func(in *Input) {
		x := &subject{name: in.name(), owner: in.Owner, team: in.Team}
		if p := in.Program; p != nil {
			x.owner, x.team, x.theme = p.Owner, p.Team, p.Theme
		}
		by[x.name] = x
		for _, b := range baselines {
			x.verdicts[b] = a.judge(in, b)
		}
		a.rebased = a.rebased || in.Original != in.Approved
	}
	there := map[string]*Input{}
	for i := range inputs {
		in := &inputs[i]
		if in.Program != nil {
			there[in.name()] = in
		} else if in.Committed && a.selectsGone(in.Name, in.Owner, in.Team) {
			take(in)
		}
	}
	for _, p := range a.s.Programs {
		if a.s.Selects(a.o.Selector, p.Subject(), nil) {
			take(cmp.Or(there[p.Meta.Name], &Input{Program: p}))
		}
	}
}

// selectsGone reports whether a program is chosen that the portfolio does not have: its
// name and whose it was are all that is known of it.
func (a *Analysis) selectsGone(name, owner, team string) bool {
	if len(a.s.Programs) == 0 {
		return true
	}
	fields := map[string]string{"kind": "program", "name": name, "program": name, "owner": owner, "team": team}
	anyone := a.s.Programs[0].Subject() // it is asked for nothing
	return a.s.Selects(a.o.Selector, anyone, func(key string) (string, bool) { return fields[key], true })
}

// figures are those of some subjects in a period.
func (a *Analysis) figures(list []*subject, days cal.Period, whole bool) Figures {
	var t tally
	for _, x := range list {
		x := answers(x, days)
		t.add(&x)
	}
	return Figures{completion(list, days, whole), t.score()}
}

// any reports whether there is something of the figures.
func (f *Figures) any() bool {
	for _, b := range baselines {
		for _, form := range forms {
			if r := f.Completion.Rate(b, form); r.Of()+len(r.LeftOut) > 0 {
				return true
			}
		}
	}
	return f.Satisfaction.N+f.Satisfaction.HiddenSurveys > 0
}

func (a *Analysis) periods() {
	var before *Period
	var earlier cal.Period
	a.Periods = make([]Period, len(a.o.Buckets))
	for i, b := range a.o.Buckets {
		p := &a.Periods[i]
		p.Name, p.Figures = b.Name, a.figures(a.subjects, b.Period, false)
		if before != nil {
			p.Change = change(before.Name, &before.Satisfaction, &p.Satisfaction)
			p.Alike = a.alike(before.Name, earlier, b.Period)
		}
		if p.Satisfaction.All.CSAT.Known() {
			before, earlier = p, b.Period
		}
	}
}

// alike is the change of the programs with a CSAT in both periods, nil where none has.
func (a *Analysis) alike(name string, before, now cal.Period) *Change {
	var sums [2]tally
	for _, x := range a.subjects {
		was, is := answers(x, before), answers(x, now)
		if was.all.n > 0 && is.all.n > 0 {
			sums[0].add(&was)
			sums[1].add(&is)
		}
	}
	was, is := sums[0].score(), sums[1].score()
	return change(name, &was, &is)
}

// answers are those of a subject in a period, as far as they are shown.
func answers(x *subject, days cal.Period) (t tally) {
	for _, r := range x.rows {
		if days.Contains(r.last) {
			t.add(&r.tally)
		}
	}
	return t
}

// targets compares the years with what the portfolio aims at.
func (a *Analysis) targets() {
	if a.s.Unconfigured {
		return
	}
	if t := a.s.Config.Targets.CompletionRate; t != nil {
		a.CompletionTarget = new([len(baselines)]Target)
		for _, b := range baselines {
			a.CompletionTarget[b] = Target{*t, met(a.Total.Completion.Rate(b, Closed).Value(), *t)}
		}
	}
	if t := a.s.Config.Targets.Satisfaction; t != nil {
		a.SatisfactionTarget = &Target{*t, met(a.Total.Satisfaction.All.CSAT, *t)}
	}
}

// met reports whether a part is the target or more; nil where it is unknown.
func met(part ratio.Ratio, target portfolio.Percent) *bool {
	if !part.Known() {
		return nil
	}
	return new(part.Cmp(share(target)) >= 0)
}

// texts is never null.
func texts(reasons []staffing.Reason) []string {
	list := make([]string, len(reasons))
	for i, r := range reasons {
		list[i] = r.String()
	}
	return list
}
