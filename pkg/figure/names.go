package figure

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
)

// Names are how the figures of a portfolio are written, for completion.
func Names(s *portfolio.Snapshot) []string {
	var list []string
	for _, k := range kinds {
		if k.all {
			list = append(list, k.name)
		}
		for _, n := range k.names(s) {
			list = append(list, k.name+":"+n)
		}
	}
	return list
}

// Suggest returns a figure of a portfolio that is of what a text names alone, and ""
// where there is none.
func Suggest(s *portfolio.Snapshot, text string) string {
	for _, n := range Names(s) {
		if _, of, _ := strings.Cut(n, ":"); of == text && text != "" {
			return n
		}
	}
	return ""
}

// Candidates are the names of a portfolio that the figure may be of.
func (f Figure) Candidates(s *portfolio.Snapshot) []string { return f.names(s) }

// Hint says what is most likely meant where none of the candidates is what the figure
// is of. It is the end of a sentence, and may be empty.
func (f Figure) Hint(candidates []string) string {
	if f.all && f.Of == "all" {
		return fmt.Sprintf(", leave out :all for the whole: %s", f.Name)
	}
	for _, n := range candidates {
		if f.Of != "" && strings.HasPrefix(n, f.Of+"/") {
			return fmt.Sprintf(": %s is of a milestone, such as %s", f.Name, n)
		}
	}
	if near := f.near(candidates); near != "" {
		return fmt.Sprintf(", did you mean %s?", near)
	}
	return ""
}

func (f Figure) near(candidates []string) string {
	for _, n := range candidates {
		if strings.HasSuffix(n, "/"+f.Of) {
			return n
		}
	}
	return diag.Nearest(f.Of, candidates)
}

// Note says of a date what its value does not: why there is none of something that is
// there, or that it is as-of for no other reason than that an earlier date has passed.
// It is empty where there is nothing to say.
func (f Figure) Note(s *portfolio.Snapshot, asOf cal.Date) string {
	g, m := find(s, f.Of)
	if g == nil || f.Name != "finish" && f.Name != "expected" || m == nil && strings.Contains(f.Of, "/") {
		return ""
	}
	n, known, _ := f.Value(s, asOf)
	committed, forecast, open := g.Due, cal.Date(0), !g.Status.Over()
	if m != nil {
		committed, forecast, open = m.Due, m.Forecast, m.Open()
	}
	switch {
	case known && open && cal.Date(n) == asOf && max(committed, forecast).Before(asOf):
		return fmt.Sprintf("it is not done and was due on %s, so that it finishes on %s at the earliest: due:%s is its committed date", committed, asOf, f.Of)
	case known:
		return ""
	case m != nil && m.Status == portfolio.MilestoneCancelled:
		return "it is cancelled"
	case f.Name == "expected" && !g.Status.Committed():
		return fmt.Sprintf("program %s is %s, neither approved nor active, so that it is not scheduled", g.Meta.Name, g.Status)
	case g.Status == portfolio.ProgramCancelled:
		return fmt.Sprintf("program %s is cancelled", g.Meta.Name)
	}
	return ""
}

// find returns the program and, where one is named, the milestone; nil where there is
// none.
func find(s *portfolio.Snapshot, of string) (*portfolio.Program, *portfolio.Milestone) {
	program, milestone, _ := strings.Cut(of, "/")
	g := s.Program(program)
	if g == nil || milestone == "" {
		return g, nil
	}
	return g, g.Milestone(milestone)
}

func programNames(s *portfolio.Snapshot) (names []string) {
	for _, g := range s.Programs {
		names = append(names, g.Meta.Name)
	}
	return names
}

func milestoneNames(s *portfolio.Snapshot) (names []string) {
	for _, g := range s.Programs {
		for _, m := range g.Milestones {
			names = append(names, m.Ref())
		}
	}
	return names
}

func datedNames(s *portfolio.Snapshot) []string {
	return slices.Concat(programNames(s), milestoneNames(s))
}

func teamNames(s *portfolio.Snapshot) (names []string) {
	for _, t := range s.Teams {
		names = append(names, t.Meta.Name)
	}
	return names
}
