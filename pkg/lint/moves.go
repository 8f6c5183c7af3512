package lint

import (
	"fmt"
	"slices"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/slip"
)

var movedAfterDue = &Rule{
	Rule:      diag.Rule{Code: "MS014", Name: "moved-after-due", Summary: "A due date was moved after it had passed", Severity: diag.Warning},
	OverMoves: true,
	Check: func(p *Pass) {
		if p.Slips == nil {
			p.Blind()
			return
		}
		for x := range p.promises() {
			m, moved := x.last(func(m slip.Move) bool { return m.Notice() < 0 })
			if !x.open || !moved {
				continue
			}
			p.Report(Finding{
				At: x.origin.At("due"), Subject: x.Subject(), Key: path(m.From, m.To),
				Message: fmt.Sprintf("%s was moved from %s to %s on %s, %s after it was due", x.name, m.From, m.To, m.Version.Day, days(-m.Notice())),
				Detail:  "have the new date approved and this rule waived; next time move due: before it passes\n" + made("moved", m.Version),
			})
		}
	},
}

var movedWithoutReason = &Rule{
	Rule:      diag.Rule{Code: "MS015", Name: "moved-without-reason", Summary: "A due date was moved to a later day and nothing says why", Severity: diag.Error},
	OverMoves: true,
	Check: func(p *Pass) {
		if p.Slips == nil {
			p.Blind()
			return
		}
		if !*p.Config.Policy.RequireSlipReason {
			return
		}
		for x := range p.promises() {
			m, moved := x.last(func(m slip.Move) bool { return m.Days() > 0 })
			if !x.open || !moved || x.explained(m) || !x.Due.After(m.From) { // the last: it was taken back
				continue
			}
			p.Report(Finding{
				At: x.origin.At("due"), Subject: x.Subject(), Key: path(m.From, m.To),
				Message: fmt.Sprintf("%s moved from %s to %s without a reason", x.name, m.From, m.To),
				Detail:  x.askWhy(m),
			})
		}
	},
}

// explained reports whether there is a reason for a move: one given with it, or a
// dueReason stated since.
func (x promise) explained(m slip.Move) bool {
	stated := x.Track.Last().Reason
	return m.Reason != "" || stated != "" && stated != x.reasonBefore(m)
}

// reasonBefore is the dueReason of the version before a move.
func (x promise) reasonBefore(m slip.Move) string {
	i := slices.IndexFunc(x.Track.Points, func(at history.Point) bool { return at.Version == m.Version })
	return x.Track.Points[i-1].Reason
}

// askWhy says where a reason can be given.
func (x promise) askWhy(m slip.Move) string {
	const example = "the vendor delivers later"
	add := "add dueReason: beside due:, such as"
	if x.Track.Last().Reason != "" {
		add = "dueReason: is from before that move: let it say why it moved now, such as"
	}
	stray := ""
	for _, id := range m.Version.Reasons() {
		if near := diag.Nearest(id, []string{x.ID.String()}); near != "" {
			stray = fmt.Sprintf("the message gives a reason for %q, which is nothing that moved: write %s\n", id, near)
		}
	}
	return stray + fmt.Sprintf("%s\n    dueReason: %s\nor to the message of the commit, of its merge or of its squash\n    Slip-Reason(%s): %s\n%s",
		add, example, x.ID, example, made("moved", m.Version))
}

var opposedMoves = &Rule{
	Rule:      diag.Rule{Code: "MS017", Name: "opposed-moves", Summary: "A milestone and its dependency were moved in opposite directions at once", Severity: diag.Warning},
	OverMoves: true,
	Check: func(p *Pass) {
		if p.Slips == nil {
			p.Blind()
			return
		}
		open := map[history.ID]promise{}
		for x := range p.promises() {
			if x.open && x.Milestone != nil {
				open[x.ID] = x
			}
		}
		for x := range p.promises() {
			m, moved := x.last(nil)
			if !moved || x.Milestone == nil || !x.open {
				continue
			}
			for _, d := range x.Milestone.DependsOn {
				if d.Target == nil {
					continue
				}
				on := open[history.ID{Program: d.Target.Program.Meta.Name, Milestone: d.Target.ID}]
				if on.Record == nil {
					continue
				}
				its, moved := on.last(nil)
				if !moved || its.Version != m.Version || its.Days() < 0 == (m.Days() < 0) {
					continue
				}
				p.Report(Finding{
					At: x.origin.At("due"), Subject: x.Subject(), Key: on.ID.String() + " " + path(m.From, m.To),
					Message: fmt.Sprintf("%s moved %s (%s to %s) while its dependency %q moved %s (%s to %s)",
						x.name, direction(m), m.From, m.To, d.On, direction(its), its.From, its.To),
					Detail: "see that both are meant: correct the one that is not, or drop the dependency; if both are, have this rule waived\n" + made("moved", m.Version),
				}, place{on.origin.At("due"), fmt.Sprintf("%s is due here", on.ID)})
			}
		}
	},
}

func direction(m slip.Move) string {
	if m.Days() < 0 {
		return "earlier"
	}
	return "later"
}

var closedMonthMoved = &Rule{
	Rule:      diag.Rule{Code: "MS018", Name: "closed-month-moved", Summary: "A due date was moved out of, into or within a month that finance had closed", Severity: diag.Warning},
	OverMoves: true,
	Check: func(p *Pass) {
		if p.Slips == nil {
			p.Blind()
			return
		}
		for x := range p.promises() {
			for _, m := range slices.Backward(x.Counted()) {
				if min(m.From, m.To).Month() > m.Version.Closed {
					continue
				}
				mend := "put the date back, for completed: tells when it was done; or have this rule waived"
				if x.open {
					mend = "what was reported of that month no longer follows from the files: have the new date approved and this rule waived"
				}
				p.Report(Finding{
					At: x.origin.At("due"), Subject: x.Subject(), Key: path(m.From, m.To),
					Message: fmt.Sprintf("%s was moved from %s to %s on %s, when %s was closed", x.name, m.From, m.To, m.Version.Day, min(m.From, m.To).Month()),
					Detail:  mend + "\n" + made("moved", m.Version),
				})
				break
			}
		}
	},
}
