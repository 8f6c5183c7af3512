package impact

import (
	"fmt"
	"maps"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/lint"
	"github.com/progctl/progctl/pkg/load"
)

// world is a portfolio that can be edited at random and written as documents.
type world struct {
	programs  map[string]*prog
	people    map[string]*who
	positions map[string]*post
	badPlan   string // a field too many, or a reference to nothing
	badRoster string
	holidays  int
	cost      int // a year, of everybody
	external  string
	broken    bool // the Portfolio document does not conform
	torn      bool // the roster is in a file that is no YAML
	tornToo   bool // so is p3
}

type prog struct {
	status, owner string
	due           cal.Date
	milestones    map[string]*mile
	fte           int    // tenths, of a line over some months; 0 is none
	amount        int    // of a budget line; 0 is none
	invalid       string // a field too many, or a reference to nothing
}

type mile struct {
	due       cal.Date
	done      bool
	cancelled bool
	duration  int
	on        []string
}

var (
	asOf     = cal.MustDate("2026-11-23")
	statuses = []string{"proposed", "approved", "active", "active", "active", "active", "active", "paused", "completed", "cancelled"}
	teams    = []string{"core", "web"}

	programNames   = []string{"p0", "p1", "p2", "p3"}
	milestoneNames = []string{"m0", "m1", "m2", "m3"}
)

func newWorld(r *rand.Rand) *world {
	w := &world{programs: map[string]*prog{}, people: map[string]*who{}, positions: map[string]*post{}, cost: 120_000}
	for _, name := range programNames {
		p := &prog{status: "active", owner: teams[r.Intn(2)], due: day(r), milestones: map[string]*mile{}}
		for _, id := range milestoneNames {
			p.milestones[id] = &mile{due: day(r), on: links(r, name, id)}
		}
		w.programs[name] = p
	}
	for range 20 {
		w.edit(r)
	}
	return w
}

// links are references to what comes before a milestone, so that there is no circle.
func links(r *rand.Rand, name, id string) (list []string) {
	for range r.Intn(5) {
		if ref := programNames[r.Intn(4)] + "/" + milestoneNames[r.Intn(4)]; ref < name+"/"+id {
			list = append(list, ref)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func (w *world) clone() *world {
	c := *w
	c.people, c.positions, c.programs = copied(w.people), copied(w.positions), map[string]*prog{}
	for name, p := range w.programs {
		q := *p
		q.milestones = map[string]*mile{}
		for id, m := range p.milestones {
			n := *m
			n.on = slices.Clone(m.on)
			q.milestones[id] = &n
		}
		c.programs[name] = &q
	}
	return &c
}

// days lie so near that what moves mostly pushes something.
func day(r *rand.Rand) cal.Date { return cal.MustDate("2026-11-16").Add(cal.Days(r.Intn(60))) }

// edit changes one thing.
func (w *world) edit(r *rand.Rand) {
	name := programNames[r.Intn(4)]
	p := w.programs[name]
	if p == nil {
		w.programs[name] = &prog{status: statuses[r.Intn(len(statuses))], owner: teams[r.Intn(2)], due: day(r), milestones: map[string]*mile{}}
		return
	}
	id := milestoneNames[r.Intn(4)]
	m := p.milestones[id]
	switch r.Intn(52) {
	case 0:
		p.status = statuses[r.Intn(len(statuses))]
	case 1:
		p.due = day(r)
	case 2, 3:
		p.fte = r.Intn(3) * 5
	case 4, 5:
		p.amount = r.Intn(3) * 1000
	case 6, 16, 17:
		w.editPeople(r, id)
	case 7, 18, 19:
		w.editPositions(r, id)
	case 8:
		w.cost = 120_000 + r.Intn(2)*12_000
	case 9:
		w.holidays = r.Intn(3)
	case 10:
		p.invalid = []string{"", "", "", "", "  begin: 2026-01-05\n", "  team: nothing-of-NAME\n"}[r.Intn(6)]
	case 11:
		w.external = []string{"", "", "Roster", "rateCard", "staffing", "budget"}[r.Intn(6)]
	case 12:
		w.broken = r.Intn(5) == 0
	case 13:
		w.torn, w.tornToo = r.Intn(5) == 0, r.Intn(5) == 0
	case 14:
		if r.Intn(3) == 0 {
			delete(w.programs, name)
		}
	case 15:
		delete(p.milestones, id)
	default:
		if m == nil {
			p.milestones[id] = &mile{due: day(r)}
			return
		}
		switch r.Intn(6) {
		case 0, 1:
			m.due = day(r)
		case 2:
			m.done, m.cancelled = !m.done, false
		case 3:
			m.cancelled, m.done = !m.cancelled, false
		case 4:
			m.duration = r.Intn(20)
		case 5:
			m.on = links(r, name, id)
		}
	}
}

// there reports whether a milestone exists.
func (w *world) there(ref string) bool {
	name, id, _ := strings.Cut(ref, "/")
	p := w.programs[name]
	return p != nil && p.milestones[id] != nil
}

// sound reports whether a program, if there is one, validates.
func (w *world) sound(name string) bool {
	p := w.programs[name]
	return p == nil || p.invalid == "" && (name != "p3" || !w.tornToo)
}

// text is the document of a program. What it depends on and is not there is left out.
func (w *world) text(name string) string {
	p := w.programs[name]
	var b strings.Builder
	fmt.Fprintf(&b, "kind: Program\nmetadata: {name: %s}\nspec:\n  owner: %s\n  objective: It ends.\n  status: %s\n  start: 2026-01-05\n  due: %s\n", name, p.owner, p.status, p.due)
	if p.status == "completed" {
		b.WriteString("  completed: 2026-11-02\n")
	}
	b.WriteString(strings.Replace(p.invalid, "NAME", name, 1))
	b.WriteString("  milestones:\n")
	for _, id := range slices.Sorted(maps.Keys(p.milestones)) {
		m := p.milestones[id]
		on := slices.DeleteFunc(slices.Clone(m.on), func(ref string) bool { return !w.there(ref) })
		fmt.Fprintf(&b, "    - {id: %s, due: %s, dependsOn: [%s]", id, m.due, strings.Join(on, ", "))
		if m.done {
			b.WriteString(", completed: 2026-11-10")
		}
		if m.cancelled {
			b.WriteString(", status: cancelled")
		}
		if m.duration > 0 {
			fmt.Fprintf(&b, ", duration: %dd", m.duration)
		}
		b.WriteString("}\n")
	}
	if len(p.milestones) == 0 {
		b.WriteString("    []\n")
	}
	if p.fte > 0 {
		fmt.Fprintf(&b, "  staffing: [{role: engineer, level: L5, fte: %d.%d, from: 2026-11-16, to: 2027-03}]\n", p.fte/10, p.fte%10)
	}
	if p.amount > 0 {
		fmt.Fprintf(&b, "  budget: {lines: [{id: cloud, category: cloud, type: opex, amount: %d, from: 2026-11, to: 2027-02, spread: front}]}\n", p.amount)
	}
	return b.String()
}

// files are the documents, in files that the seed decides on.
func (w *world) files(r *rand.Rand) fstest.MapFS {
	config := fmt.Sprintf("kind: Portfolio\nmetadata: {name: small}\nspec:\n  currency: USD\n  levels: [{id: L4}, {id: L5}]\n  external: [%s]\n", w.external)
	if w.external != "rateCard" {
		config += fmt.Sprintf("  rateCard: [{level: L5, from: 2025-01, annualCost: %d}, {level: L4, from: 2025-01, annualCost: 60000}]\n", w.cost)
	}
	config += "  calendar: {holidays: [" + strings.Join([]string{"2026-12-24", "2026-12-25"}[:w.holidays], ", ") + "]}\n"
	if w.broken {
		config += "  colour: red\n"
	}
	docs := []string{config, "kind: Team\nmetadata: {name: core}\n", "kind: Team\nmetadata: {name: web}\n"}
	roster := w.roster()
	if len(w.positions) > 0 {
		docs = append(docs, w.plan())
	}
	fs := fstest.MapFS{}
	for _, name := range slices.Sorted(maps.Keys(w.programs)) {
		text := w.text(name)
		if name == "p3" { // in a file of its own, which may be torn
			if w.tornToo {
				text += "\t- {"
			}
			fs["p3.yaml"] = &fstest.MapFile{Data: []byte(text)}
			continue
		}
		docs = append(docs, text)
	}
	if len(w.people) > 0 && w.external != "Roster" {
		if w.torn {
			roster += "\t- {"
		}
		fs["roster.yaml"] = &fstest.MapFile{Data: []byte(roster)}
	}
	r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
	for i, doc := range docs {
		file := fmt.Sprintf("f%d.yaml", r.Intn(i+1))
		if fs[file] != nil {
			doc = string(fs[file].Data) + "---\n" + doc
		}
		fs[file] = &fstest.MapFile{Data: []byte(doc)}
	}
	return fs
}

// side loads a world, with its findings.
func (w *world) side(t *testing.T, r *rand.Rand) Side {
	t.Helper()
	return sideOf(t, w.files(r))
}

func sideOf(t *testing.T, files fstest.MapFS) Side {
	t.Helper()
	res, err := load.Load(t.Context(), []load.Tree{{FS: files, Roots: []string{"."}, Name: func(p string) string { return p }}})
	if err != nil {
		t.Fatal(err)
	}
	findings := append(res.Diagnostics, lint.Run(res.Snapshot, lint.Options{AsOf: asOf, Codes: codes()})...)
	diag.Finish(findings)
	return Side{Snapshot: res.Snapshot, Findings: findings}
}

// codes are those that waivers may name.
func codes() (list []diag.Rule) {
	for _, r := range lint.Rules {
		list = append(list, r.Rule)
	}
	return list
}
