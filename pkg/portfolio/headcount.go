package portfolio

import (
	"cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/source"
)

// HeadcountPlan is the seats of a team in a fiscal year, filled or not.
type HeadcountPlan struct {
	Meta       Metadata       `yaml:"-"`
	Origin     source.Origin  `yaml:"-"`
	FiscalYear cal.FiscalYear `yaml:"fiscalYear"`
	Team       string         `yaml:"team"` // of every position that states none
	Positions  []*Position    `yaml:"positions"`
	Attrition  *Attrition     `yaml:"attrition"`
	Cap        *HeadcountCap  `yaml:"cap"`
	Waivers    []Waiver       `yaml:"waivers"`
}

// Position is a seat: neither the search for someone nor the person.
type Position struct {
	Origin        source.Origin          `yaml:"-"`
	ID            string                 `yaml:"id"`
	Team          string                 `yaml:"team"` // default: the plan's
	Role          string                 `yaml:"role"`
	Level         string                 `yaml:"level"`
	Location      string                 `yaml:"location"`
	FTE           MilliFTE               `yaml:"fte"` // above 0; default 1
	Type          PositionType           `yaml:"type"`
	Backfills     string                 `yaml:"backfills"` // the id of the person who had the seat
	Status        PositionStatus         `yaml:"status"`
	Effective     cal.DayOrMonth         `yaml:"effective"`     // budgeted from its First
	ExpectedStart cal.Date               `yaml:"expectedStart"` // zero: Effective
	Start         cal.Date               `yaml:"start"`         // when the person did start
	Person        string                 `yaml:"person"`        // the id of who fills it
	OpenedOn      cal.Date               `yaml:"openedOn"`
	Pipeline      map[string]StageCounts `yaml:"pipeline"` // by the id of a hiring stage
	Waivers       []Waiver               `yaml:"waivers"`
}

// PositionType says whether a seat adds to the headcount.
type PositionType string

// The types of position.
const (
	Growth   PositionType = "growth"
	Backfill PositionType = "backfill"
)

// PositionStatus is where a seat is between a plan and a person.
type PositionStatus string

// The statuses of positions.
const (
	PositionPlanned   PositionStatus = "planned"
	PositionApproved  PositionStatus = "approved"
	PositionOpen      PositionStatus = "open"
	PositionOnHold    PositionStatus = "on-hold"
	PositionOffered   PositionStatus = "offered"
	PositionFilled    PositionStatus = "filled"
	PositionCancelled PositionStatus = "cancelled"
)

// InPlan reports whether positions of this status are part of the plan: neither
// cancelled nor on hold.
func (s PositionStatus) InPlan() bool { return s != PositionCancelled && s != PositionOnHold }

// Unfilled reports whether positions of this status are still expected to be
// filled: planned, approved, open or offered.
func (s PositionStatus) Unfilled() bool { return s.InPlan() && s != PositionFilled }

// StageCounts are candidates at one stage of hiring. Those who entered and neither
// passed, were declined nor withdrew are in progress.
type StageCounts struct {
	Entered   int `yaml:"entered"`
	Passed    int `yaml:"passed"`
	Declined  int `yaml:"declined"`
	Withdrawn int `yaml:"withdrawn"`
}

// Attrition is how many unknown leavers a forecast expects.
type Attrition struct {
	AnnualRate Percent `yaml:"annualRate"`
}

// HeadcountCap is the most that a plan may reach; nil is no cap.
type HeadcountCap struct {
	Headcount *int           `yaml:"headcount"` // people at the end of the fiscal year
	Cost      *money.Decimal `yaml:"cost"`      // of the fiscal year, in the portfolio's currency
}

func (p *HeadcountPlan) defaults() {
	for _, s := range p.Positions {
		s.Team = cmp.Or(s.Team, p.Team)
		s.FTE = cmp.Or(s.FTE, FullTime)
	}
}
