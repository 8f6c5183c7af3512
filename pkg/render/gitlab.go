package render

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strconv"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/report"
)

// gitlabIssue is one finding of a code quality report, the subset of the Code
// Climate format that GitLab reads.
type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
}

// writeGitLab writes the open findings as a GitLab code quality report. GitLab
// knows no suppression, so waived findings are left out; what is inherited it
// finds by comparing fingerprints with the report of the target branch.
func writeGitLab(w io.Writer, r *report.Report, _ Options) error {
	f, err := findingsOf(r, "gitlab")
	if err != nil {
		return err
	}
	open := f.Open()
	issues := make([]gitlabIssue, 0, len(open))
	seen := map[string]int{}
	for _, d := range open {
		issues = append(issues, gitlabIssue{
			Description: gitlabDescription(d),
			CheckName:   visible(d.Code),
			Fingerprint: uniqueFingerprint(seen, d),
			Severity:    gitlabSeverity(d.Severity),
			Location: gitlabLocation{
				Path:  cmp.Or(d.File, "."), // a path is mandatory, as is a line
				Lines: gitlabLines{Begin: max(1, d.Range.Start.Line)},
			},
		})
	}
	return encodeJSON(w, issues)
}

// gitlabDescription is one line, for that is all that a merge request shows.
func gitlabDescription(d diag.Diagnostic) string {
	text := cmp.Or(visible(d.Message), visible(d.Code))
	if d.Suggestion != "" {
		text += "; " + didYouMean(d)
	}
	return text
}

// uniqueFingerprint is the fingerprint of a finding, or, where it has none or
// shares it with another, one that depends on what it is and not on its line.
func uniqueFingerprint(seen map[string]int, d diag.Diagnostic) string {
	id := d.Fingerprint
	if id == "" {
		id = d.Code + "\x00" + d.Subject + "\x00" + d.Key
	}
	n := seen[id]
	seen[id]++
	if n == 0 && id == d.Fingerprint {
		return id
	}
	sum := sha256.Sum256([]byte(id + "\x00" + strconv.Itoa(n)))
	return hex.EncodeToString(sum[:16])
}

// gitlabSeverity spares critical and blocker for what progctl cannot know.
func gitlabSeverity(s diag.Severity) string {
	switch s {
	case diag.Error:
		return "major"
	case diag.Warning:
		return "minor"
	}
	return "info"
}
