package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/inventory"
	"github.com/progctl/progctl/pkg/load"
	"github.com/progctl/progctl/pkg/report"
)

func (a *app) listCommand() *cobra.Command {
	kinds := inventory.Kinds()
	return &cobra.Command{
		Use:   "list KIND [ID...]",
		Short: "List what there is of a kind",
		Long: "List what there is of a kind: documents, or parts of them.\n\nKinds: " + strings.Join(kinds, ", ") + `.
With IDs, only those.`,
		Example: `  progctl list programs
  progctl list milestones -l team=sre
  progctl list person ada -o json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("expected a KIND: %s", strings.Join(kinds, ", "))
			}
			return nil
		},
		ValidArgsFunction: a.completeList,
		RunE: func(cmd *cobra.Command, args []string) error {
			outputs, selector, err := a.asked(false)
			if err != nil {
				return err
			}
			kind, ok := inventory.Find(args[0])
			if !ok {
				return unknownName("kind", args[0], kinds)
			}
			w, err := a.open(cmd.Context())
			if err != nil {
				return err
			}
			res, err := a.load(cmd.Context(), w)
			if err != nil {
				return err
			}
			if err := requires(res.Snapshot, w.shownPath()); err != nil {
				return err
			}
			if err := knownKeys(res.Snapshot, selector, kind.Fields()...); err != nil {
				return err
			}
			list, unknown := inventory.List(res.Snapshot, kind, selector, args[1:])
			r := report.New("list", a.asOf)
			then, err := a.earlier(cmd.Context(), w, "", r)
			if err != nil {
				return err
			}
			if before := then.before(); before != nil {
				was, gone := inventory.List(before, kind, selector, args[1:])
				unknown = slices.DeleteFunc(unknown, func(id string) bool { return !slices.Contains(gone, id) })
				list.Compare(was, unread(then.res), unread(res))
			}
			if len(unknown) > 0 {
				if near := list.Near(unknown[0]); near != "" {
					return usagef("there is no %s %q, did you mean %s?", strings.ToLower(kind.Name), unknown[0], near)
				}
				return unknownName(strings.ToLower(kind.Name), unknown[0], list.IDs())
			}
			list.Report(r)
			r.Diagnostics = leftOut(res.Diagnostics)
			if then.res != nil {
				r.Diagnostics = leftOutOfBoth(res.Diagnostics, then.res.Diagnostics)
			}
			if needsRevision(outputs) {
				r.Revision = w.revision()
			}
			if err := a.write(outputs, r, w.shownPath()); err != nil {
				return err
			}
			return a.tellLeftOut(r.Diagnostics, w.shownPath())
		},
	}
}

// unread reports whether a name, or a part of one such as program/milestone, may be
// that of something in a file that is not YAML: whether the file has all its parts.
func unread(res *load.Result) func(id string) bool {
	opaque := map[string]bool{}
	for _, d := range res.Diagnostics {
		if d.Severity == diag.Error && strings.HasPrefix(d.Subject, "file/") {
			opaque[d.File] = true
		}
	}
	var texts []string
	for _, f := range res.Files {
		if opaque[f.Name] {
			texts = append(texts, string(f.Text))
		}
	}
	return func(id string) bool {
		return slices.ContainsFunc(texts, func(text string) bool {
			return !slices.ContainsFunc(strings.Split(id, "/"), func(part string) bool { return !strings.Contains(text, part) })
		})
	}
}

// leftOut are the findings for which entities are left out of a report.
func leftOut(all []diag.Diagnostic) []diag.Diagnostic {
	var list []diag.Diagnostic
	for _, d := range all {
		if d.Severity == diag.Error {
			list = append(list, d)
		}
	}
	diag.Finish(list)
	return bounded(list)
}

// tellLeftOut names what a report left out; a report that left something out
// ends with 1.
func (a *app) tellLeftOut(list []diag.Diagnostic, shown func(string) string) error {
	for _, d := range list {
		a.note("left out: %s:%d:%d: %s %s", shown(d.File), d.Range.Start.Line, d.Range.Start.Column, d.Code, d.Message)
	}
	if len(list) > 0 {
		return errFindings
	}
	return nil
}
