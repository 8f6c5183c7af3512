package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/inventory"
	"github.com/progctl/progctl/pkg/load"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/render"
)

type completion = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective)

// fixed completes the value of a flag from a list.
func fixed(values ...string) completion {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return values, cobra.ShellCompDirectiveNoFileComp
	}
}

// firstArg completes the only argument from a list.
func firstArg(values ...string) completion {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return values, cobra.ShellCompDirectiveNoFileComp
	}
}

// completions registers what the shell may offer for global flags.
func (a *app) completions(root *cobra.Command) {
	_ = root.RegisterFlagCompletionFunc("color", fixed("auto", "always", "never"))
	_ = root.RegisterFlagCompletionFunc("output", func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
		var list []string
		for _, f := range formatsFor(cmd.Flags().Lookup("fail-on") != nil, moreFormats(cmd)...) {
			list = append(list, f.Name+"\t"+f.Summary)
		}
		return list, cobra.ShellCompDirectiveNoFileComp
	})
	_ = root.RegisterFlagCompletionFunc("selector", a.completeSelector)
	_ = root.RegisterFlagCompletionFunc("as-of", cobra.NoFileCompletions)
	for _, dir := range []string{"chdir", "overlay"} {
		_ = root.MarkPersistentFlagDirname(dir)
	}
}

func (a *app) completeCodes(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var list []string
	for _, r := range allRules() {
		list = append(list, r.Code+"\t"+r.Summary)
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}

// completeList completes a kind, then ids of that kind.
func (a *app) completeList(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return lower(inventory.Kinds()), cobra.ShellCompDirectiveNoFileComp
	}
	kind, ok := inventory.Find(args[0])
	s := a.scan(cmd.Context())
	if !ok || s == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	list, _ := inventory.List(s, kind, nil, nil)
	var ids []string
	for _, item := range list.Items {
		if !slices.Contains(args[1:], item.ID) {
			ids = append(ids, item.ID+"\t"+oneLine(item.Title))
		}
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

func oneLine(text string) string {
	return strings.Join(strings.Fields(render.Visible(text)), " ")
}

// completeSelector completes the last condition: its key, then its value.
func (a *app) completeSelector(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	before, last := "", typed
	if i := strings.LastIndexByte(typed, ','); i >= 0 {
		before, last = typed[:i+1], typed[i+1:]
	}
	s := a.scan(cmd.Context())
	if s == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var list []string
	key, _, hasValue := strings.Cut(last, "=")
	for k, values := range s.SelectorValues() {
		if !hasValue {
			list = append(list, before+k+"=")
			continue
		}
		if k == strings.TrimSuffix(key, "!") {
			for _, v := range values {
				list = append(list, before+key+"="+v)
			}
		}
	}
	slices.Sort(list)
	return list, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// scanFiles bounds what completion reads: a shell waits for the answer.
const scanFiles = 2000

// scan is what scanned holds, or nil.
func (a *app) scan(ctx context.Context) *portfolio.Snapshot {
	if res := a.scanned(ctx); res != nil {
		return res.Snapshot
	}
	return nil
}

// scanned loads the portfolio for completion, or returns nil where that would take
// too long or fails. It prints nothing.
func (a *app) scanned(ctx context.Context) *load.Result {
	w, err := a.open(ctx)
	if err != nil {
		return nil
	}
	count := 0
	tooMany := filepath.WalkDir(filepath.Join(w.dir, w.folder), func(string, fs.DirEntry, error) error {
		if count++; count > scanFiles {
			return os.ErrInvalid
		}
		return nil
	})
	if tooMany != nil {
		return nil
	}
	trees, err := a.trees(ctx, w)
	if err != nil {
		return nil
	}
	res, err := load.Load(ctx, trees)
	if err != nil {
		return nil
	}
	return res
}
