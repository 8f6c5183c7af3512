package hiring

import (
	"math/big"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/portfolio"
)

// enough is how many candidates have to be decided at every stage for conversions to
// count, of one role or of all, and enoughTimes how many seats of one role have to be
// filled, for its times to fill to.
const (
	enough      = 5
	enoughTimes = 3
)

// model is what all positions of a portfolio and their history show, whichever of them
// are chosen: a forecast is the same in every report.
type model struct {
	asOf     cal.Date
	calendar *cal.WorkCalendar
	stages   []string // that are declared, in order
	all      pipeline
	roles    map[string]pipeline
	times    *curve
	roleTime map[string]*curve // by role
	visits   map[string]visits // by stage, from history
	lags     []cal.Days        // from the last stage to the first day of work, ascending
	// pool are candidates who entered the first stage, over days on which seats with a
	// pipeline were open.
	pool struct{ entered, days int }
}

// visits are the candidates of a stage over time: the days that all of them together
// were in progress, and how many were decided.
type visits struct{ days, decided int }

func observe(s *portfolio.Snapshot, asOf cal.Date, tracks []*history.PositionTrack) *model {
	m := &model{
		asOf: asOf, calendar: s.Calendar, all: pipeline{}, roles: map[string]pipeline{},
		roleTime: map[string]*curve{}, visits: map[string]visits{},
	}
	var all []search
	byRole := map[string][]search{}
	for _, stage := range s.Config.HiringStages {
		m.stages = append(m.stages, stage.ID)
	}
	for _, c := range seats(s) {
		p := pipelineOf(c.Position)
		m.all.add(p)
		if m.roles[c.Role] == nil {
			m.roles[c.Role] = pipeline{}
		}
		m.roles[c.Role].add(p)
		if c.OpenedOn == 0 || !c.Status.InPlan() {
			continue
		}
		until, filled := asOf, c.Status == portfolio.PositionFilled
		if filled {
			until = c.Start
		}
		if until == 0 || !filled && until < c.OpenedOn {
			continue
		}
		x := search{until.Sub(c.OpenedOn), filled}
		all, byRole[c.Role] = append(all, x), append(byRole[c.Role], x)
		if len(m.stages) > 0 && p[m.stages[0]].Entered > 0 && until > c.OpenedOn {
			m.pool.entered += p[m.stages[0]].Entered
			m.pool.days += int(until.Sub(c.OpenedOn))
		}
	}
	m.times = newCurve(all)
	for role, list := range byRole {
		m.roleTime[role] = newCurve(list)
	}
	for _, t := range tracks {
		m.follow(t)
	}
	slices.Sort(m.lags)
	return m
}

// follow reads from the history of a position how long its candidates were in progress,
// how many were decided, and how long after the last stage somebody started.
func (m *model) follow(t *history.PositionTrack) {
	changes := events(t)
	for _, e := range changes {
		for id, c := range e.pipeline {
			if !e.undated {
				v := m.visits[id]
				v.decided += c.Decided()
				m.visits[id] = v
			}
		}
	}
	for i := range t.Points {
		p := &t.Points[i]
		until := m.asOf
		if i+1 < len(t.Points) {
			until = t.Points[i+1].Version.Day
		}
		days := int(max(0, until.Sub(p.Version.Day)))
		if !p.Present || !portfolio.PositionStatus(p.Status).Unfilled() {
			continue // nobody is in progress where nobody is searched for
		}
		for id, c := range stagesOf(p) {
			v := m.visits[id]
			v.days += days * max(0, c.InProgress())
			m.visits[id] = v
		}
	}
	last := t.Last()
	if last.Start == 0 || portfolio.PositionStatus(last.Status) != portfolio.PositionFilled || len(m.stages) == 0 {
		return
	}
	var passed cal.Date
	for _, e := range changes {
		if c := e.pipeline[m.stages[len(m.stages)-1]]; !e.undated && c.Passed > 0 {
			passed = e.day
		}
	}
	if passed != 0 { // who is entered after having started has no lag
		m.lags = append(m.lags, max(0, last.Start.Sub(passed)))
	}
}

// conversions returns those of the declared stages for a role, and the fewest candidates
// that were decided at one; nil where too few were.
func (m *model) conversions(role string) (c []*big.Rat, decided int) {
	from := m.roles[role]
	if decided = m.decided(from); decided < enough {
		from = m.all
		decided = m.decided(from)
	}
	if decided < enough {
		return nil, 0
	}
	for _, id := range m.stages {
		c = append(c, from[id].Conversion().Rat())
	}
	return c, decided
}

// decided is the fewest candidates that were decided at a declared stage.
func (m *model) decided(p pipeline) (fewest int) {
	for i, id := range m.stages {
		if n := p[id].Decided(); i == 0 || n < fewest {
			fewest = n
		}
	}
	return fewest
}
