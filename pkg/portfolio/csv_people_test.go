package portfolio

import (
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
		{"empty cells", "  team: sre\n", head + "ada,sre,L5,2024-02-29,,,,,,,,,,,\n", with(func(p *Person) { p.Team = "sre" })},
		{"all", "", head + "ada,sre,L5,2024-02-29,2025-01-31,0.8,contractor,voluntary,sre,bob,Ada Byron,ada@example.com,a,b,Lisbon\n" +
			"bob,lead,L5,2020-01-01,,,,,sre,,,,,,\n", []Person{
			{
				ID: "ada", Name: "Ada Byron", Handles: Handles{"a", "b", "ada@example.com"}, Team: "sre", Role: "sre", Level: "L5", Location: "Lisbon",
				FTE: 800, Employment: Contractor, Start: day("2024-02-29"), End: day("2025-01-31"), LeaveReason: Voluntary, Manager: "bob",
			},
			{ID: "bob", Name: "bob", Team: "sre", Role: "lead", Level: "L5", FTE: 1000, Employment: Employee, Start: day("2020-01-01")},
		}},
		{"the team of the roster", "  team: sre\n", "id,role,level,start,team\nada,sre,L5,2024-02-29,\n", with(func(p *Person) { p.Team = "sre" })},
		{"words in any case", "", head + "ada,sre,L5,2024-02-29,2024-03-31,,INTERN,Involuntary,sre,,,,,,\n", with(func(p *Person) {
			p.Team, p.Employment, p.LeaveReason, p.End = "sre", Intern, Involuntary, day("2024-03-31")
		})},
		{"a decimal comma", "  delimiter: semicolon\n", "id;role;level;start;fte\nada;sre;L5;2024-02-29;0,800\n", with(func(p *Person) { p.FTE = 800 })},
		{"an end on the first day", "", head + "ada,sre,L5,2024-02-29,2024-02-29,,,,sre,,,,,,\n", with(func(p *Person) { p.End, p.Team = p.Start, "sre" })},
		{"words for nothing", "", head + "ada,sre,L5,2024-02-29,-,N/A,null,#N/A,sre,None,–,--,(NULL),#NV,n/a\n", with(func(p *Person) { p.Team = "sre" })},
		{"midnight", "", "id,role,level,start,end\nada,sre,L5,2024-02-29T00:00:00Z,2024-03-01 0:00\nbob,sre,L5,2024-02-29 00:00:00.000,2024-03-01 12:00:00 AM\n", []Person{
			{ID: "ada", Name: "ada", Role: "sre", Level: "L5", Start: day("2024-02-29"), End: day("2024-03-01"), FTE: 1000, Employment: Employee},
			{ID: "bob", Name: "bob", Role: "sre", Level: "L5", Start: day("2024-02-29"), End: day("2024-03-01"), FTE: 1000, Employment: Employee},
		}},
		{"an end that is none", "  dateFormat: DD.MM.YYYY\n", "id,role,level,start,end\nada,sre,L5,29.02.2024,31.12.9999\nbob,sre,L5,29.02.2024,9999-12-31 00:00:00\n", []Person{
			ada, {ID: "bob", Name: "bob", Role: "sre", Level: "L5", Start: day("2024-02-29"), FTE: 1000, Employment: Employee},
		}},
		{"a text of as many bytes as there may be", "", "id,role,level,start\nada," + strings.Repeat("x", source.MaxScalarBytes) + ",L5,2024-02-29\n", with(func(p *Person) { p.Role = strings.Repeat("x", source.MaxScalarBytes) })},
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
			`people.csv:3:5 CSV006 person "ada" lacks "role", "level", "start", which are required`,
		}},
		{"a row of totals", "", head + "Total 2026,,,,,12.5,,,,,\nada,sre,N/A,,,,,,,,\n", []string{
			`people.csv:2:12 CSV006 the person in line 2 lacks "role", "level", "start", which are required`,
			`people.csv:3:9 CSV006 person "ada" lacks "level", "start", which are required`,
		}},
		{"the header row again", "", head + "ada,sre,L5,2024-01-01,,,,,sre,,\n" + head, []string{
			`people.csv:3:1 CSV005 roster "hr": the header row stands here again`,
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
			`r.yaml:5:15 CSV006 roster "hr": 2 of 2 dates of people.csv are not written as YYYYMMDD`,
		}},
		{"a format of some", "  dateFormat: MM/DD/YYYY\n", head + "a,sre,L5,01/02/2024,,,,,sre,,\nb,sre,L5,13/02/2024,,,,,,,\nc,sre,L5,2024-02-13,,,,,,,\n", []string{
			`people.csv:3:10 CSV006 person "b": start is "13/02/2024": 2024-13-02 is not a date; months run from 01 to 12`,
			`people.csv:4:10 CSV006 person "c": start is "2024-02-13", expected a date as MM/DD/YYYY → 02/13/2024`,
		}},
		{"a format of most", "", head + "a,sre,L5,2024-01-31,2024-02-31,,,,sre,,\nb,sre,L5,01.02.2024,31.02.2024,,,,,,\nc,sre,L5,13/02/2024,1.2.2024,,,,,,\nd,sre,L5,01.02.2024,01.02.2024,,,,,,\n", []string{
			`people.csv:2:21 CSV006 person "a": end is "2024-02-31": 2024-02-31 is not a date; February 2024 has 29 days`,
			`people.csv:4:10 CSV006 person "c": start is "13/02/2024", expected a date as YYYY-MM-DD → 2024-02-13`,
			`r.yaml:4:3 CSV006 roster "hr": 5 of 8 dates of people.csv are not written as YYYY-MM-DD, but as DD.MM.YYYY → DD.MM.YYYY`,
		}},
		{"a format of half", "", head + "a,sre,L5,2024-01-31,,,,,sre,,\nb,sre,L5,01.02.2024,2024-02-01,,,,,,\nc,sre,L5,01.02.2024,,,,,,,\n", []string{
			`people.csv:3:10 CSV006 person "b": start is "01.02.2024", expected a date as YYYY-MM-DD`,
			`people.csv:4:10 CSV006 person "c": start is "01.02.2024", expected a date as YYYY-MM-DD`,
		}},
		{"day and month swapped", "  dateFormat: DD/MM/YYYY\n", head + "a,sre,L5,01/02/2024,,,,,sre,,\nb,sre,L5,01/13/2024,12/31/9999,,,,,,\nc,sre,L5,02/28/2024,,,,,,,\n", []string{
			`r.yaml:5:15 CSV006 roster "hr": 2 of 3 dates of people.csv are no days as DD/MM/YYYY, all are as MM/DD/YYYY → MM/DD/YYYY`,
		}},
		{"day and month swapped in some", "  dateFormat: DD/MM/YYYY\n", head + "a,sre,L5,31/02/2024,,,,,,,\nb,sre,L5,01/13/2024,,,,,,,\n", []string{
			`people.csv:2:10 CSV006 person "a": start is "31/02/2024": 2024-02-31 is not a date; February 2024 has 29 days`,
			`people.csv:3:10 CSV006 person "b": start is "01/13/2024": 2024-13-01 is not a date; months run from 01 to 12`,
		}},
		{"what is no date to anybody else", "", head + "a,sre,L5,2024-01-06 08:15,1900-01-01,,,,,,\nb,sre,L5,45297,,,,,,,\nc,sre,L5,25568,2024-01-06,,,,,,\n", []string{
			`people.csv:2:10 CSV006 person "a": start is "2024-01-06 08:15", expected a date as YYYY-MM-DD → 2024-01-06`,
			`people.csv:2:27 CSV006 person "a": end is "1900-01-01": 1900-01-01 is out of range; years run from 1970 to 2199`,
			`people.csv:3:10 CSV006 person "b": start is "45297", expected a date as YYYY-MM-DD → 2024-01-06`,
			`people.csv:4:10 CSV006 person "c": start is "25568", expected a date as YYYY-MM-DD`,
		}},
		{"hours and percentages", "", head + "a,sre,L5,2024-01-01,,80,,,sre,,\nb,sre,L5,2024-01-01,,37.5,,,sre,,\nc,sre,L5,2024-01-01,,2.001,,,sre,,\nd,sre,L5,2024-01-01,,2,,,sre,,\ne,sre,L5,2024-01-01,,100,,,sre,,\nf,sre,L5,2024-01-01,,50,,,sre,,\ng,sre,L5,2024-01-01,,200.1,,,sre,,\n", []string{
			`people.csv:2:22 CSV006 person "a": fte is 80, expected at most 2 → 0.8`,
			`people.csv:3:22 CSV006 person "b": fte is 37.5, expected at most 2`,
			`people.csv:4:22 CSV006 person "c": fte is 2.001, expected at most 2`,
			`people.csv:6:22 CSV006 person "e": fte is 100, expected at most 2 → 1`,
			`people.csv:7:22 CSV006 person "f": fte is 50, expected at most 2 → 0.5`,
			`people.csv:8:22 CSV006 person "g": fte is 200.1, expected at most 2`,
		}},
		{"an end before the start that is not the only flaw", "", head + "ada,sre,,2024-01-01,2023-12-31,,,,,,\n", []string{
			`people.csv:2:9 CSV006 person "ada" lacks "level", which is required`,
		}},
		{"case of names", "", head + "ada,sre,l5,2024-01-01,,,,,sre,ADA,\n", []string{
			`people.csv:2:31 REF001 there is no person "ADA" → ada`,
			`people.csv:2:9 REF001 there is no level "l5" → L5`,
		}},
		{"the same row twice", "", head + "ada,sre,L5,2024-01-01,,,,,sre,,\nada,sre,L5,2024-01-01,,,,,sre,,\nada,sre,L5,2024-01-01,,0.5,,,sre,,\n", []string{
			`people.csv:3:12 REF007 person "ada" stands here again, as in line 2`,
			`people.csv:4:12 REF007 person "ada" starts on 2024-01-01, but an earlier employment has no end`,
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
		{"employments that overlap", "", head + "ada,sre,L5,2024-01-01,,,,,sre,,\nada,sre,L5,2024-02-01,,,,,sre,,\n", []string{
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
