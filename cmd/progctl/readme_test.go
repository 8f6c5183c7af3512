package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
)

var updateReadme = flag.Bool("update-readme", false, "write the output of commands into the README")

var consoleBlock = regexp.MustCompile("(?ms)^```console\n\\$ (?:go run \\./cmd/)?progctl ([^\n]*)\n(.*?)```$")

// Output that the README shows is what the commands print.
func TestReadmeShowsRealOutput(t *testing.T) {
	root := filepath.Join("..", "..")
	path := filepath.Join(root, "README.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
	blocks := 0
	updated := consoleBlock.ReplaceAllStringFunc(string(text), func(block string) string {
		blocks++
		m := consoleBlock.FindStringSubmatch(block)
		var out, errs bytes.Buffer
		a := &app{
			stdin: strings.NewReader(""), stdout: &out, stderr: &errs,
			env: func(string) (string, bool) { return "", false }, asOf: cal.MustDate("2026-11-23"),
		}
		if code := run(context.Background(), a, strings.Fields(m[1])); code > exitFindings {
			t.Errorf("progctl %s exits with %d: %s", m[1], code, errs.String())
		}
		if diff := cmp.Diff(out.String(), m[2]); diff != "" && !*updateReadme {
			t.Errorf("the README shows other output of progctl %s (-printed +shown):\n%s", m[1], diff)
		}
		return strings.TrimSuffix(block, m[2]+"```") + out.String() + "```"
	})
	if blocks < 4 {
		t.Errorf("%d blocks of output are found in the README", blocks)
	}
	if *updateReadme {
		if err := os.WriteFile("README.md", []byte(updated), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
