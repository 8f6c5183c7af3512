package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/Masterminds/semver/v3"

	"github.com/progctl/progctl/pkg/conform"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/lint"
	"github.com/progctl/progctl/pkg/load"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/source"
)

// allRules are the codes of every finding there is, by code.
func allRules() []diag.Rule {
	rules := slices.Concat(source.Rules, load.Rules, conform.Rules, portfolio.Rules)
	for _, r := range lint.Rules {
		rules = append(rules, r.Rule)
	}
	slices.SortFunc(rules, func(a, b diag.Rule) int {
		if a.Code < b.Code {
			return -1
		}
		return 1
	})
	return rules
}

// failOn is the mildest severity that makes a command exit with 1.
func parseFailOn(text string) (diag.Severity, error) {
	if text == "never" {
		return diag.Error + 1, nil
	}
	var s diag.Severity
	if err := s.ParseText(text); err != nil || s == diag.Off {
		return 0, usagef("--fail-on is %q, expected error, warning, info or never", text)
	}
	return s, nil
}

// examine is the body of check and validate: it loads, runs the rules where
// asked to, writes the findings and decides on the exit code.
type examination struct {
	name   string
	rules  bool
	failOn string
	// only keeps the findings and files it accepts; nil keeps all.
	only func(file string) bool
}

func (a *app) examine(ctx context.Context, w *workspace, e examination, read func() (*load.Result, error)) error {
	outputs, err := a.parseOutputs(true)
	if err != nil {
		return err
	}
	threshold, err := parseFailOn(e.failOn)
	if err != nil {
		return err
	}
	selector, err := portfolio.ParseSelector(a.selector)
	if err != nil {
		return usagef("--selector: %v", err)
	}
	res, err := read()
	if err != nil {
		return err
	}
	if err := requires(res.Snapshot, w.shownPath()); err != nil {
		return err
	}
	if err := knownKeys(res.Snapshot, selector); err != nil {
		return err
	}
	r := report.New(e.name, a.asOf)
	findings := a.findings(ctx, w, res, e.rules, r)
	findings = slices.DeleteFunc(findings, func(d diag.Diagnostic) bool {
		return e.only != nil && !e.only(d.File) || !res.Snapshot.Selects(selector, d.Subject, responsible(d))
	})
	r.Add(block(res, findings, e.only))
	if needsRevision(outputs) {
		r.Revision = w.revision()
	}
	if err := a.write(outputs, r, w.shownPath()); err != nil {
		return err
	}
	if slices.ContainsFunc(findings, func(d diag.Diagnostic) bool { return !d.Waived && d.Severity >= threshold }) {
		return errFindings
	}
	return nil
}

// responsible tells who should act on a finding, as selectors ask for it.
func responsible(d diag.Diagnostic) func(string) (string, bool) {
	return func(key string) (string, bool) {
		switch key {
		case "owner":
			return d.Owner, d.Owner != ""
		case "team":
			return d.Team, d.Team != ""
		}
		return "", false
	}
}

// knownKeys refuses a selector whose keys nothing has: it would choose nothing,
// and look as if all were well.
func knownKeys(s *portfolio.Snapshot, sel portfolio.Selector, more ...string) error {
	key, known := s.UnknownKey(sel, more...)
	if key == "" {
		return nil
	}
	return fmt.Errorf("--selector: %w", unknownName("field or label", key, known))
}

// findings are the structural ones and, where asked for, those of the rules,
// finished and sorted. What could not be looked for is told in the report.
func (a *app) findings(ctx context.Context, w *workspace, res *load.Result, rules bool, r *report.Report) []diag.Diagnostic {
	list := slices.Clone(res.Diagnostics)
	for i := range list {
		list[i].Owner, list[i].Team = res.Snapshot.Responsible(list[i].Subject)
	}
	if rules {
		list = append(list, lint.Run(res.Snapshot, lint.Options{
			AsOf: a.asOf, ChangedSince: a.changedSince(ctx, w, r), Codes: allRules(),
		})...)
	}
	diag.Finish(list)
	return list
}

// block is the findings as a report shows them.
func block(res *load.Result, list []diag.Diagnostic, only func(string) bool) *report.Findings {
	files, documents := 0, 0
	byName := make(map[string]*source.File, len(res.Files))
	for _, f := range res.Files {
		byName[f.Name] = f.File
		if only == nil || only(f.Name) {
			files++
			documents += f.Documents
		}
	}
	b := report.NewFindings(list, allRules(), documents, files)
	b.Line = func(file string, line int) (string, bool) {
		f := byName[file]
		if f == nil {
			return "", false
		}
		return f.Line(line)
	}
	return b
}

// requires refuses a portfolio that was written for another progctl.
func requires(s *portfolio.Snapshot, shown func(string) string) error {
	c := s.Requires
	if c.Versions == "" {
		return nil
	}
	var locator source.Locator
	at := locator.Locate(c.At)
	where := fmt.Sprintf("%s:%d:%d", shown(at.File), at.Range.Start.Line, at.Range.Start.Column)
	constraint, err := semver.NewConstraint(c.Versions)
	if err != nil {
		return fmt.Errorf("%s: requires is %q, which is no range of versions such as >=0.1, <2", where, c.Versions)
	}
	own, err := semver.NewVersion(version())
	if err != nil {
		return fmt.Errorf("this progctl has version %q, which cannot be compared: %w", version(), err)
	}
	if !constraint.Check(own) {
		return fmt.Errorf("%s: the portfolio requires progctl %s, this is %s: install a version that fits", where, c.Versions, own)
	}
	return nil
}
