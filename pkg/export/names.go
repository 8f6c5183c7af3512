package export

import (
	"reflect"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
)

// names are those of tables that are called otherwise than by where they stand: a
// list is else called by what it is part of and its key.
var names = map[string]string{
	"portfolio":                         "portfolio",
	"goals":                             "goals",
	"goals.goals":                       "goals_items",
	"goals.goals.key_results":           "goal_key_results",
	"portfolio.exchange_rates":          "exchange_rates",
	"portfolio.calendar.workweek":       "workweek",
	"portfolio.calendar.holidays":       "holidays",
	"portfolio.levels":                  "levels",
	"portfolio.rate_card":               "rate_card",
	"portfolio.hiring_stages":           "hiring_stages",
	"portfolio.prioritisation.criteria": "criteria",
	"portfolio.cadences":                "cadences",
	"portfolio.external":                "external_kinds",
	"portfolio.policy.rules":            "rule_severities",
	"portfolio.policy.approvals":        "approvals",
	"roster.people":                     "people",
	"roster.people.history":             "person_history",
	"program.priority.scores":           "program_scores",
	"program.success_criteria":          "success_criteria",
	"program.milestones":                "milestones",
	"program.milestones.depends_on":     "milestone_dependencies",
	"program.staffing":                  "staffing_lines",
	"program.budget.lines":              "program_budget_lines",
	"program.risks":                     "risks",
	"program.stakeholders":              "stakeholders",
	"program.reviews.attendees":         "program_review_attendees",
	"headcount_plan.positions":          "positions",
	"review.decisions":                  "decisions",
	"review.actions":                    "actions",
	"roadmap.themes":                    "themes",
	"roadmap.objectives":                "objectives",
}

// nameOf is the name of a table by where it stands, or otherwise the other.
func nameOf(path, otherwise string) string {
	if name, ok := names[path]; ok {
		return name
	}
	return otherwise
}

func plural(one string) string { return one + "s" }

// singulars are the names of one of many that are not the same without an s.
var singulars = map[string]string{
	"people": "person", "person_history": "change", "criteria": "criterion", "success_criteria": "success_criterion",
	"ledger_entries": "ledger_entry", "milestone_dependencies": "milestone_dependency", "goals_items": "goal", "rule_severities": "rule",
}

func singular(table string) string {
	if one, ok := singulars[table]; ok {
		return one
	}
	return strings.TrimSuffix(table, "s")
}

// reserved are names that SQL keeps for itself, and what stands in for them. What is
// not here is reserved nowhere that matters; a test asks a database.
var reserved = map[string]string{"from": "first", "to": "last", "group": "group_name", "when": "condition", "on": "on_what"}

// unreserved is a name that needs no quotes in SQL. What begins and ends is called by
// what it is: from_date, to_month.
func unreserved(name string, k kind) string {
	switch {
	case (name == "from" || name == "to") && k == day:
		return name + "_date"
	case (name == "from" || name == "to") && k == month:
		return name + "_month"
	case reserved[name] != "":
		return reserved[name]
	}
	return name
}

// keyNames are the columns with the keys of maps, by where those stand.
var keyNames = map[string]string{"program.priority.scores": "criterion", "headcount_plan.positions.pipeline": "stage", "portfolio.policy.rules": "code"}

// keyName is the column with the keys of a map.
func keyName(path string, t reflect.Type) string {
	switch t {
	case reflect.TypeFor[cal.Month]():
		return "month"
	case reflect.TypeFor[cal.FiscalYear]():
		return "fiscal_year"
	}
	if name, ok := keyNames[path]; ok {
		return name
	}
	return "key"
}

// targets are the tables that a value refers to, by its key or the name of its column,
// and the column there.
var targets = map[string]struct{ path, kind, column string }{
	"team":      {"team", "teams", "name"},
	"parent":    {"team", "teams", "name"},
	"program":   {"program", "programs", "name"},
	"level":     {"portfolio.levels", "", "id"},
	"cadence":   {"portfolio.cadences", "", "id"},
	"criterion": {"portfolio.prioritisation.criteria", "", "id"},
	"stage":     {"portfolio.hiring_stages", "", "id"},
}

// refer notes what a column refers to, and that it is looked up by.
func (b *builder) refer(x *thing, c *column, s *shape, key string) {
	if c.kind != text {
		return
	}
	if to, ok := targets[key]; ok {
		c.index = true
		x.foreign = append(x.foreign, foreign{[]string{c.name}, nameOf(to.path, to.kind), []string{to.column}})
		return
	}
	c.index = slices.ContainsFunc([]string{"id", "name", "party"}, s.is)
}
