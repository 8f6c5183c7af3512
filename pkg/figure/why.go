package figure

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/report"
)

// Version is a version of the portfolio, and what the figure was in it.
type Version struct {
	Commit  string // empty is the work tree
	Day     cal.Date
	Author  string
	Subject string // the first line of its message
	// Value is the figure; Known is false where there is none, and Error then says
	// why it cannot be computed, nil where there is nothing to compute it of.
	Value int64
	Known bool
	Error error
	// Currency is that of a value in money.
	Currency money.Currency
	// Note is what is to be said of the value, if anything.
	Note string
}

// Attribution says which versions changed a figure.
type Attribution struct {
	Figure   Figure
	Currency money.Currency // of money
	From, To Version
	// Parts are the versions in which the figure changed, oldest first. Their
	// changes sum to Change.
	Parts  []Part
	Change int64
	// Skipped counts versions after the first that could not be read or computed.
	Skipped int
}

// Part is a version that changed the figure.
type Part struct {
	Version
	Before      int64
	BeforeKnown bool
	Change      int64 // 0 where the figure appears or vanishes
}

// Attribute looks at versions, oldest first: the first is where it begins. Where the
// figure vanishes and returns, it returns from what it was; where it appears, that
// is where counting begins. Money of another currency than the one given cannot be
// compared: such a version counts as one in which the figure cannot be computed.
func Attribute(f Figure, currency money.Currency, versions []Version) *Attribution {
	versions = slices.Clone(versions)
	for i, v := range versions {
		if f.unit == Minor && v.Known && v.Currency != currency {
			versions[i].Value, versions[i].Known, versions[i].Error = 0, false, fmt.Errorf("it is in %s then, not in %s", v.Currency, currency)
		}
	}
	a := &Attribution{Figure: f, Currency: currency, From: versions[0], To: versions[len(versions)-1]}
	last, known, present := a.From.Value, a.From.Known, a.From.Known
	for _, v := range versions[1:] {
		switch {
		case v.Error != nil:
			a.Skipped++
			continue
		case v.Known == present && (!present || v.Value == last):
			continue
		}
		p := Part{Version: v, Before: last, BeforeKnown: present}
		if v.Known && known {
			p.Change = v.Value - last
		}
		a.Parts = append(a.Parts, p)
		a.Change += p.Change
		if v.Known {
			last, known = v.Value, true
		}
		present = v.Known
	}
	return a
}

// data is the data of the JSON report why. Changes are days, heads, FTE-months or
// money, by the figure.
type data struct {
	Figure  string     `json:"figure"`
	Unit    string     `json:"unit"`
	From    pointData  `json:"from"`
	To      pointData  `json:"to"`
	Change  any        `json:"change"`
	Parts   []partData `json:"parts"`
	Skipped int        `json:"skipped"`
}

type pointData struct {
	Commit *string `json:"commit"`
	Value  any     `json:"value"`
}

type partData struct {
	Commit  *string  `json:"commit"`
	Date    cal.Date `json:"date"`
	Author  *string  `json:"author"`
	Subject *string  `json:"subject"`
	From    any      `json:"from"`
	To      any      `json:"to"`
	Change  any      `json:"change"`
}

// Report fills a report.
func (a *Attribution) Report(r *report.Report) {
	d := data{
		Figure: a.Figure.String(), Unit: a.unit(), Parts: []partData{}, Skipped: a.Skipped, Change: a.delta(a.Change),
		From: pointData{report.TextOrNull(a.From.Commit), a.value(a.From.Value, a.From.Known)},
		To:   pointData{report.TextOrNull(a.To.Commit), a.value(a.To.Value, a.To.Known)},
	}
	t := &report.Table{
		Empty: "no commit changed it",
		Columns: []report.Column{
			{Header: "Change", Key: "change", Align: report.Right},
			{Header: "To", Key: "to", Align: report.Right, Whole: true},
			{Header: "On", Key: "date", Whole: true, Priority: 1},
			{Header: "Commit", Key: "commit", Priority: 2},
			{Header: "By", Key: "author", Priority: 3},
			{Header: "What", Key: "subject", Priority: 1},
		},
	}
	for _, p := range a.Parts {
		d.Parts = append(d.Parts, partData{
			Commit: report.TextOrNull(p.Commit), Date: p.Day, Author: report.TextOrNull(p.Author), Subject: report.TextOrNull(p.Subject),
			From: a.value(p.Before, p.BeforeKnown), To: a.value(p.Value, p.Known), Change: a.delta(p.Change),
		})
		change := report.Cell{Text: a.spell(p.Change, true), Value: a.delta(p.Change), Tone: tone(p.Change)}
		switch {
		case !p.Known:
			change = report.Cell{Text: "gone", Value: a.delta(0), Tone: report.Warn}
		case !p.BeforeKnown && p.Change == 0:
			change = report.Cell{Text: "appears", Value: a.delta(0)}
		}
		commit := report.Cell{Text: "work tree"}
		if p.Commit != "" {
			commit = report.Cell{Text: report.ShortHash(p.Commit), Value: p.Commit}
		}
		to := report.Cell{Value: a.value(p.Value, p.Known)}
		if p.Known {
			to.Text = a.spell(p.Value, false)
		}
		t.Append(change, to, report.Say(p.Day.String()), commit, report.Say(p.Author), report.Say(p.Subject))
	}
	if len(a.Parts) > 0 {
		t.Rows = append(t.Rows, report.Row{Kind: report.Total, Cells: []report.Cell{
			{Text: a.spell(a.Change, true), Value: a.delta(a.Change)}, {}, {}, {}, {}, {Text: "in all"},
		}})
	}
	r.Data = d
	r.Add(report.Text(a.headline()), t)
}

func (a *Attribution) headline() string {
	from, to := "nothing", "nothing"
	if a.From.Known {
		from = a.spell(a.From.Value, false)
	}
	if a.To.Known {
		to = a.spell(a.To.Value, false)
	}
	s := fmt.Sprintf("%s: %s at %s, %s at %s", a.Figure, from, called(a.From), to, called(a.To))
	for _, v := range []Version{a.From, a.To} {
		if v.Error != nil {
			s += fmt.Sprintf("\nat %s it cannot be computed: %v", called(v), v.Error)
		} else if v.Note != "" {
			s += fmt.Sprintf("\nat %s %s", called(v), v.Note)
		}
	}
	between := a.Skipped
	if a.To.Error != nil && a.Skipped > 0 {
		between--
	}
	switch {
	case between == 1:
		s += "\n1 version between could not be read or computed: what it did counts for the next one"
	case between > 1:
		s += fmt.Sprintf("\n%d versions between could not be read or computed: what they did counts for the next one", between)
	}
	return s
}

func called(v Version) string {
	if v.Commit == "" {
		return "the work tree"
	}
	return report.ShortHash(v.Commit)
}

// unit names what changes count.
func (a *Attribution) unit() string {
	switch a.Figure.unit {
	case Days:
		return "days"
	case Heads:
		return "heads"
	case Thousandths:
		return "FTE-months"
	}
	return string(a.Currency)
}

// value is a value for machines; nil is unknown.
func (a *Attribution) value(n int64, known bool) any {
	switch {
	case !known:
		return nil
	case a.Figure.unit == Days:
		return cal.Date(n)
	}
	return a.delta(n)
}

// delta is a change for machines.
func (a *Attribution) delta(n int64) any {
	switch a.Figure.unit {
	case Thousandths:
		return number(a.spell(n, false))
	case Minor:
		return money.Amount{Minor: n, Currency: a.Currency}
	}
	return n
}

// number is a decimal that marshals as a JSON number.
type number string

// MarshalJSON returns the number as it is.
func (n number) MarshalJSON() ([]byte, error) { return []byte(n), nil }

// String returns the number.
func (n number) String() string { return string(n) }

// spell is a value, or a change with its sign, for people.
func (a *Attribution) spell(n int64, signed bool) string {
	s := ""
	switch a.Figure.unit {
	case Days:
		if !signed {
			return cal.Date(n).String()
		}
		s = fmt.Sprintf("%dd", n)
	case Heads:
		s = fmt.Sprint(n)
	case Thousandths:
		sign, m := "", n
		if n < 0 {
			sign, m = "-", -n
		}
		s = sign + strings.TrimRight(strings.TrimRight(fmt.Sprintf("%d.%03d", m/1000, m%1000), "0"), ".")
	case Minor:
		s = money.Amount{Minor: n, Currency: a.Currency}.Grouped() + " " + string(a.Currency)
	}
	if signed && n > 0 {
		return "+" + s
	}
	return s
}

func tone(n int64) report.Tone {
	switch {
	case n > 0:
		return report.Bad
	case n < 0:
		return report.Good
	}
	return report.None
}
