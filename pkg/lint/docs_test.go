package lint_test

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/conform"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/lint"
	"github.com/progctl/progctl/pkg/load"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/source"
)

var update = flag.Bool("update", false, "write what is found into the documents")

// usualDay is what day it is where a document does not say.
const usualDay = "2026-11-23"

// generated are the codes whose input no plain archive could hold.
var generated = map[string]struct {
	file fstest.MapFile
	with []txtar.File
	want string
}{
	"CSV001": {
		file: fstest.MapFile{Data: []byte("kind: Roster\nmetadata: {name: people}\nspec: {csv: people.csv}\n")},
		with: []txtar.File{{Name: "people.csv", Data: []byte("id,name,role,level,start\nada,Ren\xe9e,sre,L5,2023-04-03\n")}},
		want: "people.csv:2:8 CSV001 roster \"people\": byte 0xe9 is not UTF-8\n",
	},
	"YAML003": {
		file: fstest.MapFile{Data: []byte("kind: Team\nmetadata: {name: caf\xe9}\n")},
		want: "2:21 YAML003 byte 0xe9 is not UTF-8\n",
	},
	"YAML004": {
		file: fstest.MapFile{Data: []byte("kind: Team\nmetadata: {name: sre, title: Site\x07}\n")},
		want: "2:34 YAML004 control character U+0007\n",
	},
	"YAML009": {
		file: fstest.MapFile{Data: []byte("kind: Team\nmetadata: " + strings.Repeat("[", 100) + strings.Repeat("]", 100) + "\n")},
		want: "2:110 YAML009 nested more than 100 levels deep\n",
	},
	"YAML010": {
		file: fstest.MapFile{Data: []byte("kind: Team\nmetadata: {name: sre, title: " + strings.Repeat("x", source.MaxScalarBytes+1) + "}\n")},
		want: "2:30 YAML010 a text of 65537 bytes, the bound is 65536\n",
	},
	"YAML013": {
		file: fstest.MapFile{Data: []byte("elsewhere.yaml"), Mode: fs.ModeSymlink},
		want: "0:0 YAML013 a symbolic link is not followed\n",
	},
	"YAML014": {
		file: fstest.MapFile{Data: []byte("kind: Team\nmetadata: {name: sre}\n")},
		want: "0:0 YAML014 a repository inside of this one is not read\n",
	},
}

// changed are the codes of rules that compare with the portfolio before a change.
var changed = map[string]bool{"BUD013": true, "BUD014": true, "BUD021": true}

// unchanged are the codes whose files have not been touched for long.
var unchanged = map[string]bool{"MS010": true}

func allRules() []diag.Rule {
	rules := slices.Concat(source.Rules, load.Rules, conform.Rules, portfolio.Rules)
	for _, r := range lint.Rules {
		rules = append(rules, r.Rule)
	}
	return rules
}

func TestEveryCodeHasItsDocument(t *testing.T) {
	codes := map[string]bool{}
	for _, r := range allRules() {
		if codes[r.Code] {
			t.Errorf("%s is two rules", r.Code)
		}
		codes[r.Code] = true
	}
	files, err := filepath.Glob("docs/*")
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]bool{}
	for _, f := range files {
		code := strings.TrimSuffix(filepath.Base(f), ".txtar")
		documented[code] = true
		if !codes[code] {
			t.Errorf("%s is about no rule", f)
		}
	}
	for code := range codes {
		if !documented[code] {
			t.Errorf("%s has no document", code)
		}
	}
	for code := range generated {
		if !codes[code] {
			t.Errorf("%s is generated, but no rule", code)
		}
	}
}

func TestDocuments(t *testing.T) {
	for _, rule := range allRules() {
		t.Run(rule.Code, func(t *testing.T) {
			t.Parallel()
			d, err := lint.DocOf(rule.Code)
			if err != nil {
				t.Fatal(err)
			}
			checkForm(t, d)
			if err := lint.Explain(report.New("explain", cal.MustDate(usualDay)), rule); err != nil {
				t.Error(err)
			}
			if g, ok := generated[rule.Code]; ok {
				if d.Bad+d.Good+d.Want != "" {
					t.Error("the input is both written and generated")
				}
				found := examine(t, rule.Code, d, &g.file, g.with)
				compare(t, g.want, found)
				checkRule(t, rule, found)
				return
			}
			if d.Bad == "" || d.Good == "" || d.Want == "" && !*update {
				t.Fatal("bad.yaml, want or good.yaml is missing")
			}
			found := examine(t, rule.Code, d, &fstest.MapFile{Data: []byte(d.Bad)}, d.WithBad)
			if *update {
				rewrite(t, rule.Code, lines(found))
			} else {
				compare(t, d.Want, found)
			}
			checkRule(t, rule, found)
			compare(t, "", examine(t, rule.Code, d, &fstest.MapFile{Data: []byte(d.Good)}, d.WithGood))
		})
	}
}

// checkForm holds a document to its form: short, and fit for a terminal.
func checkForm(t *testing.T, d lint.Doc) {
	t.Helper()
	if n := strings.Count(d.Help, "\n") + 1; n < 2 || n > 10 {
		t.Errorf("the prose has %d lines", n)
	}
	if (d.Before == "") != (len(d.Days) == 0) || len(d.Days) != 0 && len(d.Days) != 2 || d.Message != "" && d.Before == "" {
		t.Error("before.yaml and two days belong together, and a message to them")
	}
	text := d.Help + "\n" + d.Before + d.Bad + d.Good + d.Message
	for _, f := range slices.Concat(d.Beside, d.WithBad, d.WithGood) {
		text += string(f.Data)
	}
	for line := range strings.Lines(text) {
		if utf8.RuneCountInString(strings.TrimSpace(line)) > 80 {
			t.Errorf("more than 80 columns: %s", line)
		}
	}
}

// examine loads a file, and what lies beside it, and runs all rules.
func examine(t *testing.T, code string, d lint.Doc, file *fstest.MapFile, with []txtar.File) []diag.Diagnostic {
	t.Helper()
	files := fstest.MapFS{"doc.yaml": file}
	for _, f := range slices.Concat(d.Beside, with) {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	if code == "YAML014" {
		files["vendored/.git"] = &fstest.MapFile{Data: []byte("gitdir: ../.git/modules/vendored\n")}
		files["vendored/team.yaml"] = &fstest.MapFile{Data: []byte("kind: Team\nmetadata: {name: sre}\n")}
	}
	if file.Mode&fs.ModeSymlink != 0 {
		files["team.yaml"] = &fstest.MapFile{Data: []byte("kind: Team\nmetadata: {name: sre}\n")}
	}
	res, err := load.Load(context.Background(), []load.Tree{{FS: files, Roots: []string{"."}, Name: func(p string) string { return p }}})
	if err != nil {
		t.Fatal(err)
	}
	o := lint.Options{AsOf: cal.MustDate(cmp.Or(d.AsOf, usualDay)), Codes: allRules()}
	if d.Horizon != "" {
		span, err := cal.ParseCalendarSpan(d.Horizon)
		if err != nil {
			t.Fatal(err)
		}
		o.Horizon = &span
	}
	if changed[code] {
		o.Before = snapshot(t, d.Before)
	}
	if d.Before != "" {
		o.History = historyOf(t, []version{
			{day: d.Days[0], text: d.Before},
			{day: d.Days[1], text: string(file.Data), message: d.Message},
		}, nil, o.AsOf)
	}
	if unchanged[code] {
		o.ChangedSince = func(cal.Date) func(string) bool { return func(string) bool { return false } }
	}
	found := slices.Concat(res.Diagnostics, lint.Run(res.Snapshot, o))
	found = slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return d.Waived })
	diag.Finish(found)
	return found
}

func lines(found []diag.Diagnostic) string {
	var b strings.Builder
	for _, d := range found {
		if strings.HasSuffix(d.File, ".csv") {
			b.WriteString(d.File + ":")
		}
		fmt.Fprintf(&b, "%d:%d %s %s\n", d.Range.Start.Line, d.Range.Start.Column, d.Code, d.Message)
	}
	return b.String()
}

func compare(t *testing.T, want string, found []diag.Diagnostic) {
	t.Helper()
	if diff := gocmp.Diff(want, lines(found)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// checkRule holds that the findings of a document are of its rule alone, and of
// the rule's severity.
func checkRule(t *testing.T, rule diag.Rule, found []diag.Diagnostic) {
	t.Helper()
	own := false
	for _, d := range found {
		switch {
		case d.Code == rule.Code && d.Severity != rule.Severity:
			t.Errorf("%s is of severity %s, the rule of %s", d.Message, d.Severity, rule.Severity)
		case d.Code == rule.Code:
			own = true
		case !slices.Contains(alsoBroken[rule.Code], d.Code):
			t.Errorf("the document breaks another rule: %s %s", d.Code, d.Message)
		}
	}
	if !own {
		t.Errorf("no finding is of %s", rule.Code)
	}
}

// alsoBroken are the rules that a rule's bad.yaml cannot but break too.
var alsoBroken = map[string][]string{
	"GOV012": {"MS001"}, // what the waiver was meant to silence
	"MS009":  {"MS001"}, // what is overdue
}

func rewrite(t *testing.T, code, want string) {
	t.Helper()
	name := filepath.Join("docs", code+".txtar")
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(a.Files, func(f txtar.File) bool { return f.Name == "want" })
	if at < 0 {
		t.Fatal("there is no section want to write to")
	}
	a.Files[at].Data = []byte(want)
	if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}
