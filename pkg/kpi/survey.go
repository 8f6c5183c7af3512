package kpi

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
)

// Row is what was answered about a program in a period.
type Row struct {
	Program string // "" where a survey names none
	Period  cal.PeriodName
	Score   Score
	// Change is since the period before that has a CSAT, of the same length, in whatever
	// year; nil where there is none.
	Change *Change

	tally tally // of what is shown
	last  cal.Date
}

// Change is how much a score moved.
type Change struct {
	From      string      // the period before
	CSAT, NPS ratio.Ratio // CSAT is in parts of 1, NPS in points
}

// change compares two scores; nil where one has no CSAT.
func change(from string, before, now *Score) *Change {
	if !before.All.CSAT.Known() || !now.All.CSAT.Known() {
		return nil
	}
	return &Change{from, now.All.CSAT.Sub(before.All.CSAT), now.NPS.Sub(before.NPS)}
}

// rows reads the surveys of the programs that are chosen, by program and period.
func (a *Analysis) rows() []*Row {
	type key struct {
		program string
		period  cal.PeriodName
	}
	raw := map[key]*tally{}
	var keys []key
	for _, s := range a.s.Surveys {
		if !a.choosesSurvey(s) {
			continue
		}
		k := key{s.Program, s.Period}
		if raw[k] == nil {
			raw[k] = new(tally)
			keys = append(keys, k)
		}
		t, notes := count(s)
		raw[k].add(&t)
		a.Notes = append(a.Notes, notes...)
	}
	last := func(k key) cal.Date { return k.period.Period(a.s.Fiscal).Last() }
	slices.SortFunc(keys, func(x, y key) int {
		return cmp.Or(strings.Compare(x.program, y.program), cmp.Compare(last(x), last(y)), strings.Compare(x.period.String(), y.period.String()))
	})
	var list []*Row
	before := map[bool]*Row{} // by whether it is a month
	for i, k := range keys {
		if i > 0 && keys[i-1].program != k.program {
			clear(before)
		}
		t := raw[k]
		r := &Row{Program: k.program, Period: k.period, tally: t.shown(), last: last(k)}
		r.Score = r.tally.score()
		r.Score.number(t)
		month := !k.period.Month.IsZero()
		if b := before[month]; b != nil {
			r.Change = change(b.Period.String(), &b.Score, &r.Score)
		}
		if r.Score.All.CSAT.Known() {
			before[month] = r
		}
		list = append(list, r)
	}
	return list
}

// choosesSurvey reports whether a survey counts, and notes why one does not that should.
func (a *Analysis) choosesSurvey(s *portfolio.Survey) bool {
	p := a.s.Program(s.Program)
	switch {
	case p != nil && !a.s.Selects(a.o.Selector, p.Subject(), nil):
		return false
	case p == nil && !a.selectsGone(s.Program, "", ""):
		return false
	}
	var why string
	switch days := s.Period.Period(a.s.Fiscal); {
	case !a.s.Sound("survey/" + s.Meta.Name):
		why = "it does not validate"
	case days.IsEmpty():
		why = "it states no period"
	case days.From > a.o.AsOf:
		why = fmt.Sprintf("%s begins after %s", s.Period, a.o.AsOf)
	default:
		return true
	}
	a.Notes = append(a.Notes, fmt.Sprintf("survey %q is left out: %s", s.Meta.Name, why))
	return false
}

// count counts the answers of one survey, and notes those that cannot be right.
func count(s *portfolio.Survey) (t tally, notes []string) {
	t.responses, t.surveys = len(s.Responses), 1
	if t.scale = *s.Scale; t.scale.Min >= t.scale.Max {
		notes = append(notes, fmt.Sprintf("survey %q has a scale from %d to %d: its scores are left out", s.Meta.Name, t.scale.Min, t.scale.Max))
	} else if t.scale.Max == t.scale.Min+1 {
		notes = append(notes, fmt.Sprintf("survey %q has a scale of two points, which are the top two: its CSAT says nothing", s.Meta.Name))
	}
	if s.Invited != nil {
		if t.invited = *s.Invited; t.invited < t.responses {
			notes = append(notes, fmt.Sprintf("survey %q has more responses (%s) than were invited (%s)", s.Meta.Name, grouped(t.responses), grouped(t.invited)))
		}
	} else {
		t.uncounted = true
	}
	outside := 0
	for i := range s.Responses {
		outside += t.respond(&s.Responses[i])
	}
	if outside > 0 && t.scale.Min < t.scale.Max {
		notes = append(notes, fmt.Sprintf("survey %q has %s outside of its scale, %d to %d: left out", s.Meta.Name, plural(outside, "score"), t.scale.Min, t.scale.Max))
	}
	return t, notes
}
