// Package history reads what the commits of a repository say of dates: of every
// milestone, every program and every position of a headcount plan, each version in
// which something changed. It knows files, commits and dates, and nothing of
// calendars, policies or lateness.
//
// A version is a commit of the first-parent history of a revision, oldest first;
// the work tree, where it differs from it, is one more. Identity is the name of a
// program and the id of a milestone, and the id of a position, so that renaming,
// splitting, reordering and reformatting files change nothing.
package history

import (
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
)

// ID names a milestone, or a program where Milestone is empty.
type ID struct{ Program, Milestone string }

// String is program/milestone, or the name of the program.
func (id ID) String() string {
	if id.Milestone == "" {
		return id.Program
	}
	return id.Program + "/" + id.Milestone
}

// Compare orders by program, then milestone; a program comes before its
// milestones.
func (id ID) Compare(o ID) int {
	if c := strings.Compare(id.Program, o.Program); c != 0 {
		return c
	}
	return strings.Compare(id.Milestone, o.Milestone)
}

// Version is one commit, or the work tree.
type Version struct {
	// Commit is a full hash; empty is the work tree.
	Commit string
	// Day is that of the committer date, in UTC; as-of for the work tree.
	Day cal.Date
	// Author is the name of the author; empty for the work tree.
	Author string
	// Closed is the last month that finance had closed, by the Portfolio of this
	// version; zero where it does not say.
	Closed cal.Month

	reasons []reason
}

// Reason is what the message of the commit, or of the commits that it merged,
// gives as the reason for moving something; "" where it gives none. A reason for
// that very milestone or program goes before one for all.
func (v *Version) Reason(id ID) string {
	general := ""
	for _, r := range v.reasons {
		if r.id == id.String() {
			return r.text
		}
		if r.id == "" && general == "" {
			general = r.text
		}
	}
	return general
}

// Reasons are the names for which the messages give reasons of their own.
func (v *Version) Reasons() (names []string) {
	for _, r := range v.reasons {
		if r.id != "" {
			names = append(names, r.id)
		}
	}
	return names
}

// State is what a version says of a milestone or a program. A zero date is one
// that is not stated, or not a date.
type State struct {
	Due, Baseline, Forecast, Completed cal.Date
	// Reason is dueReason.
	Reason string
	// Cancelled is that of its status.
	Cancelled bool
	// Title, Owner and Team are as stated; of a milestone that states no owner or
	// team, those of its program.
	Title, Owner, Team string
}

// Point is a version in which the dates of something differ from the version
// before.
type Point struct {
	Version *Version
	State
	// Present is false where it is there no more; the state is then the last.
	Present bool
	// Committed says that its program is approved or active.
	Committed bool
}

// Track is the history of one milestone or program.
type Track struct {
	ID     ID
	Points []Point // oldest first, at least one; Due is never zero
}

// Last is the newest point.
func (t *Track) Last() *Point { return &t.Points[len(t.Points)-1] }

// Skipped is a version of a file that cannot be read: the one before it counts on.
type Skipped struct {
	Commit string // empty is the work tree
	File   string
	Reason string
}

// History is the history of a portfolio.
type History struct {
	// Commits counts the commits of the first-parent history.
	Commits int
	// First and Last are the days of the oldest and the newest commit; zero where
	// there is none.
	First, Last cal.Date
	// Versions are those in which something of a program or a milestone changed,
	// oldest first. Those in which only positions did are not among them.
	Versions []*Version
	Skipped  []Skipped

	tracks    map[ID]*Track
	positions map[string]*PositionTrack
}

// Track returns the history of something, or nil.
func (h *History) Track(id ID) *Track {
	if h == nil {
		return nil
	}
	return h.tracks[id]
}

// Tracks lists all there ever was, by id.
func (h *History) Tracks() []*Track {
	if h == nil {
		return nil
	}
	list := make([]*Track, 0, len(h.tracks))
	for _, t := range h.tracks {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b *Track) int { return a.ID.Compare(b.ID) })
	return list
}
