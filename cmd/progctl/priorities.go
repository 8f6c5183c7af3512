package main

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/git"
	"github.com/progctl/progctl/pkg/load"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/priority"
	"github.com/progctl/progctl/pkg/source"
)

func (a *app) prioritiesCommand() *cobra.Command {
	var (
		flags  *periodFlags
		budget string
		o      priority.Options
	)
	cmd := &cobra.Command{
		Use:   "priorities",
		Short: "Rank programs by the portfolio's model, with a line where money or people run out",
		Long: `Rank programs by the portfolio's model, with a line where money or people run out.

A score is the mean of a program's scores by the weights of prioritisation.criteria. A
score that is missing is not a 0: the program ranks by those that it has, and beside it
stands what part of the weight they are, and which ranks it could have with the others.

Programs are taken by rank until the next does not fit: its plan for the fiscal years is
more than is left of --budget; or it asks for more of a role, in a period to come, than
the rosters have. That one and all after it are below the line, those too that already
run, which are named; --keep-running takes these before all others. What completed
programs were planned to cost is taken first. --with-planned counts seats that are not
filled yet as people, from when the plan expects them.

What the last change of weights or scores did to the ranking is told from git history;
with --baseline, what differs from that revision. A selector chooses which programs are
shown: ranks and lines are of all.`,
		Example: `  progctl priorities
  progctl priorities --budget 2500000 --fy FY28
  progctl priorities --budget 5000000 --keep-running --with-planned
  progctl priorities --baseline @2026-06-30 -o markdown`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			q, err := a.inquire(cmd.Context(), "priorities")
			if err != nil {
				return err
			}
			periods, err := flags.read(q.res.Snapshot, a.asOf)
			if err != nil {
				return err
			}
			o.AsOf, o.Years, o.Step, o.Buckets, o.Selector = a.asOf, periods.Years, periods.Step, periods.Buckets, q.selector
			if budget != "" {
				if o.Budget, err = parseBudget(budget, q.res.Snapshot.Config.Currency); err != nil {
					return err
				}
			}
			if err := q.priorities(cmd.Context(), o); err != nil {
				return err
			}
			return q.answer()
		},
	}
	flags = a.spanFlags(cmd)
	flags.step = "quarter"
	cmd.Flags().Lookup("period").DefValue = "quarter"
	cmd.Flags().StringVar(&budget, "budget", "", "what there is for programs in the fiscal years, in the portfolio's currency")
	cmd.Flags().BoolVar(&o.KeepRunning, "keep-running", false, "take programs that are approved or active before all others")
	cmd.Flags().BoolVar(&o.Planned, "with-planned", false, "count seats as people from when they are expected to be filled")
	_ = cmd.RegisterFlagCompletionFunc("budget", cobra.NoFileCompletions)
	return cmd
}

func parseBudget(text string, c money.Currency) (*money.Amount, error) {
	d, err := money.ParseDecimal(text)
	if err != nil {
		return nil, usagef("--budget: %v", err)
	}
	amount, err := d.In(c)
	switch {
	case err != nil:
		return nil, usagef("--budget: %v", err)
	case amount.Minor < 0:
		return nil, usagef("--budget: %s is negative", text)
	}
	return &amount, nil
}

// priorities adds the ranking to the report.
func (q *inquiry) priorities(ctx context.Context, o priority.Options) error {
	o.Baseline = q.then.before()
	if o.Baseline == nil {
		last, err := q.lastScoring(ctx)
		switch {
		case errors.Is(err, errShallow) || errors.Is(err, errUnborn):
			o.NoBaseline = err.Error()
			q.note("what the last change of weights or scores did is left out: %v", err)
		case err != nil:
			return err
		default:
			o.Baseline, o.Since, o.NoBaseline = last.before, last.commit, last.none
		}
	}
	priority.Analyse(q.res.Snapshot, o).Report(q.r, wantsSheets(q.outputs))
	return nil
}

// scoring is the last change of weights or scores: the state right before it, else why
// there is none.
type scoring struct {
	before *portfolio.Snapshot
	commit *priority.Commit
	none   string
}

// lastScoring finds the last change of weights or scores: what is not committed, else a
// commit of the first-parent history.
func (q *inquiry) lastScoring(ctx context.Context) (scoring, error) {
	if !q.w.inGit {
		return scoring{none: "there is no git history"}, nil
	}
	repo, err := q.w.repo()
	if err != nil {
		return scoring{}, err
	}
	if repo.Shallow {
		return scoring{}, errShallow
	}
	head, err := q.w.head("priorities")
	if err != nil {
		return scoring{}, err
	}
	past := *q.w
	past.memory = &load.Memory{}
	at := func(commit string) (*portfolio.Snapshot, error) {
		w, err := past.at(ctx, commit)
		if err != nil {
			return nil, err
		}
		res, err := q.loadPast(ctx, w)
		if err != nil {
			return nil, err
		}
		return res.Snapshot, nil
	}
	changed, err := q.uncommitted()
	if err != nil {
		return scoring{}, err
	}
	if changed {
		committed, err := at(head)
		if err != nil {
			return scoring{}, err
		}
		if !priority.StateOf(committed).Same(priority.StateOf(q.res.Snapshot)) {
			return scoring{before: committed, commit: &priority.Commit{Day: q.asOf}}, nil
		}
	}
	s := scan{repo: repo, older: map[string][]int{}, known: map[string]*priority.State{}}
	if err := s.log(ctx, head, q.w.portfolio()); err != nil {
		return scoring{}, err
	}
	for i, c := range s.commits {
		changed, err := s.changes(ctx, i)
		if err != nil {
			return scoring{}, err
		}
		switch {
		case !changed:
			continue
		case len(c.Parents) == 0:
			return scoring{none: "weights and scores are those of the first commit"}, nil
		}
		before, err := at(c.Parents[0])
		if err != nil {
			return scoring{}, err
		}
		after, err := at(c.Hash)
		if err != nil {
			return scoring{}, err
		}
		if priority.StateOf(before).Same(priority.StateOf(after)) {
			continue // they moved to another folder
		}
		subject, _, _ := strings.Cut(c.Message, "\n")
		return scoring{before: before, commit: &priority.Commit{Hash: c.Hash, Day: cal.DateOf(c.Time), Author: c.Author, Subject: subject}}, nil
	}
	return scoring{none: "weights and scores never changed"}, nil
}

// uncommitted reports whether what is read is a work tree with changes in it.
func (q *inquiry) uncommitted() (bool, error) {
	if q.w.commit != "" {
		return false, nil
	}
	state, err := q.w.state()
	return slices.ContainsFunc(state.Changed, source.Named), err
}

// scan looks for commits by which files say other weights or scores. It reads of each file
// the version of a commit and the one before it, and no portfolio as a whole.
type scan struct {
	repo    *git.Repo
	commits []*git.Commit // that touched a YAML file, newest first
	older   map[string][]int
	known   map[string]*priority.State // by blob; nil where it cannot be read
	ahead   int                        // commits up to which blobs were read
}

// log lists the commits.
func (s *scan) log(ctx context.Context, head, folder string) error {
	return s.repo.Log(ctx, head, folder, func(c *git.Commit) error {
		c.Changes = slices.DeleteFunc(c.Changes, func(x git.Change) bool { return !source.Named(x.Path) })
		if len(c.Changes) > 0 {
			for _, x := range c.Changes {
				s.older[x.Path] = append(s.older[x.Path], len(s.commits))
			}
			s.commits = append(s.commits, c)
		}
		return nil
	})
}

// changes reports whether the files that a commit touched say something else after it. A
// version that cannot be read is none.
func (s *scan) changes(ctx context.Context, i int) (bool, error) {
	if i >= s.ahead {
		if err := s.read(ctx, max(16, 2*s.ahead)); err != nil {
			return false, err
		}
	}
	var before, after priority.State
	for _, x := range s.commits[i].Changes {
		now, err := s.state(ctx, x)
		if err != nil {
			return false, err
		}
		if now == nil {
			continue
		}
		after = after.With(*now)
		for _, j := range s.older[x.Path] {
			if j <= i {
				continue
			}
			was, err := s.state(ctx, s.change(j, x.Path))
			if err != nil {
				return false, err
			}
			if was != nil {
				before = before.With(*was)
				break
			}
		}
	}
	return !before.Same(after), nil
}

// change is what a commit did to a file.
func (s *scan) change(commit int, file string) git.Change {
	list := s.commits[commit].Changes
	return list[slices.IndexFunc(list, func(x git.Change) bool { return x.Path == file })]
}

// read reads the files of the commits up to one, and the versions before them.
func (s *scan) read(ctx context.Context, upTo int) error {
	upTo = min(upTo, len(s.commits))
	want := map[string]string{} // path by blob
	for i := s.ahead; i < upTo; i++ {
		for _, x := range s.commits[i].Changes {
			want[x.Blob] = x.Path
			if list := s.older[x.Path]; list[len(list)-1] > i {
				next, _ := slices.BinarySearch(list, i+1)
				want[s.change(list[next], x.Path).Blob] = x.Path
			}
		}
	}
	s.ahead = upTo
	return s.blobs(ctx, want)
}

func (s *scan) blobs(ctx context.Context, want map[string]string) error {
	maps.DeleteFunc(want, func(id, _ string) bool {
		_, known := s.known[id]
		return known || id == ""
	})
	return s.repo.Blobs(ctx, slices.Values(slices.Sorted(maps.Keys(want))), func(id string, text []byte) error {
		s.known[id] = nil
		if !mayScore(text) {
			s.known[id] = &priority.State{}
		} else if state, ok := priority.StateIn(want[id], text); ok {
			s.known[id] = &state
		}
		return nil
	})
}

// mayScore reports whether a file may hold weights or scores: their names, unless escaped,
// are in it.
func mayScore(text []byte) bool {
	return bytes.Contains(text, []byte("scores")) || bytes.Contains(text, []byte("criteria")) || bytes.ContainsRune(text, '\\')
}

// state is what a file says after a change; nil where that cannot be read.
func (s *scan) state(ctx context.Context, x git.Change) (*priority.State, error) {
	if x.Blob == "" {
		return &priority.State{}, nil
	}
	if _, known := s.known[x.Blob]; !known {
		if err := s.blobs(ctx, map[string]string{x.Blob: x.Path}); err != nil {
			return nil, err
		}
	}
	return s.known[x.Blob], nil
}
