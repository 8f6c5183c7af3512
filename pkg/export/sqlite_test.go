package export

import (
	"database/sql"
	"encoding/json"
	"errors"
	"math"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func database(t *testing.T, s *Source) string {
	t.Helper()
	f, _ := Lookup("sqlite")
	// A name that would mean something in the address of a database.
	path := filepath.Join(t.TempDir(), "50% of it? yes#1.db")
	if err := f.Write(t.Context(), path, s); err != nil {
		t.Fatal(err)
	}
	return path
}

// shell asks the sqlite3 that people use; the rows are maps by column.
func shell(t *testing.T, path, query string) []map[string]any {
	t.Helper()
	program, err := exec.LookPath("sqlite3")
	if err != nil {
		t.Skip("there is no sqlite3 here")
	}
	out, err := exec.Command(program, "-json", "-bail", path, query).Output()
	if err != nil {
		var exit *exec.ExitError
		errors.As(err, &exit)
		t.Fatalf("%s: %v: %s", query, err, exit.Stderr)
	}
	if len(out) == 0 {
		return nil
	}
	dec := json.NewDecoder(strings.NewReader(string(out)))
	dec.UseNumber()
	var rows []map[string]any
	if err := dec.Decode(&rows); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	for _, row := range rows {
		for name, v := range row {
			if n, ok := v.(json.Number); ok && strings.ContainsAny(n.String(), ".e") {
				row[name], _ = n.Float64() // which the shell writes with 20 digits
			}
		}
	}
	return rows
}

// Another SQLite than that which wrote it reads every table as it was.
func TestDatabaseReadBack(t *testing.T) {
	t.Parallel()
	s := usual(t)
	path := database(t, s)
	tables, err := s.tables()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range tables {
		var want []map[string]any
		for row := range x.rows {
			record := map[string]any{}
			for i, c := range x.columns {
				record[c.name] = spoken(row[i])
				if c.currency == "" {
					continue
				}
				record[c.name+minorSuffix] = nil
				if n, ok := row[i].(number); ok && n.money {
					record[c.name+minorSuffix] = spoken(n.minor)
				}
			}
			want = append(want, record)
		}
		got := shell(t, path, "SELECT * FROM "+x.name+" ORDER BY rowid")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", x.name, diff)
		}
	}
	for query, want := range map[string]string{
		"PRAGMA integrity_check": "ok", "PRAGMA foreign_key_check": "", "PRAGMA page_size": "4096", "PRAGMA journal_mode": "delete",
	} {
		got := ""
		for _, row := range shell(t, path, query) {
			for _, v := range row {
				got += plainJSON(v)
			}
		}
		if got != want {
			t.Errorf("%s says %q, want %q", query, got, want)
		}
	}
}

// spoken is a value as the shell says it.
func spoken(v any) any {
	switch v := v.(type) {
	case bool:
		if v {
			return json.Number("1")
		}
		return json.Number("0")
	case int64:
		return json.Number(plain(v))
	case number:
		f, err := strconv.ParseFloat(v.text, 64)
		if err == nil && f == math.Trunc(f) { // a column of numbers keeps integers as such
			return json.Number(strconv.FormatInt(int64(f), 10))
		}
		return f
	case string:
		return visible(v)
	}
	return nil
}

func plainJSON(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

// What the portfolio says can be asked for without quotes, and adds up.
func TestNamesNeedNoQuotes(t *testing.T) {
	t.Parallel()
	s := &Source{Snapshot: read(t, several)}
	path := database(t, s)
	db, err := sql.Open("sqlite", "file:"+strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tables, err := s.tables()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range tables {
		for _, c := range x.columns {
			for _, a := range c.affinities() {
				query := "SELECT " + x.name + "." + a.name + ", " + a.name + " AS x FROM " + x.name
				rows, err := db.Query(query)
				if err != nil {
					t.Errorf("%s: %v", query, err)
					continue
				}
				if err := errors.Join(rows.Err(), rows.Close()); err != nil {
					t.Error(err)
				}
			}
		}
	}
	var minor int64
	var amount float64
	if err := db.QueryRow("SELECT sum(amount_minor), sum(amount) FROM program_budget_lines GROUP BY currency HAVING currency = 'USD'").Scan(&minor, &amount); err != nil {
		t.Fatal(err)
	}
	if minor != 1050 || amount != 10.5 {
		t.Errorf("%d and %v, want 1050 and 10.5", minor, amount)
	}
	var plan string
	if err := db.QueryRow("EXPLAIN QUERY PLAN SELECT * FROM people WHERE team = 'x'").Scan(new(int), new(int), new(int), &plan); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(plan, "USING INDEX people_by_team") {
		t.Errorf("people by team: %s", plan)
	}
}

// Two rows with one key are an error, not a lost row.
func TestSameKeyTwice(t *testing.T) {
	t.Parallel()
	x := &table{name: "x", key: []string{"a"}, columns: []column{{name: "a", required: true}}, rows: rowsOf([][]any{{"1"}, {"1"}})}
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if err := insert(t.Context(), tx, x); err == nil {
		t.Error("no error")
	}
}

// Texts are what they seem.
func TestDatabaseIsHarmless(t *testing.T) {
	t.Parallel()
	path := database(t, hostileSource())
	for _, row := range shell(t, path, `SELECT text FROM report_slip`) {
		if text, _ := row["text"].(string); strings.ContainsAny(text, "\x00\x1b\x07\u202e\ufffe\r") {
			t.Errorf("%q hides something", text)
		}
	}
	if got := shell(t, path, `SELECT text FROM report_slip WHERE rowid = 1`)[0]["text"]; got != hostile[0] {
		t.Errorf("%q, want %q: a database knows no formulas", got, hostile[0])
	}
}
