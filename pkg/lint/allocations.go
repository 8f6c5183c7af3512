package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/staffing"
)

// The past cannot be mended, and what is far off will be planned again: it looks at
// the days from as-of to the end of the next fiscal year.
var overAllocated = &Rule{
	Rule: diag.Rule{Code: "STF001", Name: "over-allocated", Summary: "A person is allocated beyond what the policy allows", Severity: diag.Error},
	Check: func(p *Pass) {
		if p.unlisted() || slices.ContainsFunc(p.Programs, func(g *portfolio.Program) bool { return staffing.LinesPrivate(p.Snapshot, g) }) {
			p.Blind() // to what it cannot see; what it can see is over-allocated all the same
		}
		days := cal.Period{From: p.AsOf, To: p.Fiscal.Period(p.Fiscal.YearOf(p.AsOf) + 1).To}
		list := staffing.Overallocations(p.Snapshot, days)
		for len(list) > 0 {
			n := slices.IndexFunc(list, func(o staffing.Overallocation) bool { return o.Person.ID != list[0].Person.ID })
			if n < 0 {
				n = len(list)
			}
			reportOverallocation(p, list[:n])
			list = list[n:]
		}
	},
}

// reportOverallocation reports that of one person: the worst, and how many more days
// there are.
func reportOverallocation(p *Pass, list []staffing.Overallocation) {
	worst, more := list[0], -list[0].Workdays
	for _, o := range list {
		more += o.Workdays
		if o.Allocated*worst.Contracted > worst.Allocated*o.Contracted {
			more += worst.Workdays - o.Workdays
			worst = o
		}
	}
	var lines []staffing.Allocation
	takes := make([]string, len(worst.Parts))
	for i, part := range worst.Parts {
		takes[i] = fmt.Sprintf("%s %s", part.Program.Meta.Name, portfolio.MilliFTE(part.FTE))
		for _, l := range part.Lines {
			lines = append(lines, staffing.Allocation{Program: part.Program, Line: l})
		}
	}
	slices.SortStableFunc(lines, func(a, b staffing.Allocation) int {
		return cmp.Compare(b.Line.From.First(), a.Line.From.First())
	})
	last := lines[0]
	var others []place
	for _, l := range lines[1:min(len(lines), mostPlaces)] {
		others = append(others, place{l.Line.Origin.At("person"), fmt.Sprintf("program %q takes %s from %s on", l.Program.Meta.Name, l.Line.FTE, l.Line.From)})
	}
	own := ""
	if worst.Contracted != int64(portfolio.FullTime) {
		own = fmt.Sprintf(" of %s contracted", portfolio.MilliFTE(worst.Contracted))
	}
	also := ""
	if more > 0 {
		also = fmt.Sprintf("; beyond it on %s", moreWorkdays(more))
	}
	p.Report(Finding{
		At: last.Line.Origin.At("fte"), Subject: personSubject(worst.Person, last.Program), Key: worst.Person.ID,
		Message: fmt.Sprintf("person %q is allocated %s%% from %s to %s, policy allows %s: %s%s%s", worst.Person.ID, worst.Percent(), worst.From, worst.To,
			*p.Config.Policy.MaxAllocation, sum(takes), own, also),
		Detail: "reduce fte:, move from: or to:, or name somebody else; what is meant can be waived for " + waivedOn(worst.Person, last.Program),
	}, others...)
}

// mostPlaces bounds the places of one finding: each may be in a file of its own.
const mostPlaces = 10

// sum names up to five parts and counts the rest: "a 0.5 + b 0.6 + 7 more".
func sum(parts []string) string {
	const most = 5
	if n := len(parts) - most; n > 0 {
		parts = append(slices.Clone(parts[:most]), fmt.Sprintf("%d more", n))
	}
	return strings.Join(parts, " + ")
}

// personSubject is the person, who can carry a waiver; a row of a CSV file cannot, so
// of someone there it is the program.
func personSubject(e *portfolio.Person, g *portfolio.Program) string {
	if e.Origin.File.IsTable() {
		return g.Subject()
	}
	return "roster/" + e.Roster.Meta.Name + "/person/" + e.ID
}

func waivedOn(e *portfolio.Person, g *portfolio.Program) string {
	if e.Origin.File.IsTable() {
		return fmt.Sprintf("program %q", g.Meta.Name)
	}
	return "the person, in the roster"
}

func moreWorkdays(n cal.WorkDays) string {
	if n == 1 {
		return "1 more working day"
	}
	return fmt.Sprintf("%d more working days", n)
}

var allocatedOutside = &Rule{
	Rule: diag.Rule{Code: "STF002", Name: "allocated-outside-employment", Summary: "A person is allocated on days without an employment", Severity: diag.Error},
	Check: func(p *Pass) {
		if p.unlisted() {
			return
		}
		people := p.people()
		p.outside(func(o staffing.OutsideAllocation) (Finding, bool) {
			var when string
			switch o.Reason {
			case staffing.BeforeStart:
				when = fmt.Sprintf("before the first day (%s)", people[o.Line.Person][0].Start)
			case staffing.AfterEnd:
				when = fmt.Sprintf("after the last day (%s)", lastDay(people[o.Line.Person], o.From))
			default:
				return Finding{}, false
			}
			return Finding{
				At: o.Line.Origin.At(edge(o.Reason == staffing.BeforeStart)), Key: string(o.Reason) + " " + o.Line.Person,
				Message: fmt.Sprintf("program %q allocates %q from %s to %s, %s", o.Program.Meta.Name, o.Line.Person, o.From, o.To, when),
				Detail:  "end the line, or begin it, with the employment; state what is still needed by role:, until somebody is named for it",
			}, true
		})
	},
}

// lastDay is the end of the last employment that was over before a day.
func lastDay(employments []*portfolio.Person, day cal.Date) (end cal.Date) {
	for _, e := range employments {
		if !e.End.IsZero() && e.End.Before(day) {
			end = e.End
		}
	}
	return end
}

var allocatedOutsideProgram = &Rule{
	Rule: diag.Rule{Code: "STF003", Name: "allocated-outside-program", Summary: "A staffing line goes beyond the dates of its program", Severity: diag.Warning},
	Check: func(p *Pass) {
		p.outside(func(o staffing.OutsideAllocation) (Finding, bool) {
			if o.Reason != staffing.OutsideProgram {
				return Finding{}, false
			}
			g, before := o.Program, o.To.Before(o.Program.Start)
			when := fmt.Sprintf("after it is due (%s)", g.Due)
			if before {
				when = fmt.Sprintf("before it starts (%s)", g.Start)
			}
			return Finding{
				At: o.Line.Origin.At(edge(before)), Key: fmt.Sprintf("%s %s %t", o.Reason, who(o.Line), before),
				Message: fmt.Sprintf("program %q allocates %s from %s to %s, %s", g.Meta.Name, who(o.Line), o.From, o.To, when),
				Detail:  "keep the line within start: and due:, or move the program and say why",
			}, true
		})
	},
}

// outside reports what a rule makes of days outside of a person's or a program's
// dates, in programs that are not over: of one key and program once, with the places
// of all.
func (p *Pass) outside(of func(staffing.OutsideAllocation) (Finding, bool)) {
	if p.run.outside == nil {
		p.run.outside = append([]staffing.OutsideAllocation{}, staffing.Outside(p.Snapshot)...)
	}
	type key struct {
		program *portfolio.Program
		key     string
	}
	type found struct {
		Finding
		more []place
	}
	var (
		list []*found
		seen = map[key]*found{}
	)
	for _, o := range p.run.outside {
		if o.Program.Status.Over() {
			continue
		}
		f, ok := of(o)
		if !ok {
			continue
		}
		k := key{o.Program, f.Key}
		if first := seen[k]; first != nil {
			if len(first.more)+1 == mostPlaces {
				continue
			}
			first.more = append(first.more, place{f.At, fmt.Sprintf("from %s to %s too", o.From, o.To)})
			continue
		}
		f.Subject = o.Program.Subject()
		seen[k] = &found{Finding: f}
		list = append(list, seen[k])
	}
	for _, f := range list {
		p.Report(f.Finding, f.more...)
	}
}

// edge is the field in which a line goes too far.
func edge(before bool) string {
	if before {
		return "from"
	}
	return "to"
}

// who is whom a staffing line is about: the person, or whom it asks for.
func who(l *portfolio.StaffingLine) string {
	if l.Person != "" {
		return fmt.Sprintf("%q", l.Person)
	}
	parts := []string{cmp.Or(l.Role, "somebody")}
	for _, part := range []struct{ word, name string }{{"", l.Level}, {"of ", l.Team}, {"in ", l.Location}} {
		if part.name != "" {
			parts = append(parts, part.word+part.name)
		}
	}
	return strings.Join(parts, " ")
}

var requirementUnfilled = &Rule{
	Rule: diag.Rule{Code: "STF004", Name: "requirement-unfilled", Summary: "Work of a running program has begun for which nobody is named", Severity: diag.Warning},
	Check: func(p *Pass) {
		for _, g := range p.Programs {
			if !g.Status.Committed() {
				continue
			}
			var names []string
			var lines []*portfolio.StaffingLine
			for _, l := range g.Staffing {
				if l.Person == "" && l.FTE > 0 && !l.From.First().After(p.AsOf) && !l.To.Last().Before(p.AsOf) {
					lines = append(lines, l)
					names = append(names, fmt.Sprintf("%s %s since %s", l.FTE, who(l), l.From))
				}
			}
			if len(lines) == 0 {
				continue
			}
			var others []place
			for _, l := range lines[1:min(len(lines), mostPlaces)] {
				others = append(others, place{l.Origin.At("from"), "nobody here either"})
			}
			p.Report(Finding{
				At: lines[0].Origin.At("from"), Subject: g.Subject(),
				Message: fmt.Sprintf("program %q has begun work for which nobody is named: %s", g.Meta.Name, first(names)),
				Detail:  "name the person: who does it, or begin the line when somebody will be there",
			}, others...)
		}
	},
}
