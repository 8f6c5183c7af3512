package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/Masterminds/semver/v3"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/conform"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/history"
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
	slices.SortFunc(rules, func(a, b diag.Rule) int { return strings.Compare(a.Code, b.Code) })
	return rules
}

// parseFailOn reads --fail-on: the mildest severity that makes a command exit with 1.
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

// examination is what check and validate have in common: it loads, runs the rules
// where asked to, writes the findings and decides on the exit code.
type examination struct {
	name   string
	rules  bool
	failOn string
	// newFrom is a revision: what is there already where history parted from it
	// does not fail.
	newFrom string
	// horizon, where it is not empty, is how far to look for what is due.
	horizon string
	// only keeps the findings and files it accepts; nil keeps all.
	only func(file string) bool
	// patches are shown above the findings.
	patches []report.Patch
}

func (a *app) examine(ctx context.Context, w *workspace, e examination, read func() (*load.Result, error)) error {
	outputs, selector, err := a.asked(true)
	if err != nil {
		return err
	}
	threshold, err := parseFailOn(e.failOn)
	if err != nil {
		return err
	}
	options := lint.Options{AsOf: a.asOf, Codes: allRules()}
	if e.horizon != "" {
		span, err := cal.ParseCalendarSpan(e.horizon)
		if err != nil {
			return usagef("--horizon: %v", err)
		}
		options.Horizon = &span
	}
	r := report.New(e.name, a.asOf)
	then, err := a.earlier(ctx, w, e.newFrom, r)
	if err != nil {
		return err
	}
	if then.slips != nil {
		options.Baseline = then.slips.Snapshot
	}
	if e.newFrom != "" {
		options.Before = then.before()
	}
	past := start(func() (*history.History, error) { return a.history(ctx, w) }, e.rules)
	res, err := read()
	if err != nil {
		return err
	}
	if err := requires(res.Snapshot, w.shownPath()); err != nil {
		return err
	}
	if err := cmp.Or(knownKeys(res.Snapshot, selector), knownNames(res.Snapshot, selector)); err != nil {
		return err
	}
	e.only = unit(res, e.only)
	findings := structural(res)
	if e.rules {
		blind := a.blindness(w, r)
		if options.History, err = past(); err != nil {
			if !errors.Is(err, errShallow) {
				return err
			}
			blind(err)
		}
		var failed error
		options.ChangedSince = w.changedSince(ctx, func(err error) { failed = err })
		findings = append(findings, lint.Run(res.Snapshot, options)...)
		switch {
		case errors.Is(failed, errShallow):
			blind(failed)
		case failed != nil:
			return failed
		}
	}
	diag.Finish(findings)
	if then.w != nil {
		var itsPast func() (*history.History, error)
		if e.rules {
			itsPast = func() (*history.History, error) { return a.history(ctx, then.w) }
		}
		inherited, err := a.findingsOf(ctx, then.w, then.res, itsPast, lint.Options{
			AsOf: a.asOf, Codes: options.Codes, Horizon: options.Horizon, Baseline: options.Baseline, Before: then.before(),
		})
		if err != nil {
			return err
		}
		diag.Introduce(findings, inherited)
		inherit(findings, inherited, then.res.Snapshot, res.Snapshot)
	}
	findings = slices.DeleteFunc(findings, func(d diag.Diagnostic) bool {
		return e.only != nil && !e.only(d.File) || !res.Snapshot.Selects(selector, d.Subject, responsible(d))
	})
	for _, p := range e.patches {
		r.Add(p)
	}
	r.Add(block(res, findings, e.only))
	if needsRevision(outputs) {
		r.Revision = w.revision()
	}
	if err := a.write(outputs, r, w.shownPath()); err != nil {
		return err
	}
	if slices.ContainsFunc(findings, func(d diag.Diagnostic) bool {
		return !d.Waived && d.Severity >= threshold && (e.newFrom == "" || *d.Introduced)
	}) {
		return errFindings
	}
	return nil
}

// unit widens a choice of files: a document and the CSV file that it names are checked
// together, whichever of the two was chosen.
func unit(res *load.Result, only func(file string) bool) func(file string) bool {
	if only == nil {
		return nil
	}
	more := map[string]bool{}
	for _, f := range res.Files {
		for _, table := range f.Tables {
			more[table] = more[table] || only(f.Name)
			more[f.Name] = more[f.Name] || only(table)
		}
	}
	return func(file string) bool { return only(file) || more[file] }
}

// start begins something that the caller needs later, where it does at all.
func start[T any](f func() (T, error), wanted bool) func() (T, error) {
	if !wanted {
		return func() (v T, err error) { return v, nil }
	}
	get := sync.OnceValues(f)
	go func() { _, _ = get() }()
	return get
}

// blindness returns a function that tells, once for each reason, which rules could
// not look.
func (a *app) blindness(w *workspace, r *report.Report) func(error) {
	told := map[string]bool{}
	return func(err error) {
		why := "rules that need history are left out: " + err.Error()
		if told[why] {
			return
		}
		told[why] = true
		r.Diagnostics = append(r.Diagnostics, diag.Diagnostic{Severity: diag.Info, Message: why, Subject: "file/" + path.Join(w.prefix(), w.folder)})
		a.note("%s", why)
	}
}

// structural are the findings of the loader, with who should act.
func structural(res *load.Result) []diag.Diagnostic {
	list := slices.Clone(res.Diagnostics)
	for i := range list {
		list[i].Owner, list[i].Team = res.Snapshot.Responsible(list[i].Subject)
	}
	return list
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
	if key, known := s.UnknownKey(sel, more...); key != "" {
		return fmt.Errorf("--selector: %w", unknownName("field or label", key, known))
	}
	return nil
}

// knownNames refuses a selector that asks for a program, or another document, that there
// is not, for what is about documents alone.
func knownNames(s *portfolio.Snapshot, sel portfolio.Selector) error {
	if key, name, known := s.UnknownName(sel); key != "" {
		return fmt.Errorf("--selector: %w", unknownName(key, name, known))
	}
	return nil
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
	b.List = bounded(list)
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
