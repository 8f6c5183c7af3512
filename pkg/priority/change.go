package priority

import (
	"fmt"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/staffing"
)

// Change is what differs from an earlier ranking.
type Change struct {
	// Unknown says why the earlier ranking is not known; there is nothing else then.
	Unknown []staffing.Reason
	// Weights are the criteria whose share of all weight differs, by those of now, then
	// those that are gone.
	Weights []Reweighted
	// Left are the programs that had a rank and are not ranked any more, by that rank.
	Left []Left
	// Moved counts the programs with another rank than before, Entered those that had none.
	Moved, Entered int
	// Ranked counts the programs of the earlier ranking.
	Ranked int
}

// Reweighted is a criterion of which the share differs; unknown where it was not there.
type Reweighted struct {
	ID            string
	Before, After ratio.Ratio
}

// Left is a program that is not ranked any more.
type Left struct {
	Program string
	Rank    int
	Reason  string
}

// Before is a program in the earlier ranking.
type Before struct {
	// Rank is 0 where it had none, for Reason.
	Rank   int
	Reason string
	Score  ratio.Ratio
	// ByWeights and ByScores are the two parts of the difference of the scores: the weights
	// of now with the scores of then, and then the scores of now. Unknown where one of the
	// three scores is.
	ByWeights, ByScores ratio.Ratio
	// Scores are the criteria with another score than before, in the order of the criteria.
	Scores []Rescored
}

// Rescored is a score that differs; nil was, or is, missing.
type Rescored struct {
	Criterion     string
	Before, After *money.Decimal
}

// compare puts the earlier ranking beside that of now.
func (a *Analysis) compare() {
	then := a.Baseline
	if then == nil {
		return
	}
	c := &Change{}
	a.Change = c
	switch {
	case then.Unconfigured:
		c.Unknown = staffing.Because(0, "the Portfolio document did not validate")
		return
	case then.Absent(portfolio.ExternalProgram) && len(then.Programs) == 0:
		c.Unknown = []staffing.Reason{staffing.Private}
		return
	}
	old := modelOf(then)
	c.Weights = reweighted(old, a.model)
	was := map[string]*Row{}
	for _, r := range ranking(then, old) {
		was[r.name()] = r
		if r.Rank > 0 {
			c.Ranked++
		}
	}
	for _, r := range a.Rows {
		r.Before = a.before(r, was[r.name()], then)
		switch {
		case r.Rank == 0:
		case r.Before.Rank == 0:
			c.Entered++
		case r.Before.Rank != r.Rank:
			c.Moved++
		}
		if r.Rank > 0 {
			delete(was, r.name())
		}
	}
	for name, r := range was {
		if r.Rank > 0 {
			c.Left = append(c.Left, Left{name, r.Rank, a.gone(name)})
		}
	}
	slices.SortFunc(c.Left, func(x, y Left) int { return x.Rank - y.Rank })
}

// before is a program of now in the earlier ranking, where it may be no row.
func (a *Analysis) before(r, was *Row, then *portfolio.Snapshot) *Before {
	b := &Before{}
	earlier := then.Program(r.name())
	switch {
	case earlier == nil:
		b.Reason = "new"
		return b
	case !then.Sound(earlier.Subject()):
		b.Reason = "it did not validate"
		return b
	case was == nil:
		b.Reason = "it was " + string(earlier.Status)
		return b
	case was.Rank == 0:
		b.Reason = "it had no score"
	}
	b.Rank, b.Score = was.Rank, was.Score.Score
	with := a.model.score(earlier.Priority.Scores).Score
	b.ByWeights, b.ByScores = with.Sub(b.Score), r.Score.Score.Sub(with)
	for i, criterion := range a.Criteria {
		var x *money.Decimal
		if value, scored := earlier.Priority.Scores[criterion.ID]; scored {
			x = &value
		}
		if y := r.Score.Values[i]; (x == nil) != (y == nil) || x != nil && x.Cmp(*y) != 0 {
			b.Scores = append(b.Scores, Rescored{criterion.ID, x, y})
		}
	}
	return b
}

// gone says why a program is not ranked any more.
func (a *Analysis) gone(name string) string {
	p := a.s.Program(name)
	switch {
	case p == nil:
		return "gone"
	case !a.s.Sound(p.Subject()):
		return "it does not validate"
	case p.Status.Over():
		return string(p.Status)
	}
	return "it has no score"
}

// reweighted are the criteria whose share differs.
func reweighted(old, now *model) []Reweighted {
	before := map[string]ratio.Ratio{}
	for _, c := range old.criteria {
		before[c.ID] = c.Share
	}
	var list []Reweighted
	for _, c := range now.criteria {
		if before[c.ID].Cmp(c.Share) != 0 {
			list = append(list, Reweighted{c.ID, before[c.ID], c.Share})
		}
		delete(before, c.ID)
	}
	for _, c := range old.criteria {
		if share, there := before[c.ID]; there {
			list = append(list, Reweighted{c.ID, share, ratio.Ratio{}})
		}
	}
	return list
}

// why says what changed the score of a program, or that it did not; "" without a baseline.
func (r *Row) why() string {
	b := r.Before
	switch {
	case b == nil:
		return ""
	case b.Reason != "":
		return b.Reason
	}
	var parts []string
	for _, x := range b.Scores {
		parts = append(parts, fmt.Sprintf("%s %s to %s", x.Criterion, scoreText(x.Before), scoreText(x.After)))
	}
	if b.ByWeights.Sign() != 0 {
		parts = append(parts, "weights "+b.ByWeights.Signed(2))
	}
	if parts == nil && b.Rank != r.Rank && r.Rank > 0 {
		return "others moved"
	}
	return strings.Join(parts, ", ")
}

func scoreText(d *money.Decimal) string {
	if d == nil {
		return "n/a"
	}
	return d.String()
}
