package conform

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/schema"
)

// The lines are read as a whole: what is wrong, how to mend it, what was meant,
// and the edit that writes it.
func TestCheckSays(t *testing.T) {
	kinds := strings.Join(schema.Kinds, ", ")
	milestone := func(fields string) string { return program + "  milestones: [{id: a, " + fields + "}]\n" }
	tests := []struct {
		name, text string
		want       []string // line:column CODE message | detail | suggestion | line:column–column of the fix and its text
	}{
		{"fine", program, nil},
		{"a list", "- a\n", []string{`1:1 SCH001 a document is a mapping with a kind, not a list | begin it with kind: and one of ` + kinds + ` | `}},
		{"no kind", "metadata: {name: x}\n", []string{`1:1 SCH001 the document has no kind | write one of ` + kinds + `; keep YAML that is no portfolio document in another folder | `}},
		{"yes for true", "kind: Portfolio\nmetadata: {name: x}\nspec: {policy: {requireSlipReason: yes}}\n", []string{`3:36 SCH005 portfolio "x": policy.requireSlipReason is "yes", expected true or false | write true |  | 3:36–39 true`}},
		{"no kind, but fields of one", "apiVersion: progctl.dev/v1\nmetadata: {name: x}\nspec: {milestones: []}\n", []string{`1:1 SCH001 the document has no kind | add kind: Program, the only kind that has these fields | `}},
		{"Kind", "Kind: Program\nmetadata: {name: x}\n", []string{`1:1 SCH001 the document has no kind |  | kind | 1:1–5 kind`}},
		{"kind in lower case", "kind: program\n", []string{`1:7 SCH001 there is no kind "program" | the kinds are ` + kinds + ` | Program | 1:7–14 Program`}},
		{"another version", "apiVersion: progctl.dev/v2\n" + program, []string{`1:13 SCH002 apiVersion "progctl.dev/v2" is not one that this progctl reads | write progctl.dev/v1, or leave it out | `}},
		{"number as text", program + "  objective: 1.10\n", []string{`7:14 SCH005 program "dr": objective is the number 1.10, expected text | quote it: "1.10" |  | 7:14–18 "1.10"`}},
		{"list as text", program + "  objective: [a]\n", []string{`7:3 SCH005 program "dr": objective is a list, expected text |  | `}},
		{"optional nothing", program + "  owner:\n", []string{`7:3 SCH005 program "dr": owner has no value, expected an id of letters, digits, dots, hyphens and underscores such as failover-drill | write one, or delete the line | `}},
		{"required nothing", milestone("due: "), []string{`7:24 SCH005 milestone "a": due has no value, expected a date, YYYY-MM-DD | write a value, for example due: 2026-10-30 | `}},
		{"comment with space", program + "  objective: # to be written\n", []string{`7:3 SCH005 program "dr": objective has no value, expected text | write one, or delete the line | `}},
		{"comment", "kind: Program\nmetadata: {name: dr}\nspec:\n  status: active\n  start: 2026-02-02\n  due: 2027-01-29\n  objective:   #42 done  \n", []string{`7:16 SCH005 program "dr": objective has no value, expected text | everything after # is a comment; quote it: "#42 done" |  | 7:16–24 "#42 done"`}},
		{"spec nothing", "kind: Program\nmetadata: {name: dr}\nspec:\n", []string{`3:1 SCH005 program "dr": spec has no value, expected a mapping | write a value, for example spec: {status: active, start: 2026-02-02, due: 2027-01-29} | `}},
		{"no spec", "apiVersion: progctl.dev/v1\nmetadata: {name: dr}\nkind: Program\n", []string{`3:1 SCH004 program "dr" lacks "spec", which is required | add it, for example spec: {status: active, start: 2026-02-02, due: 2027-01-29} | `}},
		{"no name", "kind: Team\nmetadata: {title: x}\n", []string{`2:1 SCH004 team: metadata lacks "name", which is required | add it, for example name: tpm | `}},
		{"scalar for metadata", "kind: Team\nmetadata: sre\n", []string{`2:11 SCH005 team: metadata is "sre", expected a mapping with at least a name | write {name: sre} | `}},
		{"metadata wrong", "kind: Team\nmetadata: {name: sre, titel: x, title: 3}\n", []string{
			`2:23 SCH003 team "sre": metadata has an unknown field "titel" | fields here: labels, links, name, title | `,
			`2:40 SCH005 team "sre": metadata.title is the number 3, expected a line of text | quote it: "3" |  | 2:40–41 "3"`,
		}},
		{"month", program + "  budget: {lines: [{id: l, category: c, type: opex, amount: 1, from: 2026-3, to: 2026-04-30}]}\n", []string{
			`7:70 SCH008 line "l": from is "2026-3", expected a month, YYYY-MM |  | 2026-03 | 7:70–76 2026-03`,
			`7:82 SCH008 line "l": to is "2026-04-30", expected a month, YYYY-MM |  | 2026-04 | 7:82–92 2026-04`,
		}},
		{"month 13", program + "  budget: {lines: [{id: l, category: c, type: opex, amount: \"1,250,000.10\", from: 2026-13, to: 2026-04, forecast: {2026-5: 1}}]}\n", []string{
			`7:61 SCH007 line "l": amount is "1,250,000.10", expected an amount of money such as 1250000.10 |  | 1250000.10 | 7:61–75 "1250000.10"`,
			`7:116 SCH008 line "l": forecast has a key "2026-5", expected a month, YYYY-MM |  | 2026-05 | 7:116–122 2026-05`,
			`7:83 SCH008 line "l": from 2026-13 is not a month; months run from 01 to 12 |  | `,
		}},
		{"month or date", program + "  staffing: [{role: sre, fte: \"0.5\", from: 2026-3, to: 31/12/2026}]\n", []string{
			`7:44 SCH008 staffing-line #1: from is "2026-3", expected a month, YYYY-MM, or a date, YYYY-MM-DD |  | 2026-03 | 7:44–50 2026-03`,
			`7:31 SCH005 staffing-line #1: fte is "0.5", expected a number of full-time equivalents such as 0.5 | write it without quotes: 0.5 |  | 7:31–36 0.5`,
			`7:56 SCH008 staffing-line #1: to is "31/12/2026", expected a month, YYYY-MM, or a date, YYYY-MM-DD |  | 2026-12-31 | 7:56–66 2026-12-31`,
		}},
		{"month or date again", program + "  staffing: [{role: sre, fte: -1, from: 2026-13, to: soon}]\n", []string{
			`7:41 SCH008 staffing-line #1: from 2026-13 is not a month; months run from 01 to 12 |  | `,
			`7:31 SCH009 staffing-line #1: fte is -1, expected at least 0 |  | `,
			`7:54 SCH008 staffing-line #1: to is "soon", expected a month, YYYY-MM, or a date, YYYY-MM-DD |  | `,
		}},
		{"no such day", milestone("due: 2026-02-29"), []string{`7:29 SCH008 milestone "a": due 2026-02-29 is not a date; February 2026 has 28 days |  | `}},
		{"too early", milestone("due: 1969-12-31"), []string{`7:29 SCH008 milestone "a": due 1969-12-31 is out of range; years run from 1970 to 2199 |  | `}},
		{"swapped", milestone("due: 2026-18-12"), []string{`7:29 SCH008 milestone "a": due 2026-18-12 is not a date; months run from 01 to 12 |  | 2026-12-18 | 7:29–39 2026-12-18`}},
		{"number date", milestone("due: 20261218"), []string{`7:29 SCH008 milestone "a": due is the number 20261218, expected a date, YYYY-MM-DD |  | 2026-12-18 | 7:29–37 2026-12-18`}},
		{"month date", milestone("due: 2026-12"), []string{`7:29 SCH008 milestone "a": due is "2026-12", expected a date, YYYY-MM-DD | that is a month; add the day | `}},
		{"ambiguous date", milestone("due: 03/02/2026"), []string{`7:29 SCH008 milestone "a": due is "03/02/2026", expected a date, YYYY-MM-DD |  | `}},
		{"true for a date", milestone("due: true"), []string{`7:29 SCH005 milestone "a": due is the value true, expected a date, YYYY-MM-DD |  | `}},
		{"list for a date", milestone("due: [2026-01-01]"), []string{`7:24 SCH005 milestone "a": due is a list, expected a date, YYYY-MM-DD |  | `}},
		{"whole percent", milestone("due: 2026-03-01, percentComplete: 40"), []string{`7:58 SCH005 milestone "a": percentComplete is the number 40, expected a percentage from 0% to 100% such as 40% |  | 40% | 7:58–60 40%`}},
		{"part of one", milestone("due: 2026-03-01, percentComplete: 0.4"), []string{`7:58 SCH005 milestone "a": percentComplete is the number 0.4, expected a percentage from 0% to 100% such as 40% |  | 40% | 7:58–61 40%`}},
		{"part of one with decimals", milestone("due: 2026-03-01, percentComplete: 0.125"), []string{`7:58 SCH005 milestone "a": percentComplete is the number 0.125, expected a percentage from 0% to 100% such as 40% |  | 12.5% | 7:58–63 12.5%`}},
		{"quoted percent", milestone("due: 2026-03-01, percentComplete: '40'"), []string{`7:58 SCH007 milestone "a": percentComplete is "40", expected a percentage from 0% to 100% such as 40% |  | 40% | 7:58–62 40%`}},
		{"space percent", milestone("due: 2026-03-01, percentComplete: 40 %"), []string{`7:58 SCH007 milestone "a": percentComplete is "40 %", expected a percentage from 0% to 100% such as 40% |  | 40% | 7:58–62 40%`}},
		{"above the whole", milestone("due: 2026-03-01, percentComplete: 140%"), []string{`7:58 SCH009 milestone "a": percentComplete is "140%", expected at most 100% |  | `}},
		{"below nothing", milestone("due: 2026-03-01, percentComplete: -5"), []string{`7:58 SCH009 milestone "a": percentComplete is -5, expected at least 0% |  | `}},
		{"duration in words", milestone("due: 2026-03-01, duration: 3 weeks"), []string{`7:51 SCH007 milestone "a": duration is "3 weeks", expected a duration in working days or weeks such as 15d or 3w |  | 3w | 7:51–58 3w`}},
		{"duration in capitals", milestone("due: 2026-03-01, duration: 15D"), []string{`7:51 SCH007 milestone "a": duration is "15D", expected a duration in working days or weeks such as 15d or 3w |  | 15d | 7:51–54 15d`}},
		{"duration without a unit", milestone("due: 2026-03-01, duration: 15"), []string{`7:51 SCH005 milestone "a": duration is the number 15, expected a duration in working days or weeks such as 15d or 3w |  | `}},
		{"estimate missing", milestone("due: 2026-03-01, estimate: {likely: 2d}"), []string{
			`7:41 SCH004 milestone "a": estimate lacks "optimistic", which is required | add it, for example optimistic: 5d | `,
			`7:41 SCH004 milestone "a": estimate lacks "pessimistic", which is required | add it, for example pessimistic: 20d | `,
		}},
		{"deeper", milestone("due: 2026-03-01, likely: 2d"), []string{`7:41 SCH003 milestone "a" has an unknown field "likely" | likely is a field of estimate: move it there | `}},
		{"objective", milestone("due: 2026-03-01, objective: x"), []string{`7:41 SCH003 milestone "a" has an unknown field "objective" | objective is a field of spec: move it there | `}},
		{"spec left out", program + "milestones: []\n", []string{`7:1 SCH003 program "dr" has an unknown field "milestones" | milestones is a field of spec: move it there | `}},
		{"title in spec", program + "  title: x\n", []string{`7:3 SCH003 program "dr" has an unknown field "title" | title is a field of metadata: move it there | `}},
		{"kind in spec", program + "  kind: x\n", []string{`7:3 SCH003 program "dr" has an unknown field "kind" | kind is a field of the document: move it there | `}},
		{"unknown", program + "  zebra: x\n", []string{`7:3 SCH003 program "dr" has an unknown field "zebra" | fields here: baseline, budget, completed, confirmed, due, dueReason, evm, health, milestones, objective, objectives, owner, priority, reviews, risks, sponsor, staffing, stakeholders, start, status, successCriteria, team, theme, waivers | `}},
		{"candidates", "kind: HeadcountPlan\nmetadata: {name: x}\nspec: {fiscalYear: FY27, positions: [{id: S-1, role: r, level: L4, type: growth, status: open, effective: 2026-05, candidates: [a], name: b, pipeline: {screen: {applicant: c, entred: 3}}}]}\n", []string{
			`3:116 SCH003 position "S-1" has an unknown field "candidates" | candidates are never named, for git keeps everything for ever: pipeline: counts them by stage | `,
			`3:133 SCH003 position "S-1" has an unknown field "name" | candidates are never named, for git keeps everything for ever: pipeline: counts them by stage | `,
			`3:162 SCH003 position "S-1": pipeline.screen has an unknown field "applicant" | candidates are never named, for git keeps everything for ever: pipeline: counts them by stage | `,
			`3:176 SCH003 position "S-1": pipeline.screen has an unknown field "entred" |  | entered | 3:176–182 entered`,
		}},
		{"scalar for a list", milestone("due: 2026-03-01, dependsOn: b"), []string{`7:52 SCH005 milestone "a": dependsOn is "b", expected a list | write [b] |  | 7:52–53 [b]`}},
		{"texts for a list", milestone("due: 2026-03-01, dependsOn: 'b, c'"), []string{`7:52 SCH005 milestone "a": dependsOn is "b, c", expected a list | write [b, c] |  | 7:52–58 [b, c]`}},
		{"bad entry of a list", milestone("due: 2026-03-01, dependsOn: [b, c d]"), []string{`7:56 SCH007 milestone "a": dependency #2 is "c d", expected a milestone, or a mapping such as {on: restore-tested, lag: 5d} |  | `}},
		{"bad field in an entry of a list", milestone("due: 2026-03-01, dependsOn: [{on: b, type: XX}]"), []string{`7:67 SCH006 dependency #1: type is "XX", which is not an allowed value | the values are FS, SS, FF, SF | `}},
		{"number in a list", milestone("due: 2026-03-01, acceptance: [text, 3]"), []string{`7:60 SCH005 milestone "a": acceptance #2 is the number 3, expected text | quote it: "3" |  | 7:60–61 "3"`}},
		{"mapping for a list", program + "  milestones:\n    beta: {due: 2026-02-02}\n", []string{`7:3 SCH005 program "dr": milestones is a mapping, expected a list | write each entry with a dash and its id: - id: beta | `}},
		{"scalar for a mapping", program + "  milestones: [beta]\n", []string{`7:16 SCH005 program "dr": milestone #1 is "beta", expected a milestone with id and due | write {id: beta, due: …} | `}},
		{"misspelt required", milestone("deu: 2026-03-01"), []string{`7:24 SCH003 milestone "a" has an unknown field "deu" |  | due | 7:24–27 due`}},
		{"id with a space", program + "  milestones: [{id: Phase 2, due: 2026-03-01}]\n", []string{`7:21 SCH007 milestone "Phase 2": id is "Phase 2", expected an id of letters, digits, dots, hyphens and underscores such as failover-drill |  | Phase-2 | 7:21–28 Phase-2`}},
		{"someone else's name", milestone("due: 2026-03-01, owner: Ada Lovelace"), []string{`7:48 SCH007 milestone "a": owner is "Ada Lovelace", expected an id of letters, digits, dots, hyphens and underscores such as failover-drill |  | `}},
		{"name", "kind: Team\nmetadata: {name: Site Reliability_Eng.}\n", []string{`2:18 SCH007 team "Site Reliability_Eng.": metadata.name is "Site Reliability_Eng.", expected a name of lower-case letters, digits and hyphens such as disaster-recovery |  | site-reliability-eng | 2:18–39 site-reliability-eng`}},
		{"name with other letters", "kind: Team\nmetadata: {name: Équipe}\n", []string{`2:18 SCH007 team "Équipe": metadata.name is "Équipe", expected a name of lower-case letters, digits and hyphens such as disaster-recovery |  | `}},
		{"percent sign in an enum", program + "  evm: 100%!s\n", []string{`7:8 SCH006 program "dr": evm is "100%!s", which is not an allowed value | the values are milestones, percent | `}},
		{"number for a mapping", "kind: Team\nmetadata: {name: x}\nspec: 3\n", []string{`3:7 SCH005 team "x": spec is the number 3, expected a mapping |  | `}},
		{"currency", program + "  budget: {currency: usd}\n", []string{`7:22 SCH007 program "dr": budget.currency is "usd", expected a currency code such as USD |  | USD | 7:22–25 USD`}},
		{"goals", "kind: Goals\nmetadata: {name: x}\nspec: {person: ada, quarter: fy27 q2}\n", []string{`3:30 SCH007 goals "x": quarter is "fy27 q2", expected a fiscal quarter such as FY27Q2 |  | FY27Q2 | 3:30–37 FY27Q2`}},
		{"waiver", milestone("due: 2026-03-01, waivers: [MS001]"), []string{`7:51 SCH005 milestone "a": waiver #1 is "MS001", expected a waiver with rule, until, reason and approvedBy | write {rule: MS001, until: …, reason: …, approvedBy: …} | `}},
		{"holiday", "kind: Portfolio\nmetadata: {name: x}\nspec: {calendar: {holidays: [25/12/2026, Christmas]}}\n", []string{
			`3:30 SCH008 portfolio "x": calendar.holiday #1 is "25/12/2026", expected a date, YYYY-MM-DD, or a date with a name |  | 2026-12-25 | 3:30–40 2026-12-25`,
			`3:42 SCH008 portfolio "x": calendar.holiday #2 is "Christmas", expected a date, YYYY-MM-DD, or a date with a name |  | `,
		}},
		{"bounds", "kind: Portfolio\nmetadata: {name: x}\nspec: {fiscalYear: {startMonth: 13}, currency: 3}\n", []string{
			`3:48 SCH005 portfolio "x": currency is the number 3, expected a currency code such as USD |  | `,
			`3:33 SCH009 portfolio "x": fiscalYear.startMonth is 13, expected at most 12 |  | `,
		}},
		{"yes", "kind: Review\nmetadata: {name: x}\nspec: {date: 2026-11-17, actions: [{id: a, title: t, done: yes}]}\n", []string{`3:60 SCH008 action "a": done is "yes", expected the date on which it was done, YYYY-MM-DD, or true | write true |  | 3:60–63 true`}},
		{"survey", "kind: Survey\nmetadata: {name: x}\nspec: {program: dr, period: Q2 2027}\n", []string{`3:29 SCH007 survey "x": period is "Q2 2027", expected a fiscal quarter such as FY27Q2 or a month such as 2026-05 |  | `}},
		{"labels", "kind: Team\nmetadata: {name: x, labels: {a b: 3}}\n", []string{`2:30 SCH007 team "x": metadata.labels has a key "a b", expected a label name such as pillar |  | `}},
		{"roster", "kind: Roster\nmetadata: {name: x}\nspec: {people: [{id: ada}]}\n", []string{
			`3:17 SCH004 person "ada" lacks "role", which is required | add it, for example role: tpm | `,
			`3:17 SCH004 person "ada" lacks "level", which is required | add it, for example level: L6 | `,
			`3:17 SCH004 person "ada" lacks "start", which is required | add it, for example start: 2024-03-01 | `,
		}},
		{"fiscal year", "kind: HeadcountPlan\nmetadata: {name: x}\nspec: {fiscalYear: 2027, positions: [{id: P1}]}\n", []string{
			`3:20 SCH005 headcountplan "x": fiscalYear is the number 2027, expected a fiscal year such as FY27 |  | FY2027 | 3:20–24 FY2027`,
			`3:38 SCH004 position "P1" lacks "role", which is required | add it, for example role: tpm | `,
			`3:38 SCH004 position "P1" lacks "level", which is required | add it, for example level: L5 | `,
			`3:38 SCH004 position "P1" lacks "type", which is required | add it, for example type: growth; its values are growth, backfill | `,
			`3:38 SCH004 position "P1" lacks "status", which is required | add it, for example status: open; its values are planned, approved, open, on-hold, offered, filled, cancelled | `,
			`3:38 SCH004 position "P1" lacks "effective", which is required | add it, for example effective: 2026-05 | `,
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, said(t, test.text)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// said is what Check says of a document.
func said(t *testing.T, text string) []string {
	t.Helper()
	var got []string
	for _, d := range Check(document(t, text)) {
		fix := ""
		if d.Fix != nil {
			fix = fmt.Sprintf(" | %d:%d–%d %s", d.Fix.Range.Start.Line, d.Fix.Range.Start.Column, d.Fix.Range.End.Column, d.Fix.NewText)
		}
		got = append(got, fmt.Sprintf("%d:%d %s %s | %s | %s%s", d.Range.Start.Line, d.Range.Start.Column, d.Code, d.Message, d.Detail, d.Suggestion, fix))
	}
	return got
}
