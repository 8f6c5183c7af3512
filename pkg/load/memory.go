package load

import (
	"github.com/progctl/progctl/pkg/portfolio"
)

// Memory keeps what files hold by their hashes, so that many revisions of a portfolio,
// read one after the other, cost little more than one. It is not safe for concurrent use
// by several Loads.
type Memory struct {
	// Wanted, where it is not nil, says which files count: the documents of all others
	// are left out of a portfolio.
	Wanted func(*portfolio.Part) bool
	// Lenient takes the plans of programs that do not conform for what they say.
	Lenient bool

	parts map[remembered]portfolio.Part
}

// remembered is a file: its places are told by its name.
type remembered struct{ name, hash string }

// Has reports whether a file is remembered, so that its text is not needed.
func (m *Memory) Has(name, hash string) bool {
	if m == nil {
		return false
	}
	_, has := m.parts[remembered{name, hash}]
	return has
}

// keep remembers a file, unless reading it again may give something else, or putting it
// together with others changes it.
func (m *Memory) keep(name, hash string, p *portfolio.Part) {
	if hash == "" || p.HoldsKind("Portfolio") || len(p.CSVFiles()) > 0 {
		return
	}
	if m.parts == nil {
		m.parts = map[remembered]portfolio.Part{}
	}
	m.parts[remembered{name, hash}] = *p
}

// hash is that of a file of a tree that has a memory, "" of others.
func (f *found) hash() string {
	if f.tree.Memory == nil {
		return ""
	}
	return f.tree.Hash(f.path)
}

// remember keeps what was read in the memories of the trees, and returns those parts that
// count.
func remember(files []found, parts []portfolio.Part) []portfolio.Part {
	var list []portfolio.Part
	for i := range parts {
		m := files[i].tree.Memory
		if m != nil {
			m.keep(files[i].tree.Name(files[i].path), files[i].hash(), &parts[i])
		}
		if m == nil || m.Wanted == nil || m.Wanted(&parts[i]) {
			list = append(list, parts[i])
		}
	}
	return list
}
