package lint

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/source"
)

var closedSpendChanged = &Rule{
	Rule: diag.Rule{Code: "BUD013", Name: "closed-spend-changed", Summary: "A change adds, alters or removes spend of a month that finance had closed", Severity: diag.Error},
	Check: func(p *Pass) {
		if p.Before == nil || p.Absent(portfolio.ExternalLedger) || p.Before.Absent(portfolio.ExternalLedger) {
			p.Blind()
			return
		}
		if p.Before.Unconfigured || p.Before.Config.ClosedThrough == 0 {
			return
		}
		was, is := newBooks(p.Before, p.Before.Config.ClosedThrough), newBooks(p.Snapshot, p.Before.Config.ClosedThrough)
		for _, of := range slices.Sorted(maps.Keys(joined(was.ledgers, is.ledgers))) {
			switch {
			case was.unsound[of] || is.unsound[of]:
				p.Blind()
				continue
			case len(was.ledgers[of]) == 0: // its first ledger brings its past along
				continue
			}
			seed := maphash.MakeSeed()
			before, after := was.sums(of, seed), is.sums(of, seed)
			var months []cal.Month
			for m := range joined(before, after) {
				if before[m] != after[m] {
					months = append(months, m)
				}
			}
			slices.Sort(months)
			if len(months) > 0 {
				reportClosed(p, of, months, was, is)
			}
			reportClosedHours(p, of, was, is)
		}
	},
}

// joined are the keys of both maps.
func joined[K comparable, V any](a, b map[K]V) map[K]bool {
	keys := make(map[K]bool, len(a)+len(b))
	for k := range a {
		keys[k] = true
	}
	for k := range b {
		keys[k] = true
	}
	return keys
}

// books are the ledgers of a portfolio up to a month.
type books struct {
	*portfolio.Snapshot
	closed  cal.Month
	ledgers map[string][]*portfolio.Ledger // by the subject of the program or the team
	unsound map[string]bool                // of which not all ledgers validate
}

func newBooks(s *portfolio.Snapshot, closed cal.Month) *books {
	b := &books{s, closed, map[string][]*portfolio.Ledger{}, map[string]bool{}}
	for _, l := range s.Ledgers {
		of := "program/" + l.Program
		if l.Program == "" {
			of = "team/" + l.Team
		}
		b.ledgers[of] = append(b.ledgers[of], l)
		b.unsound[of] = b.unsound[of] || !s.Sound(ledgerSubject(l))
	}
	return b
}

// posted is what figures make of an entry; two that are posted alike are the same,
// wherever they are written.
type posted struct {
	class  portfolio.PostingClass
	date   cal.Date
	amount int64 // × 10 to the digits
	digits int
}

func (b *books) posted(c portfolio.PostingClass, x portfolio.Posting) posted {
	c.Currency = cmp.Or(c.Currency, b.Config.Currency)
	digits := x.Amount.Decimals()
	amount, _ := x.Amount.Scaled(digits) // it fits: a Decimal has at most 18 digits
	return posted{c, x.Date, amount, digits}
}

// each calls a function for all spend of closed months of a program or a team.
func (b *books) each(of string, do func(*portfolio.Ledger, portfolio.Posting, posted)) {
	last := b.closed.Last()
	for _, l := range b.ledgers[of] {
		classes := l.Classes()
		for x := range l.Postings() {
			if c := classes[x.Class]; x.Date <= last && c.Kind != portfolio.Commitment {
				do(l, x, b.posted(c, x))
			}
		}
	}
}

// sums are checksums of the entries of each closed month, which no order changes: what
// was closed is mostly as it was, and a ledger may have a million entries.
func (b *books) sums(of string, seed maphash.Seed) map[cal.Month]uint64 {
	sums := map[cal.Month]uint64{}
	b.each(of, func(_ *portfolio.Ledger, x portfolio.Posting, is posted) {
		sums[x.Date.Month()] += maphash.Comparable(seed, is)
	})
	return sums
}

// monthChange is what differs in a closed month.
type monthChange struct {
	before, after money.Totals
	count         map[posted]int // how many there are more than there were
	added         []entryIn      // up to mostPlaces
	removed       []entryIn
}

// entryIn is an entry and where it is.
type entryIn struct {
	portfolio.LedgerEntry
	ledger *portfolio.Ledger
}

// changesIn compares months entry by entry.
func changesIn(of string, months []cal.Month, was, is *books) map[cal.Month]*monthChange {
	changes := map[cal.Month]*monthChange{}
	for _, m := range months {
		changes[m] = &monthChange{count: map[posted]int{}}
	}
	sum := func(b *books, by int, totals func(*monthChange) *money.Totals) {
		b.each(of, func(_ *portfolio.Ledger, x portfolio.Posting, is posted) {
			if c := changes[x.Date.Month()]; c != nil {
				c.count[is] += by
				if a, err := x.Amount.In(is.class.Currency); err == nil {
					_ = totals(c).Add(a) // a sum that does not fit is not told
				}
			}
		})
	}
	sum(was, -1, func(c *monthChange) *money.Totals { return &c.before })
	sum(is, 1, func(c *monthChange) *money.Totals { return &c.after })
	list := func(b *books, by int, entries func(*monthChange) *[]entryIn) {
		b.each(of, func(l *portfolio.Ledger, x portfolio.Posting, is posted) {
			c := changes[x.Date.Month()]
			if c == nil || c.count[is]*by <= 0 {
				return
			}
			c.count[is] -= by
			if found := entries(c); len(*found) < mostPlaces {
				*found = append(*found, entryIn{l.Entry(x), l})
			}
		})
	}
	list(is, 1, func(c *monthChange) *[]entryIn { return &c.added })
	list(was, -1, func(c *monthChange) *[]entryIn { return &c.removed })
	return changes
}

// mostMonths bounds the findings of one program or team.
const mostMonths = 12

// reportClosed reports each month of a program or a team in which something differs.
func reportClosed(p *Pass, of string, months []cal.Month, was, is *books) {
	more := len(months) - mostMonths
	months = months[:min(len(months), mostMonths)]
	changes := changesIn(of, months, was, is)
	for i, m := range months {
		c := changes[m]
		at, subject := whereOf(is, of)
		switch {
		case len(c.added) > 0:
			at, subject = c.added[0].Origin.At("amount"), ledgerSubject(c.added[0].ledger)
		case len(c.removed) > 0:
			for _, l := range is.ledgers[of] {
				if l.Meta.Name == c.removed[0].ledger.Meta.Name {
					at, subject = l.Meta.Origin.At("name"), ledgerSubject(l)
				}
			}
		}
		also := ""
		if more > 0 && i == len(months)-1 {
			also = fmt.Sprintf("; so it does in %d closed months more", more)
		}
		var places []place
		for _, e := range c.added[min(1, len(c.added)):] {
			places = append(places, place{e.Origin.At("amount"), "this one was not there, or not so"})
		}
		p.Report(Finding{
			At: at, Subject: subject, Key: m.String() + " " + of,
			Message: fmt.Sprintf("%s is closed: %s%s", m, c.says(spenderName(of)), also),
			Detail: "put back what was reported, and post the correction in an open month; or open the month first, by closedThrough: in a change of its own" +
				c.entries("\nadded or changed: ", c.added) + c.entries("\nremoved or changed: ", c.removed),
		}, places...)
	}
}

// says is what differs in the spend: `spend of program "x" in it changes from 10.00 to
// 12.00 USD`.
func (c *monthChange) says(name string) string {
	changes := changedTotals(c.before, c.after)
	if changes == "" {
		return fmt.Sprintf("entries of %s in it change, and their sum does not", name)
	}
	return fmt.Sprintf("spend of %s in it changes %s", name, changes)
}

func byCurrency(t money.Totals) map[money.Currency]bool {
	currencies := map[money.Currency]bool{}
	for _, a := range t {
		currencies[a.Currency] = true
	}
	return currencies
}

// entries lists up to three entries after a heading.
func (c *monthChange) entries(heading string, list []entryIn) string {
	if len(list) == 0 {
		return ""
	}
	names := make([]string, len(list))
	for i, e := range list {
		names[i] = strings.TrimSpace(fmt.Sprintf("%s of %s: %s %s", entryName(e.LedgerEntry), e.Date, report.Grouped(e.Amount.String()), e.Currency))
		if e.Kind != portfolio.Actual {
			names[i] += fmt.Sprintf(" (%s)", e.Kind)
		}
	}
	return heading + first(names)
}

// spenderName is how messages name a subject.
func spenderName(of string) string {
	kind, name, _ := strings.Cut(of, "/")
	return fmt.Sprintf("%s %q", kind, name)
}

// whereOf is where to point for a program or a team whose entries are gone: its first
// ledger, else itself, else the Portfolio.
func whereOf(is *books, of string) (at source.Place, subject string) {
	if ledgers := is.ledgers[of]; len(ledgers) > 0 {
		return ledgers[0].Meta.Origin.At("name"), ledgerSubject(ledgers[0])
	}
	kind, name, _ := strings.Cut(of, "/")
	if g := is.Program(name); g != nil && kind == "program" {
		return g.Meta.Origin.At("name"), of
	}
	if t := is.Team(name); t != nil && kind == "team" {
		return t.Meta.Origin.At("name"), of
	}
	return is.Config.Origin.At("closedThrough"), "portfolio/" + is.Config.Meta.Name
}
