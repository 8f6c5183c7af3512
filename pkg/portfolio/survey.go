package portfolio

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/source"
)

// Survey is what stakeholders answered about a program in a period.
type Survey struct {
	Meta      Metadata       `yaml:"-"`
	Origin    source.Origin  `yaml:"-"`
	Program   string         `yaml:"program"`
	Period    cal.PeriodName `yaml:"period"`
	Scale     *Scale         `yaml:"scale"`   // default 1 to 5
	Invited   *int           `yaml:"invited"` // nil where not counted
	Responses []Response     `yaml:"responses"`
	Waivers   []Waiver       `yaml:"waivers"`
}

// Scale is the lowest and the highest score.
type Scale struct {
	Min int `yaml:"min"`
	Max int `yaml:"max"`
}

// Response is the answers of one respondent, who is never named.
type Response struct {
	Origin    source.Origin `yaml:"-"`
	Group     string        `yaml:"group"`
	Scores    Scores        `yaml:"scores"`
	Recommend *int          `yaml:"recommend"` // 0 to 10
	Comment   string        `yaml:"comment"`
}

// Scores are answers on the scale of the survey; nil was not answered.
type Scores struct {
	Effectiveness  *money.Decimal `yaml:"effectiveness"`
	Communication  *money.Decimal `yaml:"communication"`
	Responsiveness *money.Decimal `yaml:"responsiveness"`
}

func (s *Survey) defaults() {
	if s.Scale == nil {
		s.Scale = &Scale{Min: 1, Max: 5}
	}
}
