package export

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/progctl/progctl/schema"
)

// Every table of every portfolio here is what it says: names that SQL and file systems
// take, columns described, values of their kinds, keys that tell rows apart, references
// to what is there.
func TestTablesAreSound(t *testing.T) {
	t.Parallel()
	name := regexp.MustCompile(`^_?[a-z][a-z0-9_]*$`)
	portfolios := map[string]*Source{"several": {Snapshot: read(t, several)}, "usual": usual(t)}
	for _, folder := range []string{"minimal", "hiring", "hr-export", "multi-currency", "python-releases", "private-overlay"} {
		portfolios[folder] = &Source{Snapshot: loaded(t, os.DirFS("../../examples/"+folder), "programs")}
	}
	for of, s := range portfolios {
		tables, err := s.tables()
		if err != nil {
			t.Fatal(err)
		}
		byName := map[string]*table{}
		for _, x := range tables {
			if byName[x.name] != nil || !name.MatchString(x.name) {
				t.Errorf("table %s is there twice, or has no name", x.name)
			}
			byName[x.name] = x
		}
		for _, x := range tables {
			checkTable(t, of, x, byName, name)
		}
	}
}

func checkTable(t *testing.T, of string, x *table, byName map[string]*table, name *regexp.Regexp) {
	t.Helper()
	if x.description == "" {
		t.Errorf("%s: %s is not described", of, x.name)
	}
	seen := map[string]bool{}
	for _, c := range x.columns {
		if seen[c.name] || !name.MatchString(c.name) {
			t.Errorf("%s: column %s.%s is there twice, or has no name", of, x.name, c.name)
		}
		if seen[c.name] = true; c.description == "" {
			t.Errorf("%s: %s.%s is not described", of, x.name, c.name)
		}
		if c.currency != "" && x.column(c.currency) == nil {
			t.Errorf("%s: %s.%s has its currency in %s, which is not there", of, x.name, c.name, c.currency)
		}
	}
	for _, f := range x.foreign {
		to := byName[f.table]
		if to == nil || !slices.Equal(f.to, to.key) {
			t.Errorf("%s: %s refers to %s%v, which is no key", of, x.name, f.table, f.to)
		}
		for _, c := range f.columns {
			if x.column(c) == nil {
				t.Errorf("%s: %s has no column %s", of, x.name, c)
			}
		}
	}
	keys := map[string]bool{}
	for row, err := range x.rows {
		if err != nil || len(row) != len(x.columns) {
			t.Fatalf("%s: %s has a row %v, %v", of, x.name, row, err)
		}
		key := ""
		for i, c := range x.columns {
			if row[i] == nil && c.required {
				t.Errorf("%s: %s.%s is required and unknown: %v", of, x.name, c.name, row)
			}
			if row[i] != nil && !c.kind.holds(row[i]) {
				t.Errorf("%s: %s.%s is %s and holds %v", of, x.name, c.name, c.kind, row[i])
			}
			if c.enum != nil && row[i] != nil && !slices.Contains(c.enum, plain(row[i])) {
				t.Errorf("%s: %s.%s is %v, which is none of %v", of, x.name, c.name, row[i], c.enum)
			}
			if slices.Contains(x.key, c.name) {
				key += plain(row[i]) + "\x00"
			}
		}
		if len(x.key) > 0 && keys[key] {
			t.Errorf("%s: %s has two rows with the key %q", of, x.name, key)
		}
		keys[key] = true
	}
}

// holds reports whether a value is of the kind.
func (k kind) holds(v any) bool {
	patterns := map[kind]string{day: `^\d{4}-\d\d-\d\d$`, month: `^\d{4}-\d\d$`, text: ``}
	switch v := v.(type) {
	case string:
		pattern, ok := patterns[k]
		return ok && regexp.MustCompile(pattern).MatchString(v)
	case int64:
		return k == integer
	case number:
		return k == decimal && regexp.MustCompile(`^-?\d+(\.\d+)?$`).MatchString(v.text)
	case bool:
		return k == boolean
	}
	return false
}

// Every field of every kind is somewhere: in a column of the table of the kind, or in a
// table of its own.
func TestEveryFieldIsExported(t *testing.T) {
	t.Parallel()
	s := &Source{Snapshot: read(t, several)}
	tables, err := s.tables()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range schema.Kinds {
		one := snake(kind)
		x := tables[slices.IndexFunc(tables, func(x *table) bool { return x.name == nameOf(one, plural(one)) })]
		for property, sub := range shapeOf(kind).Properties {
			if slices.Contains(settings, property) {
				continue
			}
			found := slices.ContainsFunc(tables, func(y *table) bool {
				return y.name == nameOf(one+"."+snake(property), one+"_"+snake(property))
			})
			for _, c := range x.columns {
				found = found || c.name == snake(property) || strings.HasPrefix(c.name, snake(property)+"_")
			}
			for nested := range sub.Properties { // prioritisation.criteria
				found = found || slices.ContainsFunc(tables, func(y *table) bool { return y.name == names[one+"."+snake(property)+"."+snake(nested)] })
			}
			if !found {
				t.Errorf("%s.%s is not exported", kind, property)
			}
		}
	}
}
