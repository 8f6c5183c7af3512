package impact

import (
	"fmt"
	"strings"

	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
)

type positionsData struct {
	Added   []Position       `json:"added"`
	Removed []Position       `json:"removed"`
	Changed []PositionChange `json:"changed"`
	Unknown []string         `json:"unknown"`
}

type peopleData struct {
	Joined  []Employment `json:"joined"`
	Left    []Leaving    `json:"left"`
	Moved   []Transfer   `json:"moved"`
	Unknown []string     `json:"unknown"`
}

func (p Positions) data() positionsData {
	return positionsData{list(p.Added), list(p.Removed), list(p.Changed), list(p.Unknown)}
}

func (p People) data() peopleData {
	return peopleData{list(p.Joined), list(p.Left), list(p.Moved), list(p.Unknown)}
}

// mostRows bounds the tables of seats and of people: a comment is read by somebody who
// has to approve it. Machines get all rows.
const mostRows = 25

// bounded adds a table, and says how many rows people do not see.
func bounded(r *report.Report, heading, noun string, t *report.Table) {
	if len(t.Rows) == 0 {
		return
	}
	more := len(t.Rows) - mostRows
	if more > 0 {
		t.Rows, t.Minor = t.Rows[:mostRows], t.Rows[mostRows:]
	}
	r.Add(report.Heading(heading), t)
	if more > 0 {
		r.Add(report.Text(fmt.Sprintf("and %s; json and csv have all", report.Plural(more, "more "+noun))))
	}
}

func headsTable(what, key string) *report.Table {
	return &report.Table{Columns: []report.Column{
		{Header: "", Key: "change"},
		{Header: what, Key: key},
		{Header: "Team", Key: "team", Priority: 1},
		{Header: "Role", Key: "role", Priority: 3},
		{Header: "Level", Key: "level", Priority: 2},
		{Header: "What", Key: "what", Prose: true},
	}}
}

// report adds what happens to the seats.
func (p Positions) report(r *report.Report) {
	t := headsTable("Position", "position")
	row := func(sign, change string, s Position, what string) {
		t.Append(report.Cell{Text: sign + " " + change, Value: change},
			report.Say(s.Plan+"/"+s.ID), say(s.Team), report.Say(s.Role), report.Say(s.Level), report.Say(what))
	}
	for _, s := range p.Added {
		row("+", "added", s, fmt.Sprintf("%s, from %s", s.Status, s.Effective))
	}
	for _, s := range p.Removed {
		row("-", "removed", s, fmt.Sprintf("was %s, from %s", s.Status, s.Effective))
	}
	for _, s := range p.Changed {
		var what []string
		for _, f := range s.Changes {
			what = append(what, f.plain())
		}
		row("~", "changed", s.Position, strings.Join(what, "; "))
	}
	bounded(r, "Positions", "position", t)
}

// fieldNames are for people what fields are called.
var fieldNames = map[string]string{"expectedStart": "expected start"}

// plain is a change of a field in words.
func (f FieldChange) plain() string {
	switch {
	case f.Field == "filled" && f.From == f.To:
		return "filled by somebody else"
	case f.Field == "filled" && f.To == true:
		return "filled"
	case f.Field == "filled":
		return "no longer filled"
	case f.Field == "backfills" && f.From == f.To:
		return "backfills somebody else"
	case f.Field == "backfills" && f.To == true:
		return "backfills somebody"
	case f.Field == "backfills":
		return "backfills nobody"
	}
	name := f.Field
	if n, ok := fieldNames[name]; ok {
		name = n
	}
	return fmt.Sprintf("%s %s → %s", name, plainValue(f.From), plainValue(f.To))
}

func plainValue(v any) string {
	switch v := v.(type) {
	case nil:
		return "none"
	case portfolio.MilliFTE:
		return v.String()
	}
	return fmt.Sprint(v)
}

// count is how many lines there are of people.
func (p People) count() int { return len(p.Joined) + len(p.Left) + len(p.Moved) }

// report adds what happens to people.
func (p People) report(r *report.Report) {
	t := headsTable("Person", "person")
	row := func(sign, change string, e Employment, what string) {
		t.Append(report.Cell{Text: sign + " " + change, Value: change},
			report.Say(e.ID), say(e.Team), report.Say(e.Role), report.Say(e.Level), report.Say(what))
	}
	for _, e := range p.Joined {
		row("+", "new", e, "starts "+e.Start.String())
	}
	for _, l := range p.Left {
		switch {
		case l.Unlisted && l.From != nil:
			row("-", "unlisted", l.Employment, "on no roster any more; left "+l.From.String())
		case l.Unlisted:
			row("-", "unlisted", l.Employment, "on no roster any more")
		case l.From == nil:
			row("-", "leaves", l.Employment, "last day "+l.To.String())
		case l.To == nil:
			row("+", "stays", l.Employment, "last day was "+l.From.String())
		default:
			row("~", "leaves", l.Employment, fmt.Sprintf("last day %s → %s", l.From, l.To))
		}
	}
	for _, m := range p.Moved {
		var what []string
		for _, x := range m.Changes {
			what = append(what, x.plain())
		}
		row("~", "changed", m.Employment, strings.Join(what, "; "))
	}
	bounded(r, "People", "row", t)
}

// plain is a change on some days in words.
func (x StandingChange) plain() string {
	text := x.FieldChange.plain()
	if x.Since != nil {
		text += " from " + x.Since.String()
	}
	if x.Until != nil {
		text += " until " + x.Until.String()
	}
	return text
}
