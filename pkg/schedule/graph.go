package schedule

import "slices"

// Graph is a network as arrays, for passes that are made many times with other
// durations: activities are numbered so that each comes after all that it waits for.
// It is not changed once it is made, so that several may pass over it at a time.
//
// Moments are ticks on the axis that all programs share. Those of activity i are two
// entries of a slice: its start at 2i, its finish at 2i+1.
type Graph struct {
	first     []int32 // links[first[i]:first[i+1]] are those by which i waits
	links     []link
	durations []Ticks
	earliest  []Ticks
	due       []Ticks
	done      []bool
	programs  []int32
	program   int // how many there are
}

// link says that an end of an activity comes no earlier than an end of another.
type link struct {
	lag      Ticks // later, or earlier where negative
	from     int32 // the end of the other, as an entry of a slice of moments
	toFinish bool  // of this its finish, else its start
}

// Len is the number of activities.
func (g *Graph) Len() int { return len(g.durations) }

// Programs is the number of programs.
func (g *Graph) Programs() int { return g.program }

// Durations returns a copy of how long each activity takes as things are: what remains
// of it; where it is done, what it took.
func (g *Graph) Durations() []Ticks { return slices.Clone(g.durations) }

// Moments returns room for the moments of one pass.
func (g *Graph) Moments() []Ticks { return make([]Ticks, 2*g.Len()) }

// Forward is the forward pass of the critical path method, with the four links of the
// precedence diagramming method: it fills in early starts and early finishes. Durations
// are those of Graph.Durations or others in their place; of what is done they must be
// as they were. It allocates nothing; time is linear in activities and links.
func (g *Graph) Forward(durations, early []Ticks) { g.forward(durations, nil, early) }

// forward is Forward where no activity finishes before its due; nil binds nothing.
func (g *Graph) forward(durations, due, early []Ticks) {
	for i, duration := range durations {
		least := never
		if due != nil {
			least = due[i]
		}
		start := g.earliest[i]
		if !g.done[i] {
			start = g.start(int32(i), start, duration, least, early)
		}
		early[2*i], early[2*i+1] = start, start+duration
	}
}

// start is when an open activity can start: no earlier than a moment, and so that it
// finishes no earlier than least. Work is not interrupted: what makes an activity
// finish later makes it start later, so that its finish is its start and its duration.
func (g *Graph) start(i int32, earliest, duration, least Ticks, early []Ticks) Ticks {
	at := max(earliest, least-duration)
	for _, l := range g.links[g.first[i]:g.first[i+1]] {
		from := early[l.from] + l.lag
		if l.toFinish {
			from -= duration
		}
		at = max(at, from)
	}
	return at
}

// Ends fills in the latest early finish of each program; ends must be as long as there
// are programs, and all of them have an activity.
func (g *Graph) Ends(early, ends []Ticks) {
	for p := range ends {
		ends[p] = never
	}
	for i, p := range g.programs {
		ends[p] = max(ends[p], early[2*i+1])
	}
}

// Backward is the backward pass: it fills in late starts and late finishes, so that no
// program ends after its end and no activity is later than those that wait for it
// allow. Nothing waits for anything once it is done. It allocates nothing.
func (g *Graph) Backward(durations, ends, late []Ticks) {
	for i, p := range g.programs {
		late[2*i+1] = ends[p]
	}
	for i := len(durations) - 1; i >= 0; i-- {
		finish := late[2*i+1]
		late[2*i] = finish - durations[i]
		if g.done[i] {
			continue
		}
		for _, l := range g.links[g.first[i]:g.first[i+1]] {
			at := late[2*i] - l.lag
			if l.toFinish {
				at = finish - l.lag
			}
			before := l.from | 1
			if l.from&1 == 0 {
				at += durations[l.from/2] // it is its start that is bound
			}
			late[before] = min(late[before], at)
		}
	}
}

// Critical reports whether an activity has no float between two passes.
func Critical(early, late []Ticks, i int) bool { return late[2*i+1] <= early[2*i+1] }

// slacks calls back for each link that binds something, with how much later the end
// that it comes from may be before it moves the other.
func (g *Graph) slacks(early []Ticks, each func(from, to int32, slack Ticks)) {
	for i := range int32(g.Len()) {
		if g.done[i] {
			continue
		}
		for _, l := range g.links[g.first[i]:g.first[i+1]] {
			at := early[2*i]
			if l.toFinish {
				at = early[2*i+1]
			}
			each(l.from/2, i, at-l.lag-early[l.from])
		}
	}
}
