package portfolio

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/source"
)

func itoa(i int) string { return strconv.Itoa(i) }

// consistency reports what one document contradicts in itself and a schema
// cannot say.
func (a *assembler) consistency() {
	c := a.s.Config
	subject := "portfolio/" + c.Meta.Name
	uniqueIDs(a, subject, "level", c.Levels, func(l *Level) (string, source.Origin) { return l.ID, l.Origin })
	uniqueIDs(a, subject, "stage", c.HiringStages, func(h *HiringStage) (string, source.Origin) { return h.ID, h.Origin })
	uniqueIDs(a, subject, "criterion", c.Prioritisation.Criteria, func(k *Criterion) (string, source.Origin) { return k.ID, k.Origin })
	uniqueIDs(a, subject, "cadence", c.Cadences, func(k *Cadence) (string, source.Origin) { return k.ID, k.Origin })
	a.rates(subject)
	a.approvals(subject)
	for _, r := range a.s.Rosters {
		for _, p := range r.People {
			a.order(p.Origin, "end", func() string { return "roster/" + r.Meta.Name + "/person/" + p.ID }, p.Start, p.End)
		}
	}
	a.sharedTables()
	a.employments()
	for _, p := range a.s.Programs {
		a.program(p)
	}
	for _, b := range a.s.Budgets {
		a.lines("budget/"+b.Meta.Name, b.Lines)
		a.digits(b.Cap, b.Currency, in(b.Origin, "cap"), named("budget/"+b.Meta.Name))
	}
	for _, p := range a.s.Plans {
		uniqueIDs(a, "headcountplan/"+p.Meta.Name, "position", p.Positions, func(s *Position) (string, source.Origin) { return s.ID, s.Origin })
		if p.Cap != nil {
			a.digits(p.Cap.Cost, "", in(p.Origin, "cap", "cost"), named("headcountplan/"+p.Meta.Name))
		}
	}
	a.ledgers()
	for _, v := range a.s.Reviews {
		subject := "review/" + v.Meta.Name
		a.exactlyOne(v.Meta, subject, "program", v.Program != "", "cadence", v.Cadence != "")
		uniqueIDs(a, subject, "decision", v.Decisions, func(d *Decision) (string, source.Origin) { return d.ID, d.Origin })
		uniqueIDs(a, subject, "action", v.Actions, func(x *Action) (string, source.Origin) { return x.ID, x.Origin })
	}
	for _, g := range a.s.Goals {
		uniqueIDs(a, "goals/"+g.Meta.Name, "goal", g.Goals, func(x *Goal) (string, source.Origin) { return x.ID, x.Origin })
	}
	for _, m := range a.s.Roadmaps {
		uniqueIDs(a, "roadmap/"+m.Meta.Name, "theme", m.Themes, func(t *Theme) (string, source.Origin) { return t.ID, t.Origin })
		uniqueIDs(a, "roadmap/"+m.Meta.Name, "objective", m.Objectives, func(o *Objective) (string, source.Origin) { return o.ID, o.Origin })
	}
}

// uniqueIDs reports ids that stand twice in a list.
func uniqueIDs[T any](a *assembler, subject, part string, list []T, id func(T) (string, source.Origin)) {
	var seen map[string]source.Origin
	if len(list) > 1 {
		seen = make(map[string]source.Origin, len(list))
	}
	for _, item := range list {
		name, origin := id(item)
		first, twice := seen[name]
		if !twice {
			if seen != nil {
				seen[name] = origin
			}
			continue
		}
		d := a.report("REF003", origin.At("id"), subject+"/"+part+"/"+name, part+" "+quote(name)+" is defined twice", "give one of the two another id")
		d.Related = []diag.Related{{Location: a.locator.Locate(first.At("id")), Message: "first here"}}
	}
}

// order reports an end before its start; either may be unset.
func (a *assembler) order(o source.Origin, field string, on subject, start, end cal.Date) {
	if start.IsZero() || end.IsZero() || !end.Before(start) {
		return
	}
	d := reversed(entityOf(on()), field, start, end)
	a.report(d.Code, o.At(field), on(), d.Message, d.Detail)
}

// exactlyOne reports a document that states both or neither of two fields.
func (a *assembler) exactlyOne(m Metadata, subject, first string, hasFirst bool, second string, hasSecond bool) {
	if hasFirst != hasSecond {
		return
	}
	what := "neither " + first + " nor " + second
	if hasFirst {
		what = "both " + first + " and " + second
	}
	a.report("SCH012", m.Origin.At("name"), subject, entityOf(subject)+" states "+what, "state one of the two")
}

// digits reports an amount that its currency cannot express; "" is the
// portfolio's currency.
func (a *assembler) digits(d *money.Decimal, c money.Currency, at spot, on subject) {
	if d == nil {
		return
	}
	if c == "" {
		c = a.s.Config.Currency
	}
	a.exchange(c, at, on)
	if _, err := d.In(c); err != nil {
		a.report("SCH013", at.place(), on(), entityOf(on())+": "+err.Error(), "")
	}
}

// entityOf is how messages name a subject: its last part, `line "cloud"`.
func entityOf(subject string) string {
	parts := strings.Split(subject, "/")
	return parts[len(parts)-2] + " " + quote(parts[len(parts)-1])
}

func (a *assembler) program(p *Program) {
	subject := p.Subject()
	a.order(p.Origin, "due", p.Subject, p.Start, p.Due)
	a.order(p.Origin, "completed", p.Subject, p.Start, p.Completed)
	uniqueIDs(a, subject, "milestone", p.Milestones, func(m *Milestone) (string, source.Origin) { return m.ID, m.Origin })
	uniqueIDs(a, subject, "criterion", p.SuccessCriteria, func(c *SuccessCriterion) (string, source.Origin) { return c.ID, c.Origin })
	uniqueIDs(a, subject, "risk", p.Risks, func(r *Risk) (string, source.Origin) { return r.ID, r.Origin })
	for _, m := range p.Milestones {
		a.order(m.Origin, "due", m.Subject, m.Start, m.Due)
	}
	for _, l := range p.Staffing {
		if l.Person == "" && l.Team == "" && l.Role == "" {
			a.report("SCH012", l.Origin.At("fte"), subject, entityOf(subject)+" has a staffing line for nobody",
				"name a person, or the team or role that is needed")
		}
		if l.Period().IsEmpty() {
			a.report("SCH011", l.Origin.At("to"), subject, fmt.Sprintf("%s: a staffing line ends in %s, before it begins in %s", entityOf(subject), l.To, l.From), "")
		}
	}
	if p.Budget != nil {
		a.lines(subject, p.Budget.Lines)
		a.digits(&p.Budget.Contingency, p.Budget.Currency, in(p.Origin, "budget", "contingency"), p.Subject)
	}
}

// lines checks the lines of a budget.
func (a *assembler) lines(subject string, lines []*BudgetLine) {
	uniqueIDs(a, subject, "line", lines, func(l *BudgetLine) (string, source.Origin) { return l.ID, l.Origin })
	for _, l := range lines {
		of := func() string { return subject + "/line/" + l.ID }
		if l.Months() < 1 {
			a.report("SCH011", l.Origin.At("to"), of(), fmt.Sprintf("line %s ends in %s, before it begins in %s", quote(l.ID), l.To, l.From), "")
		}
		a.digits(&l.Amount, l.Currency, in(l.Origin, "amount"), of)
		for month, amount := range l.Spread.Months {
			a.digits(&amount, l.Currency, in(l.Origin, "spread", month.String()), of)
		}
		for month, amount := range l.Forecast {
			a.digits(&amount, l.Currency, in(l.Origin, "forecast", month.String()), of)
		}
	}
}

// ledgers checks entries, among them for postings that stand twice.
func (a *assembler) ledgers() {
	for _, l := range a.s.Ledgers {
		subject := "ledger/" + l.Meta.Name
		a.exactlyOne(l.Meta, subject, "program", l.Program != "", "team", l.Team != "")
		for i := range l.Entries {
			e := &l.Entries[i]
			a.digits(&e.Amount, e.Currency, in(e.Origin, "amount"), named(subject))
		}
		a.rowDigits(l)
	}
	a.postedTwice()
}

// rates reports two rates between which nothing decides.
func (a *assembler) rates(subject string) {
	type key struct {
		role, level, location string
		from                  cal.Date
	}
	seen := map[key]*Rate{}
	card := a.s.Config.RateCard
	for i := range card {
		r := &card[i]
		a.digits(&r.AnnualCost, r.Currency, in(r.Origin, "annualCost"), named(subject))
		k := key{r.Role, r.Level, r.Location, r.From.First()}
		first, twice := seen[k]
		if !twice {
			seen[k] = r
			continue
		}
		d := a.report("REF008", r.Origin.At("annualCost"), subject, "two rates hold for "+r.scope()+", both "+r.since(), "delete one of the two, or date it with from:")
		d.Key = fmt.Sprint(k)
		d.Related = []diag.Related{{Location: a.locator.Locate(first.Origin.At("annualCost")), Message: "first here"}}
	}
}

// scope is who a rate is for, as messages name them.
func (r *Rate) scope() string {
	var parts []string
	for _, part := range []struct{ noun, value string }{{"role", r.Role}, {"level", r.Level}, {"location", r.Location}} {
		if part.value != "" {
			parts = append(parts, part.noun+" "+quote(part.value))
		}
	}
	if parts == nil {
		return "everyone"
	}
	return strings.Join(parts, ", ")
}

// since is from when a rate holds, as messages say it.
func (r *Rate) since() string {
	if r.From.IsZero() {
		return "without a date"
	}
	return "from " + r.From.First().String()
}

// exchange reports a currency that nothing converts into the portfolio's, once.
func (a *assembler) exchange(c money.Currency, at spot, on subject) {
	if !a.lacksRate(c) {
		return
	}
	a.exchanged[c] = true
	a.report("REF001", at.place(), on(), "there is no exchange rate for "+string(c),
		"add one under exchangeRates in the Portfolio: {currency: "+string(c)+", from: 2026-01-01, rate: …}")
}

// lacksRate reports whether nothing converts a currency, and that was not told yet.
func (a *assembler) lacksRate(c money.Currency) bool {
	config := a.s.Config
	if c == config.Currency || a.exchanged[c] || a.s.Unconfigured || a.external[ExternalExchangeRates] && !a.loaded["Portfolio"] {
		return false
	}
	return !slices.ContainsFunc(config.ExchangeRates, func(r ExchangeRate) bool { return r.Currency == c })
}
