// Package slip compares the dates of milestones and programs with what history
// says of them: baselines, moves, finish and variance. It knows a Snapshot, its
// History and a day; formulas and terms are those of the project's model.
package slip

import (
	"cmp"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Options is what an analysis needs beside the portfolio and its history.
type Options struct {
	// AsOf is what day it is.
	AsOf cal.Date
	// Baseline, where it is not nil, takes the place of what history says of
	// baselines: they are what was due there, unknown for what was not there.
	Baseline *portfolio.Snapshot
}

// Analysis is what there is to say of all dates.
type Analysis struct {
	// Milestones and Programs are sorted by id. Those of programs that do not
	// validate are left out.
	Milestones, Programs []*Record

	byID map[history.ID]*Record
}

// Record is a milestone or a program. A zero date is unknown, or not stated.
type Record struct {
	ID history.ID
	// Milestone and Program are what the record is about; both are nil where it is
	// descoped, Milestone alone where it is about a program.
	Milestone *portfolio.Milestone
	Program   *portfolio.Program
	Track     *history.Track // nil without history

	Title, Owner, Team string
	// Status is as stated; empty where it is descoped.
	Status string
	// Original is the due date of the first version in which it exists and its
	// program is approved or active, or of the first version at all; Baseline is
	// the one approved explicitly, else Original.
	Original, Baseline cal.Date
	// Due is the committed date; of what is descoped, LastDue alone is known.
	Due, LastDue, Forecast, Completed cal.Date
	// Finish is Completed if it is done, else the latest of Forecast, Due and, once
	// that has passed, as-of; zero where it is cancelled or descoped.
	Finish cal.Date
	// Overdue is how many days ago it was due; 0 where it is not overdue.
	Overdue cal.Days
	// Moves are all changes of Due, oldest first.
	Moves []Move
	// Descoped says that it was there once and is not any more.
	Descoped bool

	// Set is the version that set Original; nil without history.
	Set *history.Version

	workdays cal.WorkDays
	open     bool
	rebased  bool // both baselines are those of another revision
}

// Move is a version in which Due differs from the one before.
type Move struct {
	Version  *history.Version
	From, To cal.Date
	// Reason is dueReason where it changed too, else what the commit message gives.
	Reason string
	// Draft moves were made before the baseline was set, and count in no sum.
	Draft bool
}

// Subject is how findings name the milestone or program.
func (r *Record) Subject() string {
	if r.ID.Milestone == "" {
		return "program/" + r.ID.Program
	}
	return "program/" + r.ID.Program + "/milestone/" + r.ID.Milestone
}

// Days is how far it moved, in calendar days; positive is later.
func (m Move) Days() cal.Days { return m.To.Sub(m.From) }

// Notice is how many days before the old date it was moved; negative is after it.
func (m Move) Notice() cal.Days { return m.From.Sub(m.Version.Day) }

// Variance is Finish less Baseline, in calendar and in working days; positive is
// late. It is false where either is unknown.
func (r *Record) Variance() (days cal.Days, workdays cal.WorkDays, known bool) {
	if r.Finish.IsZero() || r.Baseline.IsZero() {
		return 0, 0, false
	}
	return r.Finish.Sub(r.Baseline), r.workdays, true
}

// Counted are the moves since the baseline was set.
func (r *Record) Counted() []Move {
	i := 0
	for i < len(r.Moves) && r.Moves[i].Draft {
		i++
	}
	return r.Moves[i:]
}

// NetSlip is where the due date is, or was last, less Original, in calendar days; 0
// where that is unknown.
func (r *Record) NetSlip() (sum cal.Days) {
	if r.rebased {
		if r.Original.IsZero() {
			return 0
		}
		return r.LastDue.Sub(r.Original)
	}
	for _, m := range r.Counted() {
		sum += m.Days()
	}
	return sum
}

// Churn is how far the due date went, there and back, in calendar days.
func (r *Record) Churn() (sum cal.Days) {
	for _, m := range r.Counted() {
		sum += max(m.Days(), -m.Days())
	}
	return sum
}

// Record returns that of a milestone or a program, or nil.
func (a *Analysis) Record(id history.ID) *Record { return a.byID[id] }

// Analyse looks at all milestones and programs that there are and, with a history,
// at those that there were. Without one, baselines are what is stated explicitly,
// else due.
func Analyse(s *portfolio.Snapshot, h *history.History, o Options) *Analysis {
	a := &Analysis{byID: map[history.ID]*Record{}}
	for _, g := range s.Programs {
		if !s.Sound(g.Subject()) {
			continue
		}
		id := history.ID{Program: g.Meta.Name}
		a.Programs = append(a.Programs, programRecord(s, o, g, h.Track(id)))
		for _, m := range g.Milestones {
			a.Milestones = append(a.Milestones, milestoneRecord(s, o, m, h.Track(history.ID{Program: id.Program, Milestone: m.ID})))
		}
	}
	for _, t := range h.Tracks() {
		if t.Last().Present || there(s, t.ID) { // still, and above unless it does not validate; or now in an overlay
			continue
		}
		r := descoped(t)
		if o.Baseline != nil && due(o.Baseline, t.ID).IsZero() {
			continue // it was gone before
		}
		if t.ID.Milestone == "" {
			a.Programs = append(a.Programs, r)
		} else {
			a.Milestones = append(a.Milestones, r)
		}
	}
	for _, list := range [][]*Record{a.Programs, a.Milestones} {
		slices.SortFunc(list, func(x, y *Record) int { return x.ID.Compare(y.ID) })
		for _, r := range list {
			a.byID[r.ID] = r
			if o.Baseline != nil {
				r.Original = due(o.Baseline, r.ID)
				r.Baseline, r.rebased = r.Original, true
			}
			if !r.Finish.IsZero() && !r.Baseline.IsZero() {
				r.workdays = s.Calendar.Workdays(r.Baseline, r.Finish)
			}
		}
	}
	return a
}

func milestoneRecord(s *portfolio.Snapshot, o Options, m *portfolio.Milestone, t *history.Track) *Record {
	r := &Record{
		ID: history.ID{Program: m.Program.Meta.Name, Milestone: m.ID}, Milestone: m, Program: m.Program, Title: m.Title,
		Status: string(m.Status), Due: m.Due, Forecast: m.Forecast, Completed: m.Completed,
		open: m.Open() && m.Program.Status != portfolio.ProgramCancelled,
	}
	r.Owner, r.Team = m.Responsible()
	if m.Status == portfolio.MilestoneDone {
		r.Finish = m.Completed
	}
	r.complete(s, o, t, m.Baseline)
	return r
}

func programRecord(s *portfolio.Snapshot, o Options, g *portfolio.Program, t *history.Track) *Record {
	r := &Record{
		ID: history.ID{Program: g.Meta.Name}, Program: g, Title: cmp.Or(g.Meta.Title, g.Meta.Name), Owner: g.Owner, Team: g.Team,
		Status: string(g.Status), Due: g.Due, Completed: g.Completed, open: !g.Status.Over(),
	}
	if g.Status == portfolio.ProgramCompleted {
		r.Finish = g.Completed
	}
	r.complete(s, o, t, g.Baseline)
	return r
}

// complete derives what milestones and programs have in common.
func (r *Record) complete(s *portfolio.Snapshot, o Options, t *history.Track, explicit cal.Date) {
	r.LastDue = r.Due
	r.Original = r.Due
	if t != nil {
		r.follow(t)
	}
	r.Baseline = cmp.Or(explicit, r.Original)
	if !r.open {
		return
	}
	r.Finish = max(r.Due, r.Forecast)
	if r.Finish.Before(o.AsOf) {
		r.Finish = o.AsOf
	}
	if r.Due.Add(cal.Days(s.Config.Policy.OverdueGrace)).Before(o.AsOf) {
		r.Overdue = o.AsOf.Sub(r.Due)
	}
}

// descoped is the record of something that is not there any more.
func descoped(t *history.Track) *Record {
	last := t.Last()
	r := &Record{ID: t.ID, Title: last.Title, Owner: last.Owner, Team: last.Team, LastDue: last.Due, Descoped: true}
	r.follow(t)
	r.Baseline = cmp.Or(last.Baseline, r.Original)
	return r
}

// follow reads the original baseline and the moves out of a track.
func (r *Record) follow(t *history.Track) {
	r.Track = t
	set := slices.IndexFunc(t.Points, func(p history.Point) bool { return p.Present && p.Committed })
	set = max(set, 0)
	r.Original, r.Set = t.Points[set].Due, t.Points[set].Version
	for i := 1; i < len(t.Points); i++ {
		before, p := t.Points[i-1], t.Points[i]
		if !p.Present || p.Due == before.Due {
			continue
		}
		m := Move{Version: p.Version, From: before.Due, To: p.Due, Draft: i <= set}
		if p.Reason != before.Reason {
			m.Reason = p.Reason
		}
		m.Reason = cmp.Or(m.Reason, p.Version.Reason(t.ID))
		r.Moves = append(r.Moves, m)
	}
}

// due is when something is due in a portfolio; zero where it is not there.
func due(s *portfolio.Snapshot, id history.ID) cal.Date {
	g := s.Program(id.Program)
	if g == nil {
		return 0
	}
	if id.Milestone == "" {
		return g.Due
	}
	if m := g.Milestone(id.Milestone); m != nil {
		return m.Due
	}
	return 0
}

// there reports whether a portfolio has something, whether it validates or not.
func there(s *portfolio.Snapshot, id history.ID) bool {
	g := s.Program(id.Program)
	return g != nil && (id.Milestone == "" || g.Milestone(id.Milestone) != nil)
}
