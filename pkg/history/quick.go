package history

import (
	"cmp"

	"github.com/progctl/progctl/pkg/cal"
)

// quick reads what slowly reads, where a file keeps to the plain part of YAML that
// quickReader knows; ok is false for all others. It takes nothing that source.Parse
// refuses or understands otherwise.
//
// It exists because a history holds every version of every file, for the sake of a
// handful of fields: of the CPU time of reading 12,000 versions of 2.4 KB, the YAML
// library took four fifths, 170 µs for each. This takes 9 µs; for a plan of 250
// positions, 0.3 ms instead of 5 ms.
func quick(text []byte) (f facts, ok bool) {
	if len(text) > quickBytes {
		return facts{}, false
	}
	q := quickReader{text: text}
	var scratch [16]milestoneFacts
	for q.advance(); !q.over; {
		if q.column < 0 { // the line between two documents
			q.advance()
			continue
		}
		q.quickDocument = quickDocument{milestones: scratch[:0]}
		if q.column > 0 || !q.block(1, slot{fields: &q.root}) || q.column >= 0 {
			return facts{}, false
		}
		q.addTo(&f)
	}
	return f, !q.refused
}

// addTo makes facts of the document.
func (d *quickDocument) addTo(f *facts) {
	if d.root.spec == nil {
		return
	}
	switch string(d.root.kind) {
	case "Portfolio":
		month, _ := cal.ParseMonth(string(d.spec.closedThrough))
		f.closed, f.hasConfig = month, true
	case "HeadcountPlan":
		d.keepPosition()
		f.positions = append(f.positions, d.positions...)
	case "Program":
		if name := string(d.metadata.name); name != "" {
			f.programs = append(f.programs, d.program(name))
		}
	}
}

func (d *quickDocument) program(name string) programFacts {
	p := programFacts{name: name, own: d.spec.state(cmp.Or(string(d.metadata.title), name))}
	status := string(d.spec.status)
	p.committed = status == "approved" || status == "active"
	if d.spec.milestones == nil {
		return p
	}
	d.keepMilestone()
	p.milestones = append(make([]milestoneFacts, 0, len(d.milestones)), d.milestones...)
	for i := range p.milestones {
		m := &p.milestones[i]
		m.Owner, m.Team = cmp.Or(m.Owner, p.own.Owner), cmp.Or(m.Team, p.own.Team)
	}
	return p
}

func (d *quickDocument) keepMilestone() {
	m := &d.milestone
	if id := string(m.id); id != "" {
		d.milestones = append(d.milestones, milestoneFacts{id, m.state(cmp.Or(string(m.title), id))})
	}
	*m = stated{}
}

func (d *quickDocument) keepPosition() {
	d.keepStage()
	p := &d.position
	if id := string(p.id); id != "" {
		d.positions = append(d.positions, positionFacts{id, PositionState{
			Status: string(p.status), Effective: firstDay(string(p.effective)),
			ExpectedStart: dateIn(p.expectedStart), Start: dateIn(p.start), OpenedOn: dateIn(p.openedOn),
			Stages: ordered(append([]Stage(nil), d.stages...)),
		}})
	}
	*p, d.stages = stated{}, d.stages[:0]
}

func (d *quickDocument) keepStage() {
	s := &d.stage
	if id := string(s.id); id != "" {
		d.stages = append(d.stages, Stage{id, count(string(s.entered)), count(string(s.passed)), count(string(s.declined)), count(string(s.withdrawn))})
	}
	*s = stated{}
}

func (r *stated) state(title string) State {
	return State{
		Due: dateIn(r.due), Baseline: dateIn(r.baseline), Forecast: dateIn(r.forecast), Completed: dateIn(r.completed),
		Reason: string(r.dueReason), Cancelled: string(r.status) == "cancelled",
		Title: title, Owner: string(r.owner), Team: string(r.team),
	}
}

// dateIn is the date that a text is; zero for any other.
func dateIn(text []byte) cal.Date {
	if len(text) == 0 {
		return 0
	}
	d, err := cal.ParseDate(string(text))
	if err != nil {
		return 0
	}
	return d
}
