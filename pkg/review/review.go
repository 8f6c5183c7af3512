package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
	"github.com/progctl/progctl/pkg/staffing"
)

// Options says what an analysis is asked for.
type Options struct {
	// AsOf is what day it is. Reviews of later days have not taken place.
	AsOf cal.Date
	// From and Until, both inclusive, are the days whose reviews are listed; Until is at
	// most MostYears after AsOf. A zero From is a year before AsOf, a zero Until AsOf.
	From, Until cal.Date
	// Selector chooses programs, and cadences by the keys of Fields.
	Selector portfolio.Selector
	// Names chooses programs and cadences by name; none chooses all.
	Names []string
}

// MostYears is how far ahead reviews are looked for.
const MostYears = 10

// Fields are the keys of selectors that cadences have, beside those of documents.
var Fields = []string{"agenda", "cadence"}

// Kind is what is reviewed.
type Kind string

// The kinds.
const (
	OfProgram Kind = "program"
	OfCadence Kind = "cadence" // of the portfolio
)

// State is what became of a review that was due.
type State string

// The states. Of one that is due on the day of the report and has no document, nothing
// is said yet.
const (
	Held     State = "held"
	Missed   State = "missed"
	Upcoming State = "upcoming"
	// Unknown is one of the past that has no document here, where documents may be
	// private.
	Unknown State = "unknown"
)

// Occurrence is a review that is due on a day.
type Occurrence struct {
	Due
	State State
	// Review are its minutes; nil where it was not held.
	Review *portfolio.Review
}

// Series is all reviews of a program, or of a cadence of the portfolio.
type Series struct {
	Kind    Kind
	Name    string
	Program *portfolio.Program // nil of a cadence
	Cadence *portfolio.Cadence // nil of a program
	// Subject is how findings name it.
	Subject   string
	Schedule  Schedule
	Attendees []string
	// Occurrences are those from Options.From to Until, in order.
	Occurrences []Occurrence
	// Next is the first one from as-of on that is not held, Following the one after it;
	// nil where there is none.
	Next, Following *Occurrence
	// Last is the newest review by as-of, for whatever day; nil where there was none.
	Last *portfolio.Review
	// Extra are the reviews from Options.From to Until that took place beside the
	// schedule.
	Extra []*portfolio.Review
}

// Idle is a program that is not due to be reviewed.
type Idle struct {
	Program *portfolio.Program
	// Scheduled says that it would be, if it were active; else it is active, and nothing
	// says when.
	Scheduled bool
}

// Analysis is when reviews are due, and what became of them.
type Analysis struct {
	Options
	// Series are those that are due, programs by name, then cadences by id.
	Series []*Series
	// Idle are the programs that are not, by name.
	Idle []Idle
	// Unknown says why it is not known which reviews took place.
	Unknown []staffing.Reason
	// Problems are schedules that cannot be read, with their places; what they belong to
	// is not in Series.
	Problems []diag.Diagnostic

	s *portfolio.Snapshot
	// held are the reviews that took place by as-of, by date, then name.
	held map[key][]*portfolio.Review
}

// key names what is reviewed.
type key struct {
	kind Kind
	name string
}

func keyOf(r *portfolio.Review) key {
	if r.Program != "" {
		return key{OfProgram, r.Program}
	}
	return key{OfCadence, r.Cadence}
}

// Analyse finds out when the programs that are active, and the cadences, are reviewed.
func Analyse(s *portfolio.Snapshot, o Options) *Analysis {
	if o.From.IsZero() {
		o.From = o.AsOf.Add(-365)
	}
	o.Until = min(max(o.Until, o.AsOf), o.AsOf.Add(MostYears*366))
	a := &Analysis{Options: o, s: s, held: map[key][]*portfolio.Review{}}
	if s.Absent(portfolio.ExternalReview) {
		a.Unknown = []staffing.Reason{staffing.Private}
	}
	for _, r := range s.Reviews {
		if !r.Date.IsZero() && r.Date <= o.AsOf {
			a.held[keyOf(r)] = append(a.held[keyOf(r)], r)
		}
	}
	for _, list := range a.held {
		slices.SortFunc(list, func(x, y *portfolio.Review) int {
			return cmp.Or(cmp.Compare(x.Date, y.Date), strings.Compare(x.Meta.Name, y.Meta.Name))
		})
	}
	var locator source.Locator
	a.programs(&locator)
	a.cadences(&locator)
	return a
}

func (a *Analysis) programs(locator *source.Locator) {
	for _, p := range a.s.Programs {
		if !a.s.Sound(p.Subject()) || !a.chooses(key{OfProgram, p.Meta.Name}) {
			continue
		}
		plan := p.Reviews
		scheduled := plan != nil && (!plan.Every.IsZero() || plan.RRule != "")
		if active := p.Status == portfolio.ProgramActive; !scheduled || !active {
			if scheduled || active {
				a.Idle = append(a.Idle, Idle{p, scheduled})
			}
			continue
		}
		x := &Series{Kind: OfProgram, Name: p.Meta.Name, Program: p, Subject: p.Subject(), Attendees: plan.Attendees}
		x.Schedule = Schedule{Every: plan.Every, Start: p.Start}
		if p.Due >= a.AsOf { // one that is late goes on
			x.Schedule.End = p.Due
		}
		if a.read(x, plan.RRule, p.Origin.At("reviews", "rrule"), locator) {
			a.add(x)
		}
	}
}

func (a *Analysis) cadences(locator *source.Locator) {
	for _, c := range a.s.Config.Cadences {
		if c.Every.IsZero() && c.RRule == "" || !a.chooses(key{OfCadence, c.ID}) {
			continue
		}
		x := &Series{Kind: OfCadence, Name: c.ID, Cadence: c, Subject: cadenceSubject(a.s, c.ID), Attendees: c.Attendees}
		x.Schedule = Schedule{Every: c.Every, Start: c.Start}
		if a.read(x, c.RRule, c.Origin.At("rrule"), locator) {
			a.add(x)
		}
	}
	slices.SortStableFunc(a.Series, func(x, y *Series) int {
		return cmp.Or(-strings.Compare(string(x.Kind), string(y.Kind)), strings.Compare(x.Name, y.Name))
	})
}

// read takes the recurrence rule of a series, if it has one; it is false where that
// cannot be read.
func (a *Analysis) read(x *Series, text string, at source.Place, locator *source.Locator) bool {
	if text == "" {
		return true
	}
	rule, err := ParseRule(text)
	if err != nil {
		a.Problems = append(a.Problems, diag.Diagnostic{
			Location: locator.Locate(at), Code: CodeRule, Severity: diag.Error, Subject: x.Subject, Key: "rrule",
			Message: fmt.Sprintf("%s %q: %s", x.Kind, x.Name, err),
			Detail:  "write a rule of RFC 5545 over days, such as FREQ=MONTHLY;BYDAY=1MO, or every: month on 1st Mon",
		})
		return false
	}
	x.Schedule.Every, x.Schedule.Rule = cal.Cadence{}, rule
	return true
}

// CodeRule is the code of a recurrence rule that cannot be read: a value is not spelt as
// its field wants it.
const CodeRule = "SCH007"

// chooses reports whether options choose a program or a cadence; one that the portfolio
// does not have is chosen by name alone.
func (a *Analysis) chooses(k key) bool {
	if len(a.Names) > 0 && !slices.Contains(a.Names, k.name) {
		return false
	}
	if k.kind == OfProgram {
		return a.s.Selects(a.Selector, "program/"+k.name, func(name string) (string, bool) { return "", slices.Contains(Fields, name) })
	}
	own := map[string]string{"kind": "cadence", "name": k.name, "cadence": k.name}
	for _, c := range a.s.Config.Cadences {
		if c.ID == k.name {
			own["agenda"] = string(c.Agenda)
		}
	}
	return a.s.Selects(a.Selector, "portfolio/"+a.s.Config.Meta.Name, func(name string) (string, bool) {
		return own[name], slices.Contains(portfolio.SelectorFields, name) || own[name] != ""
	})
}

// ahead are the first and the last attempt to find the next reviews, in days: most recur
// within a few months.
var ahead = [...]cal.Days{400, MostYears * 366}

// add finds the reviews of a series.
func (a *Analysis) add(x *Series) {
	held := a.held[key{x.Kind, x.Name}]
	if len(held) > 0 {
		x.Last = held[len(held)-1]
	}
	// which day a review is held for depends on the days beside it: all are looked at, so
	// that the answer does not depend on what is asked for
	first := x.Schedule.Start
	begin := first
	if begin.IsZero() {
		begin = a.s.Fiscal.Period(a.s.Fiscal.YearOf(a.AsOf)).From
		if len(held) > 0 {
			begin = min(begin, held[0].Date)
		}
		first = begin.Add(-2 * 366)
	}
	var all []Occurrence
	for _, days := range ahead {
		due := x.Schedule.Days(a.s, cal.Through(first, max(a.Until, a.AsOf.Add(days))))
		all = slices.DeleteFunc(a.judge(due, match(due, held)), func(o Occurrence) bool { return o.On < begin && o.Review == nil })
		x.Next, x.Following = nil, nil
		for i := range all {
			switch o := &all[i]; {
			case o.State != Upcoming:
			case x.Next == nil:
				x.Next = o
			case x.Following == nil:
				x.Following = o
			}
		}
		if x.Following != nil {
			break
		}
	}
	within := cal.Through(a.From, a.Until)
	for _, o := range all {
		if within.Contains(o.On) {
			x.Occurrences = append(x.Occurrences, o)
		}
	}
	for _, r := range held {
		if within.Contains(r.Date) && !slices.ContainsFunc(all, func(o Occurrence) bool { return o.Review == r }) {
			x.Extra = append(x.Extra, r)
		}
	}
	a.Series = append(a.Series, x)
}
