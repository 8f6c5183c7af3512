package portfolio

import (
	"iter"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
)

// Posting is what figures need of an entry of a ledger; Entry has the rest.
type Posting struct {
	Date   cal.Date
	Amount money.Decimal // in the currency of its class; a credit is negative
	// Class is the index of what it has in common with others in Classes.
	Class int

	row int
}

// PostingClass is what many entries of a ledger have in common.
type PostingClass struct {
	Category   string
	Type       SpendType
	Kind       EntryKind
	Currency   money.Currency // "": the portfolio's
	CostCentre string
}

// Classes are those of the ledger's entries, each once, in the order in which they
// occur first.
func (l *Ledger) Classes() []PostingClass { return l.classes }

// Postings yields all entries of the ledger, those written in the document and then
// those of its CSV file, in their order.
func (l *Ledger) Postings() iter.Seq[Posting] {
	return func(yield func(Posting) bool) {
		for i := range l.Entries {
			e := &l.Entries[i]
			if !yield(Posting{e.Date, e.Amount, l.classOf[i], i}) {
				return
			}
		}
	}
}

// Entry is all that a posting of the ledger says, with its place.
func (l *Ledger) Entry(p Posting) LedgerEntry { return l.Entries[p.row] }

// classify sorts the entries written in the document into classes.
func (l *Ledger) classify() {
	index := map[PostingClass]int{}
	for i := range l.Entries {
		e := &l.Entries[i]
		class := PostingClass{e.Category, e.Type, e.Kind, e.Currency, e.CostCentre}
		at, known := index[class]
		if !known {
			at = len(l.classes)
			index[class] = at
			l.classes = append(l.classes, class)
		}
		l.classOf = append(l.classOf, at)
	}
}
