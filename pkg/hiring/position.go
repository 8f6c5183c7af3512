package hiring

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/staffing"
)

// Position is a seat, and the search for who takes it.
type Position struct {
	*portfolio.Position
	Plan *portfolio.HeadcountPlan
	// Effective is the first day for which it is budgeted.
	Effective cal.Date
	// Begin is the day on which somebody starts or did: the start that is stated; else of
	// a filled one zero, and of one to be filled what the plan expects, as-of where that
	// has passed. Zero where it is cancelled or on hold.
	Begin cal.Date
	// Passed says that what the plan expects has passed, so that Slip grows day by day.
	Passed bool
	// Late says that it is to be filled and was budgeted for a day before as-of.
	Late bool
	// Slip is Begin − Effective; nil where Begin is zero.
	Slip *cal.Days
	// TimeToFill is start − openedOn, Open as-of − openedOn of one to be filled; nil
	// where a day is not known, and Open where it lies ahead.
	TimeToFill, Open *cal.Days
	// Saving is what the position costs from Effective up to the day before Begin,
	// negative where Begin comes first.
	Saving Saving
	// ExpectedHires are how many hires the candidates in progress make, on average;
	// Chance is that of at least one. Unknown where nobody is searched for, no order
	// of stages is declared, or too few candidates were decided at some stage.
	ExpectedHires, Chance ratio.Ratio
	// Decided is the fewest candidates that were decided at a stage, on which these rest.
	Decided int
	// Forecast is when somebody may start; nil where there is no telling, and
	// NoForecast then says why.
	Forecast   *Forecast
	NoForecast string
	// Before is what the baseline says of it; nil without one.
	Before *Before

	pipeline pipeline
	parts    []part // of Saving
}

func newPosition(c seat, asOf cal.Date) *Position {
	p := &Position{
		Position: c.Position, Plan: c.plan, Effective: c.Effective.First(),
		pipeline: pipelineOf(c.Position),
	}
	p.Begin = begin(c.Position, asOf)
	if p.Begin != 0 && p.Start != 0 && p.OpenedOn != 0 {
		p.TimeToFill = new(p.Start.Sub(p.OpenedOn))
	}
	if p.Status.Unfilled() {
		p.Late = p.Effective < asOf
		p.Passed = stated(c.Position) < p.Begin
		if p.OpenedOn != 0 && p.OpenedOn <= asOf {
			p.Open = new(asOf.Sub(p.OpenedOn))
		}
	}
	p.Slip = slip(c.Position, p.Begin)
	return p
}

// begin is the day on which a position was filled, or is expected to be on a day: zero
// where nobody says, and where it is cancelled or on hold.
func begin(p *portfolio.Position, asOf cal.Date) cal.Date {
	switch {
	case !p.Status.InPlan():
		return 0
	case p.Start != 0 || p.Status == portfolio.PositionFilled:
		return p.Start
	}
	return staffing.ExpectedStart(p, asOf)
}

// stated is begin as the plan has it, whatever day it is.
func stated(p *portfolio.Position) cal.Date { return begin(p, 0) }

// slip is how long after the day for which it is budgeted a position begins; nil where
// it is not known when it does.
func slip(p *portfolio.Position, begins cal.Date) *cal.Days {
	if begins == 0 {
		return nil
	}
	return new(begins.Sub(p.Effective.First()))
}

// opened reports whether somebody is searched for, or found and not there yet.
func (p *Position) opened() bool {
	switch p.Status {
	case portfolio.PositionOpen, portfolio.PositionOffered:
		return true
	}
	return p.Status.Unfilled() && p.OpenedOn != 0
}
