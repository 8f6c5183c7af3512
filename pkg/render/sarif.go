package render

import (
	"cmp"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/report"
)

// sarifLimit is how many results of a run code scanning accepts.
const sarifLimit = 25_000

// writeSARIF writes one SARIF 2.1.0 run. Waived findings are in it, suppressed.
func writeSARIF(w io.Writer, r *report.Report, o Options) error {
	f, err := findingsOf(r, "sarif")
	if err != nil {
		return err
	}
	list, left := mostUrgent(f.Sorted(), sarifLimit)
	rules, index := sarifRules(f, list)
	run := sarifRun{
		Tool: sarifTool{Driver: sarifDriver{Name: "progctl", Version: o.Version, Rules: rules}},
		Invocations: []sarifInvocation{{
			ExecutionSuccessful:        true,
			ToolExecutionNotifications: []sarifNotification{},
		}},
		AutomationDetails: sarifAutomation{ID: "progctl/" + r.Name + "/"},
		OriginalURIBaseIDs: map[string]sarifBase{srcRoot: {
			Description: sarifText{"the root of the repository"},
		}},
		ColumnKind: "unicodeCodePoints",
		Results:    make([]sarifResult, 0, len(list)),
		Properties: sarifRunProperties{Revision: r.Revision, Baseline: r.Baseline},
	}
	if r.Revision != nil {
		run.AutomationDetails.ID += r.Revision.Commit
	}
	if !r.AsOf.IsZero() {
		run.Properties.AsOf = r.AsOf.String()
	}
	if left > 0 {
		run.Invocations[0].ToolExecutionNotifications = []sarifNotification{{
			Level:   "warning",
			Message: sarifText{fmt.Sprintf("%s left out: a run holds at most %d", report.Plural(left, "finding"), sarifLimit)},
		}}
	}
	reviewed := !slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Introduced == nil })
	for _, d := range list {
		run.Results = append(run.Results, newSARIFResult(d, index[d.Code], reviewed))
	}
	return encodeJSON(w, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

// mostUrgent keeps the n most urgent of sorted findings, in their order, and
// says how many it left out.
func mostUrgent(list []diag.Diagnostic, n int) (kept []diag.Diagnostic, left int) {
	if len(list) <= n {
		return list, 0
	}
	ranked := slices.Clone(list)
	slices.SortStableFunc(ranked, func(a, b diag.Diagnostic) int {
		if a.Waived != b.Waived {
			if b.Waived {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(inherited(a), inherited(b)))
	})
	kept = ranked[:n]
	slices.SortStableFunc(kept, diag.Compare)
	return kept, len(list) - n
}

// sarifRules describes the codes that occur, sorted, and gives their indexes.
func sarifRules(f *report.Findings, list []diag.Diagnostic) ([]sarifRule, map[string]int) {
	index := map[string]int{}
	var codes []string
	for _, d := range list {
		if _, seen := index[d.Code]; !seen {
			index[d.Code] = 0
			codes = append(codes, d.Code)
		}
	}
	slices.Sort(codes)
	rules := make([]sarifRule, 0, len(codes))
	for i, code := range codes {
		index[code] = i
		rules = append(rules, newSARIFRule(f.Rule(code)))
	}
	return rules, index
}

func newSARIFRule(r diag.Rule) sarifRule {
	rule := sarifRule{ID: r.Code, Name: r.Name, Properties: sarifRuleProperties{
		// The letters of a code name its domain.
		Tags: []string{strings.TrimRightFunc(r.Code, unicode.IsDigit)},
	}}
	if r.Summary != "" {
		rule.ShortDescription = &sarifText{sarifSafe(r.Summary)}
		rule.FullDescription = &sarifText{sarifSafe(r.Summary + ".")}
		rule.Help = &sarifText{fmt.Sprintf("progctl explain %s shows examples and how to mend them.", sarifSafe(r.Code))}
		rule.Configuration = &sarifConfiguration{sarifLevel(r.Severity)}
	}
	if r.Structural {
		rule.Properties.Tags = append(rule.Properties.Tags, "structural")
	}
	return rule
}

func newSARIFResult(d diag.Diagnostic, ruleIndex int, reviewed bool) sarifResult {
	result := sarifResult{
		RuleID:    d.Code,
		RuleIndex: ruleIndex,
		Level:     sarifLevel(d.Severity),
		Message:   sarifText{sarifSafe(sarifMessage(d))},
		Locations: []sarifLocation{},
		Properties: sarifResultProperties{
			Subject: d.Subject, Owner: d.Owner, Team: d.Team,
		},
	}
	if d.Fingerprint != "" {
		result.Fingerprints = map[string]string{"progctl/v1": d.Fingerprint}
	}
	if d.File != "" {
		region := newSARIFRegion(d.Range)
		if region == nil {
			region = &sarifRegion{StartLine: 1} // code scanning wants a line
		}
		result.Locations = append(result.Locations, sarifLocation{
			Physical: sarifPhysical{newSARIFArtifact(d.File), region},
		})
	}
	for i, r := range d.Related {
		if r.File == "" {
			continue
		}
		location := sarifLocation{ID: i + 1, Physical: sarifPhysical{newSARIFArtifact(r.File), newSARIFRegion(r.Range)}}
		if r.Message != "" {
			location.Message = &sarifText{sarifSafe(r.Message)}
		}
		result.Related = append(result.Related, location)
	}
	if d.Waived {
		result.Suppressions = []sarifSuppression{{"external", "accepted", visible(d.WaivedBy)}}
	}
	if d.Fix != nil && d.File != "" {
		result.Fixes = newSARIFFixes(d)
	}
	if reviewed {
		result.BaselineState = "unchanged"
		if *d.Introduced {
			result.BaselineState = "new"
		}
	}
	return result
}

// sarifMessage is the message and how to mend it. It may not be empty.
func sarifMessage(d diag.Diagnostic) string {
	return cmp.Or(strings.TrimSpace(fullMessage(d)), d.Code)
}

// sarifSafe is visible text in which no viewer finds a link: [text](target).
func sarifSafe(s string) string {
	return strings.ReplaceAll(Visible(s), "](", "] (")
}

func sarifLevel(s diag.Severity) string {
	switch s {
	case diag.Error:
		return "error"
	case diag.Warning:
		return "warning"
	case diag.Info:
		return "note"
	}
	return "none"
}

// newSARIFRegion returns nil for a range that is nowhere in particular. As in a
// diag.Range, the end column is that after the last code point.
func newSARIFRegion(r diag.Range) *sarifRegion {
	if r.Start.Line < 1 {
		return nil
	}
	region := &sarifRegion{StartLine: r.Start.Line, StartColumn: r.Start.Column}
	if r.Start.Column > 0 && r.End.Column > 0 && r.End.Compare(r.Start) >= 0 {
		region.EndLine, region.EndColumn = r.End.Line, r.End.Column
	}
	return region
}

// newSARIFArtifact names a file by a URI relative to the repository, or by an
// absolute one where it lies elsewhere.
func newSARIFArtifact(file string) sarifArtifact {
	escaped := strings.ReplaceAll((&url.URL{Path: file}).EscapedPath(), ":", "%3A")
	switch {
	case strings.HasPrefix(file, "/"):
		return sarifArtifact{URI: "file://" + escaped}
	case file == ".." || strings.HasPrefix(file, "../"):
		return sarifArtifact{URI: escaped}
	}
	return sarifArtifact{URI: escaped, BaseID: srcRoot}
}

func newSARIFFixes(d diag.Diagnostic) []sarifFix {
	region := newSARIFRegion(d.Fix.Range)
	if region == nil || region.EndLine == 0 {
		return nil
	}
	return []sarifFix{{
		Description: sarifText{"mend " + sarifSafe(d.Code)},
		Changes: []sarifChange{{
			Artifact:     newSARIFArtifact(d.File),
			Replacements: []sarifReplacement{{*region, sarifText{d.Fix.NewText}}},
		}},
	}}
}
