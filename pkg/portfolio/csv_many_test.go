package portfolio

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/diag"
)

func TestManyFindingsOfCSV(t *testing.T) {
	rows := func(n int, row func(i int) string) string {
		var text strings.Builder
		text.WriteString("id,role,level,start\n")
		for i := range n {
			text.WriteString(row(i))
		}
		return text.String()
	}
	for _, test := range []struct {
		name, csv string
		n         int
		among     string
	}{
		{
			"bad rows", rows(10_150, func(i int) string { return fmt.Sprintf("p%d,,L5,2024-01-01\n", i) }), 10_001,
			`people.csv:10002:8 CSV006 roster "hr": 150 rows more of people.csv cannot be read`,
		},
		{
			"bad rows among good ones", rows(20_050, func(i int) string { return fmt.Sprintf("p%d,%s,L5,2024-01-01\n", i, strings.Repeat("x", i%2)) }), 10_001,
			`people.csv:20002:8 CSV006 roster "hr": 25 rows more of people.csv cannot be read`,
		},
		{
			"rows of another shape", rows(10_150, func(i int) string { return fmt.Sprintf("p%d,x\n", i) }), 10_001,
			`people.csv:10002:1 CSV005 roster "hr": 150 rows more of people.csv cannot be read`,
		},
		{
			"many dates in another format", rows(20_050, func(i int) string { return fmt.Sprintf("p%d,x,L5,2024/01/01\n", i) }), 1,
			`r.yaml:4:3 CSV006 roster "hr": no date of people.csv is written as YYYY-MM-DD, all 20050 as YYYY/MM/DD → YYYY/MM/DD`,
		},
		{
			"dates in another format", rows(250, func(i int) string { return fmt.Sprintf("p%d,x,L5,2024/01/01\n", i) }), 1,
			`r.yaml:4:3 CSV006 roster "hr": no date of people.csv is written as YYYY-MM-DD, all 250 as YYYY/MM/DD → YYYY/MM/DD`,
		},
		{
			"and bad rows", rows(250, func(i int) string { return fmt.Sprintf("p%d,%s,L5,2024/01/01\n", i, strings.Repeat("x", i/240)) }), 241,
			`r.yaml:4:3 CSV006 roster "hr": no date of people.csv is written as YYYY-MM-DD, all 250 as YYYY/MM/DD → YYYY/MM/DD`,
		},
		{
			"two flaws in a row are of one row", rows(10_050, func(i int) string { return fmt.Sprintf("p%d,\"\",L 5,\n", i) }), 20_001,
			`people.csv:10002:11 CSV006 roster "hr": 50 rows more of people.csv cannot be read`,
		},
		{
			"one unknown level", rows(250, func(i int) string { return fmt.Sprintf("p%d,x,L9,2024-01-01\n", i) }), 1,
			`people.csv:2:6 REF001 there is no level "L9"`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, diags := withTables(map[string]string{"t.yaml": org, "r.yaml": hr(""), "people.csv": test.csv})
			if len(diags) != test.n || !slices.Contains(lines(diags), test.among) {
				t.Errorf("%d findings, want %d, among them %s; they begin with %q", len(diags), test.n, test.among, lines(diags)[0])
			}
		})
	}
	_, diags := withTables(map[string]string{"t.yaml": org, "r.yaml": hr(""), "people.csv": rows(250, func(i int) string { return fmt.Sprintf("p%d,x,L%d,2024-01-01\n", i, 8+i/249) })})
	want := []string{
		"roster/hr level/L8 declare it in a document of kind Portfolio; known: L4, L5; 249 rows of the file name it",
		"roster/hr level/L9 declare it in a document of kind Portfolio; known: L4, L5",
	}
	var got []string
	for _, d := range diags {
		got = append(got, d.Subject+" "+d.Key+" "+d.Detail)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("cells that say the same (-want +got):\n%s", diff)
	}
}

func TestRostersOfCSV(t *testing.T) {
	const (
		good = "id,role,level,start\nada,sre,L5,2024-01-01\nbob,sre,L5,2024-01-01\n"
		bad  = "id,role,level,start\nada,sre,L5,2024-01-01\nbob,sre,L5,\n"
	)
	needs := dr("  owner: ada\n  stakeholders: [{person: bob}, {person: eve}]\n")
	for _, test := range []struct {
		name  string
		files map[string]string
		sound bool
		want  []string
	}{
		{"people are known", map[string]string{"people.csv": good, "p.yaml": needs}, true, []string{
			`p.yaml:8:42 REF001 there is no person "eve"`,
		}},
		{"of a roster with a bad row nobody is unknown", map[string]string{"people.csv": bad, "p.yaml": needs}, false, []string{
			`people.csv:3:12 CSV006 person "bob" lacks "start", which is required`,
		}},
		{"nor of one that was not read", map[string]string{"p.yaml": needs}, false, []string{}},
		{"what is not wrong in it is checked", map[string]string{"people.csv": strings.Replace(bad, "sre,L5", "sre,L6", 1)}, false, []string{
			`people.csv:2:9 REF001 there is no level "L6"`,
			`people.csv:3:12 CSV006 person "bob" lacks "start", which is required`,
		}},
		{"people beside it", map[string]string{"people.csv": good, "r.yaml": hr("  people:\n    - {id: eve, role: sre, level: L5, start: 2024-01-01}\n"), "p.yaml": needs}, true, []string{}},
		{"someone in both", map[string]string{"people.csv": good, "r.yaml": hr("  people:\n    - {id: bob, role: sre, level: L5, start: 2024-02-01}\n")}, false, []string{
			`r.yaml:6:46 REF007 person "bob" starts on 2024-02-01, but an earlier employment has no end`,
		}},
		{"two rosters of one bad file", map[string]string{"people.csv": strings.Replace(bad, "ada,sre,L5", "ada,sre,L6", 1), "q.yaml": strings.Replace(hr(""), "name: hr", "name: more", 1)}, false, []string{
			`people.csv:2:9 REF001 there is no level "L6"`,
			`people.csv:3:12 CSV006 person "bob" lacks "start", which is required`,
			`q.yaml:4:8 CSV007 rosters "hr" and "more" name the same CSV file "people.csv", so that everyone in it is there twice`,
		}},
		{"two rosters of one file", map[string]string{"people.csv": good, "q.yaml": strings.Replace(hr(""), "name: hr", "name: more", 1)}, true, []string{
			`q.yaml:4:8 CSV007 rosters "hr" and "more" name the same CSV file "people.csv", so that everyone in it is there twice`,
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := map[string]string{"t.yaml": org, "r.yaml": hr("")}
			for name, text := range test.files {
				files[name] = text
			}
			s, diags := withTables(files)
			if diff := cmp.Diff(test.want, lines(diags)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if s.Sound("roster/hr") != test.sound {
				t.Errorf("the roster is sound: %t", !test.sound)
			}
		})
	}
}

// Nobody's manager is known, and some start twice: that takes a moment, and as many
// findings as are of use.
func TestManyUnknownNamesOfCSV(t *testing.T) {
	var text strings.Builder
	text.WriteString("id,role,level,start,manager\n")
	for i := range 20_000 {
		fmt.Fprintf(&text, "p%05d,x,L5,2024-01-01,q%05d\n", i, i)
		fmt.Fprintf(&text, "p%05d,x,L4,2025-01-01,\n", i)
	}
	begin := time.Now()
	_, diags := withTables(map[string]string{"t.yaml": org, "r.yaml": hr(""), "people.csv": text.String(), "p.yaml": dr("  owner: p0000\n")})
	if took := time.Since(begin); took > 20*time.Second {
		t.Errorf("it took %s", took)
	}
	byCode, near := map[string]int{}, 0
	for _, d := range diags {
		byCode[d.Code]++
		if d.Suggestion != "" && strings.HasSuffix(d.File, ".csv") {
			near++
		}
	}
	if diff := cmp.Diff(map[string]int{"REF001": maxBadRows + 1, "REF007": maxBadRows}, byCode); diff != "" {
		t.Errorf("findings by code (-want +got):\n%s", diff)
	}
	if near == 0 || near > 30 {
		t.Errorf("%d unknown names are offered one", near)
	}
	if i := slices.IndexFunc(diags, func(d diag.Diagnostic) bool { return d.File == "p.yaml" }); i < 0 || diags[i].Suggestion == "" {
		t.Error("a document of its own is offered none")
	}
}

func TestDoubtsOfCSV(t *testing.T) {
	const good = "id,role,level,start\nada,sre,L5,2024-01-01\n"
	for _, test := range []struct {
		name, spec, csv string
		want            []string
	}{
		{"nobody", "", "id,role,level,start\n,,,\n", []string{`people.csv:1:1 CSV009 roster "hr": people.csv has a header row and nobody below it`}},
		{"a header row after all", "", strings.Replace(good, "ada", "id", 1), nil},
		{"columns that are nobody's", "", strings.Replace(strings.ReplaceAll(good, "\n", ",x\n"), ",x", ",Cost centre", 1), nil},
		{"columns that may be meant", "", "id,role,level,start,Leave Reason,end date,FTE (%),Site / Location,employmentType,Team name,Managers\nada,sre,L5,2024-01-01,,,,,,,\n", []string{
			`people.csv:1:21 CSV008 roster "hr": column "Leave Reason" of people.csv is not read, nor is another one for leaveReason`,
			`people.csv:1:34 CSV008 roster "hr": column "end date" of people.csv is not read, nor is another one for end`,
			`people.csv:1:43 CSV008 roster "hr": column "FTE (%)" of people.csv is not read, nor is another one for fte`,
			`people.csv:1:51 CSV008 roster "hr": column "Site / Location" of people.csv is not read, nor is another one for location`,
			`people.csv:1:67 CSV008 roster "hr": column "employmentType" of people.csv is not read, nor is another one for employment`,
			`people.csv:1:82 CSV008 roster "hr": column "Team name" of people.csv is not read, nor is another one for team`,
			`people.csv:1:92 CSV008 roster "hr": column "Managers" of people.csv is not read, nor is another one for manager`,
		}},
		{"columns that are not", "  team: sre\n  columns: {end: Out}\n", "id,role,level,start,Out,end date,Team lead,Weekend,Manager name,Loc\nada,sre,L5,2024-01-01,,,,,,\n", nil},
		{"a quote that swallows", "", "id,role,level,start,remark\nada,sre,L5,2024-01-01,\"new\nbob,sre,L5,2024-01-01,\neve,sre,L5,2024-01-01,12\"\nzoe,sre,L5,2024-01-01,\n", []string{
			`people.csv:2:23 CSV009 roster "hr": a value of people.csv goes over lines that look like rows of their own`,
		}},
		{"no team", "", "id,role,level,start,team\nada,sre,L5,2024-01-01,sre\nbob,sre,L5,2024-01-01,\neve,sre,L5,2024-01-01,-\n", []string{
			`people.csv:3:23 CSV009 roster "hr": no team stands in 2 rows of people.csv`,
		}},
		{"the team of the roster", "  team: sre\n", "id,role,level,start,team\nada,sre,L5,2024-01-01,\n", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, diags := withTables(map[string]string{"t.yaml": org, "r.yaml": hr(test.spec), "people.csv": test.csv})
			if diff := cmp.Diff(test.want, lines(diags)); diff != "" && len(test.want)+len(diags) > 0 {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if !s.Sound("roster/hr") {
				t.Error("a doubt makes the roster unsound")
			}
			for _, d := range diags {
				if d.Severity != diag.Warning || d.Subject != "roster/hr" {
					t.Errorf("%s is a %s about %s", d.Message, d.Severity, d.Subject)
				}
			}
		})
	}
}

// Who came back is where the last employment is.
func TestResponsibleForWhoCameBack(t *testing.T) {
	csv := "id,role,level,start,end,team\nada,sre,L5,2025-01-01,,web\nada,sre,L5,2023-01-01,2023-12-31,sre\n"
	s, diags := withTables(map[string]string{"t.yaml": org + "---\nkind: Team\nmetadata: {name: web}\n", "r.yaml": hr("  team: sre\n"), "people.csv": csv})
	if len(diags) > 0 {
		t.Fatal(lines(diags))
	}
	for subject, want := range map[string]string{"roster/hr/person/ada": "web", "roster/hr/person/eve": "sre"} {
		if _, team := s.Responsible(subject); team != want {
			t.Errorf("%s is for %q, want %q", subject, team, want)
		}
	}
}
