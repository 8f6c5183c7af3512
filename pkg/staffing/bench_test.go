package staffing

import (
	"fmt"
	"strings"
	"testing"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/report"
)

// crowd has 20,000 people in 500 teams, of whom every fourth changed something, and
// 2,000 programs of 8 lines, of which 6 name somebody.
func crowd() []string {
	docs := []string{config("levels: [{id: L1}, {id: L2}, {id: L3}], calendar: {holidays: [2026-01-01, 2026-12-25, 2027-01-01, 2027-12-24, 2028-01-03, 2028-12-25]}")}
	const teams = 500
	for i := range teams {
		parent := ""
		if i > 0 {
			parent = fmt.Sprintf("parent: t%d", (i-1)/7)
		}
		docs = append(docs, fmt.Sprintf("kind: Team\nmetadata: {name: t%d}\nspec: {%s}\n", i, parent))
	}
	day := cal.MustDate("2024-01-01")
	for i := range teams {
		var people []string
		for k := range 40 {
			n := i*40 + k
			text := fmt.Sprintf("id: p%d, team: t%d, role: r%d, level: L%d, start: %s", n, i, n%12, 1+n%3, day.Add(cal.Days(n%900)))
			if n%4 == 0 {
				text += fmt.Sprintf(", history: [{until: %s, team: t%d}, {until: %s, level: L%d}]", day.Add(cal.Days(900+n%600)), (i+1)%teams, day.Add(cal.Days(950+n%700)), 1+(n+1)%3)
			}
			if n%5 == 0 {
				text += ", end: " + day.Add(cal.Days(1700+n%200)).String()
			}
			people = append(people, text)
		}
		docs = append(docs, strings.Replace(roster(fmt.Sprint("r", i), people...), "  team: sre\n", "", 1))
	}
	start := cal.MustDate("2026-01-01")
	for i := range 2000 {
		text := fmt.Sprintf("kind: Program\nmetadata: {name: g%d}\nspec:\n  status: active\n  start: 2026-01-01\n  due: 2028-12-31\n  staffing:\n", i)
		for k := range 8 {
			n := i*8 + k
			from := start.Add(cal.Days(n * 13 % 700))
			who := fmt.Sprintf("person: p%d", n*7%20000)
			if k > 5 {
				who = fmt.Sprintf("team: t%d, role: r%d", n%teams, n%12)
			}
			text += fmt.Sprintf("    - {%s, fte: 0.%d, from: %s, to: %s}\n", who, 3+n%7, from, from.Add(cal.Days(90+n%300)))
		}
		docs = append(docs, text)
	}
	return docs
}

// Demand, supply, over-allocation, what is free and what nobody is named for, by team
// and role over 36 months.
func BenchmarkAnalyse(b *testing.B) {
	s := snapshot(crowd()...)
	if len(PeopleOf(s)) != 20000 || len(Programs(s)) != 2000 {
		b.Fatalf("%d people, %d programs", len(PeopleOf(s)), len(Programs(s)))
	}
	o := options(s, "FY26..FY28", cal.ByMonth, group.ByTeam, group.ByRole)
	days := cal.Period{From: o.Buckets[0].From, To: o.Buckets[len(o.Buckets)-1].To}
	b.Run("analysis", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			Analyse(s, o)
		}
	})
	b.Run("parts", func(b *testing.B) {
		for _, part := range []struct {
			name string
			run  func()
		}{
			{"groups", func() { newBalancer(s, s.Calendar, o, choose(s, o.Selector)) }},
			{"overallocated", func() { Overallocations(s, days) }},
			{"unfilled", func() { unfilled(s, days) }},
			{"outside", func() { Outside(s) }},
		} {
			b.Run(part.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					part.run()
				}
			})
		}
	})
	a := Analyse(s, o)
	b.Run("report", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			a.Report(report.New("staffing", o.AsOf), View{})
		}
	})
}
