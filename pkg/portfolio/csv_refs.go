package portfolio

import (
	"fmt"
	"hash/maphash"
	"math/bits"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

// refSeed is that of all hashes of refs.
var refSeed = maphash.MakeSeed()

// hashOf is the hash of a ref of a length: 0 where there is none, and only there.
func hashOf(sum uint64, length int) uint64 {
	switch {
	case length == 0:
		return 0
	case sum == 0:
		return 1
	}
	return sum
}

// postedTwice reports refs that entries share. It compares their hashes, and only
// where two are equal the texts.
func (a *assembler) postedTwice() {
	lists := make([][]uint64, 0, len(a.s.Ledgers))
	for _, l := range a.s.Ledgers {
		list := make([]uint64, len(l.Entries))
		for i := range l.Entries {
			ref := l.Entries[i].Ref
			list[i] = hashOf(maphash.String(refSeed, ref), len(ref))
		}
		lists = append(append(lists, list), a.refs[l]...)
	}
	suspects := repeated(lists)
	if len(suspects) == 0 {
		return
	}
	seen := map[string]source.Origin{}
	rows := tableBound{assembler: a}
	at := 0
	for _, l := range a.s.Ledgers {
		hashes := lists[at : at+1+len(a.refs[l])]
		at += len(hashes)
		p := Posting{}
		for _, list := range hashes {
			for _, h := range list {
				if suspects[h] {
					e := l.Entry(p)
					first, twice := seen[e.Ref]
					if !twice {
						seen[e.Ref] = e.Origin
					} else if !sameRow(e.Origin, first) {
						rows.add(e.Origin, "ledger/"+l.Meta.Name, func() { a.posted(l, &e, first) })
					}
				}
				p.row++
			}
		}
	}
	rows.more("REF009", "ref", "entries with a reference that is posted twice")
}

// posted reports an entry whose ref stands elsewhere too.
func (a *assembler) posted(l *Ledger, e *LedgerEntry, first source.Origin) {
	d := a.report("REF009", e.Origin.At("ref"), "ledger/"+l.Meta.Name, "ledger reference "+quote(e.Ref)+" is posted twice", "delete one of the two entries")
	d.Key = e.Ref
	d.Related = []diag.Related{{Location: a.locator.Locate(first.At("ref")), Message: "first here"}}
}

// sameRow reports whether two ledgers read one row of a CSV file, which is told of
// the file.
func sameRow(a, b source.Origin) bool {
	return a.File != b.File && a.File.IsTable() && b.File.IsTable() && a.File.Name == b.File.Name && a.Line == b.Line
}

// tableBound bounds findings about rows of CSV files.
type tableBound struct {
	*assembler
	rows    int
	next    source.Origin // the first that is not told
	subject string        // of that
}

// add tells a finding, unless it is about one row too many.
func (b *tableBound) add(at source.Origin, subject string, tell func()) {
	if at.File.IsTable() {
		if b.rows++; b.rows > maxBadRows {
			if b.rows == maxBadRows+1 {
				b.next, b.subject = at, subject
			}
			return
		}
	}
	tell()
}

// more reports how many rows there are that were not told.
func (b *tableBound) more(code, field, what string) {
	if n := b.rows - maxBadRows; n > 0 {
		d := b.report(code, b.next.At(field), b.subject, fmt.Sprintf("there are %d more %s in CSV files", n, what),
			"they are told once those above are mended; this is the first of them")
		d.Key = "more"
	}
}

// repeated returns the hashes but 0 that lists hold more than once. They are sorted
// into shares that fit the cache of a processor: of a million this takes 8 MB, and an
// eighth of the time of a map.
func repeated(lists [][]uint64) map[uint64]bool {
	n := 0
	for _, list := range lists {
		n += len(list)
	}
	const share = 4096
	shift := 64 - bits.Len(uint(n/share))
	ends := make([]int, n/share*2+2)
	for _, list := range lists {
		for _, h := range list {
			if h != 0 {
				ends[h>>shift+1]++
			}
		}
	}
	for i := 1; i < len(ends); i++ {
		ends[i] += ends[i-1]
	}
	sorted := make([]uint64, n)
	for _, list := range lists {
		for _, h := range list {
			if h != 0 {
				sorted[ends[h>>shift]] = h
				ends[h>>shift]++
			}
		}
	}
	var (
		twice map[uint64]bool
		table []uint64
		start = 0
	)
	for _, end := range ends {
		if end <= start {
			continue
		}
		size := 1 << bits.Len(uint(2*(end-start)))
		if size > len(table) {
			table = make([]uint64, size)
		}
		clear(table[:size])
		for _, h := range sorted[start:end] {
			if !insert(table[:size], h) {
				if twice == nil {
					twice = map[uint64]bool{}
				}
				twice[h] = true
			}
		}
		start = end
	}
	return twice
}

// insert puts a hash into a table of which the size is a power of two; false where it
// is there.
func insert(table []uint64, h uint64) bool {
	mask := uint64(len(table) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		switch table[i] {
		case 0:
			table[i] = h
			return true
		case h:
			return false
		}
	}
}
