package lint

import (
	"fmt"
	"iter"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
)

// judged is how long after it was completed a program is held to its success criteria:
// later its effects are no longer measured.
const judged cal.Days = 365

// criterion is a success criterion of a program that validates.
type criterion struct {
	*portfolio.SuccessCriterion
	program *portfolio.Program
}

func (c criterion) subject() string { return c.program.Subject() + "/criterion/" + c.ID }

// criteria are those of all programs that are not cancelled, and of those completed
// lately.
func (p *Pass) criteria() iter.Seq[criterion] {
	return func(yield func(criterion) bool) {
		for _, g := range p.Programs {
			if g.Status == portfolio.ProgramCancelled ||
				g.Status == portfolio.ProgramCompleted && !g.Completed.IsZero() && p.AsOf.Sub(g.Completed) > judged {
				continue
			}
			for _, c := range g.SuccessCriteria {
				if !yield(criterion{c, g}) {
					return
				}
			}
		}
	}
}

// better is which way is better; "" where neither is stated nor follows.
func (c criterion) better() portfolio.Direction {
	switch {
	case c.Direction != "":
		return c.Direction
	case c.Baseline == nil || c.Target == nil || c.Baseline.Percent != c.Target.Percent || c.Target.Value.Cmp(c.Baseline.Value) == 0:
		return ""
	case c.Target.Value.Cmp(c.Baseline.Value) > 0:
		return portfolio.Increase
	}
	return portfolio.Decrease
}

// missed reports whether the current value falls short of the target. It is false where
// that cannot be told.
func (c criterion) missed() bool {
	if c.Target == nil || c.Current == nil || c.Target.Percent != c.Current.Percent {
		return false
	}
	away := c.Current.Value.Cmp(c.Target.Value)
	better := c.better()
	return better == portfolio.Increase && away < 0 || better == portfolio.Decrease && away > 0
}

// in is a value with its unit.
func (c criterion) in(m *portfolio.Measure) string {
	if c.Unit == "" || m.Percent {
		return m.String()
	}
	return m.String() + " " + c.Unit
}

var criterionMissed = &Rule{
	Rule: diag.Rule{Code: "GOV023", Name: "criterion-missed", Summary: "A program was completed and missed a target by which it was to be judged", Severity: diag.Warning},
	Check: func(p *Pass) {
		for c := range p.criteria() {
			if c.program.Status != portfolio.ProgramCompleted || !c.missed() {
				continue
			}
			p.Report(Finding{
				At: c.Origin.At("current"), Subject: c.subject(),
				Message: fmt.Sprintf("program %q is completed and criterion %q is at %s, its target is %s", c.program.Meta.Name, c.ID, c.in(c.Current), c.in(c.Target)),
				Detail:  "measure again and set current: and asOf:; where it stays so, have it waived by who accepts it",
			}, place{c.Origin.At("target"), "the target is here"})
		}
	},
}

var criterionUnmeasured = &Rule{
	Rule: diag.Rule{Code: "GOV024", Name: "criterion-unmeasured", Summary: "A success criterion of a running or completed program has no target, or no current value", Severity: diag.Warning},
	Check: func(p *Pass) {
		for c := range p.criteria() {
			g := c.program
			isDone := g.Status == portfolio.ProgramCompleted
			if c.Target == nil && (isDone || g.Status.Committed()) {
				p.Report(Finding{
					At: c.Origin.At("id"), Subject: c.subject(), Key: "target",
					Message: fmt.Sprintf("criterion %q of program %q has no target", c.ID, g.Meta.Name),
					Detail:  "add target: with the value that makes it a success; without one nobody can tell whether it is",
				})
			}
			if c.Current == nil && (isDone || g.Status == portfolio.ProgramActive && g.Start <= p.AsOf) {
				p.Report(Finding{
					At: c.Origin.At("id"), Subject: c.subject(), Key: "current",
					Message: fmt.Sprintf("criterion %q of program %q has no current value", c.ID, g.Meta.Name),
					Detail:  "add current: with the value last measured, and asOf: with its day; before there is any effect it is that of baseline:",
				})
			}
		}
	},
}

// A criterion that contradicts itself would be met, or missed, whatever is measured.
var criterionContradictory = &Rule{
	Rule: diag.Rule{Code: "GOV025", Name: "criterion-contradictory", Summary: "The values of a success criterion cannot be compared, or contradict its direction", Severity: diag.Error},
	Check: func(p *Pass) {
		for c := range p.criteria() {
			if c.Target == nil {
				continue
			}
			for _, other := range []struct {
				field string
				value *portfolio.Measure
			}{{"baseline", c.Baseline}, {"current", c.Current}} {
				if other.value == nil || other.value.Percent == c.Target.Percent {
					continue
				}
				p.Report(Finding{
					At: c.Origin.At(other.field), Subject: c.subject(), Key: other.field,
					Message: fmt.Sprintf("criterion %q has a %s of %s and a target of %s, of which only one is a percentage", c.ID, other.field, other.value, c.Target),
					Detail:  "write all of them with %, or none",
				}, place{c.Origin.At("target"), "the target is here"})
			}
			if b := c.Baseline; b != nil && b.Percent == c.Target.Percent {
				way := c.Target.Value.Cmp(b.Value)
				if c.Direction == portfolio.Increase && way < 0 || c.Direction == portfolio.Decrease && way > 0 {
					p.Report(Finding{
						At: c.Origin.At("direction"), Subject: c.subject(), Key: "direction",
						Message: fmt.Sprintf("criterion %q is to %s, from %s to %s", c.ID, c.Direction, c.in(b), c.in(c.Target)),
						Detail:  "correct direction:, or delete it: it follows from baseline: and target:",
					}, place{c.Origin.At("target"), "the target is here"})
				}
			}
		}
	},
}
