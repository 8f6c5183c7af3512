package impact

import (
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/staffing"
)

// Approve says who approved: handles of people, or, of people who state no handle,
// their ids. An approver that policy names is a person, a team, for which its lead or
// anyone in it approves, or a group, for which someone of that very name does who is
// no person of the roster. Who is who, and employed, is what the state before the
// change says, so that nobody becomes an approver by the change itself; for a rule that
// is new, what the state after it says.
func (c *Change) Approve(names []string) {
	before, after := newApprovers(c.base, c.asOf, names), newApprovers(c.head, c.asOf, names)
	for i := range c.Approvals {
		a := &c.Approvals[i]
		given := after
		if a.standing {
			given = before
		}
		a.Missing = slices.DeleteFunc(slices.Clone(a.Requires), given.stand)
	}
}

// approvers are those who approved, by what they are.
type approvers struct {
	known                 map[string]bool // people and teams that there are
	people, teams, groups map[string]bool
}

func newApprovers(s *portfolio.Snapshot, asOf cal.Date, names []string) approvers {
	a := approvers{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	given := map[string]bool{}
	for _, name := range names {
		if name = handle(name); name != "" { // which people without a handle have, too
			given[name] = true
			a.groups[name] = true
		}
	}
	for _, r := range s.Rosters {
		for _, p := range r.People {
			a.known[p.ID] = true
			handles := []string{handle(p.Handles.GitHub), handle(p.Handles.GitLab), handle(p.Handles.Email)}
			if strings.Join(handles, "") == "" {
				handles = []string{handle(p.ID)}
			}
			for _, h := range handles {
				if !given[h] {
					continue
				}
				delete(a.groups, h)
				if p.Start <= asOf && (p.End.IsZero() || p.End >= asOf) {
					a.people[p.ID], a.teams[staffing.At(p, asOf).Team] = true, true
				}
			}
		}
	}
	for _, t := range s.Teams {
		a.known[t.Meta.Name] = true
		if a.people[t.Lead] {
			a.teams[t.Meta.Name] = true
		}
	}
	return a
}

// stand reports whether somebody stands for an approver that policy names.
func (a approvers) stand(who string) bool {
	return a.people[who] || a.teams[who] || !a.known[who] && a.groups[handle(who)]
}

// handle is a name as it is compared.
func handle(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.TrimSpace(name), "@"))
}
