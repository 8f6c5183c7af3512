package inventory

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
)

// kinds is everything that can be listed: documents, then parts of them.
var kinds = []Kind{
	{"Portfolio", []string{"currency"}, func(s *portfolio.Snapshot) []Item {
		if s.Config.Meta.Name == "" {
			return nil
		}
		return []Item{document("portfolio", s.Config.Meta, s.Config.Currency)}
	}},
	{"Team", []string{"parent", "lead", "function"}, func(s *portfolio.Snapshot) []Item {
		return each(s.Teams, func(t *portfolio.Team) Item {
			return document("team", t.Meta, t.Parent, t.Lead, t.Function)
		})
	}},
	{"Roster", []string{"team", "people"}, func(s *portfolio.Snapshot) []Item {
		return each(s.Rosters, func(r *portfolio.Roster) Item {
			return document("roster", r.Meta, r.Team, len(r.People))
		})
	}},
	{"Program", []string{"status", "owner", "team", "start", "due", "milestones"}, func(s *portfolio.Snapshot) []Item {
		return each(s.Programs, func(p *portfolio.Program) Item {
			return document("program", p.Meta, p.Status, p.Owner, p.Team, p.Start, p.Due, len(p.Milestones))
		})
	}},
	{"Budget", []string{"team", "fiscalYear", "lines"}, func(s *portfolio.Snapshot) []Item {
		return each(s.Budgets, func(b *portfolio.Budget) Item {
			return document("budget", b.Meta, b.Team, b.FiscalYear, len(b.Lines))
		})
	}},
	{"HeadcountPlan", []string{"fiscalYear", "team", "positions"}, func(s *portfolio.Snapshot) []Item {
		return each(s.Plans, func(p *portfolio.HeadcountPlan) Item {
			return document("headcountplan", p.Meta, p.FiscalYear, p.Team, len(p.Positions))
		})
	}},
	{"Ledger", []string{"program", "team", "entries"}, func(s *portfolio.Snapshot) []Item {
		return each(s.Ledgers, func(l *portfolio.Ledger) Item {
			return document("ledger", l.Meta, l.Program, l.Team, l.Len())
		})
	}},
	{"Review", []string{"program", "cadence", "date", "decisions", "actions"}, func(s *portfolio.Snapshot) []Item {
		return each(s.Reviews, func(r *portfolio.Review) Item {
			return document("review", r.Meta, r.Program, r.Cadence, r.Date, len(r.Decisions), len(r.Actions))
		})
	}},
	{"Survey", []string{"program", "period", "responses"}, func(s *portfolio.Snapshot) []Item {
		return each(s.Surveys, func(v *portfolio.Survey) Item {
			return document("survey", v.Meta, v.Program, v.Period, len(v.Responses))
		})
	}},
	{"Goals", []string{"person", "quarter", "goals"}, func(s *portfolio.Snapshot) []Item {
		return each(s.Goals, func(g *portfolio.Goals) Item {
			return document("goals", g.Meta, g.Person, g.Quarter, len(g.Goals))
		})
	}},
	{"Roadmap", []string{"themes", "objectives"}, func(s *portfolio.Snapshot) []Item {
		return each(s.Roadmaps, func(r *portfolio.Roadmap) Item {
			return document("roadmap", r.Meta, len(r.Themes), len(r.Objectives))
		})
	}},
	{"Milestone", []string{"status", "owner", "team", "due", "forecast", "completed"}, milestones},
	{"Person", []string{"team", "role", "level", "location", "start", "end"}, people},
	{"Position", []string{"team", "role", "level", "type", "status", "effective", "person"}, positions},
	{"Risk", []string{"status", "probability", "response", "owner", "reviewBy"}, risks},
	{"Theme", nil, themes},
	{"Objective", []string{"owner", "quarter"}, objectives},
}

func each[T any](list []T, item func(T) Item) []Item {
	items := make([]Item, len(list))
	for i, t := range list {
		items[i] = item(t)
	}
	return items
}

func document(kind string, m portfolio.Metadata, values ...any) Item {
	return Item{ID: m.Name, Title: m.Display(), Origin: m.Origin, subject: kind + "/" + m.Name, values: plain(values)}
}

func part(id, title string, o source.Origin, subject string, values ...any) Item {
	return Item{ID: id, Title: title, Origin: o, subject: subject, values: plain(values)}
}

// plain turns values of the model into texts, numbers and nil.
func plain(values []any) []any {
	for i, v := range values {
		switch v := v.(type) {
		case int:
		case *portfolio.Percent:
			values[i] = nil
			if v != nil {
				values[i] = v.String()
			}
		default:
			text := fmt.Sprint(v)
			values[i] = nil
			if text != "" {
				values[i] = text
			}
		}
	}
	return values
}

func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case int:
		return strconv.Itoa(v)
	}
	return fmt.Sprint(v)
}

// header turns the name of a field into a heading: fiscalYear, Fiscal year.
func header(field string) string {
	var b strings.Builder
	for i, r := range field {
		switch {
		case i == 0:
			r = unicode.ToUpper(r)
		case unicode.IsUpper(r):
			b.WriteByte(' ')
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}

func milestones(s *portfolio.Snapshot) []Item {
	var items []Item
	for _, p := range s.Programs {
		for _, m := range p.Milestones {
			owner, team := m.Responsible()
			items = append(items, part(m.Ref(), m.Title, m.Origin, m.Subject(), m.Status, owner, team, m.Due, m.Forecast, m.Completed))
		}
	}
	return items
}

func people(s *portfolio.Snapshot) []Item {
	var items []Item
	for _, r := range s.Rosters {
		for _, p := range r.People {
			items = append(items, part(p.ID, p.Name, p.Origin, "roster/"+r.Meta.Name, p.Team, p.Role, p.Level, p.Location, p.Start, p.End))
		}
	}
	return items
}

func positions(s *portfolio.Snapshot) []Item {
	var items []Item
	for _, h := range s.Plans {
		for _, p := range h.Positions {
			items = append(items, part(p.ID, p.ID, p.Origin, "headcountplan/"+h.Meta.Name,
				p.Team, p.Role, p.Level, p.Type, p.Status, p.Effective, p.Person))
		}
	}
	return items
}

func risks(s *portfolio.Snapshot) []Item {
	var items []Item
	for _, p := range s.Programs {
		for _, r := range p.Risks {
			items = append(items, part(p.Meta.Name+"/"+r.ID, r.Title, r.Origin, p.Subject(),
				r.Status, r.Probability, r.Response, r.Owner, r.ReviewBy))
		}
	}
	return items
}

func themes(s *portfolio.Snapshot) []Item {
	var items []Item
	for _, r := range s.Roadmaps {
		for _, t := range r.Themes {
			items = append(items, part(t.ID, t.Title, t.Origin, "roadmap/"+r.Meta.Name))
		}
	}
	return items
}

func objectives(s *portfolio.Snapshot) []Item {
	var items []Item
	for _, r := range s.Roadmaps {
		for _, o := range r.Objectives {
			items = append(items, part(o.ID, o.Title, o.Origin, "roadmap/"+r.Meta.Name, o.Owner, o.Quarter))
		}
	}
	return items
}
