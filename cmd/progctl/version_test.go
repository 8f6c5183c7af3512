package main

import (
	"os"
	"strings"
	"testing"
	"time"
)

// Two builds of one version may read history differently, so what one keeps is not
// taken by the other. A test is built without a revision.
func TestIdentityTellsBuildsApart(t *testing.T) {
	if b := thisBuild(); b.Commit != nil && !b.Modified {
		t.Skip("this test knows its revision")
	}
	name, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	was, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	first, known := identity()
	if again, _ := identity(); !known || again != first || !strings.HasPrefix(first, version()+" ") {
		t.Errorf("%q, then %q, known %v", first, again, known)
	}
	if err := os.Chtimes(name, time.Time{}, was.ModTime().Add(-time.Hour)); err != nil {
		t.Skip(err)
	}
	defer func() { _ = os.Chtimes(name, time.Time{}, was.ModTime()) }()
	if other, _ := identity(); other == first {
		t.Errorf("a build of another time is %q as well", other)
	}
}
