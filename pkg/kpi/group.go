package kpi

import (
	"slices"

	"github.com/progctl/progctl/pkg/group"
)

// Dimensions are what programs may be grouped by.
func Dimensions() []group.Dimension {
	return []group.Dimension{group.ByOwner, group.ByTeam, group.ByTheme, group.ByProgram}
}

// Group is the figures of a group in all years.
type Group struct {
	Key group.Key
	Figures
}

func (a *Analysis) groups() {
	if len(a.o.By) == 0 {
		return
	}
	a.byKey = a.keyed()
	for key, list := range a.byKey {
		if f := a.figures(list, a.days, true); f.any() {
			a.Groups = append(a.Groups, Group{key, f})
		}
	}
	slices.SortFunc(a.Groups, func(x, y Group) int { return x.Key.Compare(y.Key) })
}

// of are the subjects of some groups that have none in common.
func (a *Analysis) of(keys []group.Key) (list []*subject) {
	for _, key := range keys {
		list = append(list, a.byKey[key]...)
	}
	return list
}

// keyed are the subjects of each group, by name.
func (a *Analysis) keyed() map[group.Key][]*subject {
	by := map[group.Key][]*subject{}
	for _, x := range a.subjects {
		teams := []string{x.team}
		if a.o.Subtree && x.team != "" {
			teams = a.s.Lineage(x.team)
		}
		if !slices.Contains(a.o.By, group.ByTeam) {
			teams = teams[:1]
		}
		for _, team := range teams {
			var key group.Key
			for i, d := range a.o.By {
				switch d {
				case group.ByOwner:
					key[i] = x.owner
				case group.ByTeam:
					key[i] = team
				case group.ByTheme:
					key[i] = x.theme
				default:
					key[i] = x.name
				}
			}
			by[key] = append(by[key], x)
		}
	}
	return by
}
