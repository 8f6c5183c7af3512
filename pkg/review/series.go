package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/portfolio"
)

// UID names an occurrence among all there are, for calendars: it stays the same when the
// review is held, and when a holiday moves it.
func (x *Series) UID(o *Occurrence) string {
	return fmt.Sprintf("review-%s-%s-%s", x.Kind, x.Name, o.Scheduled)
}

// Title is what people call what is reviewed.
func (x *Series) Title() string {
	if x.Program != nil {
		return x.Program.Meta.Display()
	}
	return x.Name
}

// Summary is what a calendar calls a review.
func (x *Series) Summary() string {
	if x.Program != nil {
		return "Review of " + x.Title()
	}
	return strings.ToUpper(x.Name[:1]) + strings.ReplaceAll(x.Name[1:], "-", " ")
}

// Recurs is how often, as it is written.
func (x *Series) Recurs() string {
	switch {
	case !x.Schedule.Every.IsZero():
		return x.Schedule.Every.String()
	case x.Program != nil:
		return x.Program.Reviews.RRule
	}
	return x.Cadence.RRule
}

// In are the occurrences of a state, in order.
func (x *Series) In(state State) (list []Occurrence) {
	for _, o := range x.Occurrences {
		if o.State == state {
			list = append(list, o)
		}
	}
	return list
}

// Find returns the series of that name, or nil; a program comes before a cadence. One
// that is not due to be reviewed, or nobody can tell when, has one without a schedule.
func (a *Analysis) Find(name string) *Series {
	for _, x := range a.Series {
		if x.Name == name {
			return x
		}
	}
	x := &Series{Kind: OfProgram, Name: name}
	if p := a.s.Program(name); p != nil {
		if !a.s.Sound(p.Subject()) {
			return nil
		}
		if x.Program, x.Subject = p, p.Subject(); p.Reviews != nil {
			x.Attendees = p.Reviews.Attendees
		}
	} else {
		i := slices.IndexFunc(a.s.Config.Cadences, func(c *portfolio.Cadence) bool { return c.ID == name })
		if i < 0 {
			return nil
		}
		x.Kind, x.Cadence, x.Subject = OfCadence, a.s.Config.Cadences[i], cadenceSubject(a.s, name)
		x.Attendees = x.Cadence.Attendees
	}
	if held := a.held[key{x.Kind, name}]; len(held) > 0 {
		x.Last = held[len(held)-1]
	}
	return x
}

// cadenceSubject is how findings name a cadence.
func cadenceSubject(s *portfolio.Snapshot, id string) string {
	return "portfolio/" + s.Config.Meta.Name + "/cadence/" + id
}

// Names are those of what can be reviewed: programs, then cadences.
func Names(s *portfolio.Snapshot) (list []string) {
	for _, p := range s.Programs {
		list = append(list, p.Meta.Name)
	}
	for _, c := range s.Config.Cadences {
		list = append(list, c.ID)
	}
	return list
}
