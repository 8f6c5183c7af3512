package portfolio

import (
	"cmp"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/source"
)

// Snapshot is a whole portfolio at one revision: every document that conforms,
// with references resolved. It is not changed once it is assembled. Lists are
// sorted by name.
type Snapshot struct {
	// Config is the Portfolio document, joined with that of an overlay; the
	// defaults where there is none.
	Config *Portfolio
	// Unconfigured says that there is a Portfolio document, but that it does not
	// conform: Config is then a stand-in, and nothing should be judged by it.
	Unconfigured bool

	Teams    []*Team
	Rosters  []*Roster
	Programs []*Program
	Budgets  []*Budget
	Plans    []*HeadcountPlan
	Ledgers  []*Ledger
	Reviews  []*Review
	Surveys  []*Survey
	Goals    []*Goals
	Roadmaps []*Roadmap

	// Requires is what the Portfolio asks of progctl; empty where it does not.
	Requires Requirement
	Calendar *cal.WorkCalendar
	Fiscal   cal.FiscalCalendar
	// Waivers are all of the portfolio.
	Waivers []WaiverOn

	teams    map[string]*Team
	programs map[string]*Program
	people   map[string][]*Person // employments, in order of their start
	// documents are all documents by their subject, kind/name.
	documents map[string]document
	unsound   map[string]bool // subjects of documents with findings of severity error
	joined    map[string]bool // kinds of which an overlay brought documents
}

// Sound reports whether the document that a subject lies in has no structural
// finding of severity error. Reports leave out those that have.
func (s *Snapshot) Sound(subject string) bool { return !s.unsound[documentOf(subject)] }

// Undecoded are the names of documents of a kind that exist, but conform so little that
// nobody knows what they say; sorted.
func (s *Snapshot) Undecoded(kind string) (names []string) {
	for subject := range s.unsound {
		if name, ok := strings.CutPrefix(subject, strings.ToLower(kind)+"/"); ok && s.documents[subject] == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Subject is how findings name the program.
func (p *Program) Subject() string { return "program/" + p.Meta.Name }

// Subject is how findings name the milestone.
func (m *Milestone) Subject() string { return m.Program.Subject() + "/milestone/" + m.ID }

// Ref is the milestone's name outside of its program: program/id.
func (m *Milestone) Ref() string { return m.Program.Meta.Name + "/" + m.ID }

// Responsible is who should act on the milestone: its owner and team, else its
// program's. The owner may be a team.
func (m *Milestone) Responsible() (owner, team string) {
	return cmp.Or(m.Owner, m.Program.Owner), cmp.Or(m.Team, m.Program.Team)
}

// Milestone returns the milestone of that id, or nil.
func (p *Program) Milestone(id string) *Milestone { return p.byID[id] }

// Program returns the program of that name, or nil.
func (s *Snapshot) Program(name string) *Program { return s.programs[name] }

// Responsible is who should act on a subject, as far as the portfolio says: the
// owner and the team of the milestone or the program it lies in, or whose ledger it is,
// the team of the budget, the position, the headcount plan, the person or the roster.
func (s *Snapshot) Responsible(subject string) (owner, team string) {
	parts := strings.Split(subject, "/")
	part := ""
	if len(parts) >= 4 {
		part = parts[3]
	}
	switch d := s.documents[documentOf(subject)].(type) {
	case *Program:
		if m := d.Milestone(part); m != nil && parts[2] == "milestone" {
			return m.Responsible()
		}
		return d.Owner, d.Team
	case *HeadcountPlan:
		for _, p := range d.Positions {
			if p.ID == part {
				return "", p.Team
			}
		}
		return "", d.Team
	case *Budget:
		return "", d.Team
	case *Ledger:
		if p := s.programs[d.Program]; p != nil {
			return p.Owner, p.Team
		}
		return "", d.Team
	case *Roster:
		for _, p := range slices.Backward(s.people[part]) { // who came back is where the last employment is
			if p.Roster == d {
				return "", p.Team
			}
		}
		return "", d.Team
	}
	return "", ""
}

// Assemble puts parts together: it joins overlays, refuses what is there twice,
// resolves references and reports cycles. The findings of the parts come first.
// The order of parts does not matter.
func Assemble(parts []Part) (*Snapshot, []diag.Diagnostic) {
	parts = slices.Clone(parts)
	slices.SortStableFunc(parts, func(a, b Part) int {
		if a.overlay != b.overlay {
			return cmp.Compare(b2i(a.overlay), b2i(b.overlay))
		}
		return strings.Compare(a.File.Name, b.File.Name)
	})
	a := assembler{
		s: &Snapshot{
			teams: map[string]*Team{}, programs: map[string]*Program{}, people: map[string][]*Person{},
			documents: map[string]document{}, unsound: map[string]bool{},
		},
		byID:      map[identity]*Metadata{},
		broken:    map[identity]bool{},
		shadowed:  map[identity]bool{},
		mentioned: map[string]bool{},
		exchanged: map[money.Currency]bool{},
		loaded:    map[string]bool{},
		cells:     map[cellText]*cellFinding{},
		tables:    map[document]string{},
		refs:      map[*Ledger][][]uint64{},
	}
	seen := map[tableFinding]bool{}
	for _, p := range parts {
		a.take(&p, seen)
		for _, e := range p.entries {
			if e.shadow {
				a.shadowed[e.identity] = true
			}
		}
	}
	for _, p := range parts {
		if a.s.Requires.Versions == "" {
			a.s.Requires = p.requires
		}
		for _, id := range p.broken {
			a.broken[id] = true
			a.s.unsound[id.subject()] = true
		}
		if p.opaque {
			a.opaque = append(a.opaque, string(p.File.Text))
		}
		for _, e := range p.entries {
			a.add(e)
		}
	}
	a.s.joined = a.loaded
	a.config()
	a.link()
	a.sort()
	a.consistency()
	a.resolve()
	a.countCells()
	a.cycles()
	for _, d := range a.diags {
		if d.Severity == diag.Error {
			a.s.unsound[documentOf(d.Subject)] = true
		}
	}
	return a.s, a.diags
}

// documentOf is the kind/name of a subject, without the part.
func documentOf(subject string) string {
	parts := strings.SplitN(subject, "/", 3)
	if len(parts) < 2 {
		return subject
	}
	return parts[0] + "/" + parts[1]
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// assembler builds a snapshot.
type assembler struct {
	s         *Snapshot
	configs   []entry
	byID      map[identity]*Metadata
	broken    map[identity]bool       // documents that exist but do not conform
	opaque    []string                // texts of files that are not YAML
	mentioned map[string]bool         // names, by whether opaque holds them
	exchanged map[money.Currency]bool // currencies that were looked up
	shadowed  map[identity]bool       // documents that a shadow stands in for
	loaded    map[string]bool         // kinds of which an overlay brought documents
	external  map[External]bool
	cells     map[cellText]*cellFinding // of CSV files, what was found to name nothing
	tables    map[document]string       // names of CSV files that were read
	refs      map[*Ledger][][]uint64    // hashes of the refs in those of ledgers
	compared  [2]int                    // names, for what unknown ones are near to: in documents, and in CSV files
	locator   source.Locator
	diags     []diag.Diagnostic
}

// add takes a document unless one of the same identity is there.
func (a *assembler) add(e entry) {
	if a.shadowed[e.identity] && !e.shadow {
		return
	}
	if first := a.byID[e.identity]; first != nil {
		d := a.report("REF002", e.meta().Origin.At("name"), e.subject(),
			strings.ToLower(e.kind)+" "+quote(e.name)+" is defined twice", "rename one of the two, or delete it")
		d.Related = []diag.Related{relatedTo(a, *first)}
		return
	}
	a.byID[e.identity] = e.meta()
	if e.partial { // whom it does not list may be in what was not read
		a.broken[e.identity], a.s.unsound[e.subject()] = true, true
	}
	if e.table != nil {
		a.tables[e.document] = e.table.Name
	}
	a.s.Waivers = append(a.s.Waivers, e.waivers...)
	a.s.documents[e.subject()] = e.document
	if e.overlay {
		a.loaded[e.kind] = true
	}
	switch doc := e.document.(type) {
	case *Portfolio:
		a.configs = append(a.configs, e)
	case *Team:
		a.s.Teams = append(a.s.Teams, doc)
	case *Roster:
		a.s.Rosters = append(a.s.Rosters, doc)
	case *Program:
		a.s.Programs = append(a.s.Programs, doc)
	case *Budget:
		a.s.Budgets = append(a.s.Budgets, doc)
	case *HeadcountPlan:
		a.s.Plans = append(a.s.Plans, doc)
	case *Ledger:
		a.s.Ledgers = append(a.s.Ledgers, doc)
		a.refs[doc] = e.refs
	case *Review:
		a.s.Reviews = append(a.s.Reviews, doc)
	case *Survey:
		a.s.Surveys = append(a.s.Surveys, doc)
	case *Goals:
		a.s.Goals = append(a.s.Goals, doc)
	case *Roadmap:
		a.s.Roadmaps = append(a.s.Roadmaps, doc)
	}
}

// report adds a structural finding of severity error.
func (a *assembler) report(code string, at source.Place, subject, message, detail string) *diag.Diagnostic {
	a.diags = append(a.diags, diag.Diagnostic{
		Location: a.locator.Locate(at),
		Code:     code,
		Severity: diag.Error,
		Message:  message,
		Detail:   detail,
		Subject:  subject,
		Key:      keyOf(at.Path),
	})
	return &a.diags[len(a.diags)-1]
}

// relatedTo points at the name of a document.
func relatedTo(a *assembler, m Metadata) diag.Related {
	return diag.Related{Location: a.locator.Locate(m.Origin.At("name")), Message: "first here"}
}

// keyOf is a path without the places in lists, which change when an entry is
// added.
func keyOf(path []string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(path), func(step string) bool {
		return strings.Trim(step, "0123456789") == ""
	}), "/")
}

// link sets the pointers from parts to wholes and fills the indexes.
func (a *assembler) link() {
	for _, t := range a.s.Teams {
		a.s.teams[t.Meta.Name] = t
	}
	for _, p := range a.s.Programs {
		a.s.programs[p.Meta.Name] = p
		p.byID = make(map[string]*Milestone, len(p.Milestones))
		for _, m := range p.Milestones {
			m.Program = p
			if p.byID[m.ID] == nil {
				p.byID[m.ID] = m
			}
		}
	}
	for _, r := range a.s.Rosters {
		for _, p := range r.People {
			p.Roster = r
			a.s.people[p.ID] = append(a.s.people[p.ID], p)
		}
	}
	for _, list := range a.s.people {
		slices.SortStableFunc(list, func(x, y *Person) int { return cmp.Compare(x.Start, y.Start) })
	}
}

func (a *assembler) sort() {
	sortByName(a.s.Teams)
	sortByName(a.s.Rosters)
	sortByName(a.s.Programs)
	sortByName(a.s.Budgets)
	sortByName(a.s.Plans)
	sortByName(a.s.Ledgers)
	sortByName(a.s.Reviews)
	sortByName(a.s.Surveys)
	sortByName(a.s.Goals)
	sortByName(a.s.Roadmaps)
}

func sortByName[T document](list []T) {
	slices.SortFunc(list, func(a, b T) int { return strings.Compare(a.meta().Name, b.meta().Name) })
}
