package portfolio

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/approval"
)

// A finding about a condition points at the part that is wrong where the file has
// the condition as it is, else at all of it; and offers the edit that mends it.
func TestApprovalConditions(t *testing.T) {
	t.Parallel()
	const head = "kind: Portfolio\nmetadata: {name: main}\nspec:\n  policy:\n    approvals:\n"
	for name, c := range map[string]struct{ text, want, fix string }{
		"plain": {
			"    - when: milestone.slpi > 10d\n      requires: ada\n",
			`6:13-6:27 approval #1: there is no "milestone.slpi" → milestone.slip`, "milestone.slip",
		},
		"flow": {
			"    - {when: budget.increase > 5 %, requires: ada}\n",
			"6:32-6:35 approval #1: a percentage has no blank before its % → 5%", "5%",
		},
		"double quotes": {
			"    - {when: \"true AND true\", requires: ada}\n",
			`6:20-6:23 approval #1: "AND" is not expected here → and`, "and",
		},
		"single quotes, more than ASCII": {
			"    - {when: '\"größer 日本\" == program.nmae', requires: ada}\n",
			`6:30-6:42 approval #1: there is no "program.nmae" → program.name`, "program.name",
		},
		"after more than ASCII in the line": {
			"    - {requires: grüße, when: slip > 3w}\n",
			`6:31-6:35 approval #1: there is no "slip" → milestone.slip`, "milestone.slip",
		},
		"the end, plain": {
			"    - requires: ada\n      when: milestone.slip >   # a comment\n",
			"7:29-7:29 approval #1: something is missing at the end", "",
		},
		"the end, quoted": {
			"    - {when: \"milestone.slip >\", requires: ada}\n",
			"6:31-6:31 approval #1: something is missing at the end", "",
		},
		"escapes in double quotes": {
			"    - {when: \"milestone.slpi\\t> 10d\", requires: ada}\n",
			`6:14-6:37 approval #1: there is no "milestone.slpi" → milestone.slip`, "",
		},
		"a quote in single quotes": {
			"    - {when: 'program.name == ''a'' and slip', requires: ada}\n",
			`6:14-6:46 approval #1: there is no "slip" → milestone.slip`, "",
		},
		"several lines": {
			"    - requires: ada\n      when: milestone.slip > 10d and\n        headcont.add\n",
			`7:13-8:21 approval #1: there is no "headcont.add" → headcount.add`, "",
		},
		"a block": {
			"    - requires: ada\n      when: >-\n        milestone.slpi\n",
			`7:13-8:23 approval #1: there is no "milestone.slpi" → milestone.slip`, "",
		},
		"an alias": {
			"    - {when: &a milestone.slip, requires: ada}\n    - {when: *a , requires: ada}\n    - {when: &b slip, requires: ada}\n    - {when: *b , requires: ada}\n",
			"8:17-8:21 approval #3: there is no \"slip\" → milestone.slip\n9:14-9:16 approval #4: there is no \"slip\" → milestone.slip", "milestone.slip",
		},
		"line endings of Windows": {
			"    - when: slip > 10d\r\n      requires: ada\r\n",
			`6:13-6:17 approval #1: there is no "slip" → milestone.slip`, "milestone.slip",
		},
		"a quote is no edit": {
			"    - {when: program.name == “a”, requires: ada}\n",
			`6:30-6:31 approval #1: "“" has no meaning here → "`, "",
		},
		"a type": {
			"    - {when: program.name > 5, requires: ada}\n",
			"6:27-6:28 approval #1: \">\" compares a text with a number", "",
		},
	} {
		s, diags := assemble(map[string]string{"p": head + c.text})
		got, fix := "", ""
		for i, d := range diags {
			if i > 0 {
				got += "\n"
			}
			r := d.Range
			got += fmt.Sprintf("%d:%d-%d:%d %s", r.Start.Line, r.Start.Column, r.End.Line, r.End.Column, d.Message)
			if d.Suggestion != "" {
				got += " → " + d.Suggestion
			}
			if d.Fix != nil {
				fix = d.Fix.NewText
			}
			if d.Code != "REF012" || d.Subject != "portfolio/main" || d.Fix != nil && d.Fix.Range != d.Range {
				t.Errorf("%s: %+v", name, d)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" || fix != c.fix {
			t.Errorf("%s: fix %q, want %q (-want +got):\n%s", name, fix, c.fix, diff)
		}
		if s.Sound("portfolio/main") {
			t.Errorf("%s: the portfolio is sound", name)
		}
	}
}

func TestApprovalsAreRead(t *testing.T) {
	t.Parallel()
	s, diags := assemble(map[string]string{"p": `kind: Portfolio
metadata: {name: main}
spec:
  policy:
    approvals:
      - {when: milestone.slip > 10d, requires: ada}
      - {when: nonsense, requires: ada}
      - {when: headcount.add, requires: [ada, grace]}
`})
	if len(diags) != 1 {
		t.Errorf("findings: %v", diags)
	}
	var got []string
	for _, a := range s.Config.Policy.Approvals {
		line := fmt.Sprint(a.Requires, " never")
		if a.Condition != nil {
			verdict, err := a.Condition.Holds(approval.Facts{Milestone: approval.Milestone{Slip: 11}})
			line = fmt.Sprint(a.Requires, " ", verdict, " ", err, " ", a.Condition.Names())
		}
		got = append(got, line)
	}
	want := []string{"[ada] yes <nil> [milestone.slip]", "[ada] never", "[ada grace] unknown <nil> [headcount.add]"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
