package portfolio

import "slices"

// Absent reports whether documents of a kind live in another repository that was not
// joined: what is there of them is then not all.
func (s *Snapshot) Absent(kind External) bool {
	return slices.Contains(s.Config.External, kind) && !s.joined[string(kind)]
}
