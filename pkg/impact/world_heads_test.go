package impact

import (
	"fmt"
	"maps"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// who is somebody on the roster.
type who struct {
	team, level, start, end string
	promoted                bool // was on another level until a day
}

// post is a position of the plan.
type post struct {
	team, level, status, effective, expected, location string
	growth                                             bool
	fte                                                string
	plan                                               int // of two
}

func copied[T any](m map[string]*T) map[string]*T {
	c := map[string]*T{}
	for k, v := range m {
		x := *v
		c[k] = &x
	}
	return c
}

func pick(r *rand.Rand, list ...string) string { return list[r.Intn(len(list))] }

func (w *world) editPeople(r *rand.Rand, id string) {
	p := w.people[id]
	switch n := r.Intn(8); {
	case n == 0:
		delete(w.people, id)
	case n == 1:
		w.badRoster = pick(r, "", "", "", "", "  colour: red\n", "  team: nowhere\n")
	case p == nil:
		w.people[id] = &who{team: pick(r, teams...), level: "L5", start: "2020-01-06"}
	case n < 4:
		p.team = pick(r, teams...)
	case n == 4:
		p.level = pick(r, "L4", "L5")
	case n == 5:
		p.end = pick(r, "", "2026-11-30", "2026-12-31", "2027-03-31")
	case n == 6:
		p.start = pick(r, "2020-01-06", "2021-02-01")
	default:
		p.promoted = !p.promoted
	}
}

func (w *world) editPositions(r *rand.Rand, id string) {
	p := w.positions[id]
	switch n := r.Intn(10); {
	case n == 0:
		delete(w.positions, id)
	case n == 1:
		w.badPlan = pick(r, "", "", "", "", "  colour: red\n", "  team: nowhere\n")
	case p == nil:
		w.positions[id] = &post{team: pick(r, teams...), level: "L5", status: "open", effective: "2026-06", growth: true, fte: "1"}
	case n < 4:
		p.team = pick(r, teams...)
	case n == 4:
		p.effective = pick(r, "2026-06", "2026-10", "2026-10-01", "2026-12", "2027-02")
	case n == 5:
		p.status = pick(r, "planned", "open", "cancelled", "on-hold")
	case n == 6:
		p.level, p.location = pick(r, "L4", "L5"), pick(r, "", "lisbon")
	case n == 7:
		p.expected, p.growth = pick(r, "", "2027-01-04"), r.Intn(2) == 0
	case n == 8:
		p.fte = pick(r, "1", "0.5")
	default:
		p.plan = r.Intn(2)
	}
}

// roster is the document of the people.
func (w *world) roster() string {
	text := "kind: Roster\nmetadata: {name: all}\nspec:\n" + w.badRoster + "  people:\n"
	for _, id := range slices.Sorted(maps.Keys(w.people)) {
		p := w.people[id]
		text += fmt.Sprintf("    - {id: %s, team: %s, role: engineer, level: %s, start: %s", id, p.team, p.level, p.start)
		if p.end != "" {
			text += ", end: " + p.end
		}
		if p.promoted {
			text += ", history: [{until: 2026-08-31, level: L4}]"
		}
		text += "}\n"
	}
	return text
}

// plan is the documents of the positions.
func (w *world) plan() string {
	var docs []string
	for n := range 2 {
		text := fmt.Sprintf("kind: HeadcountPlan\nmetadata: {name: plan%d}\nspec:\n  fiscalYear: FY26\n", n)
		if bad := w.badPlan; n == 0 && bad != "" {
			text += bad
		} else {
			text += "  team: core\n"
		}
		text += "  positions:\n"
		some := false
		for _, id := range slices.Sorted(maps.Keys(w.positions)) {
			p := w.positions[id]
			if p.plan != n {
				continue
			}
			some = true
			text += fmt.Sprintf("    - {id: %s, team: %s, role: engineer, level: %s, fte: %s, status: %s, effective: %s, type: %s",
				id, p.team, p.level, p.fte, p.status, p.effective, p.kind())
			if p.expected != "" {
				text += ", expectedStart: " + p.expected
			}
			if p.location != "" {
				text += ", location: " + p.location
			}
			text += "}\n"
		}
		if !some {
			text += "    []\n"
		}
		docs = append(docs, text)
	}
	return strings.Join(docs, "---\n")
}

func (p *post) kind() string {
	if p.growth {
		return "growth"
	}
	return "backfill"
}

// opaque reports whether there is a file that is no YAML: anything may be in it.
func (w *world) opaque() bool {
	return w.torn && len(w.people) > 0 && w.external != "Roster" || w.tornToo && w.programs["p3"] != nil
}

// counted reports whether heads can be known.
func (w *world) counted() bool {
	return !w.tornToo && (!w.torn && w.badRoster == "" || len(w.people) == 0) && w.external != "Roster" &&
		(w.badPlan == "" || len(w.positions) == 0)
}

func (w *world) heads(team string) (n int) {
	for _, p := range w.people {
		if p.team == team && (p.end == "" || p.end >= "2026-12-31") {
			n++
		}
	}
	for _, p := range w.positions {
		if p.team == team && p.effective < "2027" && (p.status == "open" || p.status == "planned") {
			n++
		}
	}
	return n
}

// fields are the texts by which positions differ.
func (p *post) fields() map[string]string {
	first := p.effective
	if len(first) == len("2026-10") {
		first += "-01"
	}
	return map[string]string{
		"status": p.status, "effective": first, "expectedStart": p.expected, "team": p.team, "level": p.level,
		"location": p.location, "fte": p.fte, "type": p.kind(), "plan": fmt.Sprint(p.plan),
	}
}

// checkSeats compares the seats of a change with those of the documents; it returns
// how many differ.
func checkSeats(t *testing.T, c *Change, a, b *world) int {
	t.Helper()
	sound := func(w *world) bool { return !w.torn && !w.tornToo && (w.badPlan == "" || len(w.positions) == 0) }
	if !sound(a) || !sound(b) || a.broken || b.broken { // one by one in TestSeatsLeftOut
		return 0
	}
	var want, got []string
	for _, id := range milestoneNames {
		p, q := a.positions[id], b.positions[id]
		switch {
		case p == nil && q == nil:
		case p == nil:
			want = append(want, "+ "+id)
		case q == nil:
			want = append(want, "- "+id)
		default:
			was, is := p.fields(), q.fields()
			for _, f := range slices.Sorted(maps.Keys(was)) {
				if was[f] != is[f] {
					want = append(want, "~ "+id+" "+f)
				}
			}
		}
	}
	for _, s := range c.Positions.Added {
		got = append(got, "+ "+s.ID)
	}
	for _, s := range c.Positions.Removed {
		got = append(got, "- "+s.ID)
	}
	for _, s := range c.Positions.Changed {
		for _, f := range s.Changes {
			got = append(got, "~ "+s.ID+" "+f.Field)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("seats (-want +got):\n%s", diff)
	}
	return len(got)
}

// checkPeople does the same with people.
func checkPeople(t *testing.T, c *Change, a, b *world) int {
	t.Helper()
	sound := func(w *world) bool {
		return !w.torn && !w.tornToo && !w.broken && w.external != "Roster" && (w.badRoster == "" || len(w.people) == 0)
	}
	if !sound(a) || !sound(b) {
		return 0
	}
	var want, got []string
	for _, id := range milestoneNames {
		p, q := a.people[id], b.people[id]
		switch {
		case p == nil && q == nil:
			continue
		case p == nil:
			want = append(want, "+ "+id)
			continue
		case q == nil:
			want = append(want, "- "+id)
			continue
		}
		at := func(w *who, early bool) string {
			if early && w.promoted {
				return "L4"
			}
			return w.level
		}
		for field, differs := range map[string]bool{
			"end": p.end != q.end, "team": p.team != q.team, "start": p.start != q.start,
			"level": at(p, true) != at(q, true) || at(p, false) != at(q, false),
		} {
			if differs {
				want = append(want, "~ "+id+" "+field)
			}
		}
	}
	for _, e := range c.People.Joined {
		got = append(got, "+ "+e.ID)
	}
	for _, l := range c.People.Left {
		if l.Unlisted {
			got = append(got, "- "+l.ID)
		} else {
			got = append(got, "~ "+l.ID+" end")
		}
	}
	for _, m := range c.People.Moved {
		for _, x := range m.Changes {
			got = append(got, "~ "+m.ID+" "+x.Field)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	got = slices.Compact(got) // a level may differ in one way early and in another later
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("people (-want +got):\n%s", diff)
	}
	return len(got)
}
