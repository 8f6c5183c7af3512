// Package lint holds the rules of check: what a portfolio that validates should
// still not say. A rule is a value; it knows a Snapshot and a day, and nothing
// of files, flags or formats.
package lint

import (
	"cmp"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/budget"
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/review"
	"github.com/progctl/progctl/pkg/slip"
	"github.com/progctl/progctl/pkg/source"
	"github.com/progctl/progctl/pkg/staffing"
)

// Rule is a check over a whole portfolio.
type Rule struct {
	diag.Rule
	Check func(*Pass)
	// OverMoves says that it looks at what the first-parent history says of dates, in
	// which a merge brings all moves of the other side at once.
	OverMoves bool
	// late rules speak of waivers, so they run once waivers were applied, and
	// cannot be waived.
	late bool
}

// Rules lists all rules by code. To add one, write its file and add its row.
var Rules = []*Rule{
	overBudget,
	forecastOverBudget,
	aboveBudgetCap,
	spendOutsideProgram,
	spendInFuture,
	lineOutside,
	missingExchangeRate,
	lineUnspent,
	currencyAssumed,
	unbudgeted,
	monthsAddUp,
	monthOutsideLine,
	closedSpendChanged,
	closedPlanChanged,
	hoursMissing,
	budgetMilestone,
	staffingUnpriced,
	hoursOfNobody,
	hoursAboveContract,
	closedInFuture,
	closedActualChanged,
	noOwner,
	noObjective,
	waiverExpired,
	waiverUnused,
	waiverUnknownRule,
	policyUnknownRule,
	bulkChange,
	weightsMiss,
	scoreOutsideScale,
	reviewMissed,
	recurrenceRule,
	actionOverdue,
	decisionUnowned,
	riskUnreviewed,
	riskNotOpen,
	criterionMissed,
	criterionUnmeasured,
	criterionContradictory,
	stakeholderUnreachable,
	themeEmpty,
	investmentMisses,
	scoresMissing,
	greenButSlipping,
	filledWithoutPerson,
	seatNotEmployed,
	backfillOfStayer,
	seatCountedTwice,
	backfillOfNobody,
	lateRequisition,
	pipelineCounts,
	candidateNamed,
	positionDates,
	missingRate,
	aboveCap,
	conflictingAttrition,
	positionUndated,
	positionTwice,
	moreThanFullTime,
	idleHistory,
	afterItsYear,
	misspelt,
	leftWithoutReason,
	overdue,
	dueBeforeDependency,
	outsideProgram,
	doneWithoutDate,
	dateWithoutDone,
	completedInFuture,
	completedWithOpen,
	noMilestone,
	greenButOverdue,
	stale,
	weightMissing,
	dueSoon,
	slipped,
	movedAfterDue,
	movedWithoutReason,
	baselineEdited,
	opposedMoves,
	closedMonthMoved,
	overAllocated,
	allocatedOutside,
	allocatedOutsideProgram,
	requirementUnfilled,
}

// Options is what rules need beside the portfolio.
type Options struct {
	// AsOf is what day it is.
	AsOf cal.Date
	// ChangedSince tells which files changed on or after a day, by their names in
	// findings; nil where there is no history to ask, as is what it returns where
	// history does not reach back that far. It is asked only when a rule needs it.
	ChangedSince func(cal.Date) func(file string) bool
	// History is what history says of dates; nil where there is none to ask.
	History *history.History
	// Baseline, where it is not nil, is what dates are measured against instead of
	// what history says of baselines.
	Baseline *portfolio.Snapshot
	// Before is the portfolio before the change under review; nil is the version
	// before the last one of the history.
	Before *portfolio.Snapshot
	// Horizon is how far to look for what is due; nil does not look.
	Horizon *cal.CalendarSpan
	// Codes are all codes there are, those of structural findings too.
	Codes []diag.Rule
}

// Pass is one run of one rule.
type Pass struct {
	*portfolio.Snapshot
	Options
	// Programs are those that validate: a finding about what does not would
	// follow from the mistake that was reported.
	Programs []*portfolio.Program
	// Slips is what history says of all dates; nil where there is none to ask.
	Slips *slip.Analysis

	rule *Rule
	run  *run
}

// run is one run of all rules.
type run struct {
	rules []*Rule
	// blind are the codes of the rules that could not look: they wanted history, or
	// a change, and there was none.
	blind map[string]bool
	found []finding
	used  map[int]bool // waivers that silenced something, by index
	// people and unlisted are what Pass.people and Pass.unlisted say; nil until they
	// are asked for.
	people   staffing.People
	unlisted *bool
	// outside are allocations outside of dates; nil until they are asked for.
	outside []staffing.OutsideAllocation
	// accounts and caps are what Pass.accounts says; nil until it is asked.
	accounts []account
	caps     []budget.Cap
	// reviews is what Pass.reviews says; nil until it is asked.
	reviews *review.Analysis
	// digests are what Pass.digest says.
	digests map[*portfolio.Ledger][]classDigest
}

// finding is a diagnostic that still has to be located.
type finding struct {
	diag.Diagnostic
	at      source.Place
	related []place
}

type place struct {
	at      source.Place
	message string
}

// Finding is what a rule reports.
type Finding struct {
	// At is the text that the finding is about.
	At source.Place
	// Subject names the thing, as diag.Diagnostic.Subject.
	Subject string
	// Message and Detail are as in diag.Diagnostic.
	Message, Detail string
	// Suggestion is the nearest valid name, empty where none is near.
	Suggestion string
	// Key tells apart findings on one subject.
	Key string
	// Owner is who answers for it where that is not who answers for the subject.
	Owner string
}

// Report reports a finding; further places may follow.
func (p *Pass) Report(f Finding, related ...place) {
	owner, team := p.Responsible(f.Subject)
	p.run.found = append(p.run.found, finding{
		Diagnostic: diag.Diagnostic{
			Code: p.rule.Code, Severity: p.rule.Severity,
			Message: f.Message, Detail: f.Detail, Suggestion: f.Suggestion, Subject: f.Subject, Key: f.Key,
			Owner: cmp.Or(f.Owner, owner), Team: team,
		},
		at: f.At, related: related,
	})
}

// Blind says that the rule cannot look: a waiver of it is then not called unused.
func (p *Pass) Blind() { p.run.blind[p.rule.Code] = true }

// Run runs all rules. Findings come with their severity by policy and with
// waivers applied, in no particular order; those that policy switches off are
// left out. Where the portfolio's policy and calendar cannot be read, no rule runs.
func Run(s *portfolio.Snapshot, o Options) []diag.Diagnostic {
	if s.Unconfigured {
		return nil
	}
	r := &run{rules: Rules, used: map[int]bool{}, blind: map[string]bool{}}
	sound := slices.DeleteFunc(slices.Clone(s.Programs), func(p *portfolio.Program) bool { return !s.Sound(p.Subject()) })
	var slips *slip.Analysis
	if o.History != nil {
		slips = slip.Analyse(s, o.History, slip.Options{AsOf: o.AsOf, Baseline: o.Baseline})
	}
	for _, late := range []bool{false, true} {
		for _, rule := range r.rules {
			if rule.late == late {
				rule.Check(&Pass{Snapshot: s, Options: o, Programs: sound, Slips: slips, rule: rule, run: r})
			}
		}
		if !late {
			r.waive(s, o.AsOf)
		}
	}
	severities := s.Config.Policy.Rules
	r.found = slices.DeleteFunc(r.found, func(f finding) bool {
		severity, set := severities[f.Code]
		return set && severity == diag.Off
	})
	return r.locate(severities)
}

// locate finds the text of all findings, file by file, so that each file is
// parsed again only once.
func (r *run) locate(severities map[string]diag.Severity) []diag.Diagnostic {
	slices.SortStableFunc(r.found, func(a, b finding) int {
		return strings.Compare(fileName(a.at), fileName(b.at))
	})
	var (
		locator source.Locator
		others  source.Locator
		diags   = make([]diag.Diagnostic, len(r.found))
	)
	for i, f := range r.found {
		d := f.Diagnostic
		if severity, set := severities[d.Code]; set {
			d.Severity = severity
		}
		d.Location = locator.Locate(f.at)
		for _, p := range f.related {
			in := &others
			if p.at.Origin.File == f.at.Origin.File { // which was parsed already
				in = &locator
			}
			d.Related = append(d.Related, diag.Related{Location: in.Locate(p.at), Message: p.message})
		}
		diags[i] = d
	}
	return diags
}

func fileName(p source.Place) string {
	if p.Origin.File == nil {
		return ""
	}
	return p.Origin.File.Name
}
