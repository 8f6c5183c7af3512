package portfolio

import (
	"cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/source"
)

// Program is a program: its milestones, staffing, money and risks.
type Program struct {
	Meta            Metadata            `yaml:"-"`
	Origin          source.Origin       `yaml:"-"`
	Team            string              `yaml:"team"`
	Owner           string              `yaml:"owner"` // the id of a person or the name of a team
	Sponsor         string              `yaml:"sponsor"`
	Status          ProgramStatus       `yaml:"status"`
	Start           cal.Date            `yaml:"start"` // first day
	Due             cal.Date            `yaml:"due"`   // committed last day, inclusive
	DueReason       string              `yaml:"dueReason"`
	Baseline        cal.Date            `yaml:"baseline"`  // approved last day; zero: that of the history
	Completed       cal.Date            `yaml:"completed"` // zero while it is not
	Confirmed       cal.Date            `yaml:"confirmed"` // the day the owner last confirmed the file
	Objective       string              `yaml:"objective"`
	Theme           string              `yaml:"theme"`      // the id of a theme
	Objectives      []string            `yaml:"objectives"` // ids of objectives
	Priority        Priority            `yaml:"priority"`
	Health          *Health             `yaml:"health"`
	SuccessCriteria []*SuccessCriterion `yaml:"successCriteria"`
	Milestones      []*Milestone        `yaml:"milestones"`
	Staffing        []*StaffingLine     `yaml:"staffing"`
	Budget          *ProgramBudget      `yaml:"budget"`
	Risks           []*Risk             `yaml:"risks"`
	Stakeholders    []Stakeholder       `yaml:"stakeholders"`
	Reviews         *ReviewSchedule     `yaml:"reviews"`
	EVM             EVMethod            `yaml:"evm"`
	Waivers         []Waiver            `yaml:"waivers"`

	byID map[string]*Milestone `yaml:"-"` // of Milestones, once assembled
}

// ProgramStatus is where a program is in its life.
type ProgramStatus string

// The statuses of programs. Approved and active ones are in schedules, and set
// baselines.
const (
	ProgramProposed  ProgramStatus = "proposed"
	ProgramApproved  ProgramStatus = "approved"
	ProgramActive    ProgramStatus = "active"
	ProgramPaused    ProgramStatus = "paused"
	ProgramCompleted ProgramStatus = "completed"
	ProgramCancelled ProgramStatus = "cancelled"
)

// Committed reports whether programs of this status are in schedules and set
// baselines: approved or active.
func (s ProgramStatus) Committed() bool { return s == ProgramApproved || s == ProgramActive }

// Over reports whether programs of this status will not go on.
func (s ProgramStatus) Over() bool { return s == ProgramCompleted || s == ProgramCancelled }

// Priority is how a program scores.
type Priority struct {
	Scores map[string]money.Decimal `yaml:"scores"` // 0 to 10, by the id of a criterion
}

// Health is how the owner sees the program.
type Health struct {
	Status HealthStatus `yaml:"status"`
	AsOf   cal.Date     `yaml:"asOf"`
	Note   string       `yaml:"note"`
}

// HealthStatus is a traffic light.
type HealthStatus string

// The states of health.
const (
	Green  HealthStatus = "green"
	Yellow HealthStatus = "yellow"
	Red    HealthStatus = "red"
)

// SuccessCriterion is a measurable effect by which a program will be judged.
type SuccessCriterion struct {
	Origin    source.Origin `yaml:"-"`
	ID        string        `yaml:"id"`
	Metric    string        `yaml:"metric"` // default: the id
	Unit      string        `yaml:"unit"`
	Direction Direction     `yaml:"direction"` // "": from baseline to target
	Baseline  *Measure      `yaml:"baseline"`
	Target    *Measure      `yaml:"target"`
	Current   *Measure      `yaml:"current"`
	AsOf      cal.Date      `yaml:"asOf"` // the day of Current
	Waivers   []Waiver      `yaml:"waivers"`
}

// Direction says which way is better.
type Direction string

// The directions.
const (
	Increase Direction = "increase"
	Decrease Direction = "decrease"
)

// Stakeholder is someone whom a program concerns: a person or a group.
type Stakeholder struct {
	Origin source.Origin `yaml:"-"`
	Person string        `yaml:"person"` // the id of a person
	Group  string        `yaml:"group"`
	RACI   RACI          `yaml:"raci"`
	Notify string        `yaml:"notify"` // an address or a channel; "true": the person's handles
}

// RACI is the part that a stakeholder has; "" is not stated.
type RACI string

// The parts.
const (
	Responsible RACI = "R"
	Accountable RACI = "A"
	Consulted   RACI = "C"
	Informed    RACI = "I"
)

// ReviewSchedule is when a program is reviewed: Every or RRule, counted from the
// start of the program.
type ReviewSchedule struct {
	Every     cal.Cadence `yaml:"every"`
	RRule     string      `yaml:"rrule"` // RFC 5545
	Attendees []string    `yaml:"attendees"`
}

// EVMethod is how milestones that are not done count as earned value.
type EVMethod string

// The methods; the default is EarnMilestones.
const (
	EarnMilestones EVMethod = "milestones" // nothing before it is done
	EarnPercent    EVMethod = "percent"    // its percentComplete
)

func (p *Program) defaults() {
	p.EVM = cmp.Or(p.EVM, EarnMilestones)
	for _, c := range p.SuccessCriteria {
		c.Metric = cmp.Or(c.Metric, c.ID)
	}
	for _, m := range p.Milestones {
		m.defaults()
	}
	if p.Budget != nil {
		lineDefaults(p.Budget.Lines, p.Budget.Currency)
	}
	for _, r := range p.Risks {
		r.Status = cmp.Or(r.Status, RiskOpen)
		r.Title = cmp.Or(r.Title, r.ID)
	}
}
