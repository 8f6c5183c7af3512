package portfolio

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/source"
	"github.com/progctl/progctl/schema"
)

// fieldsOfPerson draws what is stated of a person, by the name of the column.
func fieldsOfPerson(t *rapid.T, id string) map[string]string {
	f := map[string]string{"id": id}
	word := rapid.StringMatching(`[A-Za-zéß"';,|. \t\n-]{0,12}[a-z]`)
	start := cal.MustDate("1999-12-01") + cal.Date(rapid.IntRange(0, 20000).Draw(t, "start"))
	f["start"] = start.String()
	f["role"] = strings.TrimSpace(word.Draw(t, "role"))
	f["level"] = rapid.SampledFrom([]string{"L3", "L4", "v1.30"}).Draw(t, "level")
	for name, draw := range map[string]func() string{
		"name":     func() string { return strings.TrimSpace(word.Draw(t, "name")) },
		"github":   func() string { return strings.TrimSpace(word.Draw(t, "github")) },
		"gitlab":   func() string { return strings.TrimSpace(word.Draw(t, "gitlab")) },
		"email":    func() string { return rapid.SampledFrom([]string{"a@b", "ö;x@example.com"}).Draw(t, "email") },
		"team":     func() string { return rapid.SampledFrom([]string{"sre", "web"}).Draw(t, "team") },
		"location": func() string { return strings.TrimSpace(word.Draw(t, "location")) },
		"fte":      func() string { return MilliFTE(rapid.IntRange(1, 2000).Draw(t, "fte")).String() },
		"employment": func() string {
			return rapid.SampledFrom([]string{"employee", "contractor", "intern"}).Draw(t, "employment")
		},
		"end": func() string { return start.Add(cal.Days(rapid.IntRange(0, 3000).Draw(t, "end"))).String() },
		"leaveReason": func() string {
			return rapid.SampledFrom([]string{"voluntary", "involuntary", "other"}).Draw(t, "leaveReason")
		},
		"manager": func() string { return "p0" },
	} {
		if rapid.Bool().Draw(t, "has "+name) {
			f[name] = draw()
		}
	}
	return f
}

// yamlOf is a person as JSON, which is YAML.
func yamlOf(f map[string]string) string {
	person, handles := map[string]any{}, map[string]any{}
	for name, value := range f {
		switch name {
		case "github", "gitlab", "email":
			handles[name] = value
			person["handles"] = handles
		case "fte":
			person[name] = json.Number(value)
		default:
			person[name] = value
		}
	}
	text, _ := json.Marshal(person)
	return "    - " + string(text) + "\n"
}

// export writes people as a CSV file, in one of the ways in which that is done, and
// returns what a roster has to say about it.
func export(r *rand.Rand, people []map[string]string) (spec, text string) {
	delimiter := []string{",", ";", "\t", "|"}[r.IntN(4)]
	format := dateFormats[r.IntN(len(dateFormats))]
	eol := []string{"\n", "\r\n"}[r.IntN(2)]
	always, comma := r.IntN(2) == 0, r.IntN(2) == 0
	quoted := func(text string) string {
		if always || strings.ContainsAny(text, "\"\r\n"+delimiter) {
			return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
		}
		return strings.Repeat(" ", r.IntN(2)) + text + strings.Repeat(" ", r.IntN(2))
	}
	mixed := func(text string) string {
		return strings.Map(func(c rune) rune { return []rune(strings.ToUpper(string(c)) + strings.ToLower(string(c)))[r.IntN(2)] }, text)
	}
	names := []string{"remark", "Übrige"}
	for _, f := range personFields {
		names = append(names, f.name)
	}
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	row := func(cells []string) {
		for i := range cells {
			cells[i] = quoted(cells[i])
		}
		text += strings.Join(cells, delimiter) + strings.Repeat(delimiter, r.IntN(3)) + eol
		text += strings.Repeat(strings.Repeat(delimiter, r.IntN(2))+eol, r.IntN(2))
	}
	columns := ""
	var head []string
	for _, name := range names {
		header := name
		if name != "remark" && name != "Übrige" && r.IntN(2) == 0 {
			header = "My " + name + " is" + delimiter
			columns += fmt.Sprintf("    %s: %q\n", name, mixed(header))
		}
		head = append(head, mixed(header))
	}
	row(head)
	for _, p := range people {
		var cells []string
		for _, name := range names {
			value := p[name]
			switch {
			case value == "":
			case name == "start" || name == "end":
				value = format.Format(cal.MustDate(value))
			case name == "fte" && comma:
				value = strings.Replace(value, ".", ",", 1)
			case name == "employment" || name == "leaveReason":
				value = mixed(value)
			}
			cells = append(cells, value)
		}
		row(cells)
	}
	if r.IntN(2) == 0 {
		text = "\ufeff" + text
	}
	spec = "  csv: people.csv\n  dateFormat: " + string(format) + "\n"
	if columns != "" {
		spec += "  columns:\n" + columns
	}
	if r.IntN(2) == 0 {
		spec += "  delimiter: " + map[string]string{",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}[delimiter] + "\n"
	}
	return spec, text
}

// People written in YAML and the same people in a CSV file, however it is written,
// are the same people.
func TestPeopleInYAMLAndInCSVAreTheSame(t *testing.T) {
	const head = "kind: Roster\nmetadata: {name: hr}\nspec:\n  team: sre\n"
	seed := uint64(0)
	rapid.Check(t, func(t *rapid.T) {
		seed++
		var people []map[string]string
		written := "  people:\n"
		for i := range rapid.IntRange(1, 5).Draw(t, "people") {
			people = append(people, fieldsOfPerson(t, fmt.Sprintf("p%d", i)))
			written += yamlOf(people[i])
		}
		spec, csv := export(rand.New(rand.NewPCG(seed, 1)), people)
		teams := map[string]string{"t.yaml": team + "---\nkind: Team\nmetadata: {name: web}\n"}
		read := func(spec string) []Person {
			files := map[string]string{"t.yaml": teams["t.yaml"], "r.yaml": head + spec, "people.csv": csv}
			s, diags := withTables(files)
			if len(diags) > 0 || len(s.Rosters) != 1 {
				t.Fatalf("findings %q in\n%s\n%s", lines(diags), spec, csv)
			}
			var list []Person
			for _, p := range s.Rosters[0].People {
				p.Roster, p.Origin = nil, source.Origin{}
				list = append(list, *p)
			}
			return list
		}
		if diff := cmp.Diff(read(written), read(spec)); diff != "" {
			t.Fatalf("(-YAML +CSV):\n%s\nof\n%s\n%s", diff, spec, csv)
		}
	})
}

// The columns of people are those of PersonColumns, which the schema has too.
func TestPersonFieldsAreTheColumns(t *testing.T) {
	tags := map[string]int{}
	for _, f := range personFields {
		tags[f.name] = len(tags)
	}
	columns := readSchema(t, "Roster").Properties["spec"].Properties["columns"].Properties
	for name := range columns {
		if _, ok := tags[name]; !ok {
			t.Errorf("column %s is not read", name)
		}
	}
	if len(tags) != len(columns) {
		t.Errorf("%d columns are read, the schema has %d", len(tags), len(columns))
	}
	for i, f := range personFields { // each takes its own header
		var c PersonColumns
		text := fmt.Sprintf("kind: Roster\nmetadata: {name: r}\nspec: {csv: x, columns: {%s: H%d}}\n", f.name, i)
		p := Read(&source.File{Name: "r", Text: []byte(text)}, Base)
		c = p.entries[0].document.(*Roster).Columns
		if got := f.header(&c); got != fmt.Sprintf("H%d", i) {
			t.Errorf("the header of %s is %q", f.name, got)
		}
	}
}

// Texts of a CSV file are held to what the schema holds those of YAML to.
func TestFormsAreThoseOfTheSchema(t *testing.T) {
	text, ok := schema.Source("Roster")
	if !ok {
		t.Fatal("there is no schema")
	}
	type form struct {
		Title, Pattern string
		MaxLength      int
		Required       []string
		Properties     map[string]form
	}
	var s struct {
		Defs map[string]form `json:"$defs"`
	}
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	person := s.Defs["person"].Properties
	for name, f := range map[string]*textForm{"id": idForm, "name": nameForm} {
		if d := s.Defs[name]; d.Title != f.title || d.Pattern != f.pattern || d.MaxLength != f.most {
			t.Errorf("%s is %+v", name, d)
		}
	}
	if d := person["handles"].Properties["email"]; d.Title != emailForm.title || d.Pattern != emailForm.pattern || d.MaxLength != emailForm.most {
		t.Errorf("email is %+v", d)
	}
	for _, f := range personFields {
		if f.required != slices.Contains(s.Defs["person"].Required, f.name) {
			t.Errorf("%s is required: %t", f.name, f.required)
		}
	}
}

// Whatever the bytes are, reading people from them does not panic.
func FuzzPeopleOfCSV(f *testing.F) {
	for _, text := range []string{
		"id,role,level,start,end,fte,employment\nada,sre,L5,2024-01-01,2023-01-01,\"0,8\",Employee\n,,,31.12.2024,,80%,x\n", "id;role;level;start\n\"a;;;\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		s, diags := withTables(map[string]string{"t.yaml": org, "r.yaml": hr(""), "people.csv": string(text)})
		for _, d := range diags {
			if d.Range.Start.Line == 0 || !strings.HasPrefix(d.Subject, "roster/hr") {
				t.Errorf("%s has no place or no subject: %+v", d.Message, d)
			}
		}
		if s.Sound("roster/hr") != !hasError(diags) {
			t.Errorf("sound %t with %q", s.Sound("roster/hr"), lines(diags))
		}
	})
}

// BenchmarkPeopleOfCSV reads an export of 20,000 rows with 20 columns.
func BenchmarkPeopleOfCSV(b *testing.B) {
	var text strings.Builder
	text.WriteString("\ufeffPersonalnummer;Nachname;Vorname;E-Mail;Kostenstelle;Team;Funktion;Stufe;Standort;FTE;Art;Eintritt;Austritt;Vorgesetzt;a;b;c;d;e;f\r\n")
	for i := range 20_000 {
		fmt.Fprintf(&text, "E%05d;\"Byron, Countess\";Ada;ada%d@example.com;4711;sre;engineer;L5;Lisbon;0,8;Employee;%02d.%02d.%d;;E%05d;;;;;some remark;\r\n", i, i, 1+i%28, 1+i%12, 2000+i%25, i/8)
	}
	roster := hr("  dateFormat: DD.MM.YYYY\n  columns: {id: Personalnummer, name: Nachname, email: E-Mail, role: Funktion, level: Stufe, location: Standort, employment: Art, start: Eintritt, end: Austritt, manager: Vorgesetzt}\n")
	b.ReportAllocs()
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		p := Read(&source.File{Name: "r.yaml", Text: []byte(roster)}, Base)
		p.ReadCSV(p.CSVFiles()[0], &source.File{Name: "people.csv", Text: []byte(text.String())})
		if !p.Clean() || len(p.entries[0].document.(*Roster).People) != 20_000 {
			b.Fatal(lines(p.diags))
		}
	}
}
