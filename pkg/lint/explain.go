package lint

import (
	"embed"
	"fmt"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/report"
)

// docs explains each code in a txtar archive: what the rule is about, then
// bad.yaml, which breaks it, the day where that matters, the findings that are
// wanted, and good.yaml, which keeps it. A rule about changes has before.yaml too:
// it is committed first, and then either of the two in its place, on the two days
// and with the message of the second commit that are given. Any other file lies
// beside, one below bad/ or good/ beside that one alone. Tests run them. A code that no such archive could hold has prose alone.
//
//go:embed docs/*.txtar
var docs embed.FS

// Doc is the explanation of a code.
type Doc struct {
	// Help is prose.
	Help string
	// Bad breaks the rule, Good keeps it: the documents of a portfolio.
	Bad, Good string
	// Before, where it is not empty, is what was committed before either of them, in
	// the same file.
	Before string
	// Days are those of the two commits, and Message is that of the second one.
	Days    []string
	Message string
	// Horizon is how far to look for what is due; empty does not look.
	Horizon string
	// Beside are other files, which lie beside both; WithBad and WithGood are those
	// that lie beside one of the two.
	Beside, WithBad, WithGood []txtar.File
	// AsOf is the day on which Bad breaks it.
	AsOf string
	// Want are the findings in Bad, a line each: line:column CODE message; those in a
	// file beside it begin with its name and a colon.
	Want string
}

// DocOf returns the explanation of a code.
func DocOf(code string) (Doc, error) {
	text, err := docs.ReadFile("docs/" + code + ".txtar")
	if err != nil {
		return Doc{}, fmt.Errorf("there is no explanation of %s", code)
	}
	a := txtar.Parse(text)
	d := Doc{Help: strings.TrimSpace(string(a.Comment))}
	for _, f := range a.Files {
		switch f.Name {
		case "bad.yaml":
			d.Bad = string(f.Data)
		case "good.yaml":
			d.Good = string(f.Data)
		case "before.yaml":
			d.Before = string(f.Data)
		case "days":
			d.Days = strings.Fields(string(f.Data))
		case "message":
			d.Message = string(f.Data)
		case "horizon":
			d.Horizon = strings.TrimSpace(string(f.Data))
		case "as-of":
			d.AsOf = strings.TrimSpace(string(f.Data))
		case "want":
			d.Want = string(f.Data)
		default:
			list := &d.Beside
			if name, ok := strings.CutPrefix(f.Name, "bad/"); ok {
				f.Name, list = name, &d.WithBad
			} else if name, ok := strings.CutPrefix(f.Name, "good/"); ok {
				f.Name, list = name, &d.WithGood
			}
			*list = append(*list, f)
		}
	}
	return d, nil
}

// ruleData is a rule for machines.
type ruleData struct {
	Code       string        `json:"code"`
	Name       string        `json:"name"`
	Summary    string        `json:"summary"`
	Severity   diag.Severity `json:"severity"`
	Structural bool          `json:"structural"`
}

func machine(r diag.Rule) ruleData {
	return ruleData{r.Code, r.Name, r.Summary, r.Severity, r.Structural}
}

// Describe fills a report with a list of rules.
func Describe(r *report.Report, rules []diag.Rule) {
	list := make([]ruleData, len(rules))
	t := &report.Table{Columns: []report.Column{
		{Header: "Code", Key: "code"},
		{Header: "Severity", Key: "severity", Priority: 1},
		{Header: "Rule", Key: "name", Priority: 2},
		{Header: "Summary", Key: "summary"},
	}}
	for i, rule := range rules {
		list[i] = machine(rule)
		t.Append(report.Say(rule.Code), report.Cell{Text: rule.Severity.String(), Value: rule.Severity.String(), Tone: tone(rule.Severity)},
			report.Say(rule.Name), report.Say(rule.Summary))
	}
	r.Data = map[string]any{"rules": list}
	r.Add(t)
}

func tone(s diag.Severity) report.Tone {
	switch s {
	case diag.Error:
		return report.Bad
	case diag.Warning:
		return report.Warn
	}
	return report.None
}

// Explain fills a report with the explanation of one rule.
func Explain(r *report.Report, rule diag.Rule) error {
	d, err := DocOf(rule.Code)
	if err != nil {
		return err
	}
	r.Data = struct {
		ruleData
		Help   string `json:"help"`
		Before string `json:"before"`
		Bad    string `json:"bad"`
		Good   string `json:"good"`
	}{machine(rule), d.Help, d.Before, d.Bad, d.Good}
	how := "It can be waived for one thing at a time, and policy.rules sets its severity."
	if rule.Structural {
		how = "It can be neither waived nor switched off: what does not validate is left out of reports."
	} else if lateRule(Rules, rule.Code) {
		how = "It cannot be waived; policy.rules sets its severity."
	}
	r.Add(
		report.Heading(fmt.Sprintf("%s %s (%s)", rule.Code, rule.Name, rule.Severity)),
		report.Text(rule.Summary+"."),
		report.Text(d.Help),
		report.Text(how),
	)
	changed := ""
	if d.Before != "" && len(d.Days) == 2 {
		r.Add(report.Heading("Committed on "+d.Days[0]), report.Text(indent(d.Before)))
		changed = ", once this is committed on " + d.Days[1]
	}
	if d.Bad != "" {
		heading := "Found"
		if d.AsOf != "" {
			heading += " on " + d.AsOf
		}
		if d.Horizon != "" {
			heading += " with --horizon " + d.Horizon
		}
		r.Add(report.Heading(heading+changed), report.Text(indent(d.Bad)))
		beside(r, "Beside it", d.WithBad)
		r.Add(report.Text(indent(d.Want)))
		if d.Message != "" {
			r.Add(report.Heading("Message of that commit"), report.Text(indent(d.Message)))
		}
	}
	if d.Good != "" {
		r.Add(report.Heading("Fine"+changed), report.Text(indent(d.Good)))
		beside(r, "Beside it", d.WithGood)
	}
	beside(r, "Beside both", d.Beside)
	return nil
}

// beside shows other files.
func beside(r *report.Report, where string, files []txtar.File) {
	for _, f := range files {
		r.Add(report.Heading(where+": "+f.Name), report.Text(indent(string(f.Data))))
	}
}

func indent(text string) string {
	return "    " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n    ")
}
