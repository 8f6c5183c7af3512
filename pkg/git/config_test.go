package git

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// observed is all that a repository says of itself.
func observed(t *testing.T, dir string) (said []string) {
	t.Helper()
	ctx := context.Background()
	repo := open(t, dir)
	say := func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) }
	head, err := repo.Resolve(ctx, "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"", "p", ":q"} {
		for _, c := range repo.log(t, "HEAD", folder) {
			say("log %s %+v", folder, *c)
		}
		tree, err := repo.Tree(ctx, head, folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range slices.Sorted(maps.Keys(tree.nodes)) {
			if text, err := tree.ReadFile(name); err == nil {
				say("tree %s %q %q", folder, name, text)
			}
		}
		state, err := repo.State(ctx, folder)
		say("state %s %+v %v", folder, state, err)
		changed, err := repo.ChangedSince(ctx, head, january(2), folder)
		say("changed %s %v %v", folder, changed, err)
	}
	err = repo.Messages(ctx, head, nil, func(m Message) error {
		say("message %+v", m)
		return nil
	})
	refs, refsErr := repo.Refs(ctx)
	last, lastErr := repo.LastBefore(ctx, january(4))
	say("refs %q, before the 4th %s, %v %v %v", refs, last, err, refsErr, lastErr)
	return said
}

// What somebody configured, in the repository or for themselves, changes nothing
// of what is said, and starts nothing.
func TestWhateverIsConfigured(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	r.write("p/a.yaml", strings.Repeat("line\n", 20)+"$Id$ \xe9\r\n")
	r.write("p/b.yaml", "1\n")
	r.write(":q/c.yaml", "1\n")
	r.write(".gitattributes", "* diff=x text eol=crlf ident export-subst\np/** export-ignore\n:q/** working-tree-encoding=UTF-16LE\n")
	r.git("add", ".gitattributes")
	raw := []string{r.feed("", "hash-object", "--no-filters", "-w", "p/a.yaml"), r.feed("", "hash-object", "--no-filters", "-w", ":q/c.yaml")}
	r.git("update-index", "--add", "--cacheinfo", "100644,"+raw[0]+",p/a.yaml", "--cacheinfo", "100644,"+raw[1]+",:q/c.yaml", "--cacheinfo", "100644,"+raw[1]+",p/b.yaml")
	r.git("commit", "-q", "-m", "one é")
	r.git("mv", "-k", "p/a.yaml", "p/moved.yaml")
	r.git("update-index", "--force-remove", "p/a.yaml")
	r.git("update-index", "--add", "--cacheinfo", "100644,"+raw[0]+",p/moved.yaml", "--cacheinfo", "100644,"+raw[1]+",p/é.yaml")
	r.day = 3
	r.git("commit", "-q", "-m", "two")
	r.git("checkout", "-q", "-f", "-b", "side", "HEAD~1")
	r.write("p/side.yaml", "1\n")
	r.git("add", "p/side.yaml")
	r.git("commit", "-q", "-m", "side")
	r.git("checkout", "-q", "-f", "main")
	r.day = 5
	r.git("merge", "-q", "--no-ff", "-m", "merge", "side")
	signed := "tree " + r.git("rev-parse", "HEAD^{tree}") + "\nparent " + r.git("rev-parse", "HEAD") +
		"\nauthor t <t@example.org> 1767787200 +0000\ncommitter t <t@example.org> 1767787200 +0000\n" +
		"gpgsig -----BEGIN PGP SIGNATURE-----\n \n iHUE\n -----END PGP SIGNATURE-----\n\nsigned\n"
	r.git("reset", "-q", "--soft", r.feed(signed, "hash-object", "-t", "commit", "-w", "--stdin"))
	r.write("p/new.yaml", "1")
	r.git("notes", "add", "-m", "a note")
	r.git("tag", "side") // as the branch

	mark, script, order := filepath.Join(r.dir, ".git", "started"), filepath.Join(r.dir, ".git", "script"), filepath.Join(r.dir, ".git", "order")
	if err := os.WriteFile(script, []byte("#!/bin/sh\necho \"$0 $*\" >> "+mark+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(order, []byte("p/side.yaml\np/moved.yaml\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(r.dir, ".git", "config")
	plain, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	want := observed(t, filepath.Join(r.dir, "p"))
	for round := range 3 {
		text := string(plain)
		seen := map[string]int{}
		for line := range strings.SplitSeq(strings.TrimSpace(strings.NewReplacer("SCRIPT", script, "ORDER", order).Replace(hostile)), "\n") {
			key, value, _ := strings.Cut(line, "=")
			if seen[key]++; seen[key] != round+1 {
				continue
			}
			at := strings.LastIndex(key, ".")
			section, sub, _ := strings.Cut(key[:at], ".")
			text += fmt.Sprintf("[%s %q]\n\t%s = %q\n", section, sub, key[at+1:], value)
		}
		text = strings.ReplaceAll(text, ` ""]`, "]")
		if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, observed(t, filepath.Join(r.dir, "p"))); diff != "" {
			t.Errorf("with %s (-want +got):\n%s", text, diff)
		}
		if started, err := os.ReadFile(mark); err == nil {
			t.Fatalf("with %s, it started %s", text, started)
		}
	}
}

// hostile is what to configure, all at once; where a key has several values, one
// after the other.
const hostile = `
log.follow=true
log.showSignature=true
log.showRoot=false
log.diffMerges=off
log.diffMerges=combined
log.diffMerges=separate
log.abbrevCommit=true
log.date=raw
log.decorate=full
log.mailmap=true
format.pretty=oneline
format.notes=true
notes.displayRef=refs/notes/*
diff.noprefix=true
diff.mnemonicPrefix=true
diff.renames=copies
diff.renames=false
diff.orderFile=ORDER
diff.orderFile=/nowhere/at/all
diff.relative=true
diff.external=SCRIPT
diff.x.command=SCRIPT
diff.x.textconv=SCRIPT
diff.ignoreSubmodules=all
diff.submodule=log
diff.algorithm=patience
diff.dirstat=lines
core.quotePath=true
core.abbrev=4
core.pager=SCRIPT
pager.log=SCRIPT
pager.status=true
core.fsmonitor=SCRIPT
core.hooksPath=.git
core.editor=SCRIPT
core.warnAmbiguousRefs=true
core.untrackedCache=true
core.splitIndex=true
core.preloadIndex=false
core.precomposeUnicode=true
core.commitGraph=false
core.ignoreStat=false
color.ui=always
color.status=always
color.diff=always
column.ui=always
i18n.logOutputEncoding=ISO-8859-1
i18n.commitEncoding=ISO-8859-1
status.showUntrackedFiles=no
status.relativePaths=true
status.renames=copies
status.short=true
status.branch=false
status.showStash=true
submodule.recurse=true
gpg.program=SCRIPT
alias.log=!SCRIPT
alias.cat-file=!SCRIPT
credential.helper=SCRIPT
feature.manyFiles=true
transfer.hideRefs=refs/heads/side
fetch.writeCommitGraph=true
advice.graftFileDeprecated=true
`

// Replaced objects and grafts are somebody's view of history, not history.
func TestReplacedAndGrafted(t *testing.T) {
	t.Parallel()
	r := newRepository(t)
	var hashes []string
	for day := range 4 {
		r.write("p/a", strings.Repeat("1", day+1))
		hashes = append(hashes, r.commit(day+1))
	}
	r.git("checkout", "-q", "-b", "side", hashes[1])
	side := r.commit(9)
	r.git("checkout", "-q", "main")
	before := observed(t, r.dir)
	r.git("replace", hashes[2], hashes[0])
	r.git("replace", hashes[3]+":p/a", hashes[0]+":p/a")
	if diff := cmp.Diff(before, observed(t, r.dir)); diff != "" {
		t.Errorf("replaced (-before +after):\n%s", diff)
	}
	if err := os.WriteFile(filepath.Join(r.dir, ".git", "info", "grafts"), []byte(hashes[3]+" "+hashes[0]+" "+side+"\n"+side+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, observed(t, r.dir)); diff != "" {
		t.Errorf("grafted (-before +after):\n%s", diff)
	}
	if base, err := r.open().MergeBase(context.Background(), side, hashes[3]); err != nil || base != hashes[1] {
		t.Errorf("parted at %s, %v, want %s", base, err, hashes[1])
	}
	if r.open().Shallow {
		t.Error("it seems shallow")
	}
}
