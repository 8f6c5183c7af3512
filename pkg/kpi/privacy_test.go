package kpi

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/portfolio"
)

// What too few people answered is in no figure, in no format, whatever is asked for:
// other answers of theirs make the same report.
func TestNothingIsTold(t *testing.T) {
	told := func(s *portfolio.Snapshot, inputs []Input, by group.Dimension, sel portfolio.Selector) string {
		o := options(s, by)
		o.Selector = sel
		return written(t, Analyse(s, inputs, o), "json", "text", "csv")
	}
	hidden := 0
	for seed := range int64(60) {
		rnd := rand.New(rand.NewSource(seed))
		s, inputs, docs := world(t, rnd)
		answers := map[string]int{}
		for _, x := range s.Surveys {
			answers[x.Program+x.Period.String()] += len(x.Responses)
		}
		other := slices.Clone(docs)
		for i, doc := range docs {
			for _, x := range s.Surveys {
				if strings.Contains(doc, "kind: Survey\nmetadata: {name: "+x.Meta.Name+"}") && answers[x.Program+x.Period.String()] < least {
					var responses []string
					for range x.Responses {
						responses = append(responses, response(rnd))
						hidden++
					}
					spec := "program: " + x.Program + "; period: " + x.Period.String()
					if x.Invited != nil {
						spec += fmt.Sprint("; invited: ", *x.Invited)
					}
					other[i] = survey(x.Meta.Name, spec, responses...)
				}
			}
		}
		by := Dimensions()[seed%4]
		sel, _ := portfolio.ParseSelector([]string{"", "team=sre", "program!=p00"}[seed%3])
		s2 := snapshot(t, other...)
		again := slices.Clone(inputs)
		for i := range again {
			again[i].Program = s2.Program(inputs[i].Program.Meta.Name)
		}
		if want, got := told(s, inputs, by, sel), told(s2, again, by, sel); want != got {
			t.Fatalf("seed %d by %s (-want +got):\n%s", seed, by, cmp.Diff(want, got))
		}
	}
	if hidden < 100 {
		t.Errorf("only %d answers were changed", hidden)
	}
}

// Of whatever is shown, and whatever is the difference of what is shown, at least five
// people gave the answers.
func TestNothingCanBeWorkedOut(t *testing.T) {
	for seed := range int64(1500) {
		rnd := rand.New(rand.NewSource(seed))
		var responses []string
		n := rnd.Intn(12)
		for range n {
			responses = append(responses, response(rnd))
		}
		s := snapshot(t, config, open, survey("s", q2, responses...))
		row, _ := only(t, s)
		given := func(which func(*portfolio.Response) bool) (people int) {
			for i := range s.Surveys[0].Responses {
				if which(&s.Surveys[0].Responses[i]) {
					people++
				}
			}
			return people
		}
		has := func(r *portfolio.Response, d Dimension) bool {
			return [...]bool{r.Scores.Effectiveness != nil, r.Scores.Communication != nil, r.Scores.Responsiveness != nil}[d]
		}
		if row.Score.All.CSAT.Known() {
			rest := given(func(r *portfolio.Response) bool {
				return slices.ContainsFunc(dimensions[:], func(d Dimension) bool { return has(r, d) && !row.Score.By[d].CSAT.Known() })
			})
			if rest > 0 && rest < least {
				t.Fatalf("seed %d: what %d people answered can be worked out: %+v", seed, rest, row.Score)
			}
		}
		for _, d := range dimensions {
			if people := given(func(r *portfolio.Response) bool { return has(r, d) }); row.Score.By[d].CSAT.Known() && people < least {
				t.Fatalf("seed %d: %s of %d people is shown", seed, d, people)
			}
		}
		if people := given(func(r *portfolio.Response) bool { return r.Recommend != nil }); row.Score.NPS.Known() && (people < least || n < least) {
			t.Fatalf("seed %d: NPS of %d people is shown", seed, people)
		}
	}
}
