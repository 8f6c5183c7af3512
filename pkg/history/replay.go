package history

import (
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
)

// replay goes through all versions, oldest first, and follows everything. It also
// returns the blobs that it needed and the store does not have; what it says is
// then not complete.
func (r *reader) replay() (h *History, missing []string) {
	p := &player{
		reader:    r,
		h:         &History{Commits: len(r.chain), tracks: map[ID]*Track{}, positions: map[string]*PositionTrack{}},
		files:     map[string]string{},
		active:    map[string]*facts{},
		providers: claims[programFacts]{},
		programs:  map[string]*programFacts{},
		positions: claims[positionFacts]{},
		configs:   map[string]*facts{},
		missing:   map[string]bool{},
	}
	for _, c := range slices.Backward(r.chain) {
		if len(c.changes) > 0 {
			p.apply(&Version{Commit: c.hash, Day: c.day, Author: c.author, reasons: c.reasons}, c.changes, r.store.facts)
		}
	}
	if n := len(r.chain); n > 0 {
		p.h.First, p.h.Last = r.chain[n-1].day, r.chain[0].day
	}
	p.workTree()
	return p.h, slices.Sorted(maps.Keys(p.missing))
}

// player is the portfolio at one version.
type player struct {
	*reader
	h *History
	// files are all that the loader might read, with their blobs; inPreferred
	// counts those in the preferred folder. active are those of the portfolio.
	files       map[string]string
	inPreferred int
	active      map[string]*facts
	// providers are the programs in the files, by name; programs those that count.
	providers claims[programFacts]
	programs  map[string]*programFacts
	positions claims[positionFacts] // in the files, by id
	configs   map[string]*facts     // files with a Portfolio
	missing   map[string]bool
}

// workTree applies what differs in the work tree, as one more version.
func (p *player) workTree() {
	var changes []changed
	texts := map[string]*facts{}
	for _, f := range p.o.WorkTree {
		if !p.readable(f.Path) {
			continue
		}
		c := changed{path: f.Path}
		if f.Text != nil {
			c.blob = "work tree:" + f.Path
			found := extract(f.Text)
			texts[c.blob] = &found
		}
		changes = append(changes, c)
	}
	if len(changes) > 0 {
		p.apply(&Version{Day: p.o.AsOf}, changes, func(id string) *facts {
			if f := texts[id]; f != nil {
				return f
			}
			return p.store.facts(id)
		})
	}
}

// apply makes one version of the one before.
func (p *player) apply(v *Version, changes []changed, lookup func(blob string) *facts) {
	before := p.inPreferred > 0
	for _, c := range changes {
		_, was := p.files[c.path]
		is := c.blob != ""
		if is {
			p.files[c.path] = c.blob
		} else {
			delete(p.files, c.path)
		}
		if was != is && p.preferred(c.path) {
			if is {
				p.inPreferred++
			} else {
				p.inPreferred--
			}
		}
	}
	if after := p.inPreferred > 0; after != before { // what counts as the portfolio is another
		changes = nil
		for _, path := range slices.Sorted(maps.Keys(p.active)) {
			if _, still := p.files[path]; !still || p.preferred(path) != after {
				changes = append(changes, changed{path: path})
			}
		}
		for _, path := range slices.Sorted(maps.Keys(p.files)) {
			if p.preferred(path) == after || !after {
				changes = append(changes, changed{path, p.files[path]})
			}
		}
	}
	names, ids := map[string]bool{}, map[string]bool{}
	for _, c := range changes {
		if p.inPreferred > 0 && !p.preferred(c.path) && p.active[c.path] == nil || p.excluded(c.path) {
			continue
		}
		var now *facts
		if c.blob != "" {
			if now = lookup(c.blob); now == nil {
				p.missing[c.blob] = true
				continue
			}
			if now.broken != "" {
				p.h.Skipped = append(p.h.Skipped, Skipped{Commit: v.Commit, File: c.path, Reason: now.broken})
				continue
			}
		}
		p.exchange(c.path, now, names, ids)
	}
	v.Closed = p.closed()
	points := false
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if p.follow(v, name) {
			points = true
		}
	}
	if points {
		p.h.Versions = append(p.h.Versions, v)
	}
	for id := range ids { // each has its own track, so that their order is nothing
		p.followPosition(v, id)
	}
}

// exchange puts what a file says now, nil for nothing, in place of what it said,
// and adds the names of the programs and the ids of the positions in both.
func (p *player) exchange(path string, now *facts, names, ids map[string]bool) {
	if old := p.active[path]; old != nil {
		for i := range old.programs {
			name := old.programs[i].name
			names[name] = true
			p.providers.drop(name, path)
		}
		for i := range old.positions {
			id := old.positions[i].id
			ids[id] = true
			p.positions.drop(id, path)
		}
		delete(p.active, path)
		delete(p.configs, path)
	}
	if now == nil {
		return
	}
	p.active[path] = now
	if now.hasConfig {
		p.configs[path] = now
	}
	for i := range now.programs {
		name := now.programs[i].name
		names[name] = true
		p.providers.add(name, path, &now.programs[i])
	}
	for i := range now.positions {
		id := now.positions[i].id
		ids[id] = true
		p.positions.add(id, path, &now.positions[i])
	}
}

// closed is the last closed month by the first Portfolio.
func (p *player) closed() (month cal.Month) {
	first := ""
	for path, f := range p.configs {
		if first == "" || path < first {
			first, month = path, f.closed
		}
	}
	return month
}

// follow adds the points of a program and its milestones; it reports whether
// there were any.
func (p *player) follow(v *Version, name string) bool {
	now, old := p.providers.first(name), p.programs[name]
	if now == nil {
		delete(p.programs, name)
	} else {
		p.programs[name] = now
	}
	points := false
	add := func(id ID, s State, present bool) {
		if p.add(v, id, s, present, now != nil && now.committed) {
			points = true
		}
	}
	if now == nil {
		add(ID{Program: name}, State{}, false)
	} else {
		add(ID{Program: name}, now.own, true)
	}
	seen := map[string]bool{}
	if now != nil {
		for i := range now.milestones {
			if m := &now.milestones[i]; !seen[m.id] {
				seen[m.id] = true
				add(ID{name, m.id}, m.State, true)
			}
		}
	}
	if old != nil {
		for i := range old.milestones {
			if id := old.milestones[i].id; !seen[id] {
				add(ID{name, id}, State{}, false)
			}
		}
	}
	return points
}

// add adds a point to a track where something differs.
func (p *player) add(v *Version, id ID, s State, present, committed bool) bool {
	t := p.h.tracks[id]
	if t == nil {
		if !present || s.Due.IsZero() {
			return false
		}
		p.h.tracks[id] = &Track{ID: id, Points: []Point{{v, s, true, committed}}}
		return true
	}
	last := t.Last()
	if !present {
		if !last.Present {
			return false
		}
		t.Points = append(t.Points, Point{v, last.State, false, last.Committed})
		return true
	}
	if s.Due.IsZero() { // not a date: nobody meant that it had none
		s.Due = last.Due
	}
	if last.Present && last.Committed == committed && last.sameDates(s) {
		last.Title, last.Owner, last.Team = s.Title, s.Owner, s.Team
		return false
	}
	t.Points = append(t.Points, Point{v, s, true, committed})
	return true
}

// sameDates compares all but what it is called and whose it is.
func (s State) sameDates(o State) bool {
	o.Title, o.Owner, o.Team = s.Title, s.Owner, s.Team
	return s == o
}
