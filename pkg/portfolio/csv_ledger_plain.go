package portfolio

import (
	"hash/maphash"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/source"
)

// takenBlock is what a taker makes of a block of a CSV file.
type takenBlock struct {
	postingBlock
	refs []uint64
	from *postingTaker
	// firsts are the classes of the block, by their index in those of the taker, in
	// the order in which they occur.
	firsts []int32
}

// postingTaker takes rows of a ledger's CSV file. Rows that are plain it reads without
// making texts of them, which is ten times as fast; it can only accept them, and
// leaves the others to entryReader. It is a [source.Taker].
type postingTaker struct {
	odd   *entryReader
	now   takenBlock
	dates shortTexts
	// classes are those met so far, global their indices in the ledger, -1 where they
	// are in no block that was taken over, and last the block that each was in last.
	classes []PostingClass
	global  []int32
	last    []int
	blocks  int
	index   map[PostingClass]int32
	// texts are those of the columns that make a class, and known are classes, from 1
	// on, by the numbers of their texts. Of a row that Take has just left because its
	// class is not known, left are these numbers; else it is 0.
	texts [len(classColumns)]numbered
	known shortTexts
	left  uint64
}

// classColumns are those that make a class, with how many bits the number of a text
// may have.
var classColumns = [...]struct{ column, bits int }{{categoryColumn, 18}, {typeColumn, 8}, {currencyColumn, 8}, {kindColumn, 8}, {costCentreColumn, 22}}

func newPostingTaker(l *Ledger, f *source.File) *postingTaker {
	return &postingTaker{
		odd: newEntryReader(l, f), index: map[PostingClass]int32{},
	}
}

// Take takes a plain row.
func (t *postingTaker) Take(offset int64, cells [][]byte) bool {
	t.left = 0
	date, ok := t.date(cells[dateColumn])
	if !ok {
		return false
	}
	amount, ok := ParseAmount(cells[amountColumn], t.odd.decimal)
	if !ok || mayBeNothing(cells[refColumn]) {
		return false
	}
	var key uint64
	for i := range classColumns {
		c := &classColumns[i]
		n := uint64(t.texts[i].of(cells[c.column]))
		if n>>c.bits != 0 {
			return false
		}
		key = key<<c.bits | n
	}
	known := t.known.at(key, 0)
	if known.value == 0 {
		t.left = key
		return false
	}
	class := known.value - 1
	t.use(class)
	t.now.append(date, amount, class, offset)
	t.now.refs = append(t.now.refs, hashOf(maphash.Bytes(refSeed, cells[refColumn]), len(cells[refColumn])))
	return true
}

// TakeRow takes any row.
func (t *postingTaker) TakeRow(row *source.Row) bool {
	key := t.left
	t.left = 0
	e, ok := t.odd.row(row)
	if !ok {
		return false
	}
	class := t.add(&e, row.Offset())
	if key != 0 { // Take left the row for nothing but its class
		t.known.put(t.known.at(key, 0), key, 0, class+1)
	}
	return true
}

// add takes an entry.
func (t *postingTaker) add(e *LedgerEntry, offset int64) (class int32) {
	c := e.class()
	class, ok := t.index[c]
	if !ok {
		class = int32(len(t.classes))
		t.index[c] = class
		t.classes, t.global, t.last = append(t.classes, c), append(t.global, -1), append(t.last, -1)
	}
	t.use(class)
	t.now.append(e.Date, e.Amount, class, offset)
	t.now.refs = append(t.now.refs, hashOf(maphash.String(refSeed, e.Ref), len(e.Ref)))
	return class
}

// use notes that a class occurs in the block.
func (t *postingTaker) use(class int32) {
	if t.last[class] != t.blocks {
		t.last[class] = t.blocks
		t.now.firsts = append(t.now.firsts, class)
	}
}

// Block is all that was taken since it was called last.
func (t *postingTaker) Block() takenBlock {
	b := t.now
	b.from = t
	b.postingBlock, b.refs = b.clone(), append([]uint64(nil), b.refs...)
	t.now.reset()
	t.now.refs, t.now.firsts = t.now.refs[:0], nil
	t.blocks++
	return b
}

// mayBeNothing tells cells that may state nothing, see stated.
func mayBeNothing(cell []byte) bool {
	if len(cell) == 0 || len(cell) > len("(null)") {
		return false
	}
	switch c := cell[0]; c {
	case '-', '#', '(', 'n', 'N':
		return true
	default:
		return c >= 0x80
	}
}

// date reads a date as tableRow.date does; ok is false where there is one to be found
// out about.
func (t *postingTaker) date(cell []byte) (d cal.Date, ok bool) {
	low, high, ok := shortOf(cell)
	if !ok || len(cell) == 0 {
		return 0, false
	}
	s := t.dates.at(low, high)
	if s.value == 0 { // files have few of them
		d, _, err := t.odd.format.Parse(withoutMidnight(string(cell)))
		if err != nil {
			return 0, false
		}
		t.dates.put(s, low, high, int32(d))
	}
	return cal.Date(s.value), true
}
