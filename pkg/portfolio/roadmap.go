package portfolio

import (
	"cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/source"
)

// Roadmap is where the portfolio is going over several fiscal years.
type Roadmap struct {
	Meta       Metadata      `yaml:"-"`
	Origin     source.Origin `yaml:"-"`
	Horizon    *Horizon      `yaml:"horizon"`
	Themes     []*Theme      `yaml:"themes"`
	Objectives []*Objective  `yaml:"objectives"`
	Waivers    []Waiver      `yaml:"waivers"`
}

// Horizon is the fiscal years that a roadmap covers, both inclusive.
type Horizon struct {
	From cal.FiscalYear `yaml:"from"`
	To   cal.FiscalYear `yaml:"to"`
}

// Theme is a line of investment; programs join by its id.
type Theme struct {
	Origin     source.Origin              `yaml:"-"`
	ID         string                     `yaml:"id"`
	Title      string                     `yaml:"title"` // default: the id
	Objective  string                     `yaml:"objective"`
	Investment map[cal.FiscalYear]Percent `yaml:"investment"` // part of the money of the year
	Waivers    []Waiver                   `yaml:"waivers"`
}

// Objective is something that the organisation wants to achieve; programs join by
// its id.
type Objective struct {
	Origin     source.Origin `yaml:"-"`
	ID         string        `yaml:"id"`
	Title      string        `yaml:"title"`
	Owner      string        `yaml:"owner"`   // a person or a team
	Quarter    cal.Quarter   `yaml:"quarter"` // to be achieved by its end
	KeyResults []KeyResult   `yaml:"keyResults"`
	Waivers    []Waiver      `yaml:"waivers"`
}

func (r *Roadmap) defaults() {
	for _, t := range r.Themes {
		t.Title = cmp.Or(t.Title, t.ID)
	}
	for _, o := range r.Objectives {
		o.Title = cmp.Or(o.Title, o.ID)
	}
}
