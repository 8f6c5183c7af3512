package portfolio

import (
	"cmp"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/source"
)

// Milestone is a dated result of a program. Done is only ever stated, never
// inferred from a date.
type Milestone struct {
	Origin          source.Origin     `yaml:"-"`
	Program         *Program          `yaml:"-"`         // that it belongs to
	ID              string            `yaml:"id"`        // unique in the program
	Title           string            `yaml:"title"`     // default: the id
	Owner           string            `yaml:"owner"`     // a person or a team; "": the program's
	Team            string            `yaml:"team"`      // "": the program's
	Start           cal.Date          `yaml:"start"`     // zero where not stated
	Due             cal.Date          `yaml:"due"`       // the committed date
	DueReason       string            `yaml:"dueReason"` // why Due last moved
	Forecast        cal.Date          `yaml:"forecast"`  // where the owner now expects it; zero: not stated
	Completed       cal.Date          `yaml:"completed"` // zero while it is not done
	Status          MilestoneStatus   `yaml:"status"`
	Stated          MilestoneStatus   `yaml:"-"` // the status as written, "" where it is not
	PercentComplete *Percent          `yaml:"percentComplete"`
	Weight          *money.Decimal    `yaml:"weight"`
	Baseline        cal.Date          `yaml:"baseline"` // the approved date; zero: that of the history
	Acceptance      []string          `yaml:"acceptance"`
	DependsOn       []Dependency      `yaml:"dependsOn"`
	Duration        *cal.WorkDuration `yaml:"duration"` // nil: of Estimate, or from Start to Due
	Estimate        *Estimate         `yaml:"estimate"`
	Evidence        []Link            `yaml:"evidence"`
	Waivers         []Waiver          `yaml:"waivers"`
}

// MilestoneStatus is how far a milestone is.
type MilestoneStatus string

// The statuses of milestones. A milestone that states completed is done, unless it
// is cancelled; the default of others is planned.
const (
	MilestonePlanned    MilestoneStatus = "planned"
	MilestoneInProgress MilestoneStatus = "in-progress"
	MilestoneDone       MilestoneStatus = "done"
	MilestoneCancelled  MilestoneStatus = "cancelled"
)

// Open reports whether the milestone is neither done nor cancelled.
func (m *Milestone) Open() bool {
	return m.Status != MilestoneDone && m.Status != MilestoneCancelled
}

// Estimate is a three-point estimate of a duration.
type Estimate struct {
	Optimistic  cal.WorkDuration `yaml:"optimistic"`
	Likely      cal.WorkDuration `yaml:"likely"`
	Pessimistic cal.WorkDuration `yaml:"pessimistic"`
}

// Dependency links a milestone to an earlier one. It is written as a reference, or
// as a mapping; its place is its index in dependsOn of the milestone.
type Dependency struct {
	Target *Milestone       `yaml:"-"` // what On refers to; nil where that is unknown
	On     MilestoneRef     `yaml:"on"`
	Type   DependencyType   `yaml:"type"`
	Lag    cal.WorkDuration `yaml:"lag"` // may be negative
}

// ParseText reads a dependency that is written as a reference alone.
func (d *Dependency) ParseText(text string) error {
	*d = Dependency{On: MilestoneRef(text)}
	return nil
}

// DependencyType says which end of the earlier milestone binds which end of the
// later one.
type DependencyType string

// The types of dependency; the default is FinishToStart.
const (
	FinishToStart  DependencyType = "FS"
	StartToStart   DependencyType = "SS"
	FinishToFinish DependencyType = "FF"
	StartToFinish  DependencyType = "SF"
)

// MilestoneRef refers to a milestone: an id of the same program, or program/id.
type MilestoneRef string

// Split returns the parts of the reference; program is "" where it is the same.
func (r MilestoneRef) Split() (program, milestone string) {
	if program, milestone, ok := strings.Cut(string(r), "/"); ok {
		return program, milestone
	}
	return "", string(r)
}

func (m *Milestone) defaults() {
	m.Title = cmp.Or(m.Title, m.ID)
	m.Stated = m.Status
	switch {
	case !m.Completed.IsZero() && m.Status != MilestoneCancelled:
		m.Status = MilestoneDone
	case m.Status == "":
		m.Status = MilestonePlanned
	}
	for i := range m.DependsOn {
		d := &m.DependsOn[i]
		d.Type = cmp.Or(d.Type, FinishToStart)
	}
}
