package staffing

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
)

// world draws an organisation: documents, in any order.
func world(r *rand.Rand) []string {
	teams, roles, levels, places := []string{"t0", "t1", "t2", "t3"}, []string{"sre", "dev"}, []string{"L3", "L4"}, []string{"", "", "lisbon"}
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	day := func(from string, within int) cal.Date { return cal.MustDate(from).Add(cal.Days(r.IntN(within))) }
	field := func(key, value string) string {
		if value == "" {
			return ""
		}
		return ", " + key + ": " + value
	}
	ftes := []string{"1", "1", "0.8", "0.5", "0.333"}
	docs := []string{config(fmt.Sprintf(
		"fiscalYear: {startMonth: %d}, levels: [{id: L3}, {id: L4}], policy: {maxAllocation: %s}, calendar: {workweek: [%s], holidays: [2026-01-01, 2026-02-03, 2026-03-02, 2026-05-01]}",
		1+r.IntN(3), pick([]string{"100%", "100%", "80%", "120.5%"}), pick([]string{"Mon, Tue, Wed, Thu, Fri", "Mon, Tue, Wed, Thu, Fri", "Sun, Mon, Tue", "Mon"}),
	))}
	docs = append(docs, "kind: Team\nmetadata: {name: sre}\n")
	for i, t := range teams {
		spec := "{}"
		if i > 0 && r.IntN(4) > 0 {
			spec = fmt.Sprintf("{parent: t%d%s}", r.IntN(i), field("function", pick([]string{"", "ops", "product"})))
		}
		docs = append(docs, fmt.Sprintf("kind: Team\nmetadata: {name: %s}\nspec: %s\n", t, spec))
	}
	var ids []string
	rosters := make([][]string, 2)
	for i := range 3 + r.IntN(5) {
		id := fmt.Sprint("p", i)
		ids = append(ids, id)
		start := day("2025-06-01", 400)
		for range 1 + r.IntN(2) {
			text := fmt.Sprintf("id: %s, team: %s, role: %s, level: %s, fte: %s, start: %s%s", id, pick(teams), pick(roles), pick(levels), pick(ftes), start, field("location", pick(places)))
			end := start.Add(cal.Days(20 + r.IntN(300)))
			var changes []string
			for range r.IntN(3) {
				changes = append(changes, fmt.Sprintf("{until: %s%s%s%s}", start.Add(cal.Days(r.IntN(200))),
					field("team", pick([]string{"", "t0", "t2"})), field("role", pick([]string{"", "sre", "dev"})), field("fte", pick([]string{"", "0.5", "1"}))))
			}
			if len(changes) > 0 {
				text += ", history: [" + strings.Join(changes, ", ") + "]"
			}
			last := r.IntN(3) == 0
			if !last {
				text += ", end: " + end.String()
			}
			n := r.IntN(2)
			rosters[n] = append(rosters[n], text)
			if last {
				break
			}
			start = end.Add(cal.Days(1 + r.IntN(60)))
		}
	}
	for i, people := range rosters {
		docs = append(docs, roster(fmt.Sprint("r", i), people...))
	}
	for i := range 2 + r.IntN(3) {
		var lines []string
		for range 1 + r.IntN(6) {
			from := day("2025-11-01", 250)
			line := fmt.Sprintf("fte: %s, from: %s, to: %s", pick([]string{"1", "0.5", "0.4", "0.333", "2", "0"}), from, from.Add(cal.Days(r.IntN(150))))
			if r.IntN(3) > 0 {
				line += ", person: " + pick(ids)
			} else {
				line += field("team", pick([]string{"", "t0", "t1"})) + field("level", pick([]string{"", "L3"})) + field("location", pick(places))
			}
			lines = append(lines, line)
		}
		docs = append(docs, strings.Replace(program(fmt.Sprint("g", i), pick([]string{"active", "active", "proposed", "completed\n  completed: 2026-03-31", "cancelled"}), lines...),
			"  due: 2026-12-31", "  due: "+day("2026-02-01", 200).String(), 1))
	}
	plan := "kind: HeadcountPlan\nmetadata: {name: plan}\nspec:\n  fiscalYear: FY26\n  team: t1\n  positions:\n"
	for i := range 4 {
		expected := ""
		if r.IntN(2) == 0 {
			expected = field("expectedStart", day("2026-01-01", 200).String())
		}
		plan += fmt.Sprintf("    - {id: s%d, role: sre, level: L3, type: growth, fte: %s, status: %s, effective: %s%s%s}\n", i, pick(ftes),
			pick([]string{"planned", "approved", "open", "offered", "on-hold", "cancelled"}), pick([]string{"2026-02", "2026-03-17", "2025-12"}), field("team", pick([]string{"", "t3"})), expected)
	}
	docs = append(docs, plan)
	r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
	return docs
}

// organisation assembles a world, which must validate.
func organisation(t *testing.T, docs []string) *portfolio.Snapshot {
	t.Helper()
	parts := make([]portfolio.Part, len(docs))
	for i, doc := range docs {
		parts[i] = portfolio.Read(&source.File{Name: fmt.Sprint("f", i), Text: []byte(doc)}, roleOf(doc, docs))
	}
	s, findings := portfolio.Assemble(parts)
	for _, d := range findings {
		t.Fatalf("%s: %s in\n%s", d.Subject, d.Message, strings.Join(docs, "---\n"))
	}
	return s
}

// naiveAt is what holds in an employment on a day, field by field.
func naiveAt(p *portfolio.Person, day cal.Date) Standing {
	now := Standing{Team: p.Team, Role: p.Role, Level: p.Level, Location: p.Location, FTE: p.FTE}
	changes := slices.Clone(p.History)
	slices.SortFunc(changes, func(a, b portfolio.EmploymentChange) int { return int(b.Until) - int(a.Until) })
	for _, h := range changes { // the last first, so that the next one wins
		if h.Until < day {
			continue
		}
		for to, text := range map[*string]string{&now.Team: h.Team, &now.Role: h.Role, &now.Level: h.Level, &now.Location: h.Location} {
			if text != "" {
				*to = text
			}
		}
		if h.FTE != 0 {
			now.FTE = h.FTE
		}
	}
	return now
}

// everybody are the employments of a person in order.
func everybody(s *portfolio.Snapshot, id string) []*portfolio.Person {
	var list []*portfolio.Person
	for _, r := range s.Rosters {
		for _, p := range r.People {
			if p.ID == id && s.Sound("roster/"+r.Meta.Name) {
				list = append(list, p)
			}
		}
	}
	slices.SortFunc(list, func(a, b *portfolio.Person) int { return int(a.Start) - int(b.Start) })
	return list
}

// naiveOn is what holds for a person on a day.
func naiveOn(employments []*portfolio.Person, day cal.Date) (now Standing, employed, known bool) {
	if len(employments) == 0 {
		return Standing{}, false, false
	}
	e := employments[0]
	for _, x := range employments {
		if x.Start <= day {
			e = x
		}
	}
	return naiveAt(e, day), e.Start <= day && (e.End == 0 || day <= e.End), true
}
