package lint

import (
	"fmt"
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
)

// waive silences the findings for which a waiver is in force.
func (r *run) waive(s *portfolio.Snapshot, day cal.Date) {
	type key struct{ code, subject string }
	inForce := map[key]int{}
	for i, w := range s.Waivers {
		if w.Holds(day) {
			inForce[key{w.Rule, w.Subject}] = i
		}
	}
	for i := range r.found {
		f := &r.found[i]
		w, ok := inForce[key{f.Code, f.Subject}]
		if !ok {
			continue
		}
		r.used[w] = true
		f.Waived = true
		f.WaivedBy = fmt.Sprintf("%s (%s, until %s)", s.Waivers[w].Reason, s.Waivers[w].ApprovedBy, s.Waivers[w].Until)
	}
}

var waiverExpired = &Rule{
	Rule: diag.Rule{Code: "GOV010", Name: "waiver-expired", Summary: "A waiver is past its last day", Severity: diag.Warning},
	late: true,
	Check: func(p *Pass) {
		for _, w := range p.Waivers {
			if !w.Holds(p.AsOf) {
				p.Report(Finding{
					At: w.Origin.At("until"), Subject: w.Subject, Key: w.Rule,
					Message: fmt.Sprintf("the waiver of %s for %s expired on %s", w.Rule, w.Subject, w.Until),
					Detail:  "mend what it waived and delete it, or have it approved for longer",
				})
			}
		}
	},
}

var waiverUnused = &Rule{
	Rule: diag.Rule{Code: "GOV011", Name: "waiver-unused", Summary: "A waiver silences nothing", Severity: diag.Warning},
	late: true,
	Check: func(p *Pass) {
		for i, w := range p.Waivers {
			if p.run.used[i] || !w.Holds(p.AsOf) || !waivable(p, w.Rule) {
				continue
			}
			if p.run.blind[w.Rule] || !p.Sound(w.Subject) {
				continue
			}
			p.Report(Finding{
				At: w.Origin.At("rule"), Subject: w.Subject, Key: w.Rule,
				Message: fmt.Sprintf("the waiver of %s for %s silences nothing", w.Rule, w.Subject),
				Detail:  "delete it",
			})
		}
	},
}

var waiverUnknownRule = &Rule{
	Rule: diag.Rule{Code: "GOV012", Name: "waiver-unknown-rule", Summary: "A waiver names a rule that does not exist or cannot be waived", Severity: diag.Error},
	late: true,
	Check: func(p *Pass) {
		for _, w := range p.Waivers {
			if waivable(p, w.Rule) {
				continue
			}
			why, near := whyNot(p, w.Rule, "be waived")
			p.Report(Finding{
				At: w.Origin.At("rule"), Subject: w.Subject, Key: w.Rule, Suggestion: near,
				Message: fmt.Sprintf("a waiver names %s, which %s", w.Rule, why),
				Detail:  "progctl explain lists all rules",
			})
		}
	},
}

var policyUnknownRule = &Rule{
	Rule: diag.Rule{Code: "GOV013", Name: "policy-unknown-rule", Summary: "Policy sets a rule that does not exist or is not for policy to set", Severity: diag.Error},
	late: true,
	Check: func(p *Pass) {
		for _, code := range slices.Sorted(maps.Keys(p.Config.Policy.Rules)) {
			if waivable(p, code) || lateRule(p.run.rules, code) {
				continue
			}
			why, near := whyNot(p, code, "be set")
			p.Report(Finding{
				At: p.Config.Origin.KeyAt("policy", "rules", code), Subject: "portfolio/" + p.Config.Meta.Name, Key: code, Suggestion: near,
				Message: fmt.Sprintf("policy sets %s, which %s", code, why),
				Detail:  "progctl explain lists all rules",
			})
		}
	},
}

// lateRule reports whether a code is that of a rule about waivers.
func lateRule(rules []*Rule, code string) bool {
	return slices.ContainsFunc(rules, func(r *Rule) bool { return r.late && r.Code == code })
}

// waivable reports whether a code is one that waivers may name.
func waivable(p *Pass, code string) bool {
	return !lateRule(p.run.rules, code) && slices.ContainsFunc(p.Codes, func(r diag.Rule) bool { return r.Code == code && !r.Structural })
}

// whyNot completes "CODE, which …", and names the nearest code where there is no
// such one.
func whyNot(p *Pass, code, what string) (why, near string) {
	if slices.ContainsFunc(p.Codes, func(r diag.Rule) bool { return r.Code == code }) {
		return "cannot " + what, ""
	}
	names := make([]string, len(p.Codes))
	for i, r := range p.Codes {
		names[i] = r.Code
	}
	return "does not exist", diag.Nearest(code, names)
}
