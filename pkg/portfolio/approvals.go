package portfolio

import (
	"maps"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/approval"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

// approvals reads the conditions of policy.approvals and reports those that cannot
// be read.
func (a *assembler) approvals(subject string) {
	list := a.s.Config.Policy.Approvals
	for i := range list {
		r := &list[i]
		a.approvers(subject, r)
		condition, e := approval.Compile(r.When)
		if e == nil {
			r.Condition = condition
			continue
		}
		d := a.report("REF012", r.Origin.At("when"), subject, "approval #"+itoa(i+1)+": "+e.Message, e.Detail)
		d.Key = "approval " + r.When
		d.Suggestion = e.Suggestion
		within, ok := inside(r.Origin.File, d.Range, r.When, e)
		if !ok {
			continue
		}
		d.Range = within
		if e.Suggestion != "" && !strings.ContainsAny(e.Suggestion, `'"`) { // a quote could end the scalar
			offer(d, e.Suggestion)
		}
	}
}

// approvers reports names that are neither a person nor a team and look like one:
// anything else is a group.
func (a *assembler) approvers(subject string, r *Approval) {
	known := slices.Sorted(maps.Keys(a.s.teams))
	known = append(known, slices.Sorted(maps.Keys(a.s.people))...)
	for i, who := range r.Requires {
		near := diag.Nearest(who, known)
		if near == "" || slices.Contains(known, who) {
			continue
		}
		d := a.report("REF013", r.Origin.At("requires", itoa(i)), subject, "there is no person or team "+quote(who)+": a group of that name has to approve",
			"a group is approved by a login of its very name; where that is meant, choose a name that is not so near")
		d.Severity, d.Key = diag.Warning, "approver "+who
		offer(d, near)
	}
}

// inside is where in a scalar the text that an error is about stands. It is known
// where the file has the text of the scalar as it is: on one line, plain or in
// quotes without escapes.
func inside(f *source.File, scalar diag.Range, text string, e *approval.Error) (diag.Range, bool) {
	at := scalar.Start
	line, ok := f.Line(at.Line)
	runes := []rune(line)
	if !ok || scalar.End.Line != at.Line || at.Column < 1 || scalar.End.Column-1 > len(runes) {
		return diag.Range{}, false
	}
	switch string(runes[at.Column-1 : scalar.End.Column-1]) {
	case text:
	case `"` + text + `"`, "'" + text + "'":
		at.Column++
	default:
		return diag.Range{}, false
	}
	at.Column += e.Offset
	return diag.Range{Start: at, End: diag.Position{Line: at.Line, Column: at.Column + e.Length}}, true
}
