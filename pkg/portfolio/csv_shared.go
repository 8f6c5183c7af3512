package portfolio

import (
	"fmt"

	"github.com/progctl/progctl/pkg/diag"
)

// sharedTables reports two rosters that name one CSV file.
func (a *assembler) sharedTables() {
	seen := map[string]*Roster{}
	for _, r := range a.s.Rosters {
		name := a.tables[r]
		if name == "" {
			continue
		}
		first := seen[name]
		if first == nil {
			seen[name] = r
			continue
		}
		d := a.report("CSV007", r.Origin.At("csv"), "roster/"+r.Meta.Name,
			fmt.Sprintf("rosters %s and %s name the same CSV file %s, so that everyone in it is there twice", quote(first.Meta.Name), quote(r.Meta.Name), quote(name)),
			"name the file in one roster; its column of teams says who is in which")
		d.Related = []diag.Related{{Location: a.locator.Locate(first.Origin.At("csv")), Message: "first here"}}
	}
}

// sameTable reports whether two rosters took two persons from one CSV file.
func sameTable(p, q *Person) bool {
	f, g := p.Origin.File, q.Origin.File
	return p.Roster != q.Roster && f.IsTable() && g.IsTable() && f.Name == g.Name
}

// cellText is what cells of one column of a CSV file say.
type cellText struct{ field, text, file string }

// cellFinding is the one finding about cells that say the same.
type cellFinding struct {
	diag int // index in the assembler's
	rows int
}

// countCells tells how many rows say what the finding about the first one is about.
func (a *assembler) countCells() {
	for _, c := range a.cells {
		if d := &a.diags[c.diag]; c.rows > 1 {
			if d.Detail != "" {
				d.Detail += "; "
			}
			d.Detail += plural(c.rows, "row") + " of the file name it"
		}
	}
}

// tableFinding is what tells findings in a CSV file apart.
type tableFinding struct {
	diag.Location
	code, key string
}

// take takes over the findings of a part. What is wrong with a CSV file is told once,
// however many rosters name it.
func (a *assembler) take(p *Part, seen map[tableFinding]bool) {
	for _, d := range p.diags {
		if d.File != p.File.Name {
			about := tableFinding{d.Location, d.Code, d.Key}
			if seen[about] {
				continue
			}
			seen[about] = true
		}
		a.diags = append(a.diags, d)
	}
}
