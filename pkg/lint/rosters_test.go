package lint_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	gocmp "github.com/google/go-cmp/cmp"
)

func TestLeftWithoutReason(t *testing.T) {
	t.Parallel()
	left := func(last string) string { return kim + ", end: " + last }
	said := func(last string) []string {
		return []string{`HC019 person "kim" left on ` + last + `, and roster "sre" does not say why`}
	}
	const fiscal = "fiscalYear: {startMonth: 2}" // FY27 is 2026-02 to 2027-01
	runPeopleCases(t, []peopleCase{
		{name: "yesterday", text: of(roster(left("2026-11-22"))), want: said("2026-11-22")},
		{name: "today is the last day", text: of(roster(left("2026-11-23")))},
		{name: "the first who left this fiscal year", text: with(fiscal, of(roster(left("2026-01-31")))), want: said("2026-01-31")},
		{name: "the last who left the one before", text: with(fiscal, of(roster(left("2026-01-30"))))},
		{name: "with a reason", text: of(roster(left("2026-06-30, leaveReason: other")))},
		{name: "back after a weekend", text: of(roster(left("2026-06-26"), "id: kim, level: L4, start: 2026-06-29"))},
		{name: "back after a working day", text: of(roster(left("2026-06-26"), "id: kim, level: L4, start: 2026-06-30")), want: said("2026-06-26")},
		{
			name: "two of them, and one of another roster", text: of(roster(left("2026-06-26"), ada, "id: bob, level: L4, start: 2022-01-10, end: 2026-03-31"),
				strings.Replace(roster("id: eve, level: L4, start: 2022-01-10, end: 2026-03-31"), "name: sre", "name: more", 1)),
			want: []string{said("2026-06-26")[0] + ", the first of 2 such people", `HC019 person "eve" left on 2026-03-31, and roster "more" does not say why`},
		},
	})
}

// fifteen are so many people with a field each: the first have it so, the others as
// given.
func fifteen(field, usual string, others ...string) []string {
	return each(15, func(i int) string {
		value := usual
		if i >= 15-len(others) {
			value = others[i-15+len(others)]
		}
		return "id: p" + string(rune('a'+i)) + ", level: L4, start: 2022-01-10, " + field + ": " + value
	})
}

func TestMisspelt(t *testing.T) {
	t.Parallel()
	people := func(usual string, others ...string) string {
		return of(roster(fifteen("location", usual, others...)...))
	}
	const praha = "rateCard: [{annualCost: 2}, {location: praha, annualCost: 1}]"
	runPeopleCases(t, []peopleCase{
		{name: "a letter less", text: people("lisbon", "lisbn"), want: []string{`HC018 location "lisbn" of person "po" is nearly "lisbon", which is used 14 times`}},
		{name: "two letters less", text: people("lisbon", "lsbn")},
		{name: "not used ten times as often", text: people("lisbon", "lisbn", "lisbn")},
		{name: "and others are not counted", text: people("lisbon", "lisbn", "porto", "austin", "dublin"), want: []string{`HC018 location "lisbn" of person "pl" is nearly "lisbon", which is used 11 times`}},
		{name: "nine times as often", text: people("lisbon", "lisbn", "porto", "austin", "dublin", "berlin", "bern")},
		{name: "two in another case", text: people("lisbon", "Lisbon", "Lisbon"), want: []string{`HC018 location "Lisbon" of person "pn" is nearly "lisbon", which is used 13 times`}},
		{name: "one and one", text: of(roster(ada+", location: lisbon", kim+", location: Lisbon"))},
		{name: "what differs in case is nearer than what is used more often", text: people("lisboa", "Lisbon", "lisbon", "lisbon", "lisbon"), want: []string{`HC018 location "Lisbon" of person "pl" is nearly "lisbon", which is used 3 times`}},
		{
			name: "of two that are as near the one used more often",
			text: of(roster(append(fifteen("location", "lisbon", slices.Repeat([]string{"lisbun"}, 5)...), append(each(11, func(i int) string {
				return "id: q" + string(rune('a'+i)) + ", level: L4, start: 2022-01-10, location: lisbun"
			}), kim+", location: lisbn")...)...)),
			want: []string{`HC018 location "lisbn" of person "kim" is nearly "lisbun", which is used 16 times`},
		},
		{
			name: "one person, before and now", text: of(roster(append(fifteen("location", "lisbon"), kim+", location: lisbn, history: [{until: 2022-12-31, location: lisbn}, {until: 2023-12-31, location: porto}, {until: 2024-12-31, location: porto}]")...)),
			want: []string{`HC018 location "lisbn" of person "kim" is nearly "lisbon", which is used 15 times`},
		},
		{name: "three of them are meant", text: people("lisbon", "Lisbon", "Lisbon", "Lisbon")},
		{name: "two cities", text: people("dublin", "lublin")},
		{name: "the rate card names one", text: with(praha, of(roster(ada+", location: prahu"))), want: []string{`HC018 location "prahu" of person "ada" is nearly "praha", which the rate card names`}},
		{name: "far from it", text: with(praha, of(roster(ada+", location: prague")))},
		{
			name: "the rate card names both",
			text: with("rateCard: [{annualCost: 2}, {location: praha, annualCost: 1}, {location: prahu, annualCost: 1}]", of(roster(ada+", location: prahu", kim+", location: praha"))),
		},
		{
			name: "a rate that nobody has",
			text: with("rateCard: [{annualCost: 2}, {location: lisbn, annualCost: 1}]", people("lisbon")),
			want: []string{`HC018 location "lisbn" of the rate card is nearly "lisbon", and nobody has it`},
		},
		{name: "a rate for a place of its own", text: with("rateCard: [{annualCost: 2}, {location: berlin, annualCost: 1}]", people("lisbon"))},
		{name: "two rates for nobody", text: with("rateCard: [{annualCost: 2}, {location: lisbn, annualCost: 1}, {location: Lisbn, annualCost: 1}]", of(roster(ada)))},
		{name: "of a former role", text: of(roster(append(fifteen("location", "porto"), "id: x, level: L4, start: 2022-01-10, history: [{until: 2023-01-09, location: poorto}, {until: 2023-03-09, location: poorto}], location: porto")...)), want: []string{
			`HC018 location "poorto" of person "x" is nearly "porto", which is used 16 times`,
		}},
		{name: "of a position", text: of(roster(fifteen("location", "lisbon")...), plan("id: s, effective: 2027-01, status: planned, location: lisobn", "id: t, effective: 2027-01, status: cancelled, location: Lisbon")), want: []string{
			`HC018 location "lisobn" of position "s" is nearly "lisbon", which is used 15 times`,
		}},
		{
			name: "of a staffing line, but not of one that is over",
			text: of(roster(fifteen("location", "lisbon")...), staffed("a", "active", "team: sre, location: LISBON, fte: 1, from: 2026-12, to: 2027-01"), staffed("b", "completed", "team: sre, location: lisbn, fte: 1, from: 2026-12, to: 2027-01")),
			want: []string{`HC018 location "LISBON" of a staffing line of program "a" is nearly "lisbon", which is used 15 times`},
		},
		{name: "private people", text: with("external: [Roster]", of(plan("id: s, effective: 2027-01, status: planned, location: Lisbon", "id: t, effective: 2027-01, status: planned, location: lisbon", "id: u, effective: 2027-01, status: planned, location: lisbon")))},
		{name: "private programs", text: with("external: [Program]", people("lisbon", "lisbn"))},
		{name: "private lines", text: with("external: [staffing]", people("lisbon", "lisbn")+"---\n"+strings.TrimSuffix(staffed("a", "active"), "  staffing:\n"))},
		{name: "a private rate card", text: with("external: [rateCard]", people("lisbon", "lisbn")), want: []string{`HC018 location "lisbn" of person "po" is nearly "lisbon", which is used 14 times`}},
		{name: "what a private rate card may say is waived", text: with("external: [rateCard]", of(roster(ada+", location: prahu, "+waiver("HC018"))))},
		{name: "private positions", text: with("external: [HeadcountPlan]", people("lisbon", "lisbn"))},
		{
			name: "waived", text: with("external: [rateCard]", of(roster(append(fifteen("location", "porto"), "id: x, level: L4, start: 2022-01-10, location: poorto, "+waiver("HC018"))...))),
			want: []string{`waived: HC018 location "poorto" of person "x" is nearly "porto", which is used 15 times`},
		},
	})
}

// What is a slip is told so, and what two roles are called so is not.
func TestNamesThatAreNear(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		usual, other string
		slip         bool
	}{
		{"engineer", "engneer", true},
		{"engineer", "engineers", true},
		{"engineer", "enginere", true},
		{"engineer", "engimeer", true},
		{"engineer", "Engineer", true},
		{"site-reliability-engineer", "Site Reliability Engineer", true},
		{"frontend", "front-end", true},
		{"data-engineer", "data-engneer", true},
		{"data-engineer", "date-engineer", false},
		{"data-engneer", "dat-engineer", false},
		{"Zürich", "Zurich", true},
		{"sre", "srm", false},
		{"sre", "SRE", true},
		{"tpm", "pm", false},
		{"ux-designer", "ui-designer", false},
		{"engineer-2", "engineer-3", false},
		{"engineer2", "engineer3", false},
		{"engineer-ii", "engineer-iii", false},
		{"engineer", "engineer-lead", false},
		{"engineer", "engineering-manager", false},
		{"senior-engineer", "junior-engineer", false},
		{"manager", "tpm-manager", false},
		{"developer", "developor-lead", false},
		{"cork", "york", false},
		{"boss", "bose", false},
		{"-", "--", false},
	} {
		text := of(strings.ReplaceAll(roster(fifteen("role", test.usual, test.other)...), "role: sre, ", ""))
		files := fstest.MapFS{"doc.yaml": &fstest.MapFile{Data: []byte(text)}}
		var got []string
		for _, d := range findPeople(t, files, "") {
			got = append(got, d.Code+" "+d.Suggestion)
		}
		var want []string
		if test.slip {
			want = []string{"HC018 " + test.usual}
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("%q beside %q (-want +got):\n%s", test.other, test.usual, diff)
		}
	}
}

// Somebody of a CSV file cannot carry a waiver, so the roster does.
func TestMisspeltInATable(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"doc.yaml": &fstest.MapFile{Data: []byte(with("rateCard: [{annualCost: 2}, {role: engineer, annualCost: 1}]",
			of("kind: Roster\nmetadata: {name: people}\nspec: {team: sre, csv: people.csv, "+waiver("HC018")+"}\n")))},
		"people.csv": &fstest.MapFile{Data: []byte("id,role,level,start\nkim,engneer,L4,2022-01-10\nada,engneer,L4,2022-01-10\n")},
	}
	var got []string
	for _, d := range findPeople(t, files, "") {
		place := d.File
		for _, r := range d.Related {
			place += " " + r.File + " " + r.Message
		}
		got = append(got, strings.Join([]string{d.Code, d.Subject, d.Key, place}, " | "))
		if !d.Waived {
			t.Errorf("%s is not waived", d.Message)
		}
	}
	if diff := gocmp.Diff([]string{`HC018 | roster/people | role engneer | people.csv people.csv person "ada"`}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
