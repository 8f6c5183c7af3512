package main

import (
	"fmt"
	"path"
	"slices"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

// maxOfTable is how many findings in one CSV file are told.
const maxOfTable = 100

// bounded leaves out findings in CSV files, whose every row may be wrong, beyond a
// bound for each file, and says how many they are. Those that a change introduced are
// kept before others, earlier ones before later ones.
func bounded(list []diag.Diagnostic) []diag.Diagnostic {
	isNew := func(d *diag.Diagnostic) bool { return d.Introduced != nil && *d.Introduced }
	told := map[string]int{}
	keep := make([]bool, len(list))
	for _, wantNew := range []bool{true, false} {
		for i := range list {
			if d := &list[i]; isNew(d) == wantNew {
				inTable := !source.Named(d.File) && d.File != stdinName && !d.Waived
				if keep[i] = !inTable || told[d.File] < maxOfTable; inTable {
					told[d.File]++
				}
			}
		}
	}
	if !slices.Contains(keep, false) {
		return list
	}
	var kept []diag.Diagnostic
	rest := map[string]int{} // by file, where in kept it is said how many more there are
	for i := range list {
		d := list[i]
		if keep[i] {
			kept = append(kept, d)
			continue
		}
		at, there := rest[d.File]
		if !there {
			rest[d.File] = len(kept)
			n := told[d.File] - maxOfTable
			more := []diag.Diagnostic{{
				Location: d.Location, Code: d.Code, Severity: d.Severity, Introduced: d.Introduced, Subject: "file/" + d.File, Key: "more",
				Message: fmt.Sprintf("%d more of the findings in %s, of which this is the first", n, path.Base(d.File)),
				Detail:  "they are told once those above are mended",
			}}
			diag.Finish(more)
			kept = append(kept, more...)
			continue
		}
		kept[at].Severity = max(kept[at].Severity, d.Severity)
		if isNew(&d) {
			kept[at].Introduced = d.Introduced
		}
	}
	return kept
}
