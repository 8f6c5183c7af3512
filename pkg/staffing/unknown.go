package staffing

import (
	"slices"

	"github.com/progctl/progctl/pkg/portfolio"
)

// Figure names a figure of an analysis, as JSON has it.
type Figure string

// The figures that may not be known. FigureGroups is in which groups the demand
// is: who is named cannot be put into any while nobody knows where they are.
const (
	FigureDemand        Figure = "demand"
	FigureSupply        Figure = "supply"
	FigurePlanned       Figure = "planned"
	FigureGap           Figure = "gap"
	FigureAllocated     Figure = "allocated"
	FigureUnallocated   Figure = "unallocated"
	FigureOverallocated Figure = "overallocated"
	FigureOutside       Figure = "outside"
	FigureUnfilled      Figure = "unfilled"
	FigureFree          Figure = "free"
	FigureGroups        Figure = "groups"
)

// Unknown is a figure that is not known, or not in whole, and why.
type Unknown struct {
	Figure  Figure
	Reasons []Reason
}

type unknowns struct{ list []Unknown }

func (u unknowns) is(f Figure) bool {
	return slices.ContainsFunc(u.list, func(x Unknown) bool { return x.Figure == f })
}

func (a *Analysis) unknowns() unknowns { return unknowns{a.Unknown} }

// unknownOf tells what of an analysis is not known.
func unknownOf(s *portfolio.Snapshot, o Options) (u unknowns) {
	people, all := Unlisted(s), linesUnknown(s, nil)
	lines := all
	if sel := o.Selector.Except(PersonKeys...); len(sel) > 0 {
		lines = linesUnknown(s, sel)
	}
	taken := MergeReasons(people, all)
	for _, x := range []Unknown{
		{FigureDemand, lines},
		{FigureSupply, people},
		{FigurePlanned, PositionsUnknown(s)},
		{FigureGap, MergeReasons(lines, people)},
		{FigureAllocated, taken},
		{FigureUnallocated, taken},
		{FigureOverallocated, taken},
		{FigureOutside, MergeReasons(lines, people)},
		{FigureUnfilled, lines},
		{FigureFree, taken},
		{FigureGroups, groupsUnknown(s, o)},
	} {
		if len(x.Reasons) > 0 {
			u.list = append(u.list, x)
		}
	}
	return u
}

// linesUnknown says why staffing lines of the programs that a selector may choose are
// not known.
func linesUnknown(s *portfolio.Snapshot, sel portfolio.Selector) []Reason {
	if s.Unconfigured {
		return []Reason{Unconfigured}
	}
	if len(s.Programs) == 0 && slices.Contains(s.Config.External, portfolio.ExternalProgram) {
		return []Reason{Private}
	}
	for _, g := range Programs(s) {
		if LinesPrivate(s, g) && s.Selects(sel, g.Subject(), nil) {
			return []Reason{Private}
		}
	}
	return nil
}

// PositionsUnknown says why the positions of headcount plans are not known; nil where
// they are. Plans that do not validate are no reason, as with rosters.
func PositionsUnknown(s *portfolio.Snapshot) []Reason {
	switch {
	case s.Unconfigured:
		return []Reason{Unconfigured}
	case len(s.Plans) == 0 && slices.Contains(s.Config.External, portfolio.ExternalHeadcountPlan):
		return []Reason{Private}
	}
	return nil
}

// groupsUnknown says why work may stand in another group than it belongs to.
func groupsUnknown(s *portfolio.Snapshot, o Options) []Reason {
	if len(o.By) == 0 {
		return nil
	}
	var reasons []Reason
	if len(s.Teams) == 0 && slices.Contains(s.Config.External, portfolio.ExternalTeam) &&
		(o.Subtree || slices.Contains(o.By, ByFunction) || slices.Contains(o.By, ByCostCentre)) {
		reasons = []Reason{Private}
	}
	for _, lines := range allocations(s) {
		if len(lines) > 0 {
			return MergeReasons(reasons, Unlisted(s))
		}
	}
	return reasons
}
