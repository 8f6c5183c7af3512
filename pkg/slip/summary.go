package slip

import (
	"cmp"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
)

// SummaryData tells by program, owner and team how often dates moved, how far, and
// how late that was said. A milestone without an owner or team is in no group of
// that sort.
type SummaryData struct {
	Programs []GroupData `json:"programs"`
	Owners   []GroupData `json:"owners"`
	Teams    []GroupData `json:"teams"`
}

// GroupData is a group of milestones. Moves are those since the baseline was set.
type GroupData struct {
	Key        string `json:"key"`
	Milestones int    `json:"milestones"` // descoped ones too
	Overdue    int    `json:"overdue"`
	Moved      int    `json:"moved"` // milestones that moved at least once
	Moves      int    `json:"moves"`
	Later      int    `json:"later"`     // moves to a later date
	AfterDue   int    `json:"afterDue"`  // moves made once the old date had passed
	SlipDays   int    `json:"slipDays"`  // sum of the moves to a later date
	NetDays    int    `json:"netDays"`   // sum of all moves
	ChurnDays  int    `json:"churnDays"` // sum of all moves, there and back
	// NoticeDays is the median notice of moves to a later date, the lower one of
	// two in the middle; null where there is none.
	NoticeDays *int `json:"noticeDays"`
	Descoped   int  `json:"descoped"`
}

func summary(list []*Record) SummaryData {
	return SummaryData{
		Programs: groups(list, func(r *Record) string { return r.ID.Program }),
		Owners:   groups(list, func(r *Record) string { return r.Owner }),
		Teams:    groups(list, func(r *Record) string { return r.Team }),
	}
}

// groups are those with the most days slipped first, then by key.
func groups(list []*Record, key func(*Record) string) []GroupData {
	byKey := map[string]*GroupData{}
	notices := map[string][]cal.Days{}
	for _, r := range list {
		k := key(r)
		if k == "" {
			continue
		}
		g := byKey[k]
		if g == nil {
			g = &GroupData{Key: k}
			byKey[k] = g
		}
		g.Milestones++
		if r.Overdue > 0 {
			g.Overdue++
		}
		if r.Descoped {
			g.Descoped++
		}
		moves := r.Counted()
		if len(moves) > 0 {
			g.Moved++
		}
		g.Moves += len(moves)
		g.NetDays += int(r.NetSlip())
		g.ChurnDays += int(r.Churn())
		for _, m := range moves {
			if m.Notice() < 0 {
				g.AfterDue++
			}
			if m.Days() > 0 {
				g.Later++
				g.SlipDays += int(m.Days())
				notices[k] = append(notices[k], m.Notice())
			}
		}
	}
	out := make([]GroupData, 0, len(byKey))
	for k, g := range byKey {
		if n := notices[k]; len(n) > 0 {
			slices.Sort(n)
			g.NoticeDays = new(int(n[(len(n)-1)/2]))
		}
		out = append(out, *g)
	}
	slices.SortFunc(out, func(a, b GroupData) int {
		return cmp.Or(cmp.Compare(b.Overdue, a.Overdue), cmp.Compare(b.SlipDays, a.SlipDays), strings.Compare(a.Key, b.Key))
	})
	return out
}
