package goal

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
)

// Report fills a report: how far people are, and with which goals and key results.
func (a *Analysis) Report(r *report.Report) {
	r.Data = a.data()
	r.Add(report.Text(a.summary()))
	if len(a.People) == 0 {
		return
	}
	r.Add(report.Heading("Progress by person, goals by weight"), a.personTable())
	r.Add(report.Heading("Goals and key results"), a.resultTable())
	if lines := a.reasons(); lines != nil {
		r.Add(report.Heading("Not known, or not computed"), report.Text(strings.Join(lines, "\n")))
	}
}

// summary is how many goals there are, and how many key results are met.
func (a *Analysis) summary() string {
	if a.Unknown != nil {
		return "n/a: goals: " + strings.Join(texts(a.Unknown), "; ")
	}
	s := a.count()
	var lines []string
	if s.Goals == 0 {
		lines = append(lines, "No goals for "+a.Quarter.String())
	} else {
		lines = append(lines, fmt.Sprintf("Goals of %s: %s, %s, %s", a.Quarter, people(s.People), report.Plural(s.Goals, "goal"), report.Plural(s.KeyResults, "key result")))
		var parts []string
		for _, x := range []struct {
			n    int
			word string
		}{{s.Met, "met"}, {s.Open, "open"}, {s.Missed, "missed"}, {s.Unknown, "n/a"}} {
			if x.n > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", x.n, x.word))
			}
		}
		if parts != nil {
			lines = append(lines, "Key results: "+strings.Join(parts, ", "))
		}
	}
	switch {
	case a.Over():
		lines = append(lines, fmt.Sprintf("%s ended on %s", a.Quarter, a.Days.Last()))
	case a.AsOf.Before(a.Days.From):
		lines = append(lines, fmt.Sprintf("%s begins on %s", a.Quarter, a.Days.From))
	default:
		lines = append(lines, fmt.Sprintf("Of %s %s is over; it ends on %s", a.Quarter, a.Elapsed().Percent(), a.Days.Last()))
	}
	lines = append(lines, texts(a.Partial)...)
	if s.Goals == 0 && len(a.Others) > 0 {
		names := make([]string, len(a.Others))
		for i, q := range a.Others {
			names[i] = q.String()
		}
		lines = append(lines, "There are goals for "+strings.Join(names, ", "))
	}
	return strings.Join(lines, "\n")
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

// reasons are a line for each key result of which something is to be said.
func (a *Analysis) reasons() (lines []string) {
	for _, p := range a.People {
		for _, g := range p.Goals {
			for _, k := range g.KeyResults {
				if why := cmp.Or(k.Why, k.Note); why != "" {
					lines = append(lines, fmt.Sprintf("%s, %s, %s: %s", cmp.Or(p.ID, "(nobody)"), g.ID, cmp.Or(k.Metric, k.Source, "(no metric)"), why))
				}
			}
		}
	}
	return lines
}

func right(header, key string, priority int) report.Column {
	return report.Column{Header: header, Key: key, Align: report.Right, Priority: priority}
}

func percent(r ratio.Ratio) report.Cell {
	if !r.Known() {
		return report.Cell{Text: "n/a", Tone: report.Dim}
	}
	return report.Cell{Text: r.Percent(), Value: r}
}

func personCell(id string) report.Cell {
	if id == "" {
		return report.Cell{Text: "(nobody)"}
	}
	return report.Say(id)
}

func (a *Analysis) personTable() *report.Table {
	t := &report.Table{Name: "people", Columns: []report.Column{
		{Header: "Person", Key: "person"},
		right("Goals", "goals", 2), right("Key results", "key_results", 2), right("Met", "met", 1), right("Progress", "progress", 0), right("Of weight", "covered", 1),
	}}
	for _, p := range a.People {
		results, met := 0, 0
		for _, g := range p.Goals {
			for _, k := range g.KeyResults {
				if results++; k.State == Met {
					met++
				}
			}
		}
		t.Append(personCell(p.ID), count(len(p.Goals)), count(results), count(met), percent(p.Progress), percent(p.Covered))
	}
	return t
}

func count(n int) report.Cell { return report.Cell{Text: fmt.Sprint(n), Value: n} }

// resultTable has a row for each key result, and one for a goal that has none.
func (a *Analysis) resultTable() *report.Table {
	t := &report.Table{Name: "key_results", Columns: []report.Column{
		{Header: "Person", Key: "person"},
		{Header: "Goal", Key: "goal"},
		right("Share", "share", 3),
		{Header: "Key result", Key: "metric", Prose: true},
		right("Baseline", "baseline", 3), right("Target", "target", 1), right("Current", "current", 1),
		{Header: "Unit", Key: "unit", Priority: 4},
		{Header: "Source", Key: "source", Priority: 4},
		right("Progress", "progress", 0),
		{Header: "State", Key: "state", Whole: true},
	}}
	for _, p := range a.People {
		for _, g := range p.Goals {
			head := []report.Cell{personCell(p.ID), report.Say(g.ID), percent(g.Share)}
			if len(g.KeyResults) == 0 {
				t.Append(head...)
			}
			for _, k := range g.KeyResults {
				t.Append(append(head[:len(head):len(head)], k.cells()...)...)
			}
		}
	}
	return t
}

func (k *KeyResult) cells() []report.Cell {
	state := report.Cell{Text: string(k.State), Value: string(k.State)}
	switch k.State {
	case Met:
		state.Tone = report.Good
	case Missed:
		state.Tone = report.Bad
	case Unknown:
		state.Text, state.Tone = "n/a", report.Dim
	}
	measure := func(m *portfolio.Measure) report.Cell { return value(numberOf(m)) }
	return []report.Cell{
		report.Say(k.Metric), measure(k.Baseline), measure(k.Target), value(k.current), report.Say(k.Unit), report.Say(k.Source), percent(k.Progress), state,
	}
}

func value(n number) report.Cell {
	if !n.known() {
		return report.Cell{}
	}
	return report.Cell{Text: n.text(), Value: n.String()}
}
