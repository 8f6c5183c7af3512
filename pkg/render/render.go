// Package render turns a report into bytes: one file per format, and a row in
// Formats. It knows nothing of programs, and of the machine it runs on only
// what Options say. Every format neutralises what its medium would execute or
// be fooled by (safe.go), gives the same bytes for the same report, and returns
// the error of a write that did not succeed.
package render

import (
	"fmt"
	"io"

	"github.com/progctl/progctl/pkg/report"
)

// Options is what a format may know of where its bytes go.
type Options struct {
	// Color allows bold, dim and three colours, and three more for lines of charts.
	Color bool
	// Width is that of the terminal in cells; 0 is no terminal, so no limit.
	Width int
	// Brief leaves out of texts what explains and counts: a line a finding.
	Brief bool
	// Path turns the name of a file into the path that texts for people show; nil
	// shows the name.
	Path func(string) string
	// Version is progctl's own, for formats that name the tool.
	Version string
}

// Format is a way to write a report.
type Format struct {
	// Name is what -o takes.
	Name string
	// Summary is one line for the help, without a full stop.
	Summary string
	// FindingsOnly is set for formats that can say nothing but findings.
	FindingsOnly bool
	Write        func(w io.Writer, r *report.Report, o Options) error
}

// Formats lists all formats. To add one, write its file and add its row.
var Formats = []Format{
	{Name: "text", Summary: "for people at a terminal", Write: writeText},
	{Name: "json", Summary: "for programs; its fields are stable", Write: writeJSON},
	{Name: "csv", Summary: "for spreadsheets: a row a finding, tables without totals", Write: writeCSV},
	{Name: "markdown", Summary: "for comments and job summaries, cut to what they hold", Write: writeMarkdown},
	{Name: "html", Summary: "one page, to read or to print", Write: writeHTML},
	{Name: "github", Summary: "annotations of a GitHub Actions step", FindingsOnly: true, Write: writeGitHub},
	{Name: "gitlab", Summary: "GitLab code quality report", FindingsOnly: true, Write: writeGitLab},
	{Name: "sarif", Summary: "SARIF 2.1.0, for code scanning", FindingsOnly: true, Write: writeSARIF},
	{Name: "junit", Summary: "JUnit XML, for test reports of CI systems", FindingsOnly: true, Write: writeJUnit},
}

// Graphs lists the formats that draw what waits for what, for reports that have that:
// Report.Graph.
var Graphs = []Format{
	{Name: "mermaid", Summary: "a flowchart, as Markdown on GitHub and GitLab draws it", Write: writeMermaid},
	{Name: "dot", Summary: "for Graphviz", Write: writeDOT},
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

// findingsOf returns the findings for a format that can say nothing else.
func findingsOf(r *report.Report, format string) (*report.Findings, error) {
	f := r.Findings()
	if f == nil {
		return nil, fmt.Errorf("report %q has no findings to write as %s", r.Name, format)
	}
	return f, nil
}
