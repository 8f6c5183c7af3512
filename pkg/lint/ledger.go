package lint

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
)

// spender is a program or a team that has ledgers, and those of them that validate.
type spender struct {
	program *portfolio.Program // nil for a team
	team    string             // "" for a program
	ledgers []*portfolio.Ledger
}

// name is how messages name the spender: program "billing".
func (s spender) name() string {
	if s.program != nil {
		return fmt.Sprintf("program %q", s.program.Meta.Name)
	}
	return fmt.Sprintf("team %q", s.team)
}

func (s spender) subject() string {
	if s.program != nil {
		return s.program.Subject()
	}
	return "team/" + s.team
}

// spenders are those that validate, programs first, by name.
func (p *Pass) spenders() iter.Seq[spender] {
	return func(yield func(spender) bool) {
		programs, teams := map[string][]*portfolio.Ledger{}, map[string][]*portfolio.Ledger{}
		var names []string
		for _, l := range p.Ledgers {
			switch {
			case !p.Sound(ledgerSubject(l)):
			case l.Program != "":
				programs[l.Program] = append(programs[l.Program], l)
			default:
				if teams[l.Team] == nil {
					names = append(names, l.Team)
				}
				teams[l.Team] = append(teams[l.Team], l)
			}
		}
		for _, g := range p.Programs {
			if ledgers := programs[g.Meta.Name]; ledgers != nil && !yield(spender{program: g, ledgers: ledgers}) {
				return
			}
		}
		slices.Sort(names)
		for _, team := range names {
			if !yield(spender{team: team, ledgers: teams[team]}) {
				return
			}
		}
	}
}

func ledgerSubject(l *portfolio.Ledger) string { return "ledger/" + l.Meta.Name }

// classDigest is what rules need to know of the entries of a class to tell whether one
// of them is of interest: a ledger may have a million.
type classDigest struct {
	portfolio.PostingClass
	earliest, latest cal.Date // latest is zero where it has no entries
	isCommitted      bool     // a commitment, which is no spend
}

// digest is that of all classes of a ledger; each ledger is read once for all rules.
func (p *Pass) digest(l *portfolio.Ledger) []classDigest {
	if known, ok := p.run.digests[l]; ok {
		return known
	}
	classes := l.Classes()
	list := make([]classDigest, len(classes))
	for i, c := range classes {
		list[i] = classDigest{PostingClass: c, earliest: cal.MaxDate, isCommitted: c.Kind == portfolio.Commitment}
	}
	for x := range l.Postings() {
		d := &list[x.Class]
		d.earliest, d.latest = min(d.earliest, x.Date), max(d.latest, x.Date)
	}
	if p.run.digests == nil {
		p.run.digests = map[*portfolio.Ledger][]classDigest{}
	}
	p.run.digests[l] = list
	return list
}

// currency is one as documents state it, where "" is the portfolio's.
func (p *Pass) currency(c money.Currency) money.Currency { return cmp.Or(c, p.Config.Currency) }

// foundEntries are entries of a ledger that a rule is about.
type foundEntries struct {
	n        int
	first    portfolio.LedgerEntry
	earliest cal.Date
	total    money.Totals
}

// find looks for the entries of a ledger that a rule is about, among those of the
// classes that may have some. Where none has, it does not read the ledger.
func (p *Pass) find(l *portfolio.Ledger, in func(classDigest) bool, is func(portfolio.Posting) bool) (f foundEntries) {
	digests := p.digest(l)
	wanted := make([]bool, len(digests))
	for i, d := range digests {
		wanted[i] = d.latest != 0 && in(d)
	}
	if !slices.Contains(wanted, true) {
		return f
	}
	for x := range l.Postings() {
		if !wanted[x.Class] || !is(x) {
			continue
		}
		if f.n == 0 {
			f.first, f.earliest = l.Entry(x), x.Date
		}
		f.n++
		f.earliest = min(f.earliest, x.Date)
		if a, err := x.Amount.In(p.currency(digests[x.Class].Currency)); err == nil {
			_ = f.total.Add(a) // a sum that does not fit is not told
		}
	}
	return f
}

// such completes what is said of the first entry.
func (f foundEntries) such() string { return such("entries", f.n) }

// such completes what is said of the first of several: ", the first of 3 such entries".
func such(noun string, n int) string {
	if n < 2 {
		return ""
	}
	return fmt.Sprintf(", the first of %d such %s", n, noun)
}

// count is "1 entry".
func (f foundEntries) count() string { return entryCount(f.n) }

func entryCount(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

// entryName is how messages name an entry: by its reference, else by what it is for.
func entryName(e portfolio.LedgerEntry) string {
	if e.Ref != "" {
		return fmt.Sprintf("entry %q", e.Ref)
	}
	return fmt.Sprintf("an entry for %q", e.Category)
}

// totals is "12.00 USD and 5.00 EUR"; sums that are nothing are left out.
func totals(t money.Totals) string {
	text := ""
	for _, a := range t {
		if a.IsZero() {
			continue
		}
		if text != "" {
			text += " and "
		}
		text += grouped(a)
	}
	return text
}
