package portfolio

import "github.com/progctl/progctl/pkg/source"

// Team is a team. Teams form a forest by Parent.
type Team struct {
	Meta       Metadata      `yaml:"-"`
	Origin     source.Origin `yaml:"-"`
	Parent     string        `yaml:"parent"` // the name of a team; "" at the top
	Lead       string        `yaml:"lead"`   // the id of a person
	CostCentre string        `yaml:"costCentre"`
	Function   string        `yaml:"function"`
	Waivers    []Waiver      `yaml:"waivers"`
}

func (t *Team) defaults() {}
