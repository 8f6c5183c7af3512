package portfolio

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/source"
	"github.com/progctl/progctl/schema"
)

// documents are the structs of the kinds.
var documents = map[string]reflect.Type{
	"Portfolio":     reflect.TypeFor[Portfolio](),
	"Team":          reflect.TypeFor[Team](),
	"Roster":        reflect.TypeFor[Roster](),
	"Program":       reflect.TypeFor[Program](),
	"Budget":        reflect.TypeFor[Budget](),
	"HeadcountPlan": reflect.TypeFor[HeadcountPlan](),
	"Ledger":        reflect.TypeFor[Ledger](),
	"Review":        reflect.TypeFor[Review](),
	"Survey":        reflect.TypeFor[Survey](),
	"Goals":         reflect.TypeFor[Goals](),
	"Roadmap":       reflect.TypeFor[Roadmap](),
}

// scalars are the Go types of the definitions of the schemas that say more than
// their JSON type.
var scalars = map[string]reflect.Type{
	"calendarSpan":   reflect.TypeFor[cal.CalendarSpan](),
	"cadence":        reflect.TypeFor[cal.Cadence](),
	"code":           reflect.TypeFor[string](),
	"criterionScore": reflect.TypeFor[money.Decimal](),
	"currency":       reflect.TypeFor[money.Currency](),
	"date":           reflect.TypeFor[cal.Date](),
	"dayCount":       reflect.TypeFor[DayCount](),
	"done":           reflect.TypeFor[Done](),
	"exchangeRate":   reflect.TypeFor[money.Decimal](),
	"fiscalYear":     reflect.TypeFor[cal.FiscalYear](),
	"fte":            reflect.TypeFor[MilliFTE](),
	"lag":            reflect.TypeFor[cal.WorkDuration](),
	"measure":        reflect.TypeFor[Measure](),
	"milestoneRef":   reflect.TypeFor[MilestoneRef](),
	"money":          reflect.TypeFor[money.Decimal](),
	"month":          reflect.TypeFor[cal.Month](),
	"monthOrDate":    reflect.TypeFor[cal.DayOrMonth](),
	"notify":         reflect.TypeFor[string](),
	"ownFTE":         reflect.TypeFor[MilliFTE](),
	"percent":        reflect.TypeFor[Percent](),
	"period":         reflect.TypeFor[cal.PeriodName](),
	"quarter":        reflect.TypeFor[cal.Quarter](),
	"share":          reflect.TypeFor[Percent](),
	"severity":       reflect.TypeFor[diag.Severity](),
	"surveyScore":    reflect.TypeFor[money.Decimal](),
	"weekday":        reflect.TypeFor[cal.WeekdayName](),
	"weight":         reflect.TypeFor[money.Decimal](),
	"workDuration":   reflect.TypeFor[cal.WorkDuration](),
}

// jsonSchema is as much of a schema as says what its values are.
type jsonSchema struct {
	Ref                  string                `json:"$ref"`
	Defs                 map[string]jsonSchema `json:"$defs"`
	Type                 types                 `json:"type"`
	Enum                 []string              `json:"enum"`
	Properties           map[string]jsonSchema `json:"properties"`
	AdditionalProperties values                `json:"additionalProperties"`
	PropertyNames        *jsonSchema           `json:"propertyNames"`
	Items                *jsonSchema           `json:"items"`
	Pattern              string                `json:"pattern"`
	Examples             []any                 `json:"examples"`
}

type types []string

func (t *types) UnmarshalJSON(text []byte) error {
	var one string
	if json.Unmarshal(text, &one) == nil {
		*t = types{one}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(t))
}

// values is the schema of the values of a map; nil where there are none.
type values struct{ *jsonSchema }

func (v *values) UnmarshalJSON(text []byte) error {
	if string(text) == "false" {
		return nil
	}
	return json.Unmarshal(text, &v.jsonSchema)
}

// drift compares schemas with Go types and collects where they disagree.
type drift struct {
	defs     map[string]jsonSchema
	enums    map[string][]string     // constants of the string types of this package
	structs  map[string]reflect.Type // where not nil: collects the Go types of the other definitions
	problems []string
}

func (d *drift) report(path, format string, args ...any) {
	d.problems = append(d.problems, path+": "+fmt.Sprintf(format, args...))
}

func (d *drift) compare(path string, s jsonSchema, t reflect.Type) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if name, ok := strings.CutPrefix(s.Ref, "#/$defs/"); ok {
		if want, ok := scalars[name]; ok {
			if t != want {
				d.report(path, "schema says %s, which is %v, and Go says %v", name, want, t)
			}
			return
		}
		s = d.defs[name]
		if d.structs != nil {
			d.structs[name] = t
		}
	}
	types := slices.DeleteFunc(slices.Clone(s.Type), func(name string) bool { return name == "null" })
	if len(types) > 1 { // a scalar, or the other
		if !reflect.PointerTo(t).Implements(textParserType) || types[0] != "string" {
			d.report(path, "schema says %v, and %v has no ParseText for the one", types, t)
		}
		types = types[1:]
	}
	if len(types) != 1 {
		d.report(path, "schema says no type")
		return
	}
	switch types[0] {
	case "object":
		d.compareObject(path, s, t)
	case "array":
		if t.Kind() != reflect.Slice {
			d.report(path, "schema says a list, and Go says %v", t)
			return
		}
		d.compare(path+"/0", *s.Items, t.Elem())
	case "string":
		d.compareString(path, s, t)
	case "integer":
		if t.Kind() != reflect.Int {
			d.report(path, "schema says an integer, and Go says %v", t)
		}
	case "number":
		if t != reflect.TypeFor[money.Decimal]() {
			d.report(path, "schema says a number, and Go says %v", t)
		}
	case "boolean":
		if t.Kind() != reflect.Bool {
			d.report(path, "schema says a boolean, and Go says %v", t)
		}
	default:
		d.report(path, "schema says %s", types[0])
	}
}

func (d *drift) compareString(path string, s jsonSchema, t reflect.Type) {
	if t.Kind() != reflect.String {
		d.report(path, "schema says a string, and Go says %v", t)
		return
	}
	named := t.PkgPath() == reflect.TypeFor[Program]().PkgPath()
	if len(s.Enum) == 0 {
		if named && d.enums[t.Name()] != nil {
			d.report(path, "schema says any string, and Go says one of %v", d.enums[t.Name()])
		}
		return
	}
	want, got := slices.Sorted(slices.Values(s.Enum)), slices.Sorted(slices.Values(d.enums[t.Name()]))
	if !named || !slices.Equal(want, got) {
		d.report(path, "schema says one of %v, and the constants of %v are %v", want, t, got)
	}
}

func (d *drift) compareObject(path string, s jsonSchema, t reflect.Type) {
	if s.AdditionalProperties.jsonSchema != nil {
		d.compareMap(path, s, t)
		return
	}
	if t.Kind() != reflect.Struct {
		d.report(path, "schema says a mapping, and Go says %v", t)
		return
	}
	fields := map[string]reflect.StructField{}
	for i := range t.NumField() {
		f := t.Field(i)
		switch tag := f.Tag.Get("yaml"); tag {
		case "":
			d.report(path, "%v.%s has no yaml tag", t, f.Name)
		case "-":
		default:
			fields[tag] = f
		}
	}
	if f, ok := t.FieldByName("Origin"); s.Properties["id"].Ref != "" && t.Name() != "PersonColumns" && (!ok || f.Type != reflect.TypeFor[source.Origin]()) {
		d.report(path, "%v has an id and no Origin", t)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		f, ok := fields[name]
		if !ok {
			d.report(path, "schema has %s, and %v has not", name, t)
			continue
		}
		delete(fields, name)
		d.compare(path+"/"+name, s.Properties[name], f.Type)
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		d.report(path, "%v has %s, and the schema has not", t, name)
	}
}

func (d *drift) compareMap(path string, s jsonSchema, t reflect.Type) {
	if t.Kind() == reflect.Struct { // a scalar, or a map in the inline field
		for i := range t.NumField() {
			if t.Field(i).Tag.Get("yaml") == ",inline" {
				d.compareMap(path, s, t.Field(i).Type)
				return
			}
		}
	}
	if t.Kind() != reflect.Map {
		d.report(path, "schema says a map, and Go says %v", t)
		return
	}
	d.compare(path+"/<key>", *s.PropertyNames, t.Key())
	d.compare(path+"/<value>", *s.AdditionalProperties.jsonSchema, t.Elem())
}

// stringConstants reads the constants of the string types of the package.
func stringConstants(t *testing.T) map[string][]string {
	t.Helper()
	constants := map[string][]string{}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			name, named := spec.Type.(*ast.Ident)
			value, literal := spec.Values[0].(*ast.BasicLit)
			if named && literal && value.Kind == token.STRING {
				text, err := strconv.Unquote(value.Value)
				if err != nil {
					t.Fatal(err)
				}
				constants[name.Name] = append(constants[name.Name], text)
			}
			return true
		})
	}
	return constants
}

func readSchema(t *testing.T, kind string) jsonSchema {
	t.Helper()
	text, ok := schema.Source(kind)
	if !ok {
		t.Fatalf("no schema of kind %s", kind)
	}
	var s jsonSchema
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStructsMatchSchemas(t *testing.T) {
	if got, want := slices.Sorted(maps.Keys(documents)), slices.Sorted(slices.Values(schema.Kinds)); !slices.Equal(got, want) {
		t.Fatalf("structs for %v, schemas for %v", got, want)
	}
	enums := stringConstants(t)
	for _, kind := range schema.Kinds {
		s := readSchema(t, kind)
		d := drift{defs: s.Defs, enums: enums}
		d.compare(kind, s.Properties["spec"], documents[kind])
		d.compare(kind+"/metadata", s.Properties["metadata"], reflect.TypeFor[Metadata]())
		for _, problem := range d.problems {
			t.Error(problem)
		}
		for name, f := range map[string]reflect.Type{"Meta": reflect.TypeFor[Metadata](), "Origin": reflect.TypeFor[source.Origin]()} {
			if got, ok := documents[kind].FieldByName(name); !ok || got.Type != f || got.Tag.Get("yaml") != "-" {
				t.Errorf("%s has no %s of type %v", kind, name, f)
			}
		}
	}
}

// TestTextsOfSchemas holds that what a schema gives as an example, or lists, is
// read by the type that it stands for.
func TestTextsOfSchemas(t *testing.T) {
	seen := map[string]bool{}
	for _, kind := range schema.Kinds {
		text, _ := schema.Source(kind)
		decoder := json.NewDecoder(strings.NewReader(string(text)))
		decoder.UseNumber()
		var s jsonSchema
		if err := decoder.Decode(&s); err != nil {
			t.Fatal(err)
		}
		for name, def := range s.Defs {
			goType, ok := scalars[name]
			if seen[name] = true; !ok {
				continue
			}
			examples := def.Examples
			for _, value := range def.Enum {
				examples = append(examples, value)
			}
			for _, value := range examples {
				p, ok := reflect.New(goType).Interface().(textParser)
				if !ok {
					continue // a string
				}
				if err := p.ParseText(fmt.Sprint(value)); err != nil {
					t.Errorf("%s: %v cannot be read: %v", name, value, err)
				}
			}
		}
	}
	for name := range scalars {
		if !seen[name] {
			t.Errorf("no schema defines %s", name)
		}
	}
}

// TestDriftIsFound compares schemas with Go types that are wrong on purpose, each
// in one way, and one pair that is right.
func TestDriftIsFound(t *testing.T) {
	type colour string
	tests := []struct {
		name, schema string
		goType       any
		want         string // part of the one problem; "" for none
	}{
		{"right", `{"type": "object", "additionalProperties": false, "properties": {"due": {"$ref": "#/$defs/date"}, "team": {"type": "string"}}}`, struct {
			Due  *cal.Date `yaml:"due"`
			Team string    `yaml:"team"`
		}{}, ""},
		{"field missing in Go", `{"type": "object", "additionalProperties": false, "properties": {"team": {"type": "string"}}}`, struct{}{}, "schema has team"},
		{"field missing in the schema", `{"type": "object", "additionalProperties": false, "properties": {}}`, struct {
			Team string `yaml:"team"`
		}{}, "the schema has not"},
		{"tag missing", `{"type": "object", "additionalProperties": false, "properties": {}}`, struct{ Team string }{}, "no yaml tag"},
		{"id without Origin", `{"type": "object", "additionalProperties": false, "properties": {"id": {"$ref": "#/$defs/id"}}}`, struct {
			ID string `yaml:"id"`
		}{}, "no Origin"},
		{"date as month", `{"$ref": "#/$defs/date"}`, cal.Month(0), "schema says date"},
		{"money as string", `{"$ref": "#/$defs/money"}`, "", "schema says money"},
		{"number as float", `{"type": "number"}`, 0.5, "schema says a number"},
		{"integer as string", `{"type": "integer"}`, "", "schema says an integer"},
		{"boolean as string", `{"type": "boolean"}`, "", "schema says a boolean"},
		{"string as integer", `{"type": "string"}`, 0, "schema says a string"},
		{"list as scalar", `{"type": ["array", "null"], "items": {"type": "string"}}`, "", "schema says a list"},
		{"list of other items", `{"type": ["array", "null"], "items": {"$ref": "#/$defs/date"}}`, []string{}, "schema says date"},
		{"mapping as scalar", `{"type": "object", "additionalProperties": false, "properties": {}}`, "", "schema says a mapping"},
		{"mapping as map", `{"type": "object", "additionalProperties": false, "properties": {}}`, map[string]string{}, "schema says a mapping"},
		{"map as struct", `{"type": "object", "propertyNames": {"$ref": "#/$defs/month"}, "additionalProperties": {"$ref": "#/$defs/money"}}`, struct{}{}, "schema says a map"},
		{"map of other keys", `{"type": "object", "propertyNames": {"$ref": "#/$defs/month"}, "additionalProperties": {"$ref": "#/$defs/money"}}`, map[string]money.Decimal{}, "<key>"},
		{"map of other values", `{"type": "object", "propertyNames": {"$ref": "#/$defs/month"}, "additionalProperties": {"$ref": "#/$defs/money"}}`, map[cal.Month]Percent{}, "<value>"},
		{"union without ParseText", `{"type": ["string", "object"], "additionalProperties": false, "properties": {}}`, struct{}{}, "no ParseText"},
		{"enum as plain string", `{"type": "string", "enum": ["opex", "capex"]}`, "", "schema says one of"},
		{"enum with a value more", `{"type": "string", "enum": ["opex", "capex", "other"]}`, SpendType(""), "schema says one of"},
		{"enum with a value less", `{"type": "string", "enum": ["opex"]}`, SpendType(""), "schema says one of"},
		{"enum without constants", `{"type": "string", "enum": ["red"]}`, colour(""), "schema says one of"},
		{"any string as enum", `{"type": "string"}`, SpendType(""), "schema says any string"},
	}
	enums := stringConstants(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var s jsonSchema
			if err := json.Unmarshal([]byte(test.schema), &s); err != nil {
				t.Fatal(err)
			}
			d := drift{defs: map[string]jsonSchema{"id": {Type: types{"string"}}}, enums: enums}
			d.compare("x", s, reflect.TypeOf(test.goType))
			switch {
			case test.want == "" && len(d.problems) > 0:
				t.Errorf("problems where there are none: %v", d.problems)
			case test.want != "" && (len(d.problems) != 1 || !strings.Contains(d.problems[0], test.want)):
				t.Errorf("problems %q, want one with %q", d.problems, test.want)
			}
		})
	}
}
