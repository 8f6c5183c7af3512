package portfolio

import (
	"iter"
	"slices"
	"sort"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/source"
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

// postingBlock is some of the rows of a CSV file, by columns: a row takes 28 bytes, an
// entry and its texts ten times as much.
type postingBlock struct {
	first   int // how many rows of the file are in other blocks before
	dates   []cal.Date
	amounts []money.Decimal
	classes []int32
	offsets []int32 // of where rows begin in the file
}

// postingRows are the entries of a ledger's CSV file.
type postingRows struct {
	n      int
	table  *source.Table
	reader *entryReader
	blocks []postingBlock
}

// Len is how many entries the ledger has, those of its CSV file too.
func (l *Ledger) Len() int { return len(l.Entries) + l.rows.n }

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
		l.tablePostings()(yield)
	}
}

// tablePostings are those of the CSV file.
func (l *Ledger) tablePostings() iter.Seq[Posting] {
	return func(yield func(Posting) bool) {
		for b := range l.rows.blocks {
			block := &l.rows.blocks[b]
			first := len(l.Entries) + block.first
			amounts, classes := block.amounts[:len(block.dates)], block.classes[:len(block.dates)]
			for i, date := range block.dates {
				if !yield(Posting{date, amounts[i], int(classes[i]), first + i}) {
					return
				}
			}
		}
	}
}

// Entry is all that a posting of the ledger says, with its place. A row of a CSV file
// is read again, for which its text is held from then on; of a file that has changed
// since, only what the posting says is known. It is not safe for concurrent use.
func (l *Ledger) Entry(p Posting) LedgerEntry {
	if p.row < len(l.Entries) {
		return l.Entries[p.row]
	}
	i := p.row - len(l.Entries)
	at := sort.Search(len(l.rows.blocks), func(b int) bool { return l.rows.blocks[b].first > i }) - 1
	block := &l.rows.blocks[at]
	if row, ok := l.rows.table.RowAt(int64(block.offsets[i-block.first])); ok {
		if e, ok := l.rows.reader.row(row); ok {
			return e
		}
	}
	c := l.classes[p.Class]
	return LedgerEntry{
		Origin: source.Origin{File: l.rows.reader.file, Line: 1, Col: 1}, Date: p.Date, Amount: p.Amount,
		Category: c.Category, Type: c.Type, Kind: c.Kind, Currency: c.Currency, CostCentre: c.CostCentre,
	}
}

// class is what the entry has in common with others.
func (e *LedgerEntry) class() PostingClass {
	return PostingClass{e.Category, e.Type, e.Kind, e.Currency, e.CostCentre}
}

// classify sorts the entries written in the document into classes.
func (l *Ledger) classify() {
	index := map[PostingClass]int{}
	for i := range l.Entries {
		l.classOf = append(l.classOf, l.classIn(index, l.Entries[i].class()))
	}
}

// classIn is the index of a class of the ledger, which is a new one where it is not in
// an index of them.
func (l *Ledger) classIn(index map[PostingClass]int, c PostingClass) int {
	at, known := index[c]
	if !known {
		at = len(l.classes)
		index[c] = at
		l.classes = append(l.classes, c)
	}
	return at
}

// take takes over what was read of the ledger's CSV file, and returns the hashes of
// refs of all rows.
func (l *Ledger) take(t *source.Table, blocks []takenBlock) (refs [][]uint64) {
	index := make(map[PostingClass]int, len(l.classes))
	for i, c := range l.classes {
		index[c] = i
	}
	if len(blocks) > 0 {
		l.rows.reader = blocks[0].from.odd
	}
	l.rows.table = t
	for i := range blocks {
		b := &blocks[i]
		b.first = l.rows.n
		l.rows.n += len(b.dates)
		for _, class := range b.firsts {
			if b.from.global[class] < 0 {
				b.from.global[class] = int32(l.classIn(index, b.from.classes[class]))
			}
		}
		for row, class := range b.classes {
			b.classes[row] = b.from.global[class]
		}
		l.rows.blocks = append(l.rows.blocks, b.postingBlock)
		refs = append(refs, b.refs)
	}
	return refs
}

func (b *postingBlock) append(d cal.Date, a money.Decimal, class int32, offset int64) {
	b.dates, b.amounts = append(b.dates, d), append(b.amounts, a)
	b.classes, b.offsets = append(b.classes, class), append(b.offsets, int32(offset))
}

func (b *postingBlock) clone() postingBlock {
	return postingBlock{b.first, slices.Clone(b.dates), slices.Clone(b.amounts), slices.Clone(b.classes), slices.Clone(b.offsets)}
}

// reset empties the block and keeps its room.
func (b *postingBlock) reset() {
	b.dates, b.amounts, b.classes, b.offsets = b.dates[:0], b.amounts[:0], b.classes[:0], b.offsets[:0]
}
