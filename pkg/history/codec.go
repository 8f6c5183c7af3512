package history

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
)

// The saved form of a store: a line that names the format and the tool, a checksum
// of the rest, a table of texts, then commits and blobs, all numbers as varints. A
// plain binary form, for it is read at every run: as JSON it would cost more than
// it saves.
//
// A blob is its id, why it is broken, what it says of the last closed month, its
// programs, each with its milestones, and, since format 2, its positions, each with
// its stages.
const magic = "progctl history 2 "

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// save returns the store in its saved form, the same for the same store.
func (s *store) save(tool string) []byte {
	w := writer{index: map[string]uint64{}}
	w.number(uint64(len(s.commits)))
	for _, hash := range slices.Sorted(maps.Keys(s.commits)) {
		w.commit(s.commits[hash])
	}
	w.number(uint64(len(s.blobs)))
	for _, id := range slices.Sorted(maps.Keys(s.blobs)) {
		w.hash(id)
		w.facts(s.blobs[id])
	}
	var table writer
	table.number(uint64(len(w.table)))
	for _, text := range w.table {
		table.number(uint64(len(text)))
	}
	for _, text := range w.table {
		table.b = append(table.b, text...)
	}
	body := slices.Concat(table.b, w.b)
	head := append([]byte(magic), tool...)
	head = append(head, '\n')
	head = binary.LittleEndian.AppendUint32(head, crc32.Checksum(body, castagnoli))
	return append(head, body...)
}

// load adds what was saved. Data of another format or tool, or that is damaged, is
// ignored.
func (s *store) load(data []byte, tool string) {
	body, ok := bytes.CutPrefix(data, append(append([]byte(magic), tool...), '\n'))
	if !ok || len(body) < 4 || crc32.Checksum(body[4:], castagnoli) != binary.LittleEndian.Uint32(body) {
		return
	}
	r := &scanner{text: string(body[4:])}
	r.readTable()
	for range r.count() {
		c := r.commit()
		s.commits[c.hash] = c
	}
	for range r.count() {
		id := r.hash()
		f := r.facts()
		s.blobs[id] = &f
	}
	if r.bad || r.at != len(r.text) { // a checksum that fits and is no guarantee
		*s = *newStore()
	}
}

// writer writes the saved form.
type writer struct {
	b     []byte
	table []string
	index map[string]uint64
}

func (w *writer) number(n uint64) { w.b = binary.AppendUvarint(w.b, n) }

func (w *writer) text(s string) {
	i, known := w.index[s]
	if !known {
		i = uint64(len(w.table))
		w.index[s] = i
		w.table = append(w.table, s)
	}
	w.number(i)
}

// hash writes a hash in hexadecimal digits, or an empty text.
func (w *writer) hash(s string) {
	raw, err := hex.DecodeString(s)
	if err != nil {
		raw = nil
	}
	w.number(uint64(len(raw)))
	w.b = append(w.b, raw...)
}

func (w *writer) flags(flags ...bool) {
	var n uint64
	for i, f := range flags {
		if f {
			n |= 1 << i
		}
	}
	w.number(n)
}

func (w *writer) commit(c *record) {
	w.hash(c.hash)
	w.hash(c.parent)
	w.number(uint64(c.day))
	w.text(c.author)
	w.number(uint64(len(c.reasons)))
	for _, r := range c.reasons {
		w.text(r.id)
		w.text(r.text)
	}
	w.number(uint64(len(c.changes)))
	for _, change := range c.changes {
		w.text(change.path)
		w.hash(change.blob)
	}
}

func (w *writer) facts(f *facts) {
	w.text(f.broken)
	w.flags(f.hasConfig)
	w.number(uint64(f.closed))
	w.number(uint64(len(f.programs)))
	for i := range f.programs {
		p := &f.programs[i]
		w.text(p.name)
		w.flags(p.committed)
		w.state(&p.own)
		w.number(uint64(len(p.milestones)))
		for k := range p.milestones {
			w.text(p.milestones[k].id)
			w.state(&p.milestones[k].State)
		}
	}
	w.number(uint64(len(f.positions)))
	for i := range f.positions {
		w.position(&f.positions[i])
	}
}

func (w *writer) state(s *State) {
	w.flags(s.Cancelled)
	for _, d := range []cal.Date{s.Due, s.Baseline, s.Forecast, s.Completed} {
		w.number(uint64(d))
	}
	for _, text := range []string{s.Reason, s.Title, s.Owner, s.Team} {
		w.text(text)
	}
}

func (w *writer) position(p *positionFacts) {
	w.text(p.id)
	w.text(p.Status)
	for _, d := range []cal.Date{p.Effective, p.ExpectedStart, p.Start, p.OpenedOn} {
		w.number(uint64(d))
	}
	w.number(uint64(len(p.Stages)))
	for i := range p.Stages {
		s := &p.Stages[i]
		w.text(s.ID)
		for _, n := range []int{s.Entered, s.Passed, s.Declined, s.Withdrawn} {
			w.number(uint64(n))
		}
	}
}
