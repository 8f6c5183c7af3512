package history

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/source"
)

// facts is what one version of one file says. It is read without a schema: an old
// version counts by what it says, even where it would be refused today.
type facts struct {
	programs []programFacts
	// positions are those of all HeadcountPlans, in the order of the file.
	positions []positionFacts
	// closed is the last month that finance has closed, of a Portfolio document;
	// hasConfig that there is one.
	closed    cal.Month
	hasConfig bool
	// broken is why the file cannot be read; it then has nothing else.
	broken string
}

// programFacts is a program; its own dates stand in State, those of its milestones
// in the order of the file.
type programFacts struct {
	name       string
	committed  bool
	own        State
	milestones []milestoneFacts
}

type milestoneFacts struct {
	id string
	State
}

type positionFacts struct {
	id string
	PositionState
}

// extract reads a file.
func extract(text []byte) facts {
	if f, ok := quick(text); ok {
		return f
	}
	return slowly(text)
}

// slowly reads any file.
func slowly(text []byte) facts {
	docs, diags := source.Parse(&source.File{Text: text})
	if len(diags) > 0 {
		d := diags[0]
		return facts{broken: fmt.Sprintf("%d:%d: %s", d.Range.Start.Line, d.Range.Start.Column, d.Message)}
	}
	var f facts
	for _, d := range docs {
		root := d.Root()
		spec, _ := root.Get("spec")
		if spec.IsZero() {
			continue
		}
		switch textOf(root, "kind") {
		case "Portfolio":
			month, _ := cal.ParseMonth(textOf(spec, "closedThrough"))
			f.closed, f.hasConfig = month, true
		case "HeadcountPlan":
			f.positions = append(f.positions, positions(spec)...)
		case "Program":
			meta, _ := root.Get("metadata")
			if meta.IsZero() {
				continue
			}
			if name := textOf(meta, "name"); name != "" {
				f.programs = append(f.programs, program(name, meta, spec))
			}
		}
	}
	return f
}

func program(name string, meta, spec source.Node) programFacts {
	p := programFacts{name: name, own: state(spec)}
	status := textOf(spec, "status")
	p.committed = status == "approved" || status == "active"
	p.own.Cancelled = status == "cancelled"
	p.own.Title = cmp.Or(textOf(meta, "title"), name)
	list, _ := spec.Get("milestones")
	if list.IsZero() {
		return p
	}
	p.milestones = make([]milestoneFacts, 0, list.Len())
	for _, n := range list.Items() {
		m := milestoneFacts{id: textOf(n, "id"), State: state(n)}
		if m.id == "" {
			continue
		}
		m.Cancelled = textOf(n, "status") == "cancelled"
		m.Title = cmp.Or(textOf(n, "title"), m.id)
		m.Owner, m.Team = cmp.Or(m.Owner, p.own.Owner), cmp.Or(m.Team, p.own.Team)
		p.milestones = append(p.milestones, m)
	}
	return p
}

// state reads the fields that programs and milestones share. A date that is none
// counts as not stated.
func state(n source.Node) State {
	var s State
	for key, value := range n.Pairs() {
		switch key.Name() {
		case "due":
			s.Due = date(value)
		case "dueReason":
			s.Reason = value.Text()
		case "baseline":
			s.Baseline = date(value)
		case "forecast":
			s.Forecast = date(value)
		case "completed":
			s.Completed = date(value)
		case "owner":
			s.Owner = value.Text()
		case "team":
			s.Team = value.Text()
		}
	}
	return s
}

// positions reads those of a HeadcountPlan that have an id.
func positions(spec source.Node) (all []positionFacts) {
	list, ok := spec.Get("positions")
	if !ok {
		return nil
	}
	for _, n := range list.Items() {
		p := positionFacts{id: textOf(n, "id")}
		if p.id == "" {
			continue
		}
		p.Status = textOf(n, "status")
		p.Effective = firstDay(textOf(n, "effective"))
		p.ExpectedStart, p.Start, p.OpenedOn = dateAt(n, "expectedStart"), dateAt(n, "start"), dateAt(n, "openedOn")
		p.Stages = stages(n)
		all = append(all, p)
	}
	return all
}

// stages reads the pipeline of a position.
func stages(position source.Node) (list []Stage) {
	pipeline, ok := position.Get("pipeline")
	if !ok {
		return nil
	}
	for key, n := range pipeline.Pairs() {
		counts := func(name string) int { return count(textOf(n, name)) }
		list = append(list, Stage{key.Name(), counts("entered"), counts("passed"), counts("declined"), counts("withdrawn")})
	}
	return ordered(list)
}

// ordered sorts stages by id. Of a stage that stands there twice the first counts.
func ordered(list []Stage) []Stage {
	slices.SortStableFunc(list, func(a, b Stage) int { return strings.Compare(a.ID, b.ID) })
	return slices.CompactFunc(list, func(a, b Stage) bool { return a.ID == b.ID })
}

func date(n source.Node) cal.Date {
	d, err := cal.ParseDate(n.Text())
	if err != nil {
		return 0
	}
	return d
}

// dateAt is the date at a key; zero where there is none.
func dateAt(n source.Node, key string) cal.Date {
	v, ok := n.Get(key)
	if !ok {
		return 0
	}
	return date(v)
}

// firstDay is the date that a text is, or the first day of the month that it is;
// zero for any other.
func firstDay(text string) cal.Date {
	var d cal.DayOrMonth
	if d.ParseText(text) != nil {
		return 0
	}
	return d.First()
}

// count is the whole number that a text is; 0 for any other. So few bits that
// nobody's sums overflow.
func count(text string) int {
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		return 0
	}
	return int(n)
}

// textOf is the scalar at a key, "" where there is none.
func textOf(n source.Node, key string) string {
	v, ok := n.Get(key)
	if !ok {
		return ""
	}
	return v.Text()
}
