package main

import (
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// gitHub is GitHub for one run of a workflow: it does what the runner does, but for
// the network. Repositories are checked out already, Go is installed already, and go
// and gh are scripts that keep what they were called with.
type gitHub struct {
	t        *testing.T
	dir      string // with workspace/portfolio, artifacts and fake
	contexts map[string]any
	path     []string

	conclusions  map[string]string // of jobs
	log, summary strings.Builder
}

const (
	fakeGo = `[ "$1 $3 $4" = "-C install ./cmd/progctl" ] && grep -q '^module github.com/progctl/progctl$' "$2/go.mod" || { echo "go $*" >&2; exit 9; }
mkdir -p "$GOBIN" && ln -sf "$FAKE/real/progctl" "$GOBIN/progctl"`
	fakeGH = `printf '%s\n' "$*" >> "$FAKE/calls"
case "$*" in
*/reviews*) cat "$FAKE/reviews" ;;
*comments\?*) cat "$FAKE/comments" ;;
esac
for arg; do case $arg in body=@*) cp "${arg#body=@}" "$FAKE/body" ;; esac; done`
)

// newGitHub is GitHub with a repository in its workspace. event is the payload.
func newGitHub(t *testing.T, repository, name string, event, inputs map[string]any) *gitHub {
	t.Helper()
	g := &gitHub{t: t, dir: t.TempDir(), conclusions: map[string]string{}}
	fake := filepath.Join(g.dir, "fake")
	g.write("fake/bin/go", "#!/usr/bin/env bash\n"+fakeGo+"\n", 0o755)
	g.write("fake/bin/gh", "#!/usr/bin/env bash\n"+fakeGH+"\n", 0o755)
	for _, file := range []string{"calls", "reviews", "comments"} {
		g.write("fake/"+file, "", 0o600)
	}
	g.path = []string{filepath.Join(fake, "bin")}
	real := realProgctl(t)
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		if dir != filepath.Dir(real) { // the action has to install it
			g.path = append(g.path, dir)
		}
	}
	for link, target := range map[string]string{"fake/real/progctl": real, "workspace/progctl": repositoryRoot(t), "workspace/portfolio": repository} {
		link = filepath.Join(g.dir, link)
		if err := errors.Join(os.MkdirAll(filepath.Dir(link), 0o700), os.Symlink(target, link)); err != nil {
			t.Fatal(err)
		}
	}
	github := map[string]any{
		"event_name": name, "event": event, "repository": "larkfield/portfolio", "token": "T", "workspace": filepath.Join(g.dir, "workspace"),
		"ref": event["ref"],
	}
	if pull, ok := event["pull_request"].(map[string]any); ok {
		github["base_ref"] = pull["base"].(map[string]any)["ref"]
	}
	g.contexts = map[string]any{
		"github": github, "inputs": inputs, "secrets": map[string]any{}, "job": map[string]any{},
		"runner": map[string]any{"temp": filepath.Join(g.dir, "temp")},
	}
	return g
}

// realProgctl is where progctl is that tests run.
func realProgctl(t *testing.T) string {
	t.Helper()
	name, err := exec.LookPath("progctl")
	if err != nil {
		t.Fatal(err)
	}
	return name
}

func (g *gitHub) write(name, text string, mode os.FileMode) {
	g.t.Helper()
	name = filepath.Join(g.dir, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o700), os.WriteFile(name, []byte(text), mode)); err != nil {
		g.t.Fatal(err)
	}
}

// read returns a file, empty where it is not there.
func (g *gitHub) read(name string) string {
	text, err := os.ReadFile(filepath.Join(g.dir, name))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		g.t.Fatal(err)
	}
	return string(text)
}

// run runs the jobs of a workflow, those that are needed first.
func (g *gitHub) run(w ciWorkflow) {
	needs := map[string]any{}
	names := slices.SortedFunc(maps.Keys(w.Jobs), func(a, b string) int {
		return strings.Compare(w.Jobs[a].Needs+a, w.Jobs[b].Needs+b) // no job here needs one that needs another
	})
	for _, name := range names {
		job := w.Jobs[name]
		g.contexts["needs"], g.contexts["steps"] = needs, map[string]any{}
		started := g.holds(job.If, job.Needs == "" || g.conclusions[job.Needs] == "success")
		outputs := map[string]any{}
		g.conclusions[name] = "skipped"
		if started {
			_ = os.RemoveAll(filepath.Join(g.dir, "temp")) // every job has a machine of its own
			if err := os.MkdirAll(filepath.Join(g.dir, "temp"), 0o700); err != nil {
				g.t.Fatal(err)
			}
			path := g.path
			g.conclusions[name] = g.steps(job.Steps, w.Defaults.Run.Shell)
			g.path = path
			for output, e := range job.Outputs {
				outputs[output] = ciExpand(g.t, e, g.contexts)
			}
		}
		needs[name] = map[string]any{"outputs": outputs}
	}
}

// holds evaluates the if: of a job or step. Where that asks for no status, all before
// it has to be well.
func (g *gitHub) holds(condition string, well bool) bool {
	condition = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(condition), "${{"), "}}")
	if strings.TrimSpace(condition) == "" {
		return well
	}
	return ciTrue(ciEval(g.t, condition, g.contexts)) && (well || strings.Contains(condition, "cancelled()"))
}

func (g *gitHub) steps(steps []ciStep, shell string) string {
	conclusion := "success"
	for _, step := range steps {
		if g.holds(step.If, conclusion == "success") && !g.step(step, shell) {
			conclusion = "failure"
		}
	}
	return conclusion
}

func (g *gitHub) step(step ciStep, shell string) bool {
	with := map[string]string{}
	for key, value := range step.With {
		with[key] = ciExpand(g.t, value, g.contexts)
	}
	action, _, _ := strings.Cut(step.Uses, "@")
	switch action {
	case "":
		return g.bash(step, shell)
	case "actions/checkout":
		if with["path"] != "portfolio" && with["path"] != "progctl" {
			g.t.Errorf("a repository is checked out to %q", with["path"])
		}
	case "actions/setup-go":
		if _, err := os.Stat(with["go-version-file"]); err != nil {
			g.t.Error(err)
		}
	case "actions/upload-artifact":
		to := filepath.Join(g.dir, "artifacts", with["name"])
		if err := os.CopyFS(to, os.DirFS(with["path"])); err != nil && (with["if-no-files-found"] != "ignore" || !errors.Is(err, os.ErrNotExist)) {
			g.t.Error(err)
		}
	case "actions/download-artifact":
		if err := os.CopyFS(g.inWorkspace(with["path"]), os.DirFS(filepath.Join(g.dir, "artifacts", with["name"]))); err != nil {
			g.t.Error(err)
		}
	default:
		folder, ok := strings.CutPrefix(step.Uses, "./progctl/")
		if !ok {
			g.t.Fatalf("the test knows no action %s", step.Uses)
		}
		return g.action(folder, with)
	}
	return true
}

func (g *gitHub) inWorkspace(name string) string { return filepath.Join(g.dir, "workspace", name) }

// action runs a composite action of this repository.
func (g *gitHub) action(folder string, with map[string]string) bool {
	a := readCI[ciWorkflow](g.t, folder+"/action.yml")
	inputs := map[string]any{}
	for name, input := range a.Inputs {
		inputs[name] = input.Default
	}
	for name, value := range with {
		inputs[name] = value
	}
	outer := maps.Clone(g.contexts)
	defer func() { g.contexts = outer }()
	g.contexts = maps.Clone(outer)
	g.contexts["inputs"], g.contexts["steps"] = inputs, map[string]any{}
	g.contexts["action path"] = g.inWorkspace("progctl/" + folder)
	return g.steps(a.Runs.Steps, "") == "success"
}

// bash runs a step as the runner does, and takes what it leaves in files.
func (g *gitHub) bash(step ciStep, shell string) bool {
	if step.Shell != "" {
		shell = step.Shell
	}
	args := []string{"-e"}
	if shell == "bash" {
		args = []string{"--noprofile", "--norc", "-eo", "pipefail"}
	}
	for _, file := range []string{"script", "output", "summary", "path"} {
		g.write("step/"+file, "", 0o600)
	}
	g.write("step/script", step.Run, 0o600)
	cmd := exec.CommandContext(g.t.Context(), "bash", append(args, filepath.Join(g.dir, "step", "script"))...)
	cmd.Dir = g.inWorkspace(step.WorkingDirectory)
	github := g.contexts["github"].(map[string]any)
	cmd.Env = append(hermetic(), "PATH="+strings.Join(g.path, string(os.PathListSeparator)), "HOME="+g.dir, "FAKE="+filepath.Join(g.dir, "fake"),
		"GITHUB_EVENT_NAME="+ciString(github["event_name"]), "GITHUB_REF="+ciString(github["ref"]), "GITHUB_REPOSITORY="+ciString(github["repository"]),
		"GITHUB_WORKSPACE="+g.inWorkspace(""), "GITHUB_ACTION_PATH="+ciString(g.contexts["action path"]), "RUNNER_TEMP="+filepath.Join(g.dir, "temp"),
		"GITHUB_OUTPUT="+filepath.Join(g.dir, "step/output"), "GITHUB_PATH="+filepath.Join(g.dir, "step/path"),
		"GITHUB_STEP_SUMMARY="+filepath.Join(g.dir, "step/summary"))
	for name, value := range step.Env {
		cmd.Env = append(cmd.Env, name+"="+ciExpand(g.t, value, g.contexts))
	}
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		g.t.Fatal(err)
	}
	g.log.Write(out)
	g.summary.WriteString(g.read("step/summary"))
	outputs := map[string]any{}
	for line := range strings.Lines(g.read("step/output")) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		outputs[name] = value
	}
	g.contexts["steps"].(map[string]any)[step.ID] = map[string]any{"outputs": outputs}
	if added := strings.Fields(g.read("step/path")); len(added) > 0 {
		g.path = append(added, g.path...)
	}
	return err == nil
}
