package main

import (
	"cmp"
	"slices"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/render"
	"github.com/progctl/progctl/pkg/schedule"
)

// drawsGraphs marks commands whose report can be written in the formats of graphs,
// drawsBars those whose report can be in the formats of bars over days.
const (
	drawsGraphs = "graphs"
	drawsBars   = "bars"
)

// moreFormats are those of a command beside the formats of all.
func moreFormats(cmd *cobra.Command) []render.Format {
	if _, ok := cmd.Annotations[drawsGraphs]; ok {
		return render.Graphs
	}
	if _, ok := cmd.Annotations[drawsBars]; ok {
		return render.Gantts
	}
	return nil
}

func (a *app) networkCommand() *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "network [PROGRAM]...",
		Short: "Critical path and float: when everything can be done, and what decides that",
		Long: `Critical path and float: when everything can be done, and what decides that.

The network is that of all programs that are approved or active: milestones, their
durations (duration:, else the mean of estimate:, else start: to due:) and what they
depend on, over working days. Due dates do not bind it: float is by how much something
can be later before some program ends later, due float the working days between the
day on which it can be finished and the day it is due. What is done is where it is;
what is not starts today at the earliest.

With names, only those programs; what other programs do to them counts all the same.`,
		Example: `  progctl network
  progctl network disaster-recovery
  progctl network -o mermaid >> $GITHUB_STEP_SUMMARY
  progctl network -o dot | dot -Tsvg > network.svg
  progctl network --baseline @2026-06-30`,
		Annotations:       map[string]string{drawsGraphs: ""},
		ValidArgsFunction: a.completePrograms,
		RunE: func(cmd *cobra.Command, args []string) error {
			q, err := a.inquireIn(cmd.Context(), moreFormats(cmd), "network")
			if err != nil {
				return err
			}
			if err := knownPrograms(q.res.Snapshot, args); err != nil {
				return err
			}
			q.network(args, all)
			return q.answer()
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "show what is done, too")
	return cmd
}

// network adds critical paths and floats to the report, those of the programs named,
// or of all.
func (q *inquiry) network(names []string, all bool) {
	s := q.res.Snapshot
	v := schedule.View{All: all, Detail: len(names) > 0, Sheets: wantsSheets(q.outputs), Shows: func(m *portfolio.Milestone) bool {
		if len(names) > 0 && !slices.Contains(names, m.Program.Meta.Name) {
			return false
		}
		return s.Selects(q.selector, m.Subject(), func(key string) (string, bool) {
			value := map[string]string{"owner": m.Owner, "team": m.Team, "status": string(m.Status)}[key]
			return value, value != ""
		})
	}}
	if before := q.then.before(); before != nil {
		v.Before = schedule.New(before, q.asOf).Analyse()
	}
	schedule.New(s, q.asOf).Analyse().Report(q.r, v)
}

// knownPrograms refuses names of programs that are not there.
func knownPrograms(s *portfolio.Snapshot, names []string) error {
	var known []string
	for _, p := range s.Programs {
		known = append(known, p.Meta.Name)
	}
	for _, name := range names {
		if slices.Contains(known, name) || !s.Sound("program/"+name) {
			continue
		}
		if near := diag.Nearest(name, known); near != "" {
			return usagef("there is no program %q, did you mean %s?", name, near)
		}
		return usagef("there is no program %q: progctl list programs lists them", name)
	}
	return nil
}

// completePrograms completes names of programs.
func (a *app) completePrograms(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	s := a.scan(cmd.Context())
	if s == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var list []string
	for _, p := range s.Programs {
		if !slices.Contains(args, p.Meta.Name) {
			list = append(list, p.Meta.Name+"\t"+oneLine(cmp.Or(p.Meta.Title, p.Meta.Name)))
		}
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}
