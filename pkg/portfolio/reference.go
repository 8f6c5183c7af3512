package portfolio

import (
	"maps"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

// target is a sort of thing that references name.
type target struct {
	noun string
	// kind is the document that declares such things, and what Portfolio.external
	// calls it.
	kind     string
	external External
	names    map[string]bool
	sorted   []string // of names, made when first needed
	// undeclared is what a reference means where nothing of the sort is declared.
	undeclared undeclared
	told       map[string]bool // names that were reported as undeclared
}

// undeclared says what a reference means where nothing of its sort is declared:
// a portfolio may begin with programs alone, and add teams and rosters later.
type undeclared uint8

const (
	tellOnce undeclared = iota // each name is a warning, once
	free                       // any text will do
	wrong                      // it is unknown like any other
)

func (t *target) plural() string {
	if t.noun == "person" {
		return "people"
	}
	return t.noun + "s"
}

func (t *target) candidates() []string {
	if t.sorted == nil {
		t.sorted = slices.Sorted(maps.Keys(t.names))
	}
	return t.sorted
}

// registry is everything that references may name.
type registry struct {
	team, person, program, theme, objective, level, stage, criterion, cadence target
}

func (a *assembler) registry() *registry {
	s := a.s
	r := &registry{
		team:      target{noun: "team", kind: "Team", external: ExternalTeam},
		person:    target{noun: "person", kind: "Roster", external: ExternalRoster},
		program:   target{noun: "program", kind: "Program", external: ExternalProgram, undeclared: wrong},
		theme:     target{noun: "theme", kind: "Roadmap", external: ExternalRoadmap},
		objective: target{noun: "objective", kind: "Roadmap", external: ExternalRoadmap},
		level:     target{noun: "level", kind: "Portfolio", external: ExternalLevels, undeclared: free},
		stage:     target{noun: "hiring stage", kind: "Portfolio", undeclared: free},
		criterion: target{noun: "criterion", kind: "Portfolio", undeclared: free},
		cadence:   target{noun: "cadence", kind: "Portfolio", undeclared: free},
	}
	r.team.names = namesOf(s.Teams, func(t *Team) string { return t.Meta.Name })
	r.program.names = namesOf(s.Programs, func(p *Program) string { return p.Meta.Name })
	r.level.names = namesOf(s.Config.Levels, func(l *Level) string { return l.ID })
	r.stage.names = namesOf(s.Config.HiringStages, func(h *HiringStage) string { return h.ID })
	r.criterion.names = namesOf(s.Config.Prioritisation.Criteria, func(c *Criterion) string { return c.ID })
	r.cadence.names = namesOf(s.Config.Cadences, func(c *Cadence) string { return c.ID })
	r.person.names, r.theme.names, r.objective.names = map[string]bool{}, map[string]bool{}, map[string]bool{}
	for id := range s.people {
		r.person.names[id] = true
	}
	for _, m := range s.Roadmaps {
		for _, t := range m.Themes {
			r.theme.names[t.ID] = true
		}
		for _, o := range m.Objectives {
			r.objective.names[o.ID] = true
		}
	}
	return r
}

func namesOf[T any](list []T, name func(T) string) map[string]bool {
	names := make(map[string]bool, len(list))
	for _, item := range list {
		names[name(item)] = true
	}
	return names
}

// subject tells what findings name, when there is something to report.
type subject func() string

func named(text string) subject { return func() string { return text } }

// spot is the place of a reference. It becomes a source.Place when there is
// something to report, so that the many references that resolve cost nothing.
type spot struct {
	origin      source.Origin
	field, deep string
	index       int    // in a list; -1 is none
	name        string // of a key, where the reference is a key
}

func in(o source.Origin, field string, deeper ...string) spot {
	s := spot{origin: o, field: field, index: -1}
	if len(deeper) > 0 {
		s.deep = deeper[0]
	}
	return s
}

func (s spot) nth(i int) spot       { s.index = i; return s }
func (s spot) key(name string) spot { s.name = name; return s }

func (s spot) place() source.Place {
	path := []string{s.field}
	if s.deep != "" {
		path = append(path, s.deep)
	}
	if s.index >= 0 {
		path = append(path, itoa(s.index))
	}
	if s.name != "" {
		return s.origin.KeyAt(append(path, s.name)...)
	}
	return s.origin.At(path...)
}

// ref reports a reference that names nothing. One to a document that exists but
// does not conform is no second finding, nor is one that an external part would
// resolve.
func (a *assembler) ref(t *target, name string, at spot, on subject) {
	if name == "" || t.names[name] || a.mayExist(t, name) {
		return
	}
	a.unknown(t, name, at, on)
}

// party is ref for an owner: a person or a team.
func (a *assembler) party(r *registry, name string, at spot, on subject) {
	if name == "" || r.person.names[name] || r.team.names[name] || a.mayExist(&r.person, name) || a.mayExist(&r.team, name) {
		return
	}
	if len(r.person.names) == 0 {
		a.unknown(&r.person, name, at, on)
		return
	}
	both := target{noun: "person or team", kind: "Roster", undeclared: wrong}
	both.sorted = slices.Concat(r.person.candidates(), r.team.candidates())
	a.unknown(&both, name, at, on)
}

// mayExist reports whether a name that is not known may be declared where
// progctl cannot see it.
func (a *assembler) mayExist(t *target, name string) bool {
	if a.s.Unconfigured { // nobody knows what is external
		return true
	}
	if t.external != "" && a.external[t.external] && !a.loaded[t.kind] {
		return true
	}
	if a.broken[identity{t.kind, name}] {
		return true
	}
	for id := range a.broken { // a part of a document that does not conform
		if id.kind == t.kind && t.kind != "Team" && t.kind != "Program" || id.kind == "" && id.name == name {
			return true
		}
	}
	found, known := a.mentioned[name]
	if !known {
		found = slices.ContainsFunc(a.opaque, func(text string) bool { return strings.Contains(text, name) })
		a.mentioned[name] = found
	}
	return found
}

func (a *assembler) unknown(t *target, name string, at spot, on subject) {
	if len(t.names) == 0 && t.undeclared != wrong {
		if t.undeclared == free || t.told[name] {
			return
		}
		if t.told == nil {
			t.told = map[string]bool{}
		}
		t.told[name] = true
		d := a.report("REF010", at.place(), on(), t.noun+" "+quote(name)+" is not declared: the portfolio has no "+t.plural()+" at all",
			"declare it in a document of kind "+t.kind+", or list "+t.kind+" under external in the Portfolio")
		d.Severity = diag.Warning
		return
	}
	inTable := at.origin.File.IsTable()
	use := cellText{at.field, name, ""}
	if inTable {
		use.file = at.origin.File.Name
		if again := a.cells[use]; again != nil {
			again.rows++
			return
		}
		if len(a.cells) == maxBadRows {
			return
		}
	}
	d := a.report("REF001", at.place(), on(), "there is no "+t.noun+" "+quote(name), "")
	if inTable { // where many rows may say so
		d.Subject, d.Key = documentOf(d.Subject), use.field+"/"+name
		a.cells[use] = &cellFinding{len(a.diags) - 1, 1}
	}
	if near := a.near(t, name, inTable); near != "" {
		offer(d, near)
		d.Fix.Sure = diag.Meant(name, near, t.candidates())
		if strings.EqualFold(near, name) {
			d.Detail = "upper and lower case differ"
		}
		return
	}
	d.Detail = "declare it in a document of kind " + t.kind
	if n := len(t.candidates()); n > 0 && n <= 12 {
		d.Detail += "; known: " + strings.Join(t.candidates(), ", ")
	}
}

// maxCompared bounds the names that unknown ones are compared with, which grow with
// the square of a roster in which every manager is unknown.
const maxCompared = 500_000

// near is the name that an unknown one was meant to be: the one that differs in case
// alone, else the nearest; "" where there is none, and where many were sought.
func (a *assembler) near(t *target, name string, inTable bool) string {
	names, compared := t.candidates(), &a.compared[b2i(inTable)]
	if *compared >= maxCompared {
		return ""
	}
	*compared += len(names)
	isAlike := func(other string) bool { return strings.EqualFold(name, other) }
	if i := slices.IndexFunc(names, isAlike); i >= 0 && !slices.ContainsFunc(names[i+1:], isAlike) {
		return names[i]
	}
	return diag.Nearest(name, names)
}

// milestone resolves a reference to a milestone: an id of the same program, or
// program/id. It returns nil where there is none.
func (a *assembler) milestone(r *registry, p *Program, ref MilestoneRef, at spot, on subject) *Milestone {
	if ref == "" {
		return nil
	}
	other, id := ref.Split()
	in := p
	if other != "" {
		if in = a.s.programs[other]; in == nil {
			a.ref(&r.program, other, at, on)
			return nil
		}
	}
	if m := in.Milestone(id); m != nil {
		return m
	}
	d := a.report("REF001", at.place(), on(), "program "+quote(in.Meta.Name)+" has no milestone "+quote(id), "")
	for _, q := range a.s.Programs {
		if other == "" && q.Milestone(id) != nil {
			offer(d, q.Meta.Name+"/"+id)
			return nil
		}
	}
	names := make([]string, len(in.Milestones))
	for i, m := range in.Milestones {
		names[i] = m.ID
	}
	prefix := ""
	if other != "" {
		prefix = other + "/"
	}
	if near := diag.Nearest(id, names); near != "" {
		offer(d, prefix+near)
		d.Fix.Sure = diag.Meant(id, near, names)
	}
	return nil
}

// offer suggests a name, and the edit that writes it.
func offer(d *diag.Diagnostic, name string) {
	d.Suggestion = name
	d.Fix = &diag.Fix{Range: d.Range, NewText: name}
}
