package source

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"hash/maphash"
	"math/bits"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// Taker takes the rows of blocks of a file, in one goroutine. Of B it makes what a
// block holds.
type Taker[B any] interface {
	// Take takes a row by its cells, one for each column that is wanted, without the
	// spaces around them; nil where there is no such column. They hold until it
	// returns. It returns false where the row is better read by TakeRow.
	Take(offset int64, cells [][]byte) bool
	// TakeRow takes a row as Rows yields it, but for its line, which is not known.
	// It returns false for one with a finding.
	TakeRow(r *Row) bool
	// Block is all that was taken since it was called last.
	Block() B
}

// ReadBlocks reads the rows that Rows of the same file would yield, and returns the
// blocks in order; ok is false where anything is wrong, with the file or a row. The
// file is then as it was, else one that was released.
func ReadBlocks[B any](p *Plain, newTaker func() Taker[B]) (blocks []B, ok bool) {
	p.sums = make([]uint64, (p.file.size+p.block-1)/p.block)
	results := make([]blockResult[B], len(p.sums))
	workers := make([]*blockReader[B], min(runtime.GOMAXPROCS(0), max(len(results), 1)))
	var (
		next atomic.Int64
		wait sync.WaitGroup
	)
	for i := range workers {
		workers[i] = &blockReader[B]{p: p, taker: newTaker(), lines: lineSplitter{comma: byte(p.head.comma)}, cells: make([][]byte, len(p.wanted))}
		wait.Go(func() {
			for {
				block := int(next.Add(1)) - 1
				if block >= len(results) {
					return
				}
				results[block] = workers[i].read(block, -1)
			}
		})
	}
	wait.Wait()
	// A block was read as if a row began behind the first end of a line in it. That
	// is not so inside of a value with line breaks: then it is read again.
	at := p.body
	for i := range results {
		r := &results[i]
		switch {
		case at >= p.blockEnd(i):
			continue
		case r.from != at:
			*r = workers[0].read(i, at)
		}
		if !r.ok {
			return nil, false
		}
		at = r.to
		blocks = append(blocks, r.rows)
	}
	p.release()
	return blocks, true
}

// blockEnd is the offset at which the block ends: rows that begin before it are its.
func (p *Plain) blockEnd(block int) int64 {
	return min(int64(block+1)*p.block, p.file.size)
}

// blockResult is what was read of a block.
type blockResult[B any] struct {
	ok       bool
	from, to int64 // where its first row begins, and the one behind its last
	rows     B
}

// blockReader reads blocks, in one goroutine.
type blockReader[B any] struct {
	p     *Plain
	taker Taker[B]
	lines lineSplitter
	cells [][]byte
	// text is that of the block and a little more, and base its offset.
	text []byte
	base int64
	odd  oddReader
}

const (
	// beyond is how much is read of the next block, for the last row.
	beyond = 4 << 10
	// maxRowBytes is how long the last row may be.
	maxRowBytes = 4 << 20
)

// read reads the rows that begin in a block, the first of them at an offset; below 0
// it begins with a line.
func (r *blockReader[B]) read(block int, from int64) (result blockResult[B]) {
	start, end := int64(block)*r.p.block, r.p.blockEnd(block)
	r.base = max(start-1, 0)
	r.text = r.text[:0]
	if !r.more(int(end - r.base + beyond)) {
		return result
	}
	r.p.sums[block] = maphash.Bytes(seed, r.text[start-r.base:end-r.base])
	switch {
	case from < 0 && block == 0:
		from = r.p.body
	case from < 0:
		i := bytes.IndexByte(r.text[:end-r.base], '\n')
		if i < 0 {
			return result // and from is not where anything begins
		}
		from = r.base + int64(i) + 1
	}
	at := int(from - r.base)
	ok := true
	for ok && at < int(end-r.base) {
		at, ok = r.row(at)
	}
	return blockResult[B]{ok, from, r.base + int64(at), r.taker.Block()}
}

// more reads on, until there are so many bytes of text or the file ends.
func (r *blockReader[B]) more(n int) bool {
	have := len(r.text)
	if n > blockBytes+maxRowBytes {
		return false
	}
	n = int(min(int64(n), r.p.file.size-r.base))
	r.text = slices.Grow(r.text, n-have)[:n]
	return readFull(r.p.file.parts, r.text[have:], r.base+int64(have))
}

// isAll reports whether the file ends where the text does.
func (r *blockReader[B]) isAll() bool { return r.base+int64(len(r.text)) == r.p.file.size }

// row takes the row that begins at an index of the text, and returns that of the next.
func (r *blockReader[B]) row(at int) (next int, ok bool) {
	n := bytes.IndexByte(r.text[at:], '\n')
	for n < 0 && !r.isAll() {
		if !r.more(2 * len(r.text)) {
			return 0, false
		}
		n = bytes.IndexByte(r.text[at:], '\n')
	}
	line := r.text[at:]
	next = len(r.text)
	if n >= 0 {
		line = line[:n]
		next = at + n + 1
	}
	if last := len(line) - 1; last >= 0 && line[last] == '\r' {
		line = line[:last]
	}
	if len(line) == 0 || r.plain(at, line) {
		return next, true
	}
	return r.oddRow(at)
}

// plain takes a line that is a row by itself; false where it may be none.
func (r *blockReader[B]) plain(at int, line []byte) bool {
	if len(line) > MaxScalarBytes || bytes.IndexByte([]byte("<|>"), line[0]) >= 0 || !r.lines.split(line) {
		return false
	}
	h := r.p.head
	if n := r.lines.count(); n < h.named || n > h.fields() {
		return false
	}
	switch first := cut(r.lines.field(0)); {
	case len(first) == 0 && r.lines.isBlank():
		return true
	case string(first) == h.headers[0]: // and it may be the header row
		return false
	}
	for i, column := range r.p.wanted {
		if column >= 0 {
			r.cells[i] = cut(r.lines.field(column))
		}
	}
	return r.taker.Take(r.base+int64(at), r.cells)
}

// oddRow takes a row as Rows reads it.
func (r *blockReader[B]) oddRow(at int) (next int, ok bool) {
	for {
		cells, n, err := r.odd.read(r.text[at:], r.p.head.comma)
		next = at + n
		if next == len(r.text) && !r.isAll() { // it may go on
			if !r.more(2 * len(r.text)) {
				return 0, false
			}
			continue
		}
		if err != nil || !isText(r.text[at:next]) {
			return 0, false
		}
		if blank(cells) {
			return next, true
		}
		h := r.p.head
		if _, fits := h.fits(cells); !fits || h.repeats(cells) {
			return 0, false
		}
		if _, doubtful := h.swallows(cells); doubtful {
			return 0, false
		}
		return next, r.taker.TakeRow(&Row{table: r.p.Table, offset: r.base + int64(at), cells: cells})
	}
}

// oddReader reads single rows.
type oddReader struct {
	buffer *bufio.Reader
}

// read reads the row that a text begins with, and how long it is.
func (o *oddReader) read(text []byte, comma rune) (cells []string, n int, err error) {
	if o.buffer == nil {
		o.buffer = bufio.NewReader(nil)
	}
	o.buffer.Reset(bytes.NewReader(text))
	c := newReader(o.buffer, comma)
	cells, err = c.Read()
	return cells, int(c.InputOffset()), err
}

// cut is trim of bytes.
func cut(cell []byte) []byte {
	if n := len(cell); n == 0 || isInk(cell[0]) && isInk(cell[n-1]) {
		return cell
	}
	return bytes.TrimFunc(cell, isBlankRune)
}

// isInk tells a byte that is a character by itself and no space.
func isInk(c byte) bool { return c > 0x20 && c < 0x7f }

// word is eight bytes of a text, the first of them lowest.
func word(text []byte) uint64 { return binary.LittleEndian.Uint64(text) }

// lowest is the index of the lowest byte of which the high bit is set.
func lowest(mask uint64) int { return bits.TrailingZeros64(mask) / 8 }
