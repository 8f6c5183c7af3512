package lint_test

import (
	"fmt"
	"strings"
	"testing"
)

func TestWeightsMiss(t *testing.T) {
	t.Parallel()
	milestones := func(weights ...string) string {
		var list []string
		for i, w := range weights {
			list = append(list, fmt.Sprintf("id: m%d, due: 2027-01-29, weight: %s", i, w))
		}
		return active(list...)
	}
	said := func(sum string, whole int) []string {
		return []string{fmt.Sprintf(`GOV015 the weights of the milestones of program "p" add up to %s, not to %d`, sum, whole)}
	}
	cases := []moneyCase{
		{name: "cancelled, its share is missing", text: milestones("60", "30", "10, status: cancelled")},
		{name: "cancelled, and the others add up", text: milestones("60", "40", "10, status: cancelled")},
		{name: "cancelled, and neither adds up", text: milestones("60", "35", "10, status: cancelled"), want: said("95", 100)},
		{name: "one has none", text: active("id: a, due: 2027-01-29, weight: 60", "id: b, due: 2027-01-29, weight: 30", "id: c, due: 2027-01-29")},
		{name: "of a program that is over", text: strings.Replace(milestones("60", "30"), "status: active", "status: cancelled", 1)},
		{
			name: "of criteria", text: with("prioritisation: {criteria: [{id: a, weight: 60}, {id: b, weight: 45}]}", of()),
			want: []string{"GOV015 the weights of the criteria of prioritisation add up to 105, not to 100"},
		},
		{
			name: "of goals", text: of(roster(kim), "kind: Goals\nmetadata: {name: kim-q4}\nspec: {person: kim, quarter: FY26Q4, goals: [{id: a, weight: 0.5}, {id: b, weight: 0.45}]}\n"),
			want: []string{`GOV015 the weights of goals "kim-q4" add up to 0.95, not to 1`},
		},
		{name: "of goals without weights", text: of(roster(kim), "kind: Goals\nmetadata: {name: kim-q4}\nspec: {person: kim, quarter: FY26Q4, goals: [{id: a}, {id: b}]}\n")},
	}
	for _, c := range []struct {
		weights string
		sum     string
		whole   int
	}{
		{"60 40", "", 0},
		{"60 30", "90", 100},
		{"60 50", "110", 100},
		{"60 29", "", 0},
		{"61 50", "", 0},
		{"59.5 40", "99.5", 100},
		{"0.5 0.5", "", 0},
		{"0.6 0.4", "", 0},
		{"0.6 0.5", "1.1", 1},
		{"0.6 0.3", "0.9", 1},
		{"0.61 0.5", "", 0},
		{"0.1 0.2 0.65", "0.95", 1},
		{"1 0", "", 0},
		{"3 1 2", "", 0},
		{"30 30 30", "", 0},
		{"99", "", 0},
		{"1 2", "", 0},
		{"1 0.05", "1.05", 1},
	} {
		x := moneyCase{name: c.weights, text: milestones(strings.Fields(c.weights)...)}
		if c.whole != 0 {
			x.want = said(c.sum, c.whole)
		}
		cases = append(cases, x)
	}
	runMoneyCases(t, cases)
}

func TestScoreOutsideScale(t *testing.T) {
	t.Parallel()
	survey := func(rest string, responses ...string) string {
		return of(funded("active"), "kind: Survey\nmetadata: {name: s}\nspec:\n  program: p\n  period: FY26Q3\n"+rest+"  responses:\n"+entries("", responses))
	}
	said := func(score, of, scale string) []string {
		return []string{fmt.Sprintf(`GOV016 survey "s" has a score of %s for %s, its scale is %s`, score, of, scale)}
	}
	runMoneyCases(t, []moneyCase{
		{name: "the ends of the scale", text: survey("", "scores: {effectiveness: 1, communication: 5}")},
		{name: "below", text: survey("", "scores: {responsiveness: 0.9}"), want: said("0.9", "responsiveness", "1 to 5")},
		{name: "above, twice", text: survey("  scale: {min: 0, max: 3}\n", "scores: {effectiveness: 0}", "scores: {effectiveness: 4, communication: 3.5}"), want: said("4", "effectiveness", "0 to 3, the first of 2 such scores")},
		{name: "a scale of one", text: survey("  scale: {min: 3, max: 3}\n", "scores: {effectiveness: 4}"), want: []string{`GOV016 the scale of survey "s" goes from 3 to 3`}},
		{name: "nothing is answered", text: survey("", "group: web")},
	})
}
