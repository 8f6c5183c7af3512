package main

import (
	"slices"
	"strings"
	"testing"
)

// The reference portfolio holds its reviews, and every review of it has an agenda, in
// one format or another.
func TestReviewsOfReference(t *testing.T) {
	t.Parallel()
	stdout, stderr, code := atRoot(t, "reviews", "next", "-o", "json", "--from", "2025-11-01")
	if code != exitFine || stderr != "" {
		t.Fatalf("exit code %d, stderr %s", code, stderr)
	}
	data := decode[object](t, decode[object](t, []byte(stdout))["data"])
	var names []string
	for _, x := range decode[[]object](t, data["reviews"]) {
		name := decode[string](t, x["id"])
		names = append(names, name)
		if got := string(compact(t, x["missed"])); got != "0" || string(compact(t, x["extra"])) != "[]" {
			t.Errorf("%s: %s missed, extra %s", name, got, x["extra"])
		}
	}
	slices.Sort(names)
	if want := "availability budget-review ci-cd-efficiency disaster-recovery engineering-productivity portfolio-review priorities-review releases staffing-review"; strings.Join(names, " ") != want {
		t.Errorf("due are %v, want %s", names, want)
	}
	formats := []string{"text", "json", "csv", "markdown", "html"}
	for i, name := range names {
		format := formats[i%len(formats)]
		if stdout, stderr, code := atRoot(t, "reviews", "agenda", name, "-o", format); code != exitFine || stderr != "" || stdout == "" {
			t.Errorf("the agenda of %s as %s: exit code %d, stderr %s", name, format, code, stderr)
		}
	}
}
