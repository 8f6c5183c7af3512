package status

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
)

// told are the rules about which a reason of its own says all.
var told = map[string]bool{"MS001": true, "MS009": true, "MS012": true, "MS013": true, "BUD002": true, "GOV017": true, "GOV019": true, "GOV021": true, "GOV030": true}

// waived reports whether what a rule finds is accepted for now: whether a waiver is in
// force, found or not, for some rules are blind without a history.
func (a *Analysis) waived(code, subject string) bool {
	return slices.ContainsFunc(a.Snapshot.Waivers, func(w portfolio.WaiverOn) bool {
		return w.Rule == code && w.Subject == subject && w.Holds(a.AsOf)
	})
}

// errorsOf are the errors of check about a program that no other reason tells.
func (a *Analysis) errorsOf(p *Program) (list []diag.Diagnostic) {
	for _, d := range a.Findings {
		if d.Severity == diag.Error && !d.Waived && !told[d.Code] && strings.HasPrefix(d.Subject+"/", p.Subject()+"/") {
			list = append(list, d)
		}
	}
	return list
}

// codes lists the codes of findings, each once.
func codes(list []diag.Diagnostic) string {
	var names []string
	seen := map[string]bool{}
	for _, d := range list {
		if !seen[d.Code] {
			seen[d.Code] = true
			names = append(names, d.Code)
		}
	}
	return strings.Join(names, ", ")
}

// planned are warnings about what is about to break: links, seats and people.
var planned = map[string]bool{
	"MS002": true, "STF001": true, "STF002": true, "STF004": true, "HC006": true, "HC011": true, "BUD003": true,
}

// overPlan is the rule on what was spent so far.
const overPlan = "BUD001"

// findings are those of check that nothing else tells, an item for each severity and
// document.
func (a *Analysis) findings() {
	type about struct {
		severity Severity
		document string
	}
	first, counts := map[about]int{}, map[about]int{}
	dear := map[string]bool{} // whose forecast is an item already, and says it better
	for _, x := range a.Attention {
		if x.Kind == Money {
			dear[x.Subject] = true
		}
	}
	for i := range a.Findings {
		d := &a.Findings[i]
		if d.Waived || d.Severity < diag.Warning || told[d.Code] || d.Code == "" {
			continue
		}
		k := about{Low, document(d)}
		if d.Code == overPlan && dear[k.document] {
			continue
		}
		by := cal.Date(0)
		switch {
		case d.Severity == diag.Error:
			k.severity, by = High, a.AsOf
		case planned[d.Code]:
			k.severity = Medium
		}
		if counts[k]++; counts[k] > 1 {
			continue
		}
		first[k] = len(a.Attention)
		program, _ := strings.CutPrefix(k.document, "program/")
		if program == k.document {
			program = ""
		}
		what := d.Message
		if file, ok := strings.CutPrefix(d.Subject, "file/"); ok && d.Range.Start.Line > 0 {
			what = fmt.Sprintf("%s:%d: %s", file, d.Range.Start.Line, what)
		}
		a.item(Item{
			Severity: k.severity, Kind: Finding, Program: program, Subject: d.Subject, Who: cmp.Or(d.Owner, d.Team), By: by,
			What: what, Do: "progctl explain " + d.Code,
		})
	}
	for k, at := range first {
		if n := counts[k]; n > 1 {
			a.Attention[at].What = fmt.Sprintf("%s: %s of check, %s", strings.TrimPrefix(k.document, "program/"), report.Plural(n, noun(k.severity)), a.Attention[at].What)
		}
	}
}

func noun(s Severity) string {
	if s == High {
		return "error"
	}
	return "warning"
}

// document is the subject of the document that a finding lies in.
func document(d *diag.Diagnostic) string {
	parts := strings.SplitN(d.Subject, "/", 3)
	if len(parts) < 2 || parts[0] == "file" {
		return d.Subject
	}
	return parts[0] + "/" + parts[1]
}
