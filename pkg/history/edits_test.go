package history

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// Places and names are few, so that edits meet.
var (
	editPaths = []string{"a.yaml", "b.yaml", "c.yml", "sub/d.yaml", "programs/a.yaml", "programs/b.yaml", "programs/x/c.yml", "ex/e.yaml", ".h/x.yaml", "programs/.x.yaml", "notes.md"}
	editNames = []string{"p0", "p1", "p2", "p3"}
	editIDs   = []string{"m0", "m1", "m2"}
)

// edit is what a file holds, or does not.
type edit struct {
	docs   []editDoc
	broken string // in place of them
	note   int
	mode   string
}

type editDoc struct {
	name, status, due, title string
	milestones               []editMilestone
	closed                   string // of a Portfolio, which has nothing else
	plan                     bool   // it is a HeadcountPlan, which has a name and positions
	positions                []editPosition
}

type editMilestone struct{ id, due, more string }

func (e edit) text() string {
	text := fmt.Sprintf("# note %d\n", e.note)
	for _, d := range e.docs {
		text += "---\n"
		if d.closed != "" {
			text += "kind: Portfolio\nmetadata: {name: x}\nspec: {closedThrough: " + d.closed + "}\n"
			continue
		}
		if d.plan {
			text += "kind: HeadcountPlan\nmetadata: {name: " + d.name + "}\nspec:\n  positions:\n"
			for _, p := range d.positions {
				text += p.text()
			}
			continue
		}
		text += fmt.Sprintf("kind: Program\nmetadata: {name: %s, title: %q}\nspec:\n  status: %s\n  due: %s\n", d.name, d.title, d.status, d.due)
		if len(d.milestones) > 0 {
			text += "  milestones:\n"
		}
		for _, m := range d.milestones {
			text += fmt.Sprintf("  - {id: %s, due: %s%s}\n", m.id, m.due, m.more)
		}
	}
	return text + e.broken
}

// tree is all files of a version, by path.
type tree map[string]edit

func (t tree) clone() tree {
	c := tree{}
	for name, e := range t {
		e.docs = slices.Clone(e.docs)
		for i := range e.docs {
			e.docs[i].milestones = slices.Clone(e.docs[i].milestones)
			e.docs[i].positions = slices.Clone(e.docs[i].positions)
		}
		c[name] = e
	}
	return c
}

// editor makes random histories.
type editor struct {
	*rand.Rand
	folder string // that all is in; "" or one that ends in a slash
	stream strings.Builder
	mark   int
	trees  map[int]tree // by mark
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func (e *editor) date() string {
	if e.IntN(12) == 0 {
		return pick(e.Rand, []string{"soon", "~", "2026-02-30"})
	}
	return fmt.Sprintf("2026-%02d-%02d", 1+e.IntN(3), 1+e.IntN(5))
}

func (e *editor) doc() editDoc {
	switch e.IntN(8) {
	case 0:
		return editDoc{closed: fmt.Sprintf("2026-%02d", 1+e.IntN(14))}
	case 1, 2:
		return e.plan()
	}
	d := editDoc{name: pick(e.Rand, editNames), status: pick(e.Rand, []string{"proposed", "active", "approved", "active"}), due: e.date(), title: "t"}
	for range e.IntN(4) {
		d.milestones = append(d.milestones, e.milestone())
	}
	return d
}

func (e *editor) milestone() editMilestone {
	return editMilestone{pick(e.Rand, editIDs), e.date(), pick(e.Rand, []string{"", "", ", dueReason: r1", ", dueReason: r2", ", completed: 2026-01-01", ", status: cancelled", ", forecast: 2026-05-05", ", title: x"})}
}

// change does one thing to a tree.
func (e *editor) change(t tree) {
	names := slices.Sorted(maps.Keys(t))
	if len(names) == 0 || e.IntN(8) == 0 {
		t[pick(e.Rand, editPaths)] = edit{docs: []editDoc{e.doc(), e.doc()}, mode: "100644"}
		return
	}
	name, to := pick(e.Rand, names), pick(e.Rand, editPaths)
	f := t[name]
	var d *editDoc
	if len(f.docs) > 0 {
		d = &f.docs[e.IntN(len(f.docs))]
	}
	switch what := e.IntN(24); {
	case d != nil && d.plan && (what >= 12 || e.IntN(2) == 0):
		e.changePlan(t, d, to)
	case what == 0:
		delete(t, name)
	case what == 1: // renamed, over another perhaps
		delete(t, name)
		t[to] = f
	case what == 2: // swapped
		t[name], t[to] = t[to], f
		if t[name].mode == "" {
			delete(t, name)
		}
	case what == 3 && d != nil: // split, or moved into another
		other := t[to]
		other.docs, other.mode = append(slices.Clone(other.docs), *d), "100644"
		t[to] = other
		if to != name {
			f.docs = slices.DeleteFunc(slices.Clone(f.docs), func(x editDoc) bool { return x.name == d.name })
			t[name] = f
		}
	case what == 4:
		e.Shuffle(len(f.docs), func(i, k int) { f.docs[i], f.docs[k] = f.docs[k], f.docs[i] })
	case what == 5:
		f.note++
		t[name] = f
	case what < 9: // broken, or mended
		if f.broken == "" {
			f.broken = pick(e.Rand, []string{"---\n[", "x: \xff\n", "---\na: b: c\n"})
		} else {
			f.broken = ""
		}
		t[name] = f
	case what == 9:
		f.mode = pick(e.Rand, []string{"120000", "100755", "100644"})
		t[name] = f
	case what == 10: // into the folder, or out of it
		for _, name := range names {
			if rest, ok := strings.CutPrefix(name, "programs/"); ok {
				t[rest] = t[name]
			} else {
				t["programs/"+name] = t[name]
			}
			delete(t, name)
		}
	case what == 11:
		f.docs = append(slices.Clone(f.docs), e.doc())
		t[name] = f
	case d == nil:
	case what < 14:
		d.due = e.date()
	case what == 14:
		d.status = pick(e.Rand, []string{"proposed", "active", "cancelled", "completed"})
	case what == 15:
		d.title = fmt.Sprint("t", e.IntN(3))
	case what == 16 || len(d.milestones) == 0:
		d.milestones = append(d.milestones, e.milestone())
	case what == 17:
		d.milestones = slices.Delete(d.milestones, 0, 1)
	case what == 18:
		e.Shuffle(len(d.milestones), func(i, k int) { d.milestones[i], d.milestones[k] = d.milestones[k], d.milestones[i] })
	default:
		d.milestones[e.IntN(len(d.milestones))] = e.milestone()
	}
}

func (e *editor) message() string {
	text := fmt.Sprint("change ", e.mark, "\n\n")
	for range e.IntN(3) {
		text += pick(e.Rand, []string{
			"Slip-Reason: a%d\n", "Slip-Reason(p0): b%d\n", "Slip-Reason(p1/m1): c%d\n", "    Slip-Reason(p0/m0): d%d\n", "* Slip-Reason: e%d\n", "nothing %d\n",
		})
		text = strings.ReplaceAll(text, "%d", fmt.Sprint(e.mark))
	}
	return text
}

// commit writes a commit and returns its mark.
func (e *editor) commit(branch string, t tree, parents ...int) int {
	e.mark++
	when := 1767225600 + e.mark*20000 + e.IntN(50000) - e.IntN(50000)
	message := e.message()
	fmt.Fprintf(&e.stream, "commit refs/heads/%s\nmark :%d\ncommitter t%d <t@example.org> %d +0000\ndata %d\n%s\n", branch, e.mark, e.IntN(3), when, len(message), message)
	for i, p := range parents {
		fmt.Fprintf(&e.stream, "%s :%d\n", []string{"from", "merge", "merge"}[i], p)
	}
	e.stream.WriteString("deleteall\n")
	if e.folder != "" { // something beside it
		fmt.Fprintf(&e.stream, "M 100644 inline rest/x.yaml\ndata <<END\n%sEND\n\n", edit{docs: []editDoc{{name: "rest", due: "2026-01-01", closed: ""}}, note: e.IntN(3)}.text())
	}
	for _, name := range slices.Sorted(maps.Keys(t)) {
		text := t[name].text()
		fmt.Fprintf(&e.stream, "M %s inline \"%s\"\ndata %d\n%s\n", t[name].mode, e.folder+name, len(text), text)
	}
	e.trees[e.mark] = t
	return e.mark
}

// mix takes each file from one of two trees.
func (e *editor) mix(a, b tree) tree {
	m := tree{}
	for _, name := range slices.Sorted(maps.Keys(a)) {
		m[name] = a[name]
	}
	for _, name := range slices.Sorted(maps.Keys(b)) {
		if e.IntN(2) == 0 {
			m[name] = b[name]
		}
	}
	return m.clone()
}

// history writes a main branch of n commits, with side branches that are merged
// into it and into each other. It returns the marks of main, oldest first, and of
// the side branches.
func (e *editor) history(n int) (main, side []int) {
	t := tree{}
	main = []int{e.commit("main", t)}
	for len(main) < n {
		tip := main[len(main)-1]
		t := e.trees[tip].clone()
		switch what := e.IntN(10); {
		case what < 2: // a side branch begins, from any commit there is
			from := 1 + e.IntN(e.mark)
			t = e.trees[from].clone()
			e.change(t)
			side = append(side, e.commit(fmt.Sprint("side", len(side)), t, from))
		case what < 4 && len(side) > 0: // one goes on, perhaps with main merged into it
			i := e.IntN(len(side))
			parents := []int{side[i]}
			t = e.trees[side[i]].clone()
			if e.IntN(3) == 0 {
				parents = append(parents, tip)
				t = e.mix(t, e.trees[tip])
			}
			e.change(t)
			side[i] = e.commit(fmt.Sprint("side", i), t, parents...)
		case what < 6 && len(side) > 0:
			parents := []int{tip, pick(e.Rand, side)}
			t = e.mix(t, e.trees[parents[1]])
			if other := pick(e.Rand, side); other != parents[1] && e.IntN(2) == 0 {
				parents = append(parents, other)
				t = e.mix(t, e.trees[other])
			}
			main = append(main, e.commit("main", t, parents...))
		default:
			for range e.IntN(4) {
				e.change(t)
			}
			main = append(main, e.commit("main", t, tip))
		}
	}
	return main, side
}
