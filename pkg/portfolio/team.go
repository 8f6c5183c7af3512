package portfolio

import (
	"slices"

	"github.com/progctl/progctl/pkg/source"
)

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

// Team returns the team of that name, or nil.
func (s *Snapshot) Team(name string) *Team { return s.teams[name] }

// Lineage is a team and those above it, nearest first. A team that is not declared is
// its own lineage; none has none. It ends where teams are each other's parents.
func (s *Snapshot) Lineage(team string) []string {
	var line []string
	for team != "" && !slices.Contains(line, team) {
		line = append(line, team)
		t := s.teams[team]
		if t == nil {
			break
		}
		team = t.Parent
	}
	return line
}
