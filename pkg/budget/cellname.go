package budget

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/group"
)

// CellName names a figure of a report: FIGURE, of a period FIGURE@PERIOD, of a group
// FIGURE:VALUE/VALUE or FIGURE@PERIOD:VALUE, whose values are those of its key, in the
// order in which the report groups; fewer of them are all groups that begin so.
type CellName struct {
	Text   string
	Figure string
	Period string   // "" is all years of the report
	Values []string // none is the total
}

// explainable is a figure that can be explained.
type explainable struct {
	name  string
	terms []term
}

// term is facts that a figure sums, and with which sign. Those of a variance to date end
// with the month of as-of.
type term struct {
	figure Figure
	sign   int64
	toDate bool
}

// explained are the figures that can be explained.
var explained = []explainable{
	{"plan", []term{{Planned, 1, false}}},
	{"actual", []term{{Actual, 1, false}}},
	{"commitments", []term{{Committed, 1, false}}},
	{"forecast", []term{{Forecast, 1, false}}},
	{"variance", []term{{Actual, 1, false}, {Planned, -1, true}}},
	{"forecast-variance", []term{{Forecast, 1, false}, {Planned, -1, false}}},
}

// ExplainedFigures are the names of the figures that can be explained.
func ExplainedFigures() []string {
	names := make([]string, len(explained))
	for i, e := range explained {
		names[i] = e.name
	}
	return names
}

// ParseCell reads the name of a cell. The error is a sentence for the user.
func ParseCell(text string) (CellName, error) {
	c := CellName{Text: text}
	head, key, _ := strings.Cut(text, ":")
	c.Figure, c.Period, _ = strings.Cut(head, "@")
	if key != "" {
		c.Values = strings.Split(key, "/")
	}
	if !slices.Contains(ExplainedFigures(), c.Figure) {
		if near := diag.Nearest(c.Figure, ExplainedFigures()); near != "" {
			return c, fmt.Errorf("there is no figure %q, did you mean %s?", c.Figure, near)
		}
		return c, fmt.Errorf("there is no figure %q: write FIGURE[@PERIOD][:GROUP], FIGURE is one of %s", c.Figure, strings.Join(ExplainedFigures(), ", "))
	}
	return c, nil
}

// terms are those of the figure.
func (c CellName) terms() []term {
	i := slices.IndexFunc(explained, func(e explainable) bool { return e.name == c.Figure })
	return explained[i].terms
}

// months are those of the period, the last one included.
func (c CellName) months(a *Analysis) (from, to cal.Month, err error) {
	from, to = a.span()
	if c.Period == "" {
		return from, to, nil
	}
	for _, step := range []cal.Step{cal.ByMonth, cal.ByQuarter, cal.ByYear} {
		for _, b := range a.s.Fiscal.Buckets(a.Years, step) {
			if strings.EqualFold(b.Name, c.Period) {
				return b.From.Month(), b.Last().Month(), nil
			}
		}
	}
	return 0, 0, fmt.Errorf("%s has no period %q: write a month such as %s, a quarter such as %sQ1, or a year", a.Years, c.Period, from, a.Years.Years()[0])
}

// holds reports whether a key is that of the cell.
func (c CellName) holds(key group.Key) bool {
	for i, v := range c.Values {
		if group.Named(key[i]) != v && key[i] != v {
			return false
		}
	}
	return true
}

// check says what is wrong with the group of the cell; nil where nothing is.
func (c CellName) check(a *Analysis) error {
	if len(c.Values) > len(a.By) {
		return fmt.Errorf("%s names %d values, and the report is by %s", c.Text, len(c.Values), strings.Join(group.Names(a.By), ","))
	}
	for i, v := range c.Values {
		var known []string
		for _, g := range a.Groups {
			known = append(known, group.Named(g.Key[i]))
		}
		if slices.Contains(known, v) {
			continue
		}
		hint := ""
		if near := diag.Nearest(v, known); near != "" {
			hint = ", did you mean " + near + "?"
		}
		return fmt.Errorf("no group of %s is of the %s %q%s", a.Years, strings.ToLower(a.By[i].Title()), v, hint)
	}
	return nil
}
