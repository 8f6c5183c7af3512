package history

import "github.com/progctl/progctl/pkg/cal"

// record is what matters of a commit.
type record struct {
	hash, parent string
	others       []string // parents beyond the first; not kept in the cache
	day          cal.Date
	author       string
	reasons      []reason // of its own message, then of those of the commits it merged
	changes      []changed
}

// changed is what became of a file: its blob now, empty where it is gone.
type changed struct{ path, blob string }

// store holds the facts of commits and of blobs, by their hashes. With a commit it
// holds all of its first-parent history.
type store struct {
	commits map[string]*record
	blobs   map[string]*facts
	words   map[string]string // texts that occur again and again, each once
	grown   bool
}

func newStore() *store {
	return &store{commits: map[string]*record{}, blobs: map[string]*facts{}, words: map[string]string{}}
}

func (s *store) facts(blob string) *facts { return s.blobs[blob] }

func (s *store) add(list []*record) {
	for _, c := range list {
		for i := range c.changes {
			c.changes[i].path = s.word(c.changes[i].path)
		}
		c.author = s.word(c.author)
		s.commits[c.hash] = c
		s.grown = true
	}
}

// keep adds the facts of a blob.
func (s *store) keep(id string, f facts) {
	for i := range f.programs {
		p := &f.programs[i]
		p.name = s.word(p.name)
		s.intern(&p.own)
		for k := range p.milestones {
			p.milestones[k].id = s.word(p.milestones[k].id)
			s.intern(&p.milestones[k].State)
		}
	}
	for i := range f.positions {
		p := &f.positions[i]
		p.id, p.Status = s.word(p.id), s.word(p.Status)
		for k := range p.Stages {
			p.Stages[k].ID = s.word(p.Stages[k].ID)
		}
	}
	s.blobs[id] = &f
	s.grown = true
}

func (s *store) intern(state *State) {
	for _, text := range []*string{&state.Reason, &state.Title, &state.Owner, &state.Team} {
		*text = s.word(*text)
	}
}

func (s *store) word(text string) string {
	if known, ok := s.words[text]; ok {
		return known
	}
	s.words[text] = text
	return text
}
