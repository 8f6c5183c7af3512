package lint_test

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/lint"
	"github.com/progctl/progctl/pkg/load"
	"github.com/progctl/progctl/pkg/portfolio"
)

// program is a portfolio of one program with the milestones given as flow mappings;
// fields stand beside its own.
func program(status, fields string, milestones ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "kind: Team\nmetadata: {name: sre}\n---\nkind: Program\nmetadata: {name: p}\nspec:\n")
	fmt.Fprintf(&b, "  owner: sre\n  objective: It works.\n  status: %s\n  start: 2026-01-05\n", status)
	if !strings.Contains(fields, "due: ") {
		fmt.Fprint(&b, "  due: 2027-06-30\n")
	}
	for _, line := range strings.FieldsFunc(fields, func(r rune) bool { return r == '\n' }) {
		fmt.Fprintf(&b, "  %s\n", line)
	}
	fmt.Fprint(&b, "  milestones:\n")
	for _, m := range milestones {
		fmt.Fprintf(&b, "    - {%s}\n", m)
	}
	return b.String()
}

// active is a program that is active.
func active(milestones ...string) string { return program("active", "", milestones...) }

// with adds a Portfolio whose spec is given as a flow mapping.
func with(spec, text string) string {
	return "kind: Portfolio\nmetadata: {name: main}\nspec: {" + spec + "}\n---\n" + text
}

func waiver(rule string) string {
	return "waivers: [{rule: " + rule + ", until: 2026-12-31, reason: agreed, approvedBy: ada}]"
}

// historyCase is a portfolio that was committed in several versions.
type historyCase struct {
	name     string
	versions []version
	workTree string // where it is not empty, what is not committed
	asOf     string // usualDay where it is empty
	options  func(*lint.Options)
	want     []string // as messages spells them
}

func (c historyCase) find(t *testing.T) []diag.Diagnostic {
	t.Helper()
	text := c.versions[len(c.versions)-1].text
	var workTree *string
	if c.workTree != "" {
		text, workTree = c.workTree, &c.workTree
	}
	o := lint.Options{AsOf: cal.MustDate(cmp.Or(c.asOf, usualDay)), Codes: allRules()}
	o.History = historyOf(t, c.versions, workTree, o.AsOf)
	if c.options != nil {
		c.options(&o)
	}
	s := snapshot(t, text)
	found := lint.Run(s, o)
	diag.Finish(found)
	return found
}

func snapshot(t *testing.T, text string) *portfolio.Snapshot {
	t.Helper()
	files := fstest.MapFS{"doc.yaml": &fstest.MapFile{Data: []byte(text)}}
	res, err := load.Load(context.Background(), []load.Tree{{FS: files, Roots: []string{"."}, Name: func(p string) string { return p }}})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range res.Diagnostics {
		t.Logf("%d:%d %s %s", d.Range.Start.Line, d.Range.Start.Column, d.Code, d.Message)
	}
	return res.Snapshot
}

// runCases finds what there is to find in every case.
func runCases(t *testing.T, cases []historyCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := gocmp.Diff(append([]string{}, c.want...), messages(c.find(t))); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// messages are "CODE message", with "waived: " before it where it is.
func messages(found []diag.Diagnostic) []string {
	list := []string{}
	for _, d := range found {
		line := d.Code + " " + d.Message
		if d.Waived {
			line = "waived: " + line
		}
		list = append(list, line)
	}
	return list
}

// checkMessages runs all rules and compares what they say, by place.
func checkMessages(t *testing.T, name string, want []string, s *portfolio.Snapshot, o lint.Options) {
	t.Helper()
	found := lint.Run(s, o)
	diag.Finish(found)
	if diff := gocmp.Diff(append([]string{}, want...), messages(found)); diff != "" {
		t.Errorf("%s: findings (-want +got):\n%s", name, diff)
	}
}
