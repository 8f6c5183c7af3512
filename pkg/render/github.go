package render

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/report"
)

// annotationsPerLevel is how many annotations of each level GitHub keeps of one
// step; it drops the rest without a word.
const annotationsPerLevel = 10

// writeGitHub writes the findings as workflow commands, the gravest first.
func writeGitHub(w io.Writer, r *report.Report, _ Options) error {
	f, err := findingsOf(r, "github")
	if err != nil {
		return err
	}
	list := f.Open()
	slices.SortStableFunc(list, byUrgency)
	var b bytes.Buffer
	for _, d := range r.Diagnostics { // what was not looked at
		fmt.Fprintf(&b, "::warning title=progctl::%s\n", commandData.Replace(visible(d.Message)))
	}
	var shown, left [diag.Error + 1]int
	for _, d := range list {
		level := levelOf(d)
		if shown[level] == annotationsPerLevel {
			left[d.Severity]++
			continue
		}
		shown[level]++
		annotation(&b, f, d, level)
	}
	writeRest(&b, left)
	_, err = w.Write(b.Bytes())
	return err
}

// byUrgency puts what a change introduced before what it inherited, then the
// graver before the milder.
func byUrgency(a, b diag.Diagnostic) int {
	if c := cmp.Compare(inherited(a), inherited(b)); c != 0 {
		return c
	}
	return cmp.Compare(b.Severity, a.Severity)
}

// inherited is 1 for a finding known to be older than the change under review.
func inherited(d diag.Diagnostic) int {
	if d.Introduced != nil && !*d.Introduced {
		return 1
	}
	return 0
}

// levelOf is the level of a finding's annotation: no error for what a change
// inherited, for that does not fail it.
func levelOf(d diag.Diagnostic) diag.Severity {
	if inherited(d) == 1 {
		return min(d.Severity, diag.Warning)
	}
	return d.Severity
}

func annotation(b *bytes.Buffer, f *report.Findings, d diag.Diagnostic, level diag.Severity) {
	fmt.Fprintf(b, "::%s ", [...]string{"notice", "notice", "warning", "error"}[level])
	if d.File != "" {
		fmt.Fprintf(b, "file=%s,", commandProperty.Replace(visible(d.File)))
	}
	start, end := d.Range.Start, d.Range.End
	fmt.Fprintf(b, "line=%d", max(1, start.Line))
	if end.Line > start.Line && end.Column == 1 {
		end = diag.Position{Line: end.Line - 1} // ends with the line before
	}
	if start.Line > 0 && end.Line >= start.Line {
		fmt.Fprintf(b, ",endLine=%d", end.Line)
	}
	// GitHub refuses columns for a range over several lines.
	if start.Column > 0 && end.Line <= start.Line {
		fmt.Fprintf(b, ",col=%d", start.Column)
		if end.Line == start.Line && end.Column >= start.Column {
			fmt.Fprintf(b, ",endColumn=%d", end.Column)
		}
	}
	title := strings.TrimSpace(d.Code + " " + f.Rule(d.Code).Name)
	fmt.Fprintf(b, ",title=%s::%s\n", commandProperty.Replace(visible(title)), commandData.Replace(fullMessage(d)))
}

// fullMessage is the message and below it how to mend it, made visible.
func fullMessage(d diag.Diagnostic) string {
	lines := append([]string{visible(d.Message)}, visibleLines(d.Detail)...)
	if d.Suggestion != "" {
		lines = append(lines, didYouMean(d))
	}
	return strings.Join(lines, "\n")
}

func didYouMean(d diag.Diagnostic) string {
	return fmt.Sprintf("did you mean \"%s\"?", visible(d.Suggestion))
}

func writeRest(b *bytes.Buffer, left [diag.Error + 1]int) {
	total := 0
	for _, n := range left {
		total += n
	}
	if total == 0 {
		return
	}
	fmt.Fprintf(b, "%s not annotated (%s): GitHub shows %d of each level a step\n",
		report.Plural(total, "more finding"), countList(left[diag.Error], left[diag.Warning], left[diag.Info]), annotationsPerLevel)
}

// countList spells the counts that are not zero: "2 errors, 1 warning".
func countList(errors, warnings, infos int) string {
	var parts []string
	for _, c := range []struct {
		n    int
		noun string
	}{{errors, "error"}, {warnings, "warning"}, {infos, "info"}} {
		if c.n > 0 {
			parts = append(parts, report.Plural(c.n, c.noun))
		}
	}
	return strings.Join(parts, ", ")
}
