package lint

import (
	"fmt"
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
)

var themeEmpty = &Rule{
	Rule: diag.Rule{Code: "GOV027", Name: "theme-empty", Summary: "The roadmap invests in a theme this fiscal year, and no program joins it", Severity: diag.Warning},
	Check: func(p *Pass) {
		if p.Absent(portfolio.ExternalProgram) || len(p.Undecoded("Program")) > 0 {
			p.Blind()
			return
		}
		joined := map[string]bool{}
		for _, g := range p.Snapshot.Programs {
			if g.Status != portfolio.ProgramCancelled {
				joined[g.Theme] = true
			}
		}
		year := p.Fiscal.YearOf(p.AsOf)
		for _, r := range p.roadmaps() {
			for _, t := range r.Themes {
				// The programs of what begins later may still have to be found.
				if joined[t.ID] || len(t.Investment) > 0 && t.Investment[year] == 0 {
					continue
				}
				message := fmt.Sprintf("no program joins theme %q", t.ID)
				if share := t.Investment[year]; share > 0 {
					message += fmt.Sprintf(", to which %s of %s goes", share, year)
				}
				p.Report(Finding{
					At: t.Origin.At("id"), Subject: "roadmap/" + r.Meta.Name + "/theme/" + t.ID, Message: message,
					Detail: fmt.Sprintf("set theme: %s on the programs that serve it, propose one, or let its investment begin later", t.ID),
				})
			}
		}
	},
}

var investmentMisses = &Rule{
	Rule: diag.Rule{Code: "GOV028", Name: "investment-does-not-add-up", Summary: "The investment of a fiscal year, over all themes, is not 100%", Severity: diag.Error},
	Check: func(p *Pass) {
		if p.Absent(portfolio.ExternalRoadmap) || len(p.Undecoded("Roadmap")) > 0 {
			p.Blind()
			return
		}
		whole := invested(p.Roadmaps...) // which several may share out
		for _, r := range p.roadmaps() {
			sums := invested(r)
			for _, year := range slices.Sorted(maps.Keys(sums)) {
				if sums[year] == int(portfolio.Whole) || whole[year] == int(portfolio.Whole) {
					continue
				}
				first := slices.IndexFunc(r.Themes, func(t *portfolio.Theme) bool { return t.Investment[year] > 0 })
				if first < 0 { // 0% each
					continue
				}
				p.Report(Finding{
					At: r.Themes[first].Origin.At("investment"), Subject: "roadmap/" + r.Meta.Name, Key: year.String(),
					Message: fmt.Sprintf("the investment of roadmap %q in %s adds up to %s, not to %s", r.Meta.Name, year, portfolio.Percent(sums[year]), portfolio.Whole),
					Detail:  "correct a share; what is not assigned yet can be a theme too",
				})
			}
		}
	},
}

// roadmaps are those that validate.
func (p *Pass) roadmaps() []*portfolio.Roadmap {
	return slices.DeleteFunc(slices.Clone(p.Roadmaps), func(r *portfolio.Roadmap) bool {
		return !p.Sound("roadmap/" + r.Meta.Name)
	})
}

// invested is the sum of what goes to the themes of roadmaps, by fiscal year.
func invested(roadmaps ...*portfolio.Roadmap) map[cal.FiscalYear]int {
	sums := map[cal.FiscalYear]int{}
	for _, r := range roadmaps {
		for _, t := range r.Themes {
			for year, share := range t.Investment {
				sums[year] += int(share)
			}
		}
	}
	return sums
}

var scoresMissing = &Rule{
	Rule: diag.Rule{Code: "GOV029", Name: "scores-missing", Summary: "A program has no score for a criterion by which programs are ranked", Severity: diag.Warning},
	Check: func(p *Pass) {
		for _, g := range p.Programs {
			if g.Status.Over() || g.Status == portfolio.ProgramPaused {
				continue
			}
			var missing []string
			all := true
			for _, c := range p.Config.Prioritisation.Criteria {
				if c.Weight.IsZero() {
					continue
				}
				if _, scored := g.Priority.Scores[c.ID]; scored {
					all = false
				} else if !slices.Contains(missing, c.ID) {
					missing = append(missing, c.ID)
				}
			}
			if len(missing) == 0 {
				continue
			}
			f := Finding{
				At: g.Meta.Origin.At("name"), Subject: g.Subject(),
				Message: fmt.Sprintf("program %q has no scores, by which programs are ranked", g.Meta.Name),
				Detail:  "add priority: {scores: …} with 0 to 10 for each criterion: " + first(missing),
			}
			if !all {
				f.At = g.Origin.At("priority", "scores")
				f.Message = fmt.Sprintf("program %q has no score for %s", g.Meta.Name, first(missing))
				f.Detail = "score it from 0 to 10; until then its rank counts what it has as if it were all"
			}
			p.Report(f)
		}
	},
}
