package history

import (
	"fmt"
	"slices"
	"strings"
)

var (
	editPlans  = []string{"h0", "h1"}
	editSeats  = []string{"s0", "s1", "s2", "s3"}
	editStages = []string{"screen", "panel", "final"}
)

// editPosition is a position of a plan; more is such as ", start: 2026-01-01".
type editPosition struct{ id, status, effective, more, pipeline string }

func (p editPosition) text() string {
	return fmt.Sprintf("  - {id: %s, status: %s, effective: %s%s%s}\n", p.id, p.status, p.effective, p.more, p.pipeline)
}

func (e *editor) plan() editDoc {
	d := editDoc{name: pick(e.Rand, editPlans), plan: true}
	for range e.IntN(4) {
		d.positions = append(d.positions, e.position())
	}
	return d
}

func (e *editor) position() editPosition {
	return editPosition{
		id:        pick(e.Rand, editSeats),
		status:    pick(e.Rand, []string{"planned", "open", "filled", "~"}),
		effective: pick(e.Rand, []string{"2026-05", "2026-05-01", "2026-06-01", "soon"}),
		more:      pick(e.Rand, []string{"", ", start: " + e.date(), ", expectedStart: " + e.date(), ", openedOn: " + e.date(), ", role: tpm"}),
		pipeline:  e.pipeline(),
	}
}

// pipeline is a pipeline, or none.
func (e *editor) pipeline() string {
	if e.IntN(4) == 0 {
		return ""
	}
	var list []string
	for _, i := range e.Perm(len(editStages))[:e.IntN(len(editStages)+1)] {
		var counts []string
		for _, name := range []string{"entered", "passed", "declined", "withdrawn"} {
			if e.IntN(2) == 0 {
				counts = append(counts, name+": "+pick(e.Rand, []string{"0", "1", "2", "17", "-1", "1.5", "many", "~", "'3'"}))
			}
		}
		list = append(list, editStages[i]+": {"+strings.Join(counts, ", ")+"}")
	}
	return ", pipeline: {" + strings.Join(list, ", ") + "}"
}

// changePlan does one thing to a plan, perhaps together with one in another file.
func (e *editor) changePlan(t tree, d *editDoc, to string) {
	if len(d.positions) == 0 {
		d.positions = append(d.positions, e.position())
		return
	}
	i := e.IntN(len(d.positions))
	p := &d.positions[i]
	switch e.IntN(10) {
	case 0:
		d.positions = append(d.positions, e.position())
	case 1:
		d.positions = slices.Delete(d.positions, i, i+1)
	case 2:
		e.Shuffle(len(d.positions), func(i, k int) { d.positions[i], d.positions[k] = d.positions[k], d.positions[i] })
	case 3, 4: // into another plan
		moved := *p
		d.positions = slices.Delete(d.positions, i, i+1)
		other := t[to]
		other.mode = "100644"
		k := slices.IndexFunc(other.docs, func(x editDoc) bool { return x.plan })
		if k < 0 {
			other.docs, k = append(slices.Clone(other.docs), editDoc{name: pick(e.Rand, editPlans), plan: true}), len(other.docs)
		}
		other.docs[k].positions = append(other.docs[k].positions, moved)
		t[to] = other
	case 5:
		*p = e.position()
	default:
		p.pipeline = e.pipeline()
	}
}
