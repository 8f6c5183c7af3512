// Package report holds what a command has to say: its data for machines and
// its blocks for people. It knows nothing of formats, terminals or flags, and
// nothing of programs.
package report

import (
	"encoding/json"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
)

// Report is the answer of one command.
type Report struct {
	// Name is the command that answers: check, slip, budget.
	Name string
	// Version is that of the shape of Data; New sets 1.
	Version int
	// AsOf is the day that was taken for today.
	AsOf cal.Date
	// Revision is what was read, Baseline what it was compared with; nil where
	// there is none.
	Revision, Baseline *Revision
	// Data is what machines read. It marshals to the data of the JSON report:
	// its lists are never nil, what is unknown is null. A nil Data stands for
	// that of the first Findings among the blocks.
	Data any
	// Blocks is what people read, in order.
	Blocks []Block
	// Sheets, where there are any, are what a spreadsheet reads in place of the tables
	// among the blocks: tidy, one figure a row.
	Sheets []*Table
	// Graph is what formats read that draw nothing else; nil where there is none.
	Graph *Graph
	// Marker, where it is not empty, is hidden in a comment, so that whoever posts it
	// finds the one it takes the place of.
	Marker string
	// Nothing, where it is not empty, says that there is nothing to tell. People at a
	// terminal read it instead of blocks; a comment is then empty.
	Nothing string
	// Diagnostics name the entities that were left out because they do not
	// validate. Findings, the subject of check, are a block instead.
	Diagnostics []diag.Diagnostic
}

// New returns a report of version 1.
func New(name string, asOf cal.Date) *Report {
	return &Report{Name: name, Version: 1, AsOf: asOf}
}

// Add appends blocks.
func (r *Report) Add(blocks ...Block) { r.Blocks = append(r.Blocks, blocks...) }

// Findings returns the first Findings among the blocks, or nil.
func (r *Report) Findings() *Findings {
	for _, b := range r.Blocks {
		if f, ok := b.(*Findings); ok {
			return f
		}
	}
	return nil
}

// Revision names a state of the repository.
type Revision struct {
	// Commit is a full hash; empty is a work tree without a commit.
	Commit string
	// Dirty says that the work tree differs from Commit.
	Dirty bool
}

// MarshalJSON writes an empty commit as null.
func (r Revision) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Commit *string `json:"commit"`
		Dirty  bool    `json:"dirty"`
	}{TextOrNull(r.Commit), r.Dirty})
}

// Block is one of Heading, Text, Patch, *Table, *Chart, *Gantt and *Findings.
type Block interface{ block() }

// Heading opens a section: one line, without a full stop.
type Heading string

// Text is a paragraph or several lines.
type Text string

// Patch is the unified diff of one file or several; formats of rows leave it out.
type Patch string

func (Heading) block()   {}
func (Text) block()      {}
func (Patch) block()     {}
func (*Table) block()    {}
func (*Chart) block()    {}
func (*Findings) block() {}

// TextOrNull is a text as JSON has it, where an empty one is unknown.
func TextOrNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func numberOrNull(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}
