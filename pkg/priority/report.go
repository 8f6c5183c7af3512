package priority

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/staffing"
)

// Report fills a report: the ranking with the lines in it, what is left of people, and
// what the change did. With sheets it has what spreadsheets read too: many rows.
func (a *Analysis) Report(r *report.Report, sheets bool) {
	r.Data = a.data()
	r.Add(report.Text(a.summary()))
	if a.Unknown != nil {
		return
	}
	if sheets {
		r.Sheets = a.sheets()
	}
	shown := a.Shown()
	if len(shown) > 0 {
		r.Add(report.Heading("Ranking"), a.rankingTable(shown))
		if text := a.rankingText(shown); text != "" {
			r.Add(report.Text(text))
		}
	}
	if t := a.peopleTable(); t != nil {
		r.Add(report.Heading("People left by role, "+a.People.days()+", in FTE-months, after the programs above the line"), t)
	}
	if c := a.Change; c != nil && c.Unknown == nil {
		if len(c.Weights) > 0 && a.compared() {
			r.Add(report.Heading("Weights that changed, as shares of all weight"), a.weightTable())
		}
		if t := a.changeTable(shown); len(t.Rows) > 0 {
			r.Add(report.Heading("What changed in the ranking"), t)
		}
	}
}

// summary is what matters: what is ranked by what, where the lines fall, what changed.
func (a *Analysis) summary() string {
	if a.Unknown != nil {
		return "n/a: ranking: " + sentence(a.Unknown)
	}
	lines := []string{a.rankedText()}
	lines = append(lines, texts(a.Partial)...)
	if a.Money == nil {
		lines = append(lines, "No line by money: give what there is for "+a.Years.String()+" with --budget")
	} else {
		lines = append(lines, a.moneyLines()...)
	}
	lines = append(lines, a.peopleLines()...)
	if both := names(slices.DeleteFunc(slices.Clone(a.Rows), func(r *Row) bool { return !r.Running() || !r.cut() })); len(both) > 0 {
		lines = append(lines, fmt.Sprintf("Running below the line: %s (%s)", grouped(len(both)), few(both)))
	}
	return strings.Join(append(lines, a.changeLines()...), "\n")
}

func (a *Analysis) rankedText() string {
	if len(a.Criteria) == 0 {
		return "No ranking: the portfolio states no prioritisation.criteria"
	}
	parts := make([]string, len(a.Criteria))
	for i, c := range a.Criteria {
		parts[i] = c.ID + " n/a"
		if c.Share.Known() {
			parts[i] = c.ID + " " + c.Share.Percent()
		}
	}
	text := fmt.Sprintf("%s ranked by %s", plural(a.Ranked(), "program"), few(parts))
	var rest []string
	if n := len(a.Rows) - a.Ranked(); n > 0 {
		rest = append(rest, grouped(n)+" without a score, last")
	}
	if a.Completed > 0 {
		rest = append(rest, grouped(a.Completed)+" completed")
	}
	if a.Cancelled > 0 {
		rest = append(rest, grouped(a.Cancelled)+" cancelled")
	}
	if rest != nil {
		text += "\nNot ranked: " + strings.Join(rest, ", ")
	}
	return text
}

func (a *Analysis) moneyLines() []string {
	m := a.Money
	text := fmt.Sprintf("Line by money, %s of %s: ", amountText(rates.Sum{Amount: m.Budget}), a.Years)
	switch {
	case m.Cut != nil:
		text += fmt.Sprintf("falls above %s, which lacks %s", m.Cut.name(), amountText(m.Lacks))
	case m.Unsettled != nil:
		text += fmt.Sprintf("n/a from %s on: %s", m.Unsettled.name(), m.why())
	default:
		text += "all programs are above it"
	}
	lines := []string{text}
	text = "Taken " + amountText(m.Taken)
	if len(m.First.Unknown) > 0 || !m.First.Amount.IsZero() {
		text += ", of that for completed programs " + amountText(m.First)
	}
	if m.Left.Amount.Minor < 0 && m.Left.Known() != nil {
		text += "; that is " + amountText(rates.Sum{Amount: m.Left.Amount.Neg()}) + " more than there is"
	} else {
		text += "; left " + amountText(m.Left)
	}
	if m.Fit != nil {
		text += ", into which would fit " + few(names(m.Fit))
	}
	return append(lines, text)
}

func (a *Analysis) peopleLines() []string {
	p := a.People
	if p.Unknown != nil {
		return []string{"Line by people: n/a: " + sentence(p.Unknown)}
	}
	text := "Line by people, " + p.days() + ": "
	switch {
	case p.Cut != nil:
		text += fmt.Sprintf("falls above %s, which is short of %s", p.Cut.name(), few(lackTexts(p.Cut.Short)))
	case p.Unsettled != nil:
		text += fmt.Sprintf("n/a from %s on: %s", p.Unsettled.name(), sentence(p.Why))
	default:
		text += "all programs are above it"
	}
	if p.Fit != nil {
		text += "; there would be people for " + few(names(p.Fit))
	}
	lines := []string{text}
	if p.Over != nil {
		lines = append(lines, "What is kept asks for more than there is: "+few(lackTexts(p.Over)))
	}
	if p.Unroled.Sign() > 0 {
		lines = append(lines, fmt.Sprintf("In no role's line: %s FTE-months that are asked of teams, of any role", report.Grouped(p.Unroled.String())))
	}
	return lines
}

// days are the months that count.
func (p *PeopleLine) days() string {
	from, to := p.Buckets[0].From.Month(), p.Buckets[len(p.Buckets)-1].Last().Month()
	if from == to {
		return from.String()
	}
	return fmt.Sprintf("%s to %s", from, to)
}

// lackTexts are "0.5 tpm in FY27Q4".
func lackTexts(list []Lack) []string {
	texts := make([]string, len(list))
	for i, l := range list {
		texts[i] = fmt.Sprintf("%s %s in %s", spelled(l.Short()), l.Role, l.Bucket.Name)
	}
	return texts
}

// spelled is an amount of work; what is there, and rounds to nothing, says so.
func spelled(f staffing.FTEMonths) string {
	text := f.String()
	if text == "0" && f.Sign() > 0 {
		return "less than 0.001"
	}
	return report.Grouped(text)
}

func (a *Analysis) changeLines() []string {
	c := a.Change
	if c == nil {
		if a.NoBaseline != "" {
			return []string{"What a change did: n/a: " + a.NoBaseline}
		}
		return nil
	}
	since := "Since the baseline"
	switch s := a.Since; {
	case s == nil:
	case s.Hash == "":
		since = "Since the last commit, by what is not committed"
	default:
		since = fmt.Sprintf("Since right before the last change of weights or scores, %s on %s by %s (%s)", report.ShortHash(s.Hash), s.Day, s.Author, s.Subject)
	}
	switch {
	case c.Unknown != nil:
		return []string{since + ": n/a: " + sentence(c.Unknown)}
	case c.Ranked == 0:
		return []string{since + ": there was no ranking"}
	}
	var parts []string
	if c.Moved > 0 {
		parts = append(parts, plural(c.Moved, "program")+" moved")
	}
	if c.Entered > 0 {
		parts = append(parts, grouped(c.Entered)+" entered")
	}
	if len(c.Left) > 0 {
		parts = append(parts, grouped(len(c.Left))+" left")
	}
	if len(c.Weights) > 0 {
		parts = append(parts, "weights of "+plural(len(c.Weights), "criterion")+" changed")
	}
	if parts == nil {
		parts = []string{"no rank changed"}
	}
	return []string{since + ": " + strings.Join(parts, ", ")}
}

// few cuts a list of names.
func few(list []string) string {
	const most = 6
	if len(list) <= most {
		return strings.Join(list, ", ")
	}
	return fmt.Sprintf("%s and %s more", strings.Join(list[:most], ", "), grouped(len(list)-most))
}

func grouped(n int) string { return report.Grouped(fmt.Sprint(n)) }

// plural is report.Plural with commas between thousands, and the plural of criterion.
func plural(n int, noun string) string {
	if noun == "criterion" && n != 1 {
		return grouped(n) + " criteria"
	}
	return grouped(n) + strings.TrimPrefix(report.Plural(n, noun), fmt.Sprint(n))
}

// amountText is money with its currency; "n/a" and why where it is not known.
func amountText(s rates.Sum) string {
	if len(s.Unknown) > 0 {
		return "n/a (" + sentence(s.Unknown) + ")"
	}
	return s.Amount.Grouped() + " " + string(s.Amount.Currency)
}
