package main

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"
)

// ciWorkflow is a workflow or an action of GitHub, as far as it is used here.
type ciWorkflow struct {
	On          any               `yaml:"on"`
	Permissions map[string]string `yaml:"permissions"`
	Inputs      map[string]struct {
		Default string `yaml:"default"`
	} `yaml:"inputs"`
	Defaults struct {
		Run struct {
			Shell string `yaml:"shell"`
		} `yaml:"run"`
	} `yaml:"defaults"`
	Jobs map[string]ciJob `yaml:"jobs"`
	Runs struct {
		Steps []ciStep `yaml:"steps"`
	} `yaml:"runs"`
}

type ciJob struct {
	If          string            `yaml:"if"`
	Needs       string            `yaml:"needs"`
	Uses        string            `yaml:"uses"`
	With        map[string]string `yaml:"with"`
	Permissions map[string]string `yaml:"permissions"`
	Outputs     map[string]string `yaml:"outputs"`
	Steps       []ciStep          `yaml:"steps"`
}

type ciStep struct {
	ID               string            `yaml:"id"`
	Name             string            `yaml:"name"`
	If               string            `yaml:"if"`
	Uses             string            `yaml:"uses"`
	With             map[string]string `yaml:"with"`
	Env              map[string]string `yaml:"env"`
	Run              string            `yaml:"run"`
	Shell            string            `yaml:"shell"`
	WorkingDirectory string            `yaml:"working-directory"`
}

// readCI reads a YAML file of the repository.
func readCI[T any](t *testing.T, name string) T {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repositoryRoot(t), filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	var v T
	if err := yaml.Unmarshal(text, &v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return v
}

// ciInputs are the defaults of what a reusable workflow takes.
func (w ciWorkflow) ciInputs() map[string]any {
	inputs := map[string]any{}
	call := w.On.(map[string]any)["workflow_call"].(map[string]any)
	for name, input := range call["inputs"].(map[string]any) {
		inputs[name] = input.(map[string]any)["default"]
	}
	return inputs
}

// ciFilter is what a step asks gh to choose.
var ciFilter = regexp.MustCompile(`--jq '([^']*)'`)

// The filters choose the comment of our own, and reviews that judge.
func TestPortfolioFilters(t *testing.T) {
	t.Parallel()
	jq, err := exec.LookPath("jq")
	if err != nil {
		t.Skip("jq is not installed")
	}
	text, err := os.ReadFile(filepath.Join(repositoryRoot(t), ".github", "workflows", "portfolio.yml"))
	if err != nil {
		t.Fatal(err)
	}
	filters := ciFilter.FindAllStringSubmatch(string(text), -1)
	if len(filters) != 2 {
		t.Fatalf("%d filters", len(filters))
	}
	user := func(login string) map[string]any { return map[string]any{"login": login} }
	for i, c := range []struct {
		items []map[string]any
		want  string
	}{
		{[]map[string]any{
			{"user": user("vlind"), "state": "APPROVED"},
			{"user": user("vlind"), "state": "COMMENTED"},
			{"user": nil, "state": "CHANGES_REQUESTED"},
			{"user": user("x"), "state": "PENDING"},
			{"user": user("y"), "state": "DISMISSED"},
		}, "vlind APPROVED\nnull CHANGES_REQUESTED\ny DISMISSED\n"},
		{[]map[string]any{
			{"id": 1, "user": user("stranger"), "body": ciMarker},
			{"id": 2, "user": user("github-actions[bot]"), "body": "quotes " + ciMarker},
			{"id": 3, "user": nil, "body": ""},
			{"id": 4, "user": user("github-actions[bot]"), "body": ciMarker + "\n\n## What"},
		}, "4\n"},
	} {
		input, err := json.Marshal(c.items)
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), jq, "-r", filters[i][1])
		cmd.Stdin = strings.NewReader(string(input))
		got, err := cmd.CombinedOutput()
		if err != nil || string(got) != c.want {
			t.Errorf("%s chooses %q, want %q (%v)", filters[i][1], got, c.want, err)
		}
	}
}

// What a token may do, what is checked out and what is run is what it has to be.
func TestCIIsCareful(t *testing.T) {
	t.Parallel()
	root := repositoryRoot(t)
	var files []string
	for _, pattern := range []string{".github/workflows/*.yml", ".github/actions/*/action.yml", "examples/ci/*.yml"} {
		list, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil || len(list) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(list), err)
		}
		files = append(files, list...)
	}
	pinned := regexp.MustCompile(`^((actions|github|golangci)/[\w/-]+@v\d+|\./(progctl/)?\.github/actions/progctl|progctl/progctl/\.github/workflows/portfolio\.yml@main)$`)
	for _, file := range files {
		name, err := filepath.Rel(root, file)
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "pull_request_target") {
			t.Errorf("%s has pull_request_target, which gives a fork what is ours", name)
		}
		if strings.HasSuffix(name, "gitlab-ci.yml") {
			continue
		}
		w := readCI[ciWorkflow](t, name)
		steps := w.Runs.Steps
		for _, job := range slices.Sorted(maps.Keys(w.Jobs)) {
			j := w.Jobs[job]
			steps = append(steps, j.Steps...)
			if j.Uses != "" && !pinned.MatchString(j.Uses) {
				t.Errorf("%s: %s is not pinned", name, j.Uses)
			}
			if w.Permissions == nil || len(w.Permissions) == 0 && j.Permissions == nil {
				t.Errorf("%s: job %s takes whatever the token may", name, job)
			}
		}
		for _, s := range steps {
			if strings.Contains(s.Run, "${{") {
				t.Errorf("%s: an expression is part of a script, where a name could be run:\n%s", name, s.Run)
			}
			if s.Uses != "" && !pinned.MatchString(s.Uses) {
				t.Errorf("%s: %s is not pinned", name, s.Uses)
			}
			if strings.HasPrefix(s.Uses, "actions/checkout@") && s.With["persist-credentials"] != "false" {
				t.Errorf("%s: a checkout leaves the token behind", name)
			}
			if strings.HasPrefix(s.Uses, "actions/checkout@") && s.With["path"] == "portfolio" && s.With["fetch-depth"] != "0" {
				t.Errorf("%s: a portfolio is checked out without its history", name)
			}
			args, _, _ := strings.Cut(s.With["args"], "\n")
			acceptsCommand(t, name, strings.Fields(args))
		}
	}

	called, caller := readCI[ciWorkflow](t, ".github/workflows/portfolio.yml"), readCI[ciWorkflow](t, "examples/ci/github.yml")
	permissions, union := map[string]map[string]string{}, map[string]string{}
	for name, job := range called.Jobs {
		permissions[name] = job.Permissions
		for scope, level := range job.Permissions {
			union[scope] = max(union[scope], level) // read, write
		}
	}
	if diff := cmp.Diff(map[string]map[string]string{
		"check":   {"contents": "read"},
		"diff":    {"contents": "read", "pull-requests": "read"},
		"comment": {"pull-requests": "write"},
	}, permissions); diff != "" {
		t.Errorf("permissions (-want +got):\n%s", diff)
	}
	// GitHub starts nothing where the caller grants less.
	if diff := cmp.Diff(union, caller.Jobs["portfolio"].Permissions); diff != "" {
		t.Errorf("what the caller grants (-needed +granted):\n%s", diff)
	}
	for name := range caller.Jobs["portfolio"].With {
		if _, ok := called.ciInputs()[name]; !ok {
			t.Errorf("there is no input %s", name)
		}
	}
	readme, err := os.ReadFile(filepath.Join(root, "examples", "ci", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range called.ciInputs() {
		if row := "| `" + name + "` | `" + ciString(value) + "` |"; !strings.Contains(string(readme), row) && name != "progctl-version" {
			t.Errorf("examples/ci/README.md lacks %s", row)
		}
	}
	_, block, _ := strings.Cut(string(readme), "```yaml\n")
	block, _, _ = strings.Cut(block, "```")
	var example []ciStep
	if err := yaml.Unmarshal([]byte(block), &example); err != nil || len(example) != 1 {
		t.Fatalf("the example of the action is no list of one step: %v", err)
	}
	acceptsCommand(t, "examples/ci/README.md", strings.Fields(example[0].With["args"]))
}

// acceptsCommand holds that a command line is understood.
func acceptsCommand(t *testing.T, where string, args []string) {
	t.Helper()
	if len(args) == 0 {
		return
	}
	cmd, rest, err := (&app{}).root().Find(args)
	if err == nil {
		err = cmd.ParseFlags(rest)
	}
	if err != nil {
		t.Errorf("%s: progctl %s: %v", where, strings.Join(args, " "), err)
	}
}
