package lint

import (
	"fmt"
	"iter"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/slip"
	"github.com/progctl/progctl/pkg/source"
)

// promise is a milestone or a program whose dates somebody committed to, and what
// history says of them.
type promise struct {
	*slip.Record
	origin source.Origin
	name   string // as messages begin: milestone "ga"
	open   bool
}

// promises are the milestones that are not cancelled and the programs, of all
// programs that are not over. What was there only while its program was not approved
// yet, or paused, binds nobody: once the program is active, those moves count as
// drafts.
func (p *Pass) promises() iter.Seq[promise] {
	return func(yield func(promise) bool) {
		for _, list := range [][]*slip.Record{p.Slips.Programs, p.Slips.Milestones} {
			for _, r := range list {
				if r.Program == nil || r.Program.Status.Over() || !committed(r) {
					continue
				}
				x := promise{Record: r, origin: r.Program.Origin, name: fmt.Sprintf("program %q", r.ID.Program), open: true}
				if m := r.Milestone; m != nil {
					if m.Status == portfolio.MilestoneCancelled {
						continue
					}
					x.origin, x.name, x.open = m.Origin, fmt.Sprintf("milestone %q", m.ID), m.Open()
				}
				if !yield(x) {
					return
				}
			}
		}
	}
}

// committed reports whether somebody committed to the date: it was there in a
// version in which its program was approved or active, or a baseline is stated.
func committed(r *slip.Record) bool {
	return !statedBaseline(r).IsZero() || r.Program.Status.Committed() ||
		r.Track != nil && slices.ContainsFunc(r.Track.Points, sets)
}

// statedBaseline is the baseline that the file states; zero where it states none.
func statedBaseline(r *slip.Record) cal.Date {
	if r.Milestone != nil {
		return r.Milestone.Baseline
	}
	return r.Program.Baseline
}

// sets reports whether a point can set the original baseline.
func sets(p history.Point) bool { return p.Present && p.Committed }

// last is the newest move that counts and is such a one, if there is one; nil is any.
func (x promise) last(such func(slip.Move) bool) (m slip.Move, ok bool) {
	for _, m := range slices.Backward(x.Counted()) {
		if such == nil || such(m) {
			return m, true
		}
	}
	return m, false
}

// path is what tells apart changes of a date.
func path(from, to fmt.Stringer) string { return from.String() + "→" + to.String() }

// made tells in which commit something was done: "moved in 0123456789ab by Ada on
// 2026-11-10".
func made(what string, v *history.Version) string {
	if v.Commit == "" {
		return what + " in the work tree, not committed yet"
	}
	return fmt.Sprintf("%s in %s by %s on %s", what, report.ShortHash(v.Commit), v.Author, v.Day)
}
