package render

import (
	"regexp"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/report"
)

// style paints text with SGR sequences, or not at all.
type style bool

const (
	bold   = "1"
	dim    = "2"
	red    = "31"
	yellow = "33"
	cyan   = "36"

	// These are of lines in charts alone.
	green   = "32"
	blue    = "34"
	magenta = "35"
)

var sgrSequence = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// paint expects visible text; an empty code or text is left alone.
func (s style) paint(code, text string) string {
	if !s || code == "" || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func severityColor(s diag.Severity) string {
	switch s {
	case diag.Error:
		return red
	case diag.Warning:
		return yellow
	}
	return cyan
}

func toneColor(t report.Tone) string {
	switch t {
	case report.Good:
		return cyan
	case report.Warn:
		return yellow
	case report.Bad:
		return red
	case report.Dim:
		return dim
	}
	return ""
}
