package portfolio

import (
	"fmt"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

// sharedTables reports two rosters, or two ledgers, that name one CSV file.
func (a *assembler) sharedTables() {
	rosters, ledgers := map[string]*table{}, map[string]*table{}
	for _, r := range a.s.Rosters {
		a.sharedTable(r, r.Origin, rosters, "roster", "everyone in it is there twice", "its column of teams says who is in which")
	}
	for _, l := range a.s.Ledgers {
		a.sharedTable(l, l.Origin, ledgers, "ledger", "every entry of it counts twice", "split one that is that of several programs")
	}
}

// sharedTable reports a document that names the CSV file of another one of its kind.
func (a *assembler) sharedTable(d document, at source.Origin, seen map[string]*table, kind, so, instead string) {
	name := a.tables[d]
	if name == "" {
		return
	}
	second := d.meta().Name
	first := seen[name]
	if first == nil {
		seen[name] = &table{second, at}
		return
	}
	r := a.report("CSV007", at.At("csv"), kind+"/"+second,
		fmt.Sprintf("%ss %s and %s name the same CSV file %s, so that %s", kind, quote(first.of), quote(second), quote(name), so),
		"name the file in one "+kind+"; "+instead)
	r.Related = []diag.Related{{Location: a.locator.Locate(first.at.At("csv")), Message: "first here"}}
}

// table is a CSV file by the document that names it.
type table struct {
	of string
	at source.Origin
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
