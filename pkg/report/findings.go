package report

import (
	"slices"

	"github.com/progctl/progctl/pkg/diag"
)

// Findings is what check and validate found.
type Findings struct {
	// List holds all findings, waived ones too.
	List []diag.Diagnostic
	// Rules describes the codes that may occur in List.
	Rules   []diag.Rule
	Summary Summary
	// Line returns the text of a line (from 1) of a file, with or without its
	// line end, and false where there is no such line; nil shows no source.
	Line func(file string, line int) (string, bool)
}

// Summary counts findings. Errors, Warnings and Infos leave out waived ones.
type Summary struct {
	Errors    int `json:"errors"`
	Warnings  int `json:"warnings"`
	Infos     int `json:"infos"`
	Waived    int `json:"waived"`
	Documents int `json:"documents"`
	Files     int `json:"files"`
}

// NewFindings counts the findings among so many documents in so many files.
func NewFindings(list []diag.Diagnostic, rules []diag.Rule, documents, files int) *Findings {
	s := Summary{Documents: documents, Files: files}
	for _, d := range list {
		switch {
		case d.Waived:
			s.Waived++
		case d.Severity == diag.Error:
			s.Errors++
		case d.Severity == diag.Warning:
			s.Warnings++
		case d.Severity == diag.Info:
			s.Infos++
		}
	}
	return &Findings{List: list, Rules: rules, Summary: s}
}

// Sorted returns all findings in the order of diag.Compare. The list itself
// stays as it is.
func (f *Findings) Sorted() []diag.Diagnostic {
	list := slices.Clone(f.List)
	slices.SortStableFunc(list, diag.Compare)
	return list
}

// Open returns the findings that no waiver silences, in the order of
// diag.Compare.
func (f *Findings) Open() []diag.Diagnostic {
	return slices.DeleteFunc(f.Sorted(), func(d diag.Diagnostic) bool { return d.Waived })
}

// Rule returns what is known of a code; for an unknown one it has the code
// alone.
func (f *Findings) Rule(code string) diag.Rule {
	i := slices.IndexFunc(f.Rules, func(r diag.Rule) bool { return r.Code == code })
	if i < 0 {
		return diag.Rule{Code: code}
	}
	return f.Rules[i]
}

// Data returns the data of the JSON report of check and validate.
func (f *Findings) Data() FindingsData {
	return FindingsData{Findings: MachineList(f.Sorted()), Summary: f.Summary}
}

// FindingsData is the data of check and validate.
type FindingsData struct {
	Findings []Finding `json:"findings"`
	Summary  Summary   `json:"summary"`
}

// Finding is a diagnostic as machines read it. What is unknown is null; a
// position is from 1, its end half-open, columns in code points.
type Finding struct {
	Code        string        `json:"code"`
	Severity    diag.Severity `json:"severity"`
	Message     string        `json:"message"`
	Detail      string        `json:"detail"`
	Subject     string        `json:"subject"`
	File        *string       `json:"file"`
	Line        *int          `json:"line"`
	Column      *int          `json:"column"`
	EndLine     *int          `json:"endLine"`
	EndColumn   *int          `json:"endColumn"`
	Fingerprint string        `json:"fingerprint"`
	Owner       *string       `json:"owner"`
	Team        *string       `json:"team"`
	Introduced  *bool         `json:"introduced"`
	Waived      bool          `json:"waived"`
	// WaivedBy tells the reason, the approver and the last day of the waiver.
	WaivedBy *string `json:"waivedBy"`
	// Suggestion is the nearest valid name, Related the other places that the
	// finding speaks of.
	Suggestion *string        `json:"suggestion"`
	Related    []RelatedPlace `json:"related"`
}

// RelatedPlace is a second place of a finding.
type RelatedPlace struct {
	File    *string `json:"file"`
	Line    *int    `json:"line"`
	Column  *int    `json:"column"`
	Message string  `json:"message"`
}

// MachineList spells diagnostics for machines, in the order given; it is never
// nil. A subject is never empty: where there is none it is file/PATH.
func MachineList(list []diag.Diagnostic) []Finding {
	out := make([]Finding, 0, len(list))
	for _, d := range list {
		subject := d.Subject
		if subject == "" {
			subject = "file/" + d.File
		}
		out = append(out, Finding{
			Code:        d.Code,
			Severity:    d.Severity,
			Message:     d.Message,
			Detail:      d.Detail,
			Subject:     subject,
			File:        TextOrNull(d.File),
			Line:        numberOrNull(d.Range.Start.Line),
			Column:      numberOrNull(d.Range.Start.Column),
			EndLine:     numberOrNull(d.Range.End.Line),
			EndColumn:   numberOrNull(d.Range.End.Column),
			Fingerprint: d.Fingerprint,
			Owner:       TextOrNull(d.Owner),
			Team:        TextOrNull(d.Team),
			Introduced:  d.Introduced,
			Waived:      d.Waived,
			WaivedBy:    TextOrNull(d.WaivedBy),
			Suggestion:  TextOrNull(d.Suggestion),
			Related:     relatedPlaces(d.Related),
		})
	}
	return out
}

func relatedPlaces(list []diag.Related) []RelatedPlace {
	out := make([]RelatedPlace, 0, len(list))
	for _, r := range list {
		out = append(out, RelatedPlace{
			File: TextOrNull(r.File), Line: numberOrNull(r.Range.Start.Line), Column: numberOrNull(r.Range.Start.Column), Message: r.Message,
		})
	}
	return out
}
