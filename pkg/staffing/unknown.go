package staffing

import (
	"slices"

	"github.com/progctl/progctl/pkg/group"
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

// baselineFigures are the figures of the state compared with, by those that they are.
var baselineFigures = map[Figure]Figure{
	FigureDemand: "baseline.demand", FigureSupply: "baseline.supply", FigureGap: "baseline.gap", FigureGroups: "baseline.groups",
}

// figureWords are the figures as people read them.
var figureWords = map[Figure]string{
	FigureDemand: "demand", FigureSupply: "supply", FigurePlanned: "planned", FigureGap: "gap",
	FigureAllocated: "allocated", FigureUnallocated: "unallocated", FigureOverallocated: "who is over-allocated",
	FigureOutside: "who is allocated outside of dates", FigureUnfilled: "roles that nobody fills", FigureFree: "who is free",
	FigureGroups: "groups", "baseline.demand": "demand before", "baseline.supply": "supply before", "baseline.gap": "gap before",
	"baseline.groups": "groups before",
}

// Apart: demand is of some programs, and people work for all.
var apart = Reason{Text: "demand is that of the programs chosen; supply, planned and unallocated are everybody's, whatever program they work for"}

// Unknown is a figure that is not known, or not in whole, and why.
type Unknown struct {
	Figure  Figure
	Reasons []Reason
}

type unknowns struct{ list []Unknown }

func (u unknowns) is(f Figure) bool {
	return slices.ContainsFunc(u.list, func(x Unknown) bool { return x.Figure == f })
}

// unknownOf tells what of an analysis is not known.
func unknownOf(s *portfolio.Snapshot, o Options, c choice) (u unknowns) {
	people, all, lines := Unlisted(s), linesUnknown(s, nil), linesUnknown(s, c.programs)
	demand := lines
	if len(people) > 0 && c.asks(s) {
		demand = MergeReasons(lines, people)
	}
	gap := MergeReasons(lines, people)
	if len(c.alone) > 0 {
		gap = MergeReasons(gap, []Reason{apart})
	}
	taken := MergeReasons(people, all)
	var every []Reason // figure is chosen by what is not known
	if c.byUnit() {
		every = teamsUnknown(s)
	}
	for _, x := range []Unknown{
		{FigureDemand, demand},
		{FigureSupply, people},
		{FigurePlanned, PositionsUnknown(s)},
		{FigureGap, gap},
		{FigureAllocated, taken},
		{FigureUnallocated, taken},
		{FigureOverallocated, taken},
		{FigureOutside, MergeReasons(lines, people)},
		{FigureUnfilled, lines},
		{FigureFree, taken},
		{FigureGroups, groupsUnknown(s, o)},
	} {
		if x.Figure != FigureGroups {
			x.Reasons = MergeReasons(x.Reasons, every)
		}
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
	case s.Absent(portfolio.ExternalHeadcountPlan):
		return []Reason{Private}
	}
	return nil
}

// teamsUnknown says why it is not known what teams are below which, and what function
// and cost centre they have.
func teamsUnknown(s *portfolio.Snapshot) []Reason {
	if len(s.Teams) == 0 && slices.Contains(s.Config.External, portfolio.ExternalTeam) {
		return []Reason{Private}
	}
	return nil
}

// unitsUnknown says why no group is known: they are of what teams alone tell.
func unitsUnknown(s *portfolio.Snapshot, o Options) []Reason {
	if o.Subtree && len(o.By) > 0 || slices.Contains(o.By, group.ByFunction) || slices.Contains(o.By, group.ByCostCentre) {
		return teamsUnknown(s)
	}
	return nil
}

// groupsUnknown says why work may stand in another group than it belongs to.
func groupsUnknown(s *portfolio.Snapshot, o Options) []Reason {
	if len(o.By) == 0 {
		return nil
	}
	reasons := unitsUnknown(s, o)
	for _, lines := range allocations(s) {
		if len(lines) > 0 {
			return MergeReasons(reasons, Unlisted(s))
		}
	}
	return reasons
}
