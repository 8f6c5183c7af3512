package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/portfolio"
)

var bulkChange = &Rule{
	Rule: diag.Rule{Code: "GOV014", Name: "bulk-change", Summary: "A change drops more milestones or programs at once than policy allows", Severity: diag.Error},
	Check: func(p *Pass) {
		allowed := p.Config.Policy.MaxRemoved
		if allowed == nil {
			return
		}
		var milestones, programs shrinkage
		switch {
		case p.Before != nil:
			milestones, programs = p.droppedSince(p.Before)
		case p.History != nil:
			milestones, programs = p.droppedLast()
		default:
			p.Blind()
			return
		}
		for _, s := range []struct {
			noun string
			shrinkage
		}{{"milestones", milestones}, {"programs", programs}} {
			if len(s.dropped)*int(portfolio.Whole) <= s.of*int(*allowed) {
				continue
			}
			names := make([]string, len(s.dropped))
			for i, id := range s.dropped {
				names[i] = id.String()
			}
			p.Report(Finding{
				At: p.Config.Origin.At("policy", "maxRemoved"), Subject: "portfolio/" + p.Config.Meta.Name, Key: s.noun + " " + strings.Join(names, " "),
				Message: fmt.Sprintf("the change drops %d of %d %s (%s), policy allows %s: %s", len(names), s.of, s.noun, s.share(), *allowed, first(names)),
				Detail:  "put back what was not meant to go, and set status: cancelled on what is given up; or have this rule waived in the Portfolio",
			})
		}
	},
}

// shrinkage is what a change dropped of how many that were there before.
type shrinkage struct {
	dropped []history.ID // by id
	of      int
}

func (s *shrinkage) add(id history.ID, dropped bool) {
	s.of++
	if dropped {
		s.dropped = append(s.dropped, id)
	}
}

// share is how much was dropped, rounded to a tenth of a percent, half up.
func (s *shrinkage) share() portfolio.Percent {
	const tenth = portfolio.Whole / 1000
	return portfolio.Percent((2*1000*len(s.dropped)+s.of)/(2*s.of)) * tenth
}

// droppedSince compares with an earlier state. What is there, but cannot be read,
// is not dropped.
func (p *Pass) droppedSince(before *portfolio.Snapshot) (milestones, programs shrinkage) {
	kept := func(id history.ID) bool {
		t := p.History.Track(id)
		return t != nil && t.Last().Present
	}
	for _, old := range before.Programs {
		id := history.ID{Program: old.Meta.Name}
		g := p.Program(id.Program)
		unreadable := g == nil && !p.Sound(old.Subject())
		programs.add(id, g == nil && !unreadable && !kept(id))
		for _, m := range old.Milestones {
			id := history.ID{Program: id.Program, Milestone: m.ID}
			milestones.add(id, !unreadable && (g == nil || g.Milestone(m.ID) == nil) && !kept(id))
		}
	}
	slices.SortFunc(milestones.dropped, history.ID.Compare)
	return milestones, programs
}

// droppedLast compares the newest version with the one before.
func (p *Pass) droppedLast() (milestones, programs shrinkage) {
	h := p.History
	if len(h.Versions) == 0 {
		return milestones, programs
	}
	newest := h.Versions[len(h.Versions)-1]
	for _, t := range h.Tracks() {
		before, dropped := t.Last(), false
		if before.Version == newest {
			if len(t.Points) < 2 { // it came with it
				continue
			}
			dropped = !before.Present && !p.there(t.ID)
			before = &t.Points[len(t.Points)-2]
		}
		switch {
		case !before.Present:
		case t.ID.Milestone == "":
			programs.add(t.ID, dropped)
		default:
			milestones.add(t.ID, dropped)
		}
	}
	return milestones, programs
}

// there reports whether something is in the portfolio, be it in an overlay.
func (p *Pass) there(id history.ID) bool {
	g := p.Program(id.Program)
	return g != nil && (id.Milestone == "" || g.Milestone(id.Milestone) != nil)
}
