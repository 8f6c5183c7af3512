package main

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPortfolioWorkflow(t *testing.T) {
	t.Parallel()
	const own, fork, path = "larkfield/portfolio", "stranger/portfolio", "programs/p.yaml"
	program := func(text string) map[string]string { return map[string]string{path: text} }
	push := func(ref string) map[string]any {
		return map[string]any{"ref": ref, "repository": map[string]any{"default_branch": "main"}}
	}
	moved := ciMoved.Replace(ciProgram)
	for name, c := range map[string]struct {
		before, after map[string]string
		event         string
		payload       map[string]any
		inputs        map[string]any
		told          string // comments of our own, as gh --jq prints them
		reviews       string
		prepare       func(t *testing.T, dir string)

		want         string   // conclusions of check, diff, comment
		calls        []string // of gh that write
		says, silent []string // in the log or the summary
	}{
		"a pull request that introduces a finding fails, and is commented": {
			before: program(ciProgram), after: program(ciProgram + newer), event: "pull_request", payload: ciPull(own),
			want: "failure success success", calls: []string{"POST repos/larkfield/portfolio/issues/7/comments"},
			says: []string{"::error file=programs/p.yaml,line=16,", "MS001", ciMarker, "recovery/new"}, silent: []string{"could not run"},
		},
		"an inherited finding does not fail": {
			before: program(ciProgram + overdue), after: program(moved + overdue), event: "pull_request", payload: ciPull(own),
			want: "success success success", calls: []string{"POST repos/larkfield/portfolio/issues/7/comments"},
			says: []string{"(inherited)", "recovery/ga"},
		},
		"the comment is updated in place": {
			before: program(ciProgram), after: program(moved), event: "pull_request", payload: ciPull(own), told: "42\n43\n",
			want: "success success success", calls: []string{"PATCH repos/larkfield/portfolio/issues/comments/42"},
		},
		"nothing changed is no comment": {
			before: program(ciProgram), after: map[string]string{"README.md": "x"}, event: "pull_request", payload: ciPull(own),
			want: "success success success", silent: []string{ciMarker},
		},
		"nothing changed any more deletes the comment": {
			before: program(ciProgram), after: map[string]string{"README.md": "x"}, event: "pull_request", payload: ciPull(own), told: "42\n",
			want: "success success success", calls: []string{"DELETE repos/larkfield/portfolio/issues/comments/42"},
		},
		"a fork gets the summary alone": {
			before: program(ciProgram), after: program(moved), event: "pull_request", payload: ciPull(fork),
			want: "success success skipped", says: []string{ciMarker, "recovery/ga"},
		},
		"nobody wants comments": {
			before: program(ciProgram), after: program(moved), event: "pull_request", payload: ciPull(own), inputs: map[string]any{"comment": false},
			want: "success success skipped", says: []string{ciMarker},
		},
		"what is not valid is left to check": {
			before: map[string]string{path: ciProgram, "programs/x.yaml": "kind: Program\n"}, after: program(moved), event: "pull_request", payload: ciPull(own),
			want: "success success success", calls: []string{"POST repos/larkfield/portfolio/issues/7/comments"}, says: []string{"(inherited)"},
		},
		"an approval is missing": {
			before: map[string]string{path: ciProgram, "programs/o.yaml": ciPolicy}, after: program(moved), event: "pull_request", payload: ciPull(own),
			inputs: map[string]any{"approvals": true}, reviews: "someone APPROVED\n",
			want: "success failure success", calls: []string{"POST repos/larkfield/portfolio/issues/7/comments"}, says: []string{"approval missing: vera"},
		},
		"an approval was taken back": {
			before: map[string]string{path: ciProgram, "programs/o.yaml": ciPolicy}, after: program(moved), event: "pull_request", payload: ciPull(own),
			inputs: map[string]any{"approvals": true}, reviews: "vlind APPROVED\nvlind CHANGES_REQUESTED\n",
			want: "success failure success", calls: []string{"POST repos/larkfield/portfolio/issues/7/comments"}, says: []string{"approval missing: vera"},
		},
		"an approval is there": {
			before: map[string]string{path: ciProgram, "programs/o.yaml": ciPolicy}, after: program(moved), event: "pull_request", payload: ciPull(own),
			inputs: map[string]any{"approvals": true}, reviews: "vlind CHANGES_REQUESTED\nsomeone APPROVED\nvlind APPROVED\n",
			want: "success success success", calls: []string{"POST repos/larkfield/portfolio/issues/7/comments"}, silent: []string{"approval missing"},
		},
		"approvals are off": {
			before: map[string]string{path: ciProgram, "programs/o.yaml": ciPolicy}, after: program(moved), event: "pull_request", payload: ciPull(own),
			want: "success success success", calls: []string{"POST repos/larkfield/portfolio/issues/7/comments"},
		},
		"a merge queue fails for what is new": {
			before: program(ciProgram), after: program(ciProgram + newer), event: "merge_group",
			payload: map[string]any{"ref": "refs/heads/queue", "merge_group": map[string]any{"base_sha": "main"}},
			want:    "failure skipped skipped",
		},
		"a merge queue lets pass what is inherited": {
			before: program(ciProgram + overdue), after: program(moved + overdue), event: "merge_group",
			payload: map[string]any{"ref": "refs/heads/queue", "merge_group": map[string]any{"base_sha": "main"}},
			want:    "success skipped skipped",
		},
		"main fails for what is overdue": {
			before: program(ciProgram + overdue), event: "push", payload: push("refs/heads/main"),
			want: "failure skipped skipped", says: []string{"::error file=programs/p.yaml,line=16,"}, silent: []string{"could not run", "MS012"},
		},
		"main passes": {
			before: program(ciProgram), event: "push", payload: push("refs/heads/main"), want: "success skipped skipped", says: []string{"no problems"},
		},
		"another branch waits for its pull request": {
			before: program(ciProgram + overdue), event: "push", payload: push("refs/heads/work"),
			want: "success skipped skipped", says: []string{"::notice title=progctl did not run::"},
		},
		"the schedule looks ahead": {
			before: program(ciProgram), event: "schedule", payload: map[string]any{"ref": "refs/heads/main"},
			want: "success skipped skipped", says: []string{"MS012", `milestone "soon" is due in 8 days`},
		},
		"the schedule fails for what is overdue, and looks ahead": {
			before: program(ciProgram + overdue), event: "schedule", payload: map[string]any{"ref": "refs/heads/main"},
			want: "failure skipped skipped", says: []string{"MS012", "::error file=programs/p.yaml,line=16,"},
		},
		"a horizon that means nothing could not be looked at": {
			before: program(ciProgram), event: "schedule", payload: map[string]any{"ref": "refs/heads/main"}, inputs: map[string]any{"horizon": "far"},
			want: "failure skipped skipped", says: []string{"::error title=progctl could not run::exit code 2,"},
		},
		"by hand": {
			before: program(ciProgram), event: "workflow_dispatch", payload: map[string]any{"ref": "refs/heads/main"}, inputs: map[string]any{"horizon": "1d"},
			want: "success skipped skipped", says: []string{"no problems"}, silent: []string{"MS012"},
		},
		"warnings may fail": {
			before: program(strings.Replace(ciProgram, "  owner: core\n", "", 1)), event: "push", payload: push("refs/heads/main"), inputs: map[string]any{"fail-on": "info"},
			want: "failure skipped skipped",
		},
		"an unknown event fails": {
			before: program(ciProgram), event: "issue_comment", payload: map[string]any{}, want: "failure skipped skipped",
			says: []string{"::error title=progctl could not run::there is no lane for the event issue_comment"},
		},
		"a shallow clone could not be read": {
			before: program(ciProgram), after: program(moved), event: "pull_request", payload: ciPull(own),
			prepare: func(t *testing.T, dir string) {
				head, err := os.ReadFile(filepath.Join(dir, ".git", "refs", "heads", "main"))
				if err == nil {
					err = os.WriteFile(filepath.Join(dir, ".git", "shallow"), head, 0o600)
				}
				if err != nil {
					t.Fatal(err)
				}
			},
			want: "failure failure skipped", says: []string{"::error title=progctl could not run::exit code 3,", "fetch-depth: 0"},
		},
		"names are never run": {
			before: program(ciProgram), event: "pull_request", payload: map[string]any{"pull_request": map[string]any{
				"number": 7, "base": map[string]any{"ref": "$(touch $FAKE/pwned)`touch $FAKE/pwned`\";touch $FAKE/pwned;\""}, "head": map[string]any{"repo": map[string]any{"full_name": own}},
			}},
			inputs: map[string]any{"directory": "$(touch $FAKE/pwned)\"; touch $FAKE/pwned; \"", "fail-on": "$(touch $FAKE/pwned)"},
			want:   "failure failure skipped", says: []string{"::error title=progctl could not run::"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := ciRepository(t, c.before, c.after)
			if c.prepare != nil {
				c.prepare(t, dir)
			}
			w := readCI[ciWorkflow](t, ".github/workflows/portfolio.yml")
			inputs := w.ciInputs()
			maps.Copy(inputs, c.inputs)
			g := newGitHub(t, dir, c.event, c.payload, inputs)
			g.write("fake/comments", c.told, 0o600)
			g.write("fake/reviews", c.reviews, 0o600)
			g.run(w)

			said := g.log.String() + g.summary.String()
			if got := g.conclusions["check"] + " " + g.conclusions["diff"] + " " + g.conclusions["comment"]; got != c.want {
				t.Errorf("check, diff, comment: %s, want %s\n%s", got, c.want, said)
			}
			var writes []string
			for line := range strings.Lines(g.read("fake/calls")) {
				if m := regexp.MustCompile(`^api --method (\w+ \S+)( -F body=@diff\.md)? --silent$`).FindStringSubmatch(strings.TrimSpace(line)); m != nil {
					writes = append(writes, m[1])
				} else if !strings.HasPrefix(line, "api --paginate repos/larkfield/portfolio/") {
					t.Errorf("gh is called with %s", line)
				}
			}
			if diff := cmp.Diff(c.calls, writes); diff != "" {
				t.Errorf("writes (-want +got):\n%s", diff)
			}
			if body := g.read("fake/body"); len(c.calls) > 0 && !strings.HasPrefix(c.calls[0], "DELETE") && !strings.HasPrefix(body, ciMarker+"\n") {
				t.Errorf("the comment is %q", body)
			}
			for _, text := range c.says {
				if !strings.Contains(said, text) {
					t.Errorf("it does not say %q:\n%s", text, said)
				}
			}
			for _, text := range c.silent {
				if strings.Contains(said, text) {
					t.Errorf("it says %q:\n%s", text, said)
				}
			}
			if _, err := os.Stat(filepath.Join(g.dir, "fake", "pwned")); err == nil {
				t.Error("a name was run")
			}
		})
	}
}

// The action runs what it is told to, from the folder it is told to.
func TestPortfolioAction(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args, directory string
		well            bool
		says            string
	}{
		"nothing":       {"", "portfolio", true, "progctl 0."},
		"words":         {"check\n  --fail-on  never -o text", "portfolio", true, "MS001"},
		"findings":      {"check", "portfolio", false, "MS001"},
		"could not run": {"check", "nowhere", false, "::error title=progctl could not run::exit code 3,"},
		"no globs":      {"check *", "portfolio", false, "validate *"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newGitHub(t, ciRepository(t, map[string]string{"programs/p.yaml": ciProgram + overdue}, nil), "push", map[string]any{}, nil)
			well := g.action(".github/actions/progctl", map[string]string{"args": c.args, "directory": c.directory})
			if said := g.log.String(); well != c.well || !strings.Contains(said, c.says) {
				t.Errorf("it ends well: %t, want %t with %q:\n%s", well, c.well, c.says, said)
			}
		})
	}
}
