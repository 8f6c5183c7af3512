package portfolio

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

// withTables assembles a portfolio from texts by file name; CSV files are those
// whose names end so, and rosters name them as they are named here.
func withTables(texts map[string]string) (*Snapshot, []diag.Diagnostic) {
	var parts []Part
	for name, text := range texts {
		if strings.HasSuffix(name, ".csv") {
			continue
		}
		p := Read(&source.File{Name: name, Text: []byte(text)}, Base)
		for _, c := range p.CSVFiles() {
			if text, ok := texts[c.Path]; ok {
				p.ReadCSV(c, &source.File{Name: c.Path, Text: []byte(text)})
			}
		}
		parts = append(parts, p)
	}
	return Assemble(parts)
}

// hr is a roster of a CSV file, with more of its spec.
func hr(spec string) string {
	return "kind: Roster\nmetadata: {name: hr}\nspec:\n  csv: people.csv\n" + spec
}

// org is a team, and a few levels.
const org = team + "---\nkind: Portfolio\nmetadata: {name: main}\nspec: {levels: [{id: L4}, {id: L5}]}\n"

func TestPeopleOfCSV(t *testing.T) {
	const head = "id,role,level,start,end,fte,employment,leaveReason,team,manager,name,email,github,gitlab,location\n"
	day := cal.MustDate
	ada := Person{ID: "ada", Name: "ada", Role: "sre", Level: "L5", Start: day("2024-02-29"), FTE: 1000, Employment: Employee}
	with := func(change func(*Person)) []Person { p := ada; change(&p); return []Person{p} }
	for _, test := range []struct {
		name, spec, csv string
		want            []Person
	}{
		{"the least there is", "", "id,role,level,start\nada,sre,L5,2024-02-29\n", []Person{ada}},
		{"empty cells", "", head + "ada,sre,L5,2024-02-29,,,,,,,,,,,\n", []Person{ada}},
		{"all", "", head + "ada,sre,L5,2024-02-29,2025-01-31,0.8,contractor,voluntary,sre,bob,Ada Byron,ada@example.com,a,b,Lisbon\n" +
			"bob,lead,L5,2020-01-01,,,,,,,,,,,\n", []Person{
			{
				ID: "ada", Name: "Ada Byron", Handles: Handles{"a", "b", "ada@example.com"}, Team: "sre", Role: "sre", Level: "L5", Location: "Lisbon",
				FTE: 800, Employment: Contractor, Start: day("2024-02-29"), End: day("2025-01-31"), LeaveReason: Voluntary, Manager: "bob",
			},
			{ID: "bob", Name: "bob", Role: "lead", Level: "L5", FTE: 1000, Employment: Employee, Start: day("2020-01-01")},
		}},
		{"the team of the roster", "  team: sre\n", "id,role,level,start,team\nada,sre,L5,2024-02-29,\n", with(func(p *Person) { p.Team = "sre" })},
		{"words in any case", "", head + "ada,sre,L5,2024-02-29,2024-03-31,,INTERN,Involuntary,,,,,,,\n", with(func(p *Person) {
			p.Employment, p.LeaveReason, p.End = Intern, Involuntary, day("2024-03-31")
		})},
		{"a decimal comma", "  delimiter: semicolon\n", "id;role;level;start;fte\nada;sre;L5;2024-02-29;0,800\n", with(func(p *Person) { p.FTE = 800 })},
		{"an end on the first day", "", head + "ada,sre,L5,2024-02-29,2024-02-29,,,,,,,,,,\n", with(func(p *Person) { p.End = p.Start })},
		{
			"other headers", "  columns: {id: Login, start: Hired, github: Login}\n  dateFormat: DD.MM.YYYY\n", "Login;Role;LEVEL;hired\nada;sre;L5;29.2.2024\n",
			with(func(p *Person) { p.Handles.GitHub = "ada" }),
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, diags := withTables(map[string]string{"t.yaml": org, "r.yaml": hr(test.spec), "people.csv": test.csv})
			if len(diags) > 0 || !s.Sound("roster/hr") {
				t.Fatalf("findings %q", lines(diags))
			}
			var got []Person
			for _, p := range s.Rosters[0].People {
				if p.Roster != s.Rosters[0] || p.Origin.File.Name != "people.csv" {
					t.Errorf("%s is of roster %v, in %v", p.ID, p.Roster, p.Origin)
				}
				p.Roster, p.Origin = nil, source.Origin{}
				got = append(got, *p)
			}
			if diff := cmp.Diff(test.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFindingsOfCSV(t *testing.T) {
	const head = "id,role,level,start,end,fte,employment,leaveReason,team,manager,email\n"
	for _, test := range []struct {
		name, spec, csv string
		want            []string
	}{
		{"an id that is none", "", head + "ada byron,sre,L5,2024-01-01,,,,,,,\nada@example.com,sre,L5,2024-01-01,,,,,,,\n", []string{
			`people.csv:2:1 CSV006 the person in line 2: id is "ada byron", expected an id of letters, digits, dots, hyphens and underscores such as failover-drill`,
			`people.csv:3:1 CSV006 the person in line 3: id is "ada@example.com", expected an id of letters, digits, dots, hyphens and underscores such as failover-drill`,
		}},
		{"values that are missing", "", head + ",sre,L5,2024-01-01,,,,,,,\nada,,,,,,,,,,\n", []string{
			`people.csv:2:1 CSV006 the person in line 2 lacks "id", which is required`,
			`people.csv:3:5 CSV006 person "ada" lacks "role", which is required`,
			`people.csv:3:6 CSV006 person "ada" lacks "level", which is required`,
			`people.csv:3:7 CSV006 person "ada" lacks "start", which is required`,
		}},
		{"dates", "", head + "a,sre,L5,2024-1-01,,,,,,,\nb,sre,L5,2023-02-29,31.12.2024,,,,,,\nc,sre,L5,soon,2024-01-01,,,,,,\nd,sre,L5,1969-12-31,,,,,,,\n", []string{
			`people.csv:2:10 CSV006 person "a": start is "2024-1-01", expected a date as YYYY-MM-DD → 2024-01-01`,
			`people.csv:3:10 CSV006 person "b": start is "2023-02-29": 2023-02-29 is not a date; February 2023 has 28 days`,
			`people.csv:3:21 CSV006 person "b": end is "31.12.2024", expected a date as YYYY-MM-DD → 2024-12-31`,
			`people.csv:4:10 CSV006 person "c": start is "soon", expected a date as YYYY-MM-DD`,
			`people.csv:5:10 CSV006 person "d": start is "1969-12-31": 1969-12-31 is out of range; years run from 1970 to 2199`,
		}},
		{"another format than stated", "", head + "a,sre,L5,31.01.2024,,,,,,,\nb,sre,,01.02.2024,,,,,,,\n", []string{
			`people.csv:3:7 CSV006 person "b" lacks "level", which is required`,
			`r.yaml:4:3 CSV006 roster "hr": no date of people.csv is written as YYYY-MM-DD, all 2 as DD.MM.YYYY → DD.MM.YYYY`,
		}},
		{"one of two formats", "  dateFormat: YYYYMMDD\n", head + "a,sre,L5,1/2/2024,,,,,,,\nb,sre,L5,01/02/2024,,,,,,,\n", []string{
			`r.yaml:5:15 CSV006 roster "hr": no date of people.csv is written as YYYYMMDD`,
		}},
		{"a format of some", "  dateFormat: MM/DD/YYYY\n", head + "a,sre,L5,01/02/2024,,,,,,,\nb,sre,L5,13/02/2024,,,,,,,\nc,sre,L5,2024-02-13,,,,,,,\n", []string{
			`people.csv:3:10 CSV006 person "b": start is "13/02/2024": 2024-13-02 is not a date; months run from 01 to 12`,
			`people.csv:4:10 CSV006 person "c": start is "2024-02-13", expected a date as MM/DD/YYYY → 02/13/2024`,
		}},
		{"an end before the start", "", head + "ada,sre,L5,2024-01-01,2023-12-31,,,,,,\n", []string{
			`people.csv:2:23 SCH011 person "ada": end 2023-12-31 is before its start 2024-01-01`,
		}},
		{"full-time equivalents", "", strings.ReplaceAll(head, ",", ";") + "a;sre;L5;2024-01-01;;80 %;;;;;\nb;sre;L5;2024-01-01;;0,8125;;;;;\nc;sre;L5;2024-01-01;;0;;;;;\nd;sre;L5;2024-01-01;;1.000,5;;;;;\ne;sre;L5;2024-01-01;;-1;;;;;\n", []string{
			`people.csv:2:22 CSV006 person "a": fte is "80 %", expected a number of full-time equivalents above 0 such as 0.8 → 0.8`,
			`people.csv:3:22 CSV006 person "b": fte is "0,8125", expected a number of full-time equivalents above 0 such as 0.8`,
			`people.csv:4:22 CSV006 person "c": fte is 0, expected at least 0.001`,
			`people.csv:5:22 CSV006 person "d": fte is "1.000,5", expected a number of full-time equivalents above 0 such as 0.8`,
			`people.csv:6:22 CSV006 person "e": fte is "-1", expected a number of full-time equivalents above 0 such as 0.8`,
		}},
		{"words", "", head + "ada,sre,L5,2024-01-01,2024-02-01,,Employe,retired,,,\n", []string{
			`people.csv:2:35 CSV006 person "ada": employment is "Employe", which is not an allowed value → employee`,
			`people.csv:2:43 CSV006 person "ada": leaveReason is "retired", which is not an allowed value`,
		}},
		{"names", "", head + "ada,sre,L 5,2024-01-01,,,,,SRE,the boss,nowhere\n", []string{
			`people.csv:2:28 CSV006 person "ada": team is "SRE", expected a name of lower-case letters, digits and hyphens such as disaster-recovery → sre`,
			`people.csv:2:32 CSV006 person "ada": manager is "the boss", expected an id of letters, digits, dots, hyphens and underscores such as failover-drill`,
			`people.csv:2:41 CSV006 person "ada": email is "nowhere", expected an e-mail address`,
			`people.csv:2:9 CSV006 person "ada": level is "L 5", expected an id of letters, digits, dots, hyphens and underscores such as failover-drill`,
		}},
		{"text that is too long", "", head + "ada," + strings.Repeat("x", source.MaxScalarBytes+1) + ",L5,2024-01-01,,,,,,,\n", []string{
			`people.csv:2:5 CSV006 person "ada": role is a text of 65537 bytes, the bound is 65536`,
		}},
		{"the file", "", "id;role;level\n", []string{`people.csv:1:1 CSV004 roster "hr": people.csv has no column "start"`}},
		{"a row", "", head + "ada,sre\n", []string{`people.csv:2:1 CSV005 roster "hr": a row has 2 fields, the header row has 11`}},
		{"references", "", head + "ada,sre,L6,2024-01-01,,,,,ser,adda,\nbob,sre,L6,2024-01-01,,,,,web,ada,\n", []string{
			`people.csv:2:27 REF001 there is no team "ser" → sre`,
			`people.csv:2:31 REF001 there is no person "adda" → ada`,
			`people.csv:2:9 REF001 there is no level "L6"`,
			`people.csv:3:27 REF001 there is no team "web"`,
		}},
		{"employments that overlap", "", head + "ada,sre,L5,2024-01-01,,,,,,,\nada,sre,L5,2024-02-01,,,,,,,\n", []string{
			`people.csv:3:12 REF007 person "ada" starts on 2024-02-01, but an earlier employment has no end`,
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, diags := withTables(map[string]string{"t.yaml": org, "r.yaml": hr(test.spec), "people.csv": test.csv})
			if diff := cmp.Diff(test.want, lines(diags)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if s.Sound("roster/hr") {
				t.Error("the roster is sound")
			}
			for _, d := range diags {
				if !strings.HasPrefix(d.Subject+"/", "roster/hr/") {
					t.Errorf("%s is about %s", d.Message, d.Subject)
				}
			}
		})
	}
}

func TestManyFindingsOfCSV(t *testing.T) {
	rows := func(row func(i int) string) string {
		text := "id,role,level,start\n"
		for i := range 250 {
			text += row(i)
		}
		return text
	}
	for _, test := range []struct {
		name, csv string
		n         int
		among     string
	}{
		{
			"bad rows", rows(func(i int) string { return fmt.Sprintf("p%d,,L5,2024-01-01\n", i) }), 101,
			`people.csv:102:6 CSV006 roster "hr": 150 rows more of people.csv cannot be read`,
		},
		{
			"bad rows among good ones", rows(func(i int) string { return fmt.Sprintf("p%d,%s,L5,2024-01-01\n", i, strings.Repeat("x", i%2)) }), 101,
			`people.csv:202:6 CSV006 roster "hr": 25 rows more of people.csv cannot be read`,
		},
		{
			"rows of another shape", rows(func(i int) string { return fmt.Sprintf("p%d,x\n", i) }), 101,
			`people.csv:102:1 CSV005 roster "hr": 150 rows more of people.csv cannot be read`,
		},
		{
			"dates in another format", rows(func(i int) string { return fmt.Sprintf("p%d,x,L5,2024/01/01\n", i) }), 1,
			`r.yaml:4:3 CSV006 roster "hr": no date of people.csv is written as YYYY-MM-DD, all 250 as YYYY/MM/DD → YYYY/MM/DD`,
		},
		{
			"and bad rows", rows(func(i int) string { return fmt.Sprintf("p%d,%s,L5,2024/01/01\n", i, strings.Repeat("x", i/240)) }), 102,
			`r.yaml:4:3 CSV006 roster "hr": no date of people.csv is written as YYYY-MM-DD, all 250 as YYYY/MM/DD → YYYY/MM/DD`,
		},
		{
			"two flaws in a row are of one row", rows(func(i int) string { return fmt.Sprintf("p%d,,,2024-01-01\n", i) }), 201,
			`people.csv:102:6 CSV006 roster "hr": 150 rows more of people.csv cannot be read`,
		},
		{
			"one unknown level", rows(func(i int) string { return fmt.Sprintf("p%d,x,L9,2024-01-01\n", i) }), 1,
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
	_, diags := withTables(map[string]string{"t.yaml": org, "r.yaml": hr(""), "people.csv": rows(func(i int) string { return fmt.Sprintf("p%d,x,L%d,2024-01-01\n", i, 8+i/249) })})
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
