package export

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	_ "modernc.org/sqlite" // the driver
)

// writeDatabase writes a database of SQLite: a table for each table, with its key and
// indexes. What a row refers to is declared, and not enforced: the other may not be
// exported.
//
// Amounts are there twice: NAME, as people read it and tools add it up, and NAME_minor,
// exactly, in minor units of the currency. Dates are texts YYYY-MM-DD, booleans 0 and 1.
func writeDatabase(ctx context.Context, path string, s *Source) (err error) {
	tables, err := s.tables()
	if err != nil {
		return err
	}
	// What is written to is new, and thrown away unless all of it is there: nothing
	// needs a journal.
	name := "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path) +
		"?_pragma=page_size(4096)&_pragma=journal_mode(off)&_pragma=synchronous(off)&_pragma=foreign_keys(off)"
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := insert(ctx, tx, t); err != nil {
			return errors.Join(fmt.Errorf("table %s: %w", t.name, err), tx.Rollback())
		}
	}
	return tx.Commit()
}

func insert(ctx context.Context, tx *sql.Tx, t *table) error {
	if _, err := tx.ExecContext(ctx, t.create()); err != nil {
		return err
	}
	if err := insertRows(ctx, tx, t); err != nil {
		return err
	}
	for _, c := range t.columns {
		if c.index && (len(t.key) == 0 || t.key[0] != c.name) { // the key has an index of its own
			if _, err := tx.ExecContext(ctx, "CREATE INDEX "+quoted(t.name+"_by_"+c.name)+" ON "+quoted(t.name)+" ("+quoted(c.name)+")"); err != nil {
				return err
			}
		}
	}
	return nil
}

func insertRows(ctx context.Context, tx *sql.Tx, t *table) (err error) {
	width := 0
	for _, c := range t.columns {
		width += len(c.affinities())
	}
	add, err := tx.PrepareContext(ctx, "INSERT INTO "+quoted(t.name)+" VALUES ("+strings.Repeat(", ?", width)[2:]+")")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, add.Close()) }()
	values := make([]any, 0, width)
	for row, err := range t.rows {
		if err != nil {
			return err
		}
		values = values[:0]
		for i, v := range row {
			values = t.columns[i].bind(values, v)
		}
		if _, err := add.ExecContext(ctx, values...); err != nil {
			return err
		}
	}
	return nil
}

// bind adds a value as the driver takes it, and of an amount its minor units.
func (c *column) bind(values []any, v any) []any {
	switch v := v.(type) {
	case string:
		return append(values, visible(v))
	case number:
		values = append(values, v.loose())
		switch {
		case c.currency == "":
			return values
		case v.money:
			return append(values, v.minor)
		}
		return append(values, nil)
	}
	if values = append(values, v); c.currency != "" {
		values = append(values, nil)
	}
	return values
}

// loose is the number as SQL calculates with it: an integer where it is one, else the
// nearest binary fraction.
func (n number) loose() any {
	if i, err := strconv.ParseInt(n.text, 10, 64); err == nil {
		return i
	}
	f, err := strconv.ParseFloat(n.text, 64)
	if err != nil {
		return n.text
	}
	return f
}

// minorSuffix ends the name of the column with the minor units of another.
const minorSuffix = "_minor"

// affinity is a column of the database, and its type.
type affinity struct{ name, of string }

// affinities are the columns that a column takes in the database.
func (c *column) affinities() []affinity {
	of := map[kind]string{text: "TEXT", day: "TEXT", month: "TEXT", integer: "INTEGER", boolean: "INTEGER", decimal: "NUMERIC"}[c.kind]
	list := []affinity{{c.name, of}}
	if c.currency != "" {
		list = append(list, affinity{c.name + minorSuffix, "INTEGER"})
	}
	return list
}

// create is the statement that makes the table.
func (t *table) create() string {
	var lines []string
	for _, c := range t.columns {
		for i, a := range c.affinities() {
			line := quoted(a.name) + " " + a.of
			if c.required && i == 0 {
				line += " NOT NULL"
			}
			lines = append(lines, line)
		}
	}
	if len(t.key) > 0 {
		lines = append(lines, "PRIMARY KEY ("+quotedAll(t.key)+")")
	}
	for _, f := range t.foreign {
		lines = append(lines, "FOREIGN KEY ("+quotedAll(f.columns)+") REFERENCES "+quoted(f.table)+" ("+quotedAll(f.to)+")")
	}
	return "CREATE TABLE " + quoted(t.name) + " (\n  " + strings.Join(lines, ",\n  ") + "\n)"
}

// quoted is a name as SQL takes it, whatever it keeps for itself.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func quotedAll(list []string) string {
	out := make([]string, len(list))
	for i, name := range list {
		out[i] = quoted(name)
	}
	return strings.Join(out, ", ")
}
