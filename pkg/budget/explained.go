package budget

import (
	"fmt"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/source"
)

type explanationData struct {
	Explain explainData `json:"explain"`
}

type explainData struct {
	Cell   string        `json:"cell"`
	Figure string        `json:"figure"`
	From   cal.Month     `json:"from"`
	To     cal.Month     `json:"to"`
	Amount *money.Amount `json:"amount"`
	Parts  []partData    `json:"parts"`
}

type partData struct {
	Figure   string        `json:"figure"`
	Month    cal.Month     `json:"month"`
	Subject  string        `json:"subject"`
	Category *string       `json:"category"`
	Type     *string       `json:"type"`
	What     string        `json:"what"`
	Basis    string        `json:"basis"`
	Amount   *money.Amount `json:"amount"`
	Reason   *string       `json:"reason"` // why the amount is not known
	File     *string       `json:"file"`
	Line     *int          `json:"line"`
	Commit   *string       `json:"commit"`
	Rates    []placeData   `json:"rates"`
}

type placeData struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

func place(o source.Origin) *placeData {
	if o.File == nil {
		return nil
	}
	return &placeData{o.File.Name, int(o.Line)}
}

// Report adds the explanation to a report.
func (e *Explanation) Report(r *report.Report) {
	t := &report.Table{Columns: []report.Column{
		{Header: "Month", Key: "month", Whole: true},
		{Header: "Of", Key: "subject", Priority: 5},
		{Header: "Category", Key: "category", Priority: 4},
		{Header: "Type", Key: "type", Priority: 3},
		{Header: "What", Key: "what"},
		right("Amount", "amount", 0),
		{Header: "How", Key: "basis", Priority: 6, Prose: true},
		{Header: "Where", Key: "place", Priority: 1, Whole: true},
		{Header: "Commit", Key: "commit", Priority: 2, Whole: true},
	}}
	d := explainData{Cell: e.Cell.Text, Figure: e.Cell.Figure, From: e.From, To: e.To, Amount: e.known(e.Total.Known()), Parts: []partData{}}
	for _, p := range e.Parts {
		part := partData{
			Figure: p.Figure.String(), Month: p.Month, Subject: p.Of, Category: report.TextOrNull(p.Category), Type: report.TextOrNull(p.Type),
			What: p.What, Basis: p.Basis, Amount: e.known(p.Known()), Commit: report.TextOrNull(p.Commit), Rates: []placeData{},
		}
		for _, why := range p.Unknown {
			part.Reason = report.TextOrNull(why.String())
		}
		where := ""
		if at := place(p.Origin); at != nil {
			part.File, part.Line = &at.File, &at.Line
			where = fmt.Sprintf("%s:%d", at.File, at.Line)
		}
		for _, o := range p.Rates {
			if at := place(o); at != nil {
				part.Rates = append(part.Rates, *at)
			}
		}
		d.Parts = append(d.Parts, part)
		how := p.Basis
		if part.Reason != nil {
			how = "n/a: " + *part.Reason
		}
		of := report.Say(p.Of)
		of.Text = p.Of[strings.Index(p.Of, "/")+1:]
		commit := report.Say(p.Commit)
		commit.Text = p.Commit[:min(8, len(p.Commit))]
		t.Append(report.Say(p.Month.String()), of, report.Say(p.Category), report.Say(p.Type), report.Say(p.What), amount(part.Amount), report.Say(how), report.Say(where), commit)
	}
	t.Rows = append(t.Rows, report.Row{Kind: report.Total, Cells: []report.Cell{{Text: "Total"}, {}, {}, {}, {}, amount(d.Amount)}})
	r.Data = explanationData{d}
	period := ""
	if e.Cell.Period == "" {
		period = fmt.Sprintf(", %s to %s", e.From, e.To)
	}
	r.Add(report.Heading(fmt.Sprintf("What makes up %s%s (%s)", e.Cell.Text, period, e.Currency)), t)
}

// known is an amount in the currency of the report, also of no part.
func (e *Explanation) known(m *money.Amount) *money.Amount {
	if m != nil {
		m.Currency = e.Currency
	}
	return m
}
