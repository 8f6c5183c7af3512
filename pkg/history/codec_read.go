package history

import (
	"encoding/hex"

	"github.com/progctl/progctl/pkg/cal"
)

// scanner reads the saved form. After a mistake in it, it returns zero values and
// counts of nothing.
type scanner struct {
	text  string
	at    int
	table []string
	bad   bool
}

func (r *scanner) number() uint64 {
	var n uint64
	for shift := uint(0); shift < 64 && r.at < len(r.text) && !r.bad; shift += 7 {
		c := r.text[r.at]
		r.at++
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return n
		}
	}
	r.bad = true
	return 0
}

// count reads how many of something follow: each has at least one byte.
func (r *scanner) count() int {
	n := r.number()
	if n > uint64(len(r.text)-r.at) {
		r.bad = true
		return 0
	}
	return int(n)
}

func (r *scanner) bytes(n int) string {
	if n > len(r.text)-r.at {
		r.bad = true
		return ""
	}
	r.at += n
	return r.text[r.at-n : r.at]
}

func (r *scanner) readTable() {
	lengths := make([]int, r.count())
	for i := range lengths {
		lengths[i] = r.count()
	}
	r.table = make([]string, len(lengths))
	for i, n := range lengths {
		r.table[i] = r.bytes(n)
	}
}

func (r *scanner) word() string {
	i := r.number()
	if i >= uint64(len(r.table)) {
		r.bad = true
		return ""
	}
	return r.table[i]
}

func (r *scanner) hash() string { return hex.EncodeToString([]byte(r.bytes(r.count()))) }

func (r *scanner) commit() *record {
	c := &record{hash: r.hash(), parent: r.hash(), day: cal.Date(r.number()), author: r.word()}
	for range r.count() {
		c.reasons = append(c.reasons, reason{r.word(), r.word()})
	}
	c.changes = make([]changed, r.count())
	for i := range c.changes {
		c.changes[i] = changed{r.word(), r.hash()}
	}
	return c
}

func (r *scanner) facts() facts {
	f := facts{broken: r.word(), hasConfig: r.number()&1 == 1, closed: cal.Month(r.number())}
	f.programs = make([]programFacts, r.count())
	for i := range f.programs {
		p := &f.programs[i]
		p.name, p.committed = r.word(), r.number()&1 == 1
		r.state(&p.own)
		p.milestones = make([]milestoneFacts, r.count())
		for k := range p.milestones {
			p.milestones[k].id = r.word()
			r.state(&p.milestones[k].State)
		}
	}
	if n := r.count(); n > 0 {
		f.positions = make([]positionFacts, n)
	}
	for i := range f.positions {
		r.position(&f.positions[i])
	}
	return f
}

func (r *scanner) position(p *positionFacts) {
	p.id, p.Status = r.word(), r.word()
	for _, d := range []*cal.Date{&p.Effective, &p.ExpectedStart, &p.Start, &p.OpenedOn} {
		*d = cal.Date(r.number())
	}
	if n := r.count(); n > 0 { // nil for none, as where it is read from a file
		p.Stages = make([]Stage, n)
	}
	for i := range p.Stages {
		s := &p.Stages[i]
		s.ID = r.word()
		for _, n := range []*int{&s.Entered, &s.Passed, &s.Declined, &s.Withdrawn} {
			*n = int(r.number())
		}
	}
}

func (r *scanner) state(s *State) {
	s.Cancelled = r.number()&1 == 1
	for _, d := range []*cal.Date{&s.Due, &s.Baseline, &s.Forecast, &s.Completed} {
		*d = cal.Date(r.number())
	}
	for _, text := range []*string{&s.Reason, &s.Title, &s.Owner, &s.Team} {
		*text = r.word()
	}
}
