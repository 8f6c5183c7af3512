package portfolio

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/source"
)

// StaffingLine allocates people to a program: a person, or, as demand, a team
// and/or a role.
type StaffingLine struct {
	Origin     source.Origin  `yaml:"-"`
	Person     string         `yaml:"person"` // the id of a person; "" for demand
	Team       string         `yaml:"team"`
	Role       string         `yaml:"role"`
	Level      string         `yaml:"level"`
	Location   string         `yaml:"location"`
	FTE        MilliFTE       `yaml:"fte"`
	From       cal.DayOrMonth `yaml:"from"` // its First is the first day
	To         cal.DayOrMonth `yaml:"to"`   // its Last is the last day, inclusive
	Milestone  MilestoneRef   `yaml:"milestone"`
	Capitalise Percent        `yaml:"capitalise"` // part of the cost that is capex; default 0%
}

// Period returns the days of the line, half-open.
func (l *StaffingLine) Period() cal.Period { return cal.Through(l.From.First(), l.To.Last()) }
