package history

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

// oracle reads a history the slow way: every version as a whole, out of git, and
// then compares each with the one before.
type oracle struct {
	r                 *repository
	folder, preferred string
	exclude           string
	texts             map[string]string // of objects, and of messages

	tracks  map[string][]oraclePoint
	seats   map[string][]oracleSeat
	skipped []string
}

type oraclePoint struct {
	commit, reason     string
	state              oracleState
	present, committed bool
}

// oracleState is what there is of something: dates that are dates, and words.
type oracleState struct{ Due, Baseline, Forecast, Completed, Reason, Cancelled, Title string }

// oracleFile is a parsed file, or one that counts on.
type oracleFile struct {
	seen string // mode and blob that were there last
	docs []oracleDoc
	ok   bool
}

type oracleDoc struct {
	Kind     string
	Metadata struct{ Name, Title string }
	Spec     struct {
		Status, Title                      string
		Due, Baseline, Forecast, Completed yaml.Node
		Milestones                         []oracleMilestone
		Positions                          []oraclePosition
	}
}

type oracleMilestone struct {
	ID, Title, Status                  string
	DueReason                          string `yaml:"dueReason"`
	Due, Baseline, Forecast, Completed yaml.Node
}

func date8(n yaml.Node) string {
	if _, err := time.Parse(time.DateOnly, n.Value); err != nil {
		return ""
	}
	return n.Value
}

// tell is all that the oracle finds, in the words of telling.
func (o *oracle) tell(head string) []string {
	o.tracks, o.seats = map[string][]oraclePoint{}, map[string][]oracleSeat{}
	o.texts = map[string]string{}
	for all := o.r.git("cat-file", "--batch-all-objects", "--batch", "--unordered") + "\n"; all != ""; {
		var id, kind string
		var size int
		header, rest, _ := strings.Cut(all, "\n")
		if n, err := fmt.Sscan(header, &id, &kind, &size); n != 3 || err != nil {
			o.r.t.Fatalf("%q: %v", header, err)
		}
		o.texts[id], all = rest[:size], rest[size+1:]
	}
	files := map[string]oracleFile{}
	for commit := range strings.FieldsSeq(o.r.git("rev-list", "--first-parent", "--reverse", head)) {
		files = o.version(commit, files)
		o.compare(commit, files)
		o.compareSeats(commit, files)
	}
	var list []string
	for _, id := range slices.Sorted(maps.Keys(o.tracks)) {
		for _, p := range o.tracks[id] {
			list = append(list, fmt.Sprintf("%s: %s %+v present %v committed %v reason %q", id, p.commit, p.state, p.present, p.committed, p.reason))
		}
	}
	return slices.Concat(list, o.tellSeats(), o.skipped)
}

// version lists the portfolio of a commit.
func (o *oracle) version(commit string, before map[string]oracleFile) map[string]oracleFile {
	entries := map[string]string{}
	inPreferred := false
	for record := range strings.SplitSeq(o.r.git("ls-tree", "-r", "-z", commit), "\x00") {
		info, name, ok := strings.Cut(record, "\t")
		name, below := strings.CutPrefix(name, o.folder)
		ext := path.Ext(name)
		if !ok || !below || ext != ".yaml" && ext != ".yml" || strings.Contains("/"+name, "/.") || !strings.HasPrefix(info, "100") {
			continue
		}
		entries[name] = info
		inPreferred = inPreferred || strings.HasPrefix(name, o.preferred+"/")
	}
	now := map[string]oracleFile{}
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		if inPreferred && !strings.HasPrefix(name, o.preferred+"/") || strings.HasPrefix(name, o.exclude+"/") {
			continue
		}
		f := before[name]
		if f.seen == entries[name] {
			now[name] = f
			continue
		}
		f.seen = entries[name]
		if docs, ok := o.parse(strings.Fields(entries[name])[2]); ok {
			f.docs, f.ok = docs, true
		} else {
			o.skipped = append(o.skipped, fmt.Sprintf("skipped %s %s", commit, o.folder+name))
		}
		now[name] = f
	}
	return now
}

func (o *oracle) parse(blob string) (docs []oracleDoc, ok bool) {
	dec := yaml.NewDecoder(bytes.NewReader([]byte(o.texts[blob])))
	for {
		var n yaml.Node
		if err := dec.Decode(&n); errors.Is(err, io.EOF) {
			return docs, true
		} else if err != nil {
			return nil, false
		}
		var d oracleDoc
		if err := n.Decode(&d); err != nil {
			return nil, false
		}
		docs = append(docs, d)
	}
}

// compare adds points where a version says something else than the one before.
func (o *oracle) compare(commit string, files map[string]oracleFile) {
	type now struct {
		state     oracleState
		committed bool
	}
	all := map[string]now{}
	add := func(id string, s oracleState, cancelled, committed bool) {
		if cancelled {
			s.Cancelled = "yes"
		}
		if _, twice := all[id]; !twice {
			all[id] = now{s, committed}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for _, d := range files[name].docs {
			id := d.Metadata.Name
			if _, twice := all["program "+id]; twice || d.Kind != "Program" {
				continue
			}
			s := d.Spec
			committed := s.Status == "active" || s.Status == "approved"
			add("program "+id, oracleState{Due: date8(s.Due), Baseline: date8(s.Baseline), Forecast: date8(s.Forecast), Completed: date8(s.Completed), Title: d.Metadata.Title}, s.Status == "cancelled", committed)
			for _, m := range s.Milestones {
				title := m.Title
				if title == "" {
					title = m.ID
				}
				add("milestone "+id+"/"+m.ID, oracleState{date8(m.Due), date8(m.Baseline), date8(m.Forecast), date8(m.Completed), m.DueReason, "", title}, m.Status == "cancelled", committed)
			}
		}
	}
	ids := slices.Concat(slices.Collect(maps.Keys(all)), slices.Collect(maps.Keys(o.tracks)))
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		n, present := all[id]
		points := o.tracks[id]
		p := oraclePoint{commit: commit, state: n.state, present: present, committed: n.committed}
		if len(points) == 0 {
			if n.state.Due != "" {
				p.reason = o.reason(commit, id)
				o.tracks[id] = []oraclePoint{p}
			}
			continue
		}
		last := &points[len(points)-1]
		if p.state.Due == "" {
			p.state.Due = last.state.Due
		}
		if !present {
			p.state, p.committed = last.state, last.committed
		}
		title := p.state.Title
		p.state.Title = last.state.Title
		if same := present == last.present && p.committed == last.committed && p.state == last.state; same {
			last.state.Title = title
			continue
		}
		p.state.Title = title
		p.reason = o.reason(commit, id)
		o.tracks[id] = append(points, p)
	}
}

// reason looks through the messages of a commit and of all that it merged.
func (o *oracle) reason(commit, id string) string {
	_, id, _ = strings.Cut(id, " ")
	key := "messages " + commit
	if _, known := o.texts[key]; !known {
		o.texts[key] = o.r.git("log", "--format=%B", commit, "^"+commit+"^1^0")
	}
	for _, pattern := range []string{`\(` + id + `\)`, ""} {
		if m := regexp.MustCompile(`(?m)^[ *]*Slip-Reason` + pattern + `: (.*)$`).FindStringSubmatch(o.texts[key]); m != nil {
			return m[1]
		}
	}
	return ""
}

// telling is a history in the words of the oracle.
func telling(h *History) (list []string) {
	text := func(d fmt.Stringer, zero bool) string {
		if zero {
			return ""
		}
		return d.String()
	}
	for _, programs := range []bool{false, true} {
		for _, t := range h.Tracks() {
			id := "milestone " + t.ID.String()
			if t.ID.Milestone == "" {
				id = "program " + t.ID.Program
			}
			if programs != (t.ID.Milestone == "") {
				continue
			}
			for _, p := range t.Points {
				s := oracleState{text(p.Due, p.Due.IsZero()), text(p.Baseline, p.Baseline.IsZero()), text(p.Forecast, p.Forecast.IsZero()), text(p.Completed, p.Completed.IsZero()), p.Reason, "", p.Title}
				if p.Cancelled {
					s.Cancelled = "yes"
				}
				list = append(list, fmt.Sprintf("%s: %s %+v present %v committed %v reason %q", id, p.Version.Commit, s, p.Present, p.Committed, p.Version.Reason(t.ID)))
			}
		}
	}
	list = append(list, tellingPositions(h)...)
	for _, s := range h.Skipped {
		list = append(list, fmt.Sprintf("skipped %s %s", s.Commit, s.File))
	}
	return list
}
