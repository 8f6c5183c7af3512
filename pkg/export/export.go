// Package export writes a portfolio and what reports say of it for other tools: a
// workbook for people who calculate, a folder of CSV files with a data dictionary, and
// a database. It knows the structs of the model, by their tags, and tables of reports,
// and must not know how any figure is made: what it writes is what it is given.
//
// The same source gives the same bytes, at whatever time and on whatever machine.
// What stands under a name in the end is whole: the old content, or all of the new.
package export

import (
	"context"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
)

// Source is what is exported.
type Source struct {
	// Snapshot is the portfolio itself, one table a kind of thing; nil leaves it out.
	// What does not validate is left out in any case.
	Snapshot *portfolio.Snapshot
	// Selects chooses documents by their subject, kind/name; nil chooses all.
	Selects func(subject string) bool
	Reports []*report.Report
	About   About
}

// About is where an export comes from; it is written into it.
type About struct {
	// Command is the command line that made it, without the file that it writes.
	Command string
	AsOf    cal.Date
	// Revision is what was read, Baseline what it was compared with; nil where there
	// is none.
	Revision, Baseline *report.Revision
	// Version is progctl's own.
	Version string
	// Title is that of the portfolio; "" where it has none.
	Title string
	// Notes are what a reader must know of the whole: what was left out and why.
	Notes []string
}

// Format is a way to export.
type Format struct {
	Name string
	// Summary is one line for the help, without a full stop.
	Summary string
	// write makes the export at a path where there is nothing yet, or an empty file.
	write func(ctx context.Context, path string, s *Source) error
	// folder says that it makes a folder.
	folder bool
	// magic is how a file of the format begins.
	magic string
}

// Formats lists all formats. To add one, write its file and add its row.
var Formats = []Format{
	{Name: "xlsx", Summary: "a workbook: reports with totals that are formulas", write: writeWorkbook, magic: "PK\x03\x04"},
	{Name: "csv", Summary: "a folder of tidy files, with a data dictionary (Frictionless Data Package)", write: writeFolder, folder: true},
	{Name: "sqlite", Summary: "a database: a table a kind and a report, with keys and indexes", write: writeDatabase, magic: "SQLite format 3\x00"},
}

// Lookup returns the format of that name.
func Lookup(name string) (Format, bool) {
	for _, f := range Formats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}
