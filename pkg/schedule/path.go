package schedule

import (
	"cmp"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
)

// path is some activities and those that hold them where they are, in order of early
// start.
func (a *Analysis) path(last []int32) []*Activity {
	in := make([]bool, len(a.byPlace))
	for _, i := range last {
		in[i] = true
	}
	list := slices.Clone(last)
	for next := 0; next < len(list); next++ {
		for _, from := range a.tight[list[next]] {
			if !in[from] {
				in[from] = true
				list = append(list, from)
			}
		}
	}
	path := make([]*Activity, len(list))
	for k, i := range list {
		path[k] = a.byPlace[i]
	}
	slices.SortFunc(path, func(x, y *Activity) int {
		return cmp.Or(cmp.Compare(a.early[2*x.place], a.early[2*y.place]), cmp.Compare(a.early[2*x.place+1], a.early[2*y.place+1]), rank(x, y))
	})
	return path
}

// rank orders what happens at one moment: each after what it waits for.
func rank(x, y *Activity) int {
	return cmp.Or(cmp.Compare(x.depth, y.depth), cmp.Compare(x.Milestone.Ref(), y.Milestone.Ref()))
}

// Overall is what decides when the last of some programs ends.
type Overall struct {
	// Length is in working days, fractions rounded up, from the start of the first
	// working day of the earliest program to the latest EF.
	Length cal.WorkDays
	// Start is that first working day, Finish the latest day on which something finishes.
	Start, Finish cal.Date
	// Path is the critical path, as that of a program.
	Path []*Activity
}

// Overall returns what decides when the last of some programs ends; nothing for none.
func (a *Analysis) Overall(programs []*ProgramPath) Overall {
	if len(programs) == 0 {
		return Overall{}
	}
	var o Overall
	x, g := a.network.axis, &a.network.graph
	chosen := map[int32]bool{}
	begin, end := Ticks(0), never
	for k, p := range programs {
		zero := x.start(p.Program.Start)
		chosen[p.place] = true
		if k == 0 || zero < begin {
			begin = zero
		}
		end = max(end, zero+p.Length)
		o.Finish = max(o.Finish, p.Finish)
	}
	o.Length, o.Start = (end - begin).Days(), x.next(begin)
	var last []int32
	for i, p := range g.programs {
		if chosen[p] && a.early[2*i+1] == end {
			last = append(last, int32(i))
		}
	}
	o.Path = a.path(last)
	return o
}
