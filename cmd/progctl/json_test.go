package main

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The JSON that programs outside of this repository read: the names of the
// fields, what is null and what is an empty list.

// object is a JSON object of which only the names of the fields are known.
type object map[string]json.RawMessage

func (o object) names() []string { return slices.Sorted(maps.Keys(o)) }

// decode reads one JSON value from the start of o[path...].
func decode[T any](t *testing.T, text []byte) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%v in %.200s", err, text)
	}
	return v
}

// has reports wanted names that are missing: fields may be added, none may go.
func (o object) has(t *testing.T, what string, wanted ...string) {
	t.Helper()
	for _, name := range wanted {
		if _, ok := o[name]; !ok {
			t.Errorf("%s has no %q, only %s", what, name, strings.Join(o.names(), ", "))
		}
	}
}

func (o object) is(t *testing.T, what string, want map[string]string) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got := string(compact(t, o[name])); got != want[name] {
			t.Errorf("%s.%s is %s, want %s", what, name, got, want[name])
		}
	}
}

func compact(t *testing.T, text json.RawMessage) []byte {
	t.Helper()
	if text == nil {
		return []byte("missing")
	}
	out, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var envelopeFields = []string{"report", "version", "asOf", "revision", "baseline", "data", "diagnostics"}

var findingFields = []string{
	"code", "severity", "message", "detail", "subject", "file", "line", "column", "endLine", "endColumn",
	"fingerprint", "owner", "team", "introduced", "waived",
}

func TestJSONOfFindings(t *testing.T) {
	t.Parallel()
	dir := writeFiles(t, map[string]string{
		"programs/late.yaml": `kind: Program
metadata: {name: late}
spec:
  team: core
  owner: ada
  objective: It is late.
  status: active
  start: 2026-01-05
  due: 2027-01-29
  milestones:
    - {id: waived, due: 2026-11-13, waivers: [{rule: MS001, until: 2026-12-31, reason: Agreed, approvedBy: ada}]}
    - {id: open, due: 2026-11-13}
    - {id: lent, owner: lab, team: lab, due: 2026-11-13}
---
kind: Team
metadata: {name: core}
---
kind: Team
metadata: {name: lab}
---
kind: Roster
metadata: {name: core}
spec: {team: core, people: [{id: ada, role: manager, level: L5, start: 2020-01-06}]}
---
kind: Portfolio
metadata: {name: all}
spec: {levels: [{id: L5}]}
`,
		"programs/tabs.yaml": "kind: Team\nmetadata:\n\tname: tabs\n",
	})
	for _, c := range []struct {
		command                  string
		findings, errors, waived int
		subjects, owners, teams  []string
		lines, endLines, columns []int
	}{
		{
			command: "check", findings: 4, errors: 3, waived: 1,
			subjects: []string{"program/late/milestone/waived", "program/late/milestone/open", "program/late/milestone/lent", "file/programs/tabs.yaml"},
			owners:   []string{"ada", "ada", "lab", ""}, teams: []string{"core", "core", "lab", ""},
			lines: []int{11, 12, 13, 3}, endLines: []int{11, 12, 13, 3}, columns: []int{25, 23, 46, 1},
		},
		{
			command: "validate", findings: 1, errors: 1,
			subjects: []string{"file/programs/tabs.yaml"},
			owners:   []string{""}, teams: []string{""},
			lines: []int{3}, endLines: []int{3}, columns: []int{1},
		},
	} {
		t.Run(c.command, func(t *testing.T) {
			t.Parallel()
			stdout, stderr, code := inProcess(t, c.command, "-C", dir, "-o", "json")
			if code != exitFindings || stderr != "" {
				t.Fatalf("exit code %d, stderr %s", code, stderr)
			}
			if !strings.HasSuffix(stdout, "}\n") {
				t.Error("the report does not end with a line end")
			}
			envelope := decode[object](t, []byte(stdout))
			if diff := cmp.Diff(slices.Sorted(slices.Values(envelopeFields)), envelope.names()); diff != "" {
				t.Errorf("the envelope (-want +got):\n%s", diff)
			}
			envelope.is(t, "report", map[string]string{
				"report": `"` + c.command + `"`, "version": "1", "asOf": `"` + today + `"`,
				"revision": "null", "baseline": "null", "diagnostics": "[]",
			})
			data := decode[object](t, envelope["data"])
			data.has(t, "data", "findings", "summary")
			summary := decode[map[string]int](t, data["summary"])
			if diff := cmp.Diff(map[string]int{
				"errors": c.errors, "warnings": 0, "infos": 0, "waived": c.waived, "documents": 5, "files": 2,
			}, summary); diff != "" {
				t.Errorf("summary (-want +got):\n%s", diff)
			}

			raw := decode[[]object](t, data["findings"])
			if len(raw) != c.findings {
				t.Fatalf("%d findings, want %d: %s", len(raw), c.findings, data["findings"])
			}
			type finding struct {
				Severity, Message, Subject       string
				Line, Column, EndLine, EndColumn int
				Fingerprint                      string
				Owner, Team                      *string
				Waived                           bool
			}
			seen := map[string]bool{}
			for i, f := range decode[[]finding](t, data["findings"]) {
				raw[i].has(t, "a finding", findingFields...)
				if f.Subject != c.subjects[i] || text(f.Owner) != c.owners[i] || text(f.Team) != c.teams[i] {
					t.Errorf("finding %d is of %s, owner %q, team %q", i, f.Subject, text(f.Owner), text(f.Team))
				}
				if f.Line != c.lines[i] || f.EndLine != c.endLines[i] || f.Column != c.columns[i] || f.EndColumn <= f.Column {
					t.Errorf("finding %d is at %d:%d to %d:%d", i, f.Line, f.Column, f.EndLine, f.EndColumn)
				}
				if len(f.Fingerprint) != 32 || seen[f.Fingerprint] {
					t.Errorf("finding %d has the fingerprint %q", i, f.Fingerprint)
				}
				seen[f.Fingerprint] = true
				if f.Waived != strings.HasSuffix(f.Subject, "/waived") {
					t.Errorf("finding %d: waived is %v", i, f.Waived)
				}
				if f.Severity != "error" || f.Message == "" || strings.HasSuffix(f.Message, ".") || strings.Contains(f.Message, "\n") {
					t.Errorf("finding %d: %s %q", i, f.Severity, f.Message)
				}
				raw[i].is(t, "a finding", map[string]string{"introduced": "null"})
				if c.owners[i] == "" {
					raw[i].is(t, "a finding", map[string]string{"owner": "null", "team": "null"})
				}
			}
		})
	}
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// Where nothing is found, the lists are there and empty.
func TestJSONOfNothing(t *testing.T) {
	t.Parallel()
	dir := writeFiles(t, map[string]string{"programs/team.yaml": "kind: Team\nmetadata: {name: core}\n"})
	for _, name := range []string{"check", "validate"} {
		stdout, _, code := inProcess(t, name, "-C", dir, "-o", "json")
		if code != exitFine {
			t.Errorf("%s: exit code %d", name, code)
		}
		data := decode[object](t, decode[object](t, []byte(stdout))["data"])
		data.is(t, name, map[string]string{
			"findings": "[]",
			"summary":  `{"errors":0,"warnings":0,"infos":0,"waived":0,"documents":1,"files":1}`,
		})
	}
}

// A finding without a place says so with nulls, not with zeros.
func TestJSONOfAPlacelessFinding(t *testing.T) {
	t.Parallel()
	dir := writeFiles(t, map[string]string{"programs/team.yaml": "kind: Team\nmetadata: {name: core}\n"})
	symlink(t, dir+"/programs/team.yaml", dir+"/programs/link.yaml")
	stdout, _, code := inProcess(t, "check", "-C", dir, "-o", "json")
	if code != exitFine {
		t.Errorf("exit code %d", code)
	}
	data := decode[object](t, decode[object](t, []byte(stdout))["data"])
	for _, f := range decode[[]object](t, data["findings"]) {
		f.is(t, "finding", map[string]string{
			"file": `"programs/link.yaml"`, "subject": `"file/programs/link.yaml"`,
			"line": "null", "column": "null", "endLine": "null", "endColumn": "null",
		})
	}
}

// A fingerprint is the same wherever its line goes, whatever the day, and
// whichever folder progctl is called from.
func TestFingerprintSurvives(t *testing.T) {
	t.Parallel()
	const program = `kind: Program
metadata: {name: late}
spec:
  objective: It is late.
  status: active
  start: 2026-01-05
  due: 2027-01-29
  milestones:
    - {id: first, due: 2026-11-13}
    - {id: second, due: 2026-11-13}
`
	fingerprints := func(asOf string, files map[string]string) map[string]string {
		t.Helper()
		stdout, _, _ := inProcess(t, "check", "-C", writeFiles(t, files), "-o", "json", "--as-of", asOf)
		data := decode[object](t, decode[object](t, []byte(stdout))["data"])
		list := map[string]string{}
		for _, f := range decode[[]map[string]any](t, data["findings"]) {
			list[f["code"].(string)+" "+f["subject"].(string)] = f["fingerprint"].(string)
		}
		return list
	}
	want := fingerprints("2026-11-23", map[string]string{"programs/late.yaml": program})
	if len(want) != 3 {
		t.Fatalf("%d findings, want 3: %v", len(want), want)
	}
	moved := "# A comment above it.\n\n" + strings.ReplaceAll(program, "    - {id: first, due: 2026-11-13}\n", "")
	moved += "    # The other way round.\n    - id: first\n      due: 2026-11-13\n"
	for name, got := range map[string]map[string]string{
		"another day":      fingerprints("2026-12-24", map[string]string{"programs/late.yaml": program}),
		"other lines":      fingerprints("2026-11-23", map[string]string{"programs/late.yaml": moved}),
		"a file elsewhere": fingerprints("2026-11-23", map[string]string{"programs/a/b/renamed.yml": program}),
	} {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
