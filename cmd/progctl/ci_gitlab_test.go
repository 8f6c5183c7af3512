package main

import (
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// gitLabJob is a job of .gitlab-ci.yml, as far as it is used here.
type gitLabJob struct {
	Extends      string            `yaml:"extends"`
	Needs        []string          `yaml:"needs"`
	Variables    map[string]string `yaml:"variables"`
	BeforeScript []string          `yaml:"before_script"`
	Script       []string          `yaml:"script"`
	Rules        []gitLabRule      `yaml:"rules"`
	Artifacts    struct {
		When    string            `yaml:"when"`
		Paths   []string          `yaml:"paths"`
		Reports map[string]string `yaml:"reports"`
	} `yaml:"artifacts"`
}

type gitLabRule struct {
	If string `yaml:"if"`
}

// gitLabHolds evaluates a rule: clauses joined by &&, each a variable or two that are
// the same.
func gitLabHolds(t *testing.T, rule string, variables map[string]string) bool {
	t.Helper()
	value := func(text string) string {
		switch {
		case regexp.MustCompile(`^\$\w+$`).MatchString(text):
			return variables[text[1:]]
		case regexp.MustCompile(`^"[^"$]*"$`).MatchString(text):
			return text[1 : len(text)-1]
		}
		t.Fatalf("rule %s: cannot read %s", rule, text)
		return ""
	}
	for _, clause := range strings.Split(rule, " && ") {
		left, right, equal := strings.Cut(clause, " == ")
		if equal && value(left) != value(right) || !equal && value(left) == "" {
			return false
		}
	}
	return true
}

const fakeCurl = `url=${!#} method=GET options=" $* "
while [ $# -gt 0 ]; do
  case $1 in
  --request) method=$2 ;;
  --data-urlencode) cp "${2#body@}" "$FAKE/body" ;;
  --header)
    if [ "$2" != "PRIVATE-TOKEN: secret" ]; then
      case $options in *" --fail "*) exit 22 ;; esac
      echo '{"message": "401 Unauthorized"}'
      exit 0
    fi
    ;;
  esac
  shift
done
case "$method $url" in
"GET https://gitlab.example/api/v4/user") echo '{"id": 7}' ;;
GET*page=1) cat "$FAKE/notes" ;;
GET*page=2) cat "$FAKE/notes2" ;;
GET*) echo '[]' ;;
*) printf '%s\n' "$method ${url#https://gitlab.example/api/v4/}" >> "$FAKE/calls" ;;
esac`

func TestGitLab(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("perl"); err != nil {
		t.Skip("perl is not installed")
	}
	jobs := readCI[map[string]gitLabJob](t, "examples/ci/gitlab-ci.yml")
	sources := ciRepository(t, map[string]string{"go.mod": "module github.com/progctl/progctl\n"}, nil)
	program := func(text string) map[string]string { return map[string]string{"programs/p.yaml": text} }
	merge := map[string]string{
		"CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_DIFF_BASE_SHA": "main", "CI_MERGE_REQUEST_IID": "3",
		"CI_MERGE_REQUEST_PROJECT_ID": "9", "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "9",
	}
	with := func(more ...string) map[string]string {
		m := maps.Clone(merge)
		for i := 0; i < len(more); i += 2 {
			m[more[i]] = more[i+1]
		}
		return m
	}
	onMain := func(source string) map[string]string {
		return map[string]string{"CI_PIPELINE_SOURCE": source, "CI_COMMIT_BRANCH": "main"}
	}
	moved := ciMoved.Replace(ciProgram)
	const ours = `[{"id": 40, "author": {"id": 8}, "body": "` + ciMarker + `"}, {"id": 41, "author": {"id": 7}, "body": "` + ciMarker + `\nü"}]`
	for name, c := range map[string]struct {
		before, after map[string]string
		variables     map[string]string
		notes, notes2 string
		installs      bool // what others have, to save time

		want  map[string]int // exit codes of the jobs that run
		calls string         // that write
		says  string
	}{
		"a change that introduces a finding fails": {
			before: program(ciProgram), after: program(ciProgram + newer), variables: merge,
			want: map[string]int{"progctl:check": 1, "progctl:diff": 0}, says: "MS001",
		},
		"an inherited finding does not fail": {
			before: program(ciProgram + overdue), after: program(moved + overdue), variables: merge,
			want: map[string]int{"progctl:check": 0, "progctl:diff": 0}, says: "(inherited)",
		},
		"the result of the merge is compared with its target": {
			before: program(ciProgram), after: program(moved), variables: with("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "main", "CI_MERGE_REQUEST_DIFF_BASE_SHA", "none"),
			want: map[string]int{"progctl:check": 0, "progctl:diff": 0}, says: "recovery/ga",
		},
		"a first note": {
			before: program(ciProgram), after: program(moved), variables: with("PROGCTL_NOTE_TOKEN", "secret"),
			want: map[string]int{"progctl:check": 0, "progctl:diff": 0, "progctl:note": 0}, calls: "POST projects/9/merge_requests/3/notes\n",
		},
		"the note is updated in place": {
			before: program(ciProgram), after: program(moved), variables: with("PROGCTL_NOTE_TOKEN", "secret"), notes: ours,
			want: map[string]int{"progctl:check": 0, "progctl:diff": 0, "progctl:note": 0}, calls: "PUT projects/9/merge_requests/3/notes/41\n",
		},
		"the note is found on the second page": {
			before: program(ciProgram), after: program(moved), variables: with("PROGCTL_NOTE_TOKEN", "secret"), notes: `[{"id": 1, "author": {"id": 7}, "body": ""}]`, notes2: ours,
			want: map[string]int{"progctl:check": 0, "progctl:diff": 0, "progctl:note": 0}, calls: "PUT projects/9/merge_requests/3/notes/41\n",
		},
		"nothing changed is no note": {
			before: program(ciProgram), after: map[string]string{"README.md": "x"}, variables: with("PROGCTL_NOTE_TOKEN", "secret"),
			want: map[string]int{"progctl:check": 0, "progctl:diff": 0, "progctl:note": 0},
		},
		"nothing changed any more deletes the note": {
			before: program(ciProgram), after: map[string]string{"README.md": "x"}, variables: with("PROGCTL_NOTE_TOKEN", "secret"), notes: ours,
			want: map[string]int{"progctl:check": 0, "progctl:diff": 0, "progctl:note": 0}, calls: "DELETE projects/9/merge_requests/3/notes/41\n",
		},
		"a token that is refused fails": {
			before: program(ciProgram), after: program(moved), variables: with("PROGCTL_NOTE_TOKEN", "stale"),
			want: map[string]int{"progctl:check": 0, "progctl:diff": 0, "progctl:note": 22},
		},
		"a fork gets the artifact alone": {
			before: program(ciProgram), after: program(moved), variables: with("PROGCTL_NOTE_TOKEN", "secret", "CI_MERGE_REQUEST_SOURCE_PROJECT_ID", "10"),
			want: map[string]int{"progctl:check": 0, "progctl:diff": 0},
		},
		"what is not valid is left to check": {
			before: map[string]string{"programs/p.yaml": ciProgram, "programs/x.yaml": "kind: Program\n"}, after: program(moved), variables: merge,
			want: map[string]int{"progctl:check": 0, "progctl:diff": 0},
		},
		"an unknown base could not be read": {
			before: program(ciProgram), after: program(moved), variables: with("CI_MERGE_REQUEST_DIFF_BASE_SHA", "none"),
			want: map[string]int{"progctl:check": 3, "progctl:diff": 3},
		},
		"main fails for what is overdue": {
			before: program(ciProgram + overdue), variables: onMain("push"), want: map[string]int{"progctl:check": 1}, says: "MS001",
		},
		"another branch waits for its merge request": {
			before: program(ciProgram + overdue), variables: map[string]string{"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "work"}, want: map[string]int{},
		},
		"the schedule looks ahead": {
			before: program(ciProgram + overdue), variables: onMain("schedule"), want: map[string]int{"progctl:check": 1, "progctl:horizon": 0}, says: "MS012",
		},
		"by hand": {
			before: program(ciProgram), variables: onMain("web"), installs: true, want: map[string]int{"progctl:check": 0, "progctl:horizon": 0}, says: "MS012",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			repository := ciRepository(t, c.before, c.after)
			g := newGitHub(t, repository, "", map[string]any{}, nil) // for its fakes
			g.write("fake/bin/curl", "#!/usr/bin/env bash\n"+fakeCurl+"\n", 0o755)
			g.write("fake/notes", orEmpty(c.notes), 0o600)
			g.write("fake/notes2", orEmpty(c.notes2), 0o600)
			bin := filepath.Join(g.dir, "bin")
			if !c.installs {
				bin = filepath.Join(g.dir, "fake", "real")
			}
			codes, said := map[string]int{}, ""
			for _, name := range slices.Sorted(maps.Keys(jobs)) { // note comes after diff, which it needs
				job := jobs[name]
				variables := map[string]string{"CI_DEFAULT_BRANCH": "main", "CI_API_V4_URL": "https://gitlab.example/api/v4"}
				maps.Copy(variables, jobs[job.Extends].Variables)
				maps.Copy(variables, job.Variables)
				if name != "progctl:note" && variables["GIT_DEPTH"] != "0" {
					t.Errorf("%s has a GIT_DEPTH of %q", name, variables["GIT_DEPTH"])
				}
				if len(job.Artifacts.Reports) > 0 && job.Artifacts.When != "always" {
					t.Errorf("%s keeps its reports only where there is nothing to report", name)
				}
				variables["PROGCTL_REPOSITORY"] = "file://" + sources
				maps.Copy(variables, c.variables)
				if strings.HasPrefix(name, ".") || !slices.ContainsFunc(job.Rules, func(r gitLabRule) bool { return gitLabHolds(t, r.If, variables) }) {
					continue
				}
				script := job.Script
				if c.installs {
					script = slices.Concat(jobs[job.Extends].BeforeScript, script)
				}
				cmd := exec.CommandContext(t.Context(), "bash", "-eo", "pipefail", "-c", strings.Join(script, "\n"))
				cmd.Dir = repository
				cmd.Env = append(hermetic(), "PATH="+strings.Join(append([]string{bin}, g.path...), string(os.PathListSeparator)),
					"HOME="+g.dir, "TMPDIR="+t.TempDir(), "FAKE="+filepath.Join(g.dir, "fake"), "GOBIN="+bin)
				for name, value := range variables {
					cmd.Env = append(cmd.Env, name+"="+value)
				}
				out, err := cmd.CombinedOutput()
				var exit *exec.ExitError
				if err != nil && !errors.As(err, &exit) {
					t.Fatal(err)
				}
				codes[name] = cmd.ProcessState.ExitCode()
				said += string(out)
				kept := slices.AppendSeq(slices.Clone(job.Artifacts.Paths), maps.Values(job.Artifacts.Reports))
				for _, file := range kept {
					if _, err := os.Stat(filepath.Join(repository, file)); err != nil && codes[name] <= exitFindings {
						t.Errorf("%s leaves no %s", name, file)
					}
				}
			}
			if diff := cmp.Diff(c.want, codes); diff != "" {
				t.Errorf("exit codes (-want +got):\n%s\n%s", diff, said)
			}
			if diff := cmp.Diff(c.calls, g.read("fake/calls")); diff != "" {
				t.Errorf("writes (-want +got):\n%s", diff)
			}
			if body := g.read("fake/body"); (body != "") != strings.HasPrefix(c.calls, "P") || body != "" && !strings.HasPrefix(body, ciMarker+"\n") {
				t.Errorf("the note is %q", body)
			}
			if !strings.Contains(said, c.says) {
				t.Errorf("it does not say %q:\n%s", c.says, said)
			}
		})
	}
	if got := jobs["progctl:note"].Variables["MARKER"]; got != ciMarker {
		t.Errorf("the note is looked for by %q, want %q", got, ciMarker)
	}
}

// orEmpty is a list of nothing where nothing is said.
func orEmpty(list string) string {
	if list == "" {
		return "[]"
	}
	return list
}
