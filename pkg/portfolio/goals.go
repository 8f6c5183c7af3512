package portfolio

import (
	"cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/source"
)

// Goals are the goals of one person for one quarter.
type Goals struct {
	Meta    Metadata      `yaml:"-"`
	Origin  source.Origin `yaml:"-"`
	Person  string        `yaml:"person"`
	Quarter cal.Quarter   `yaml:"quarter"`
	Goals   []*Goal       `yaml:"goals"`
	Waivers []Waiver      `yaml:"waivers"`
}

// Goal is something to achieve in the quarter.
type Goal struct {
	Origin     source.Origin  `yaml:"-"`
	ID         string         `yaml:"id"`
	Title      string         `yaml:"title"`
	Weight     *money.Decimal `yaml:"weight"` // nil where not stated
	KeyResults []KeyResult    `yaml:"keyResults"`
	Waivers    []Waiver       `yaml:"waivers"`
}

// KeyResult is a measurable result of a goal or an objective.
type KeyResult struct {
	Origin    source.Origin `yaml:"-"`
	Metric    string        `yaml:"metric"`
	Unit      string        `yaml:"unit"`
	Direction Direction     `yaml:"direction"` // "": from baseline to target, else increase
	Baseline  *Measure      `yaml:"baseline"`  // nil: 0
	Target    *Measure      `yaml:"target"`
	Current   *Measure      `yaml:"current"`
	Source    string        `yaml:"source"` // the computed figure that is the current value
}

func (g *Goals) defaults() {
	for _, x := range g.Goals {
		x.Title = cmp.Or(x.Title, x.ID)
	}
}
