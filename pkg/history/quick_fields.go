package history

// stated is what a mapping says of the fields that facts are made of. A field is
// nil where it does not stand, and empty where it is no text.
type stated struct {
	baseline, closedThrough, completed, declined, due, dueReason, effective, entered, expectedStart, forecast,
	id, kind, metadata, milestones, name, openedOn, owner, passed, pipeline, positions,
	spec, start, status, team, title, withdrawn []byte
}

// field is where the value of a key goes; nil for one that nobody asks for.
func (r *stated) field(key []byte) *[]byte {
	switch string(key) {
	case "baseline":
		return &r.baseline
	case "closedThrough":
		return &r.closedThrough
	case "completed":
		return &r.completed
	case "declined":
		return &r.declined
	case "due":
		return &r.due
	case "dueReason":
		return &r.dueReason
	case "effective":
		return &r.effective
	case "entered":
		return &r.entered
	case "expectedStart":
		return &r.expectedStart
	case "forecast":
		return &r.forecast
	case "id":
		return &r.id
	case "kind":
		return &r.kind
	case "metadata":
		return &r.metadata
	case "milestones":
		return &r.milestones
	case "name":
		return &r.name
	case "openedOn":
		return &r.openedOn
	case "owner":
		return &r.owner
	case "passed":
		return &r.passed
	case "pipeline":
		return &r.pipeline
	case "positions":
		return &r.positions
	case "spec":
		return &r.spec
	case "start":
		return &r.start
	case "status":
		return &r.status
	case "team":
		return &r.team
	case "title":
		return &r.title
	case "withdrawn":
		return &r.withdrawn
	}
	return nil
}

// quickDocument is what was read of a document.
type quickDocument struct {
	root, metadata, spec stated
	// The last milestone, position and stage of that position are not yet in the
	// lists; an entry of theirs is kept where the next one begins.
	milestone, position, stage stated
	milestones                 []milestoneFacts
	positions                  []positionFacts
	stages                     []Stage // of position
}

// slot is where a value goes: a text, the fields of a mapping or of each entry of a
// list, the stages that are the keys of a mapping. The zero slot is for a value that
// nobody asks for.
type slot struct {
	text            *[]byte
	fields, entries *stated
	stages          bool
}

// value is the slot for a key of a mapping; ok is false for a field that stands
// there twice.
func (d *quickDocument) value(in slot, key []byte) (s slot, ok bool) {
	switch {
	case in.stages:
		d.keepStage()
		d.stage.id = key // a field id of its own then stands there twice
		return slot{fields: &d.stage}, true
	case in.fields == nil:
		return slot{}, true
	}
	s.text = in.fields.field(key)
	switch s.text {
	case nil:
		return s, true
	case &d.root.metadata:
		s.fields = &d.metadata
	case &d.root.spec:
		s.fields = &d.spec
	case &d.spec.milestones:
		s.entries = &d.milestone
	case &d.spec.positions:
		s.entries = &d.position
	case &d.position.pipeline:
		s.stages = true
	}
	ok = *s.text == nil
	*s.text = []byte{}
	return s, ok
}

// entry is the slot for the next entry of a list.
func (d *quickDocument) entry(of slot) slot {
	switch of.entries {
	case nil:
		return slot{}
	case &d.milestone:
		d.keepMilestone()
	case &d.position:
		d.keepPosition()
	}
	return slot{fields: of.entries}
}
