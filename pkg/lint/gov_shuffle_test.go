package lint_test

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	gocmp "github.com/google/go-cmp/cmp"
)

// randomGovernance is documents in which reviews, risks, criteria, stakeholders, themes
// and scores are late, missing or contradictory in all ways that validate.
func randomGovernance(r *rand.Rand) []string {
	docs := []string{
		"kind: Portfolio\nmetadata: {name: main}\nspec:\n  prioritisation: {criteria: [{id: impact, weight: 3}, {id: ease, weight: 1}]}\n  cadences: [{id: all, every: month on 1st Mon, start: 2026-08-03}, {id: odd, rrule: " + pick(r, "FREQ=WEEKLY;BYDAY=MO", "FREQ=NEVER") + "}]\n",
		"kind: Team\nmetadata: {name: sre}\n",
		roster(handled, ada, "id: bob, level: L4, start: 2022-01-10, end: 2026-05-31"),
	}
	for i := range 1 + r.Intn(3) {
		name := fmt.Sprintf("g%d", i)
		fields := []string{
			"reviews: {" + pick(r, "every: 2 weeks on Tue", "every: month on last Fri", "rrule: FREQ=WEEKLY;BYDAY=XX") + "}",
			fmt.Sprintf("risks: [{id: a, owner: %s, probability: %s, reviewBy: %s}, {id: b, status: %s}]", pick(r, "kim", "sre"), pick(r, "10%", "100%"), day(r), pick(r, "open", "closed", "occurred")),
			fmt.Sprintf("successCriteria: [{id: a, direction: %s, baseline: %s, target: %s, current: %s}, {id: b%s}]", pick(r, "increase", "decrease"), pick(r, "1", "9"), pick(r, "5", "50%"), pick(r, "4", "6"), pick(r, "", ", target: 5", ", current: 5")),
			fmt.Sprintf("stakeholders: [{person: %s, notify: %s}, {group: legal, notify: %s}]", pick(r, "kim", "ada", "bob"), pick(r, "true", "x@example.org"), pick(r, "true", "'#x'")),
			"priority: {scores: {" + pick(r, "", "impact: 3", "impact: 3, ease: 4") + "}}",
			"theme: " + pick(r, "x", "y", "z"),
			fmt.Sprintf("health: {status: %s}", pick(r, "green", "red")),
			fmt.Sprintf("milestones: [{id: m, due: 2026-12-11, forecast: %s}]", pick(r, "2026-12-11", "2026-12-12")),
		}
		r.Shuffle(len(fields), func(i, j int) { fields[i], fields[j] = fields[j], fields[i] })
		text := governed(pick(r, "proposed", "approved", "active", "active", "completed", "cancelled"), fields[:5+r.Intn(4)]...)
		docs = append(docs, strings.Replace(text, "{name: p}", "{name: "+name+"}", 1))
		for n := range r.Intn(4) {
			of := pick(r, "program: "+name, "cadence: all")
			docs = append(docs, fmt.Sprintf("kind: Review\nmetadata: {name: %s-%d}\nspec:\n  %s\n  date: %s\n  actions: [{id: a, owner: %s, due: %s, done: %s}, {id: b}]\n  decisions: [{id: d%s}]\n",
				name, n, of, day(r), pick(r, "kim", "legal"), day(r), pick(r, "false", "true"), pick(r, "", ", owner: kim")))
		}
	}
	for i, themes := range [][]string{{"x", "y"}, {"z"}} {
		var list []string
		for _, id := range themes {
			list = append(list, fmt.Sprintf("id: %s%s", id, pick(r, "", ", investment: {FY26: 50%}", ", investment: {FY26: 100%, FY27: 30%}")))
		}
		docs = append(docs, roadmap(fmt.Sprintf("r%d", i), list...))
	}
	return docs
}

// What is found of governance depends on no file name, and on no order of documents.
func TestOrderOfDocumentsIsIrrelevantToGovernance(t *testing.T) {
	t.Parallel()
	codes := map[string]bool{}
	for seed := range int64(60) {
		r := rand.New(rand.NewSource(seed))
		docs := randomGovernance(r)
		find := func() (list []string) {
			files := fstest.MapFS{}
			for _, i := range r.Perm(len(docs)) {
				name := fmt.Sprintf("f%d.yaml", r.Intn(4))
				text := docs[i]
				if f := files[name]; f != nil {
					text = string(f.Data) + "---\n" + text
				}
				files[name] = &fstest.MapFile{Data: []byte(text)}
			}
			for _, d := range findGov(t, files, options("")) {
				codes[d.Code] = true
				if !strings.HasPrefix(d.Code, "GOV") {
					t.Errorf("seed %d: %s %s", seed, d.Code, d.Message)
				}
				list = append(list, strings.Join([]string{d.Code, d.Subject, d.Key, d.Message, d.Detail, d.Owner, d.Fingerprint}, " | "))
			}
			slices.Sort(list)
			return list
		}
		want := find()
		if again := slices.Compact(slices.Clone(want)); len(again) != len(want) {
			t.Errorf("seed %d: something is found twice:\n%s", seed, strings.Join(want, "\n"))
		}
		for range 3 {
			if diff := gocmp.Diff(want, find()); diff != "" {
				t.Fatalf("seed %d, in another order (-before +after):\n%s", seed, diff)
			}
		}
	}
	for _, code := range govCodes {
		if !codes[code] {
			t.Errorf("%s is never found: the test does not hold it to anything", code)
		}
	}
}
