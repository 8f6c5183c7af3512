package review

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

const asOf = "2026-11-23"

func program(name, spec string) string {
	return "kind: Program\nmetadata: {name: " + name + "}\nspec: {due: 2027-12-31, " + spec + "}\n"
}

// minutes are reviews of a program, one for each date.
func minutes(of string, dates ...string) (docs []string) {
	for _, d := range dates {
		docs = append(docs, fmt.Sprintf("kind: Review\nmetadata: {name: %s-%s}\nspec: {program: %s, date: %s}\n", of, d, of, d))
	}
	return docs
}

func analyse(s *portfolio.Snapshot, day string) *Analysis {
	return Analyse(s, Options{AsOf: cal.MustDate(day), From: cal.MustDate("2026-01-01")})
}

// told spells what became of reviews: "2026-11-03 held", "2026-11-03 held on 2026-11-05".
func told(x *Series) (list []string) {
	for _, o := range x.Occurrences {
		text := o.On.String() + " " + string(o.State)
		if o.Review != nil && o.Review.Date != o.On {
			text += " on " + o.Review.Date.String()
		}
		list = append(list, text)
	}
	for _, r := range x.Extra {
		list = append(list, r.Date.String()+" extra")
	}
	return list
}

// Every two weeks on Tuesday: 2026-10-06, 20, November 3, 17, December 1.
func TestHeldAndMissed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, day, held, want string
	}{
		{"on the day", "2026-11-18", "2026-10-06 2026-10-20 2026-11-03 2026-11-17", "2026-10-06 held/2026-10-20 held/2026-11-03 held/2026-11-17 held"},
		{"none", "2026-11-18", "", "2026-10-06 missed/2026-10-20 missed/2026-11-03 missed/2026-11-17 missed"},
		{"due today is not missed yet", "2026-10-20", "", "2026-10-06 missed/2026-10-20 upcoming"},
		{"a day early, a day late", "2026-11-04", "2026-10-05 2026-10-21 2026-11-03", "2026-10-06 held on 2026-10-05/2026-10-20 held on 2026-10-21/2026-11-03 held"},
		{"half way is late", "2026-11-04", "2026-10-06 2026-10-27", "2026-10-06 held/2026-10-20 held on 2026-10-27/2026-11-03 missed"},
		{"more than half way is early", "2026-11-04", "2026-10-06 2026-10-28", "2026-10-06 held/2026-10-20 missed/2026-11-03 held on 2026-10-28"},
		{"the nearer keeps it, the other was late", "2026-11-04", "2026-10-06 2026-10-28 2026-11-03", "2026-10-06 held/2026-10-20 held on 2026-10-28/2026-11-03 held"},
		{"a second one is extra, and not the next", "2026-11-04", "2026-10-06 2026-10-20 2026-10-21", "2026-10-06 held/2026-10-20 held/2026-11-03 missed/2026-10-21 extra"},
		{"two on a day", "2026-10-07", "2026-10-06 2026-10-06", "2026-10-06 held/2026-10-06 extra"},
		{"a kick-off is extra", "2026-10-07", "2026-09-28 2026-10-06", "2026-10-06 held/2026-09-28 extra"},
		{"a review of a later day has not been", "2026-10-07", "2026-10-06 2026-10-20", "2026-10-06 held"},
		{"early for what is not due yet", "2026-10-19", "2026-10-06 2026-10-16", "2026-10-06 held"},
	} {
		var docs []string
		for i, d := range strings.Fields(c.held) {
			docs = append(docs, fmt.Sprintf("kind: Review\nmetadata: {name: r%d}\nspec: {program: p, date: %s}\n", i, d))
		}
		s := snapshot(t, append(docs, program("p", "status: active, start: 2026-10-01, reviews: {every: 2 weeks on Tue}"))...)
		x := analyse(s, c.day).Find("p")
		if diff := cmp.Diff(strings.Split(c.want, "/"), told(x)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestNext(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, spec, held, want string // next, following, last
	}{
		{"later", "start: 2026-01-05, reviews: {every: month on last Fri}", "2026-10-30", "2026-11-30 2026-12-28 2026-10-30"},
		{"held early", "start: 2026-01-05, reviews: {every: 2 weeks on Tue}", "2026-11-10 2026-11-20", "2026-12-08 2026-12-22 2026-11-20"},
		{"today", "start: 2026-01-05, reviews: {every: week}", "", "2026-11-23 2026-11-30 "},
		{"held today", "start: 2026-01-05, reviews: {every: week}", "2026-11-23", "2026-11-30 2026-12-07 2026-11-23"},
		{"before the start", "start: 2027-03-01, reviews: {every: month on 1st Mon}", "", "2027-03-01 2027-04-05 "},
		{"years apart", "start: 2026-01-05, due: 2099-12-31, reviews: {rrule: FREQ=YEARLY;INTERVAL=3}", "", "2029-01-05 2032-01-05 "},
		{"up to the due date", "start: 2026-01-05, due: 2026-12-04, reviews: {every: month on 1st Fri}", "", "2026-12-04  "},
		{"late, and so still reviewed", "start: 2026-01-05, due: 2026-10-01, reviews: {every: month on 1st Fri}", "", "2026-12-04 2027-01-04 "},
		{"never again", "start: 2026-01-05, reviews: {rrule: FREQ=DAILY;COUNT=3}", "2026-01-05", "  2026-01-05"},
	} {
		spec := c.spec
		docs := minutes("p", strings.Fields(c.held)...)
		doc := "kind: Program\nmetadata: {name: p}\nspec: {status: active, " + spec + "}\n"
		if !strings.Contains(spec, "due:") {
			doc = program("p", "status: active, "+spec)
		}
		x := analyse(snapshot(t, append(docs, doc)...), asOf).Find("p")
		got := []string{"", "", ""}
		if x.Next != nil {
			got[0] = x.Next.On.String()
		}
		if x.Following != nil {
			got[1] = x.Following.On.String()
		}
		if x.Last != nil {
			got[2] = x.Last.Date.String()
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%s: %q, want %q", c.name, text, c.want)
		}
	}
}

func TestWhoIsDue(t *testing.T) {
	t.Parallel()
	config := "kind: Portfolio\nmetadata: {name: main}\nspec: {" + calendar + ", cadences: [" +
		"{id: money, rrule: FREQ=MONTHLY;BYDAY=2TH, agenda: budget}, {id: all, every: month on 1st Mon}, {id: bad, rrule: FREQ=HOURLY}, {id: none}]}\n"
	s := snapshot(t, config,
		program("a", "status: active, owner: ada, start: 2026-10-01, reviews: {every: week}"),
		program("b", "status: active, start: 2026-10-01"),
		program("c", "status: paused, start: 2026-10-01, reviews: {every: week}"),
		program("d", "status: completed, completed: 2026-11-01, start: 2026-10-01, reviews: {every: week}"),
		program("e", "status: proposed, start: 2026-10-01"),
		program("f", "status: active, start: 2026-10-01, reviews: {attendees: [ada]}"),
		program("g", "status: active, start: 2026-10-01, reviews: {rrule: FREQ=MONTHLY;BYDAY=9MO}"),
		program("h", "status: active, start: 2026-10-01, theme: gone, team: nobody, reviews: {every: week}"),
		"kind: Team\nmetadata: {name: sre}\n",
	)
	of := func(o Options) string {
		o.AsOf = cal.MustDate(asOf)
		a := Analyse(s, o)
		var list []string
		for _, x := range a.Series {
			list = append(list, string(x.Kind)+" "+x.Name)
		}
		for _, i := range a.Idle {
			list = append(list, fmt.Sprintf("idle %s %v", i.Program.Meta.Name, i.Scheduled))
		}
		for _, p := range a.Problems {
			list = append(list, fmt.Sprintf("%s:%d:%d %s", p.File, p.Range.Start.Line, p.Range.Start.Column, p.Message))
		}
		return strings.Join(list, "\n")
	}
	want := `program a
cadence all
cadence money
idle b false
idle c true
idle d true
idle f false
f7:3:77 program "g": "FREQ=MONTHLY;BYDAY=9MO" is not a recurrence rule of reviews: "9MO" in BYDAY counts from 1 to 5
f0:3:245 cadence "bad": "FREQ=HOURLY" is not a recurrence rule of reviews: FREQ=HOURLY is several times a day, and a review is on a day`
	if diff := cmp.Diff(want, of(Options{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for selector, want := range map[string]string{
		"owner=ada": "program a", "agenda=budget": "cadence money", "cadence=all": "cadence all", "kind=cadence,agenda=budget": "cadence money", "name=a": "program a",
	} {
		sel, err := portfolio.ParseSelector(selector)
		if err != nil {
			t.Fatal(err)
		}
		if got := of(Options{Selector: sel}); got != want {
			t.Errorf("%s: %s, want %s", selector, got, want)
		}
	}
	if got := of(Options{Names: []string{"all", "a"}}); got != "program a\ncadence all" {
		t.Errorf("by name: %s", got)
	}
	if x := Analyse(s, Options{AsOf: cal.MustDate(asOf)}); x.Find("d") == nil || x.Find("bad") == nil || x.Find("h") != nil || x.Find("z") != nil {
		t.Error("Find finds what is not due, and neither what is not sound nor what is not there")
	}
}

// A cadence without a start is in force since its first review, or since the fiscal year
// began; reviews that may be private are not called missed.
func TestCadencesOfThePortfolio(t *testing.T) {
	t.Parallel()
	config := "kind: Portfolio\nmetadata: {name: main}\nspec: {" + calendar + ", cadences: [{id: all, every: quarter on 1st Mon}]%s}\n"
	held := func(d string) string {
		return "kind: Review\nmetadata: {name: r}\nspec: {cadence: all, date: " + d + "}\n"
	}
	for _, c := range []struct{ name, more, held, want string }{
		{"never", "", "", "2026-02-02 missed/2026-05-04 missed/2026-08-03 missed/2026-11-02 missed"},
		{"since spring", "", "2026-05-05", "2026-02-02 missed/2026-05-04 held on 2026-05-05/2026-08-03 missed/2026-11-02 missed"},
		{"since last year", "", "2025-08-04", "2026-02-02 missed/2026-05-04 missed/2026-08-03 missed/2026-11-02 missed"},
		{"private", ", external: [Review]", "2026-05-05", "2026-02-02 unknown/2026-05-04 held on 2026-05-05/2026-08-03 unknown/2026-11-02 unknown"},
	} {
		docs := []string{fmt.Sprintf(config, c.more)}
		if c.held != "" {
			docs = append(docs, held(c.held))
		}
		x := analyse(snapshot(t, docs...), asOf).Find("all")
		if diff := cmp.Diff(strings.Split(c.want, "/"), told(x)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	x := Analyse(snapshot(t, fmt.Sprintf(config, ""), held("2025-08-04")), Options{AsOf: cal.MustDate(asOf), From: cal.MustDate("2025-01-01"), Until: cal.MustDate("2027-02-28")})
	want := "2025-08-04 held/2025-11-03 missed/2026-02-02 missed/2026-05-04 missed/2026-08-03 missed/2026-11-02 missed/2027-02-01 upcoming"
	if got := strings.Join(told(x.Find("all")), "/"); got != want {
		t.Errorf("over the years: %s\nwant %s", got, want)
	}
	if o := x.Series[0].Occurrences[0]; x.Series[0].UID(&o) != "review-cadence-all-2025-08-04" || x.Series[0].Summary() != "All" {
		t.Errorf("%s, %s", x.Series[0].UID(&o), x.Series[0].Summary())
	}
}

// Whatever is held when: each review is of one day or extra, what is listed is held,
// missed or upcoming, and which of them does not depend on what is asked for.
func TestReviewProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		day := func(name string, from string, days int) cal.Date {
			return cal.MustDate(from).Add(cal.Days(rapid.IntRange(0, days).Draw(rt, name)))
		}
		text := cadences().Draw(rt, "cadence")
		docs := []string{program("p", fmt.Sprintf("status: active, start: %s, reviews: {every: %s}", day("start", "2025-11-01", 300), text))}
		n := rapid.IntRange(0, 20).Draw(rt, "reviews")
		for i := range n {
			docs = append(docs, fmt.Sprintf("kind: Review\nmetadata: {name: r%02d}\nspec: {program: p, date: %s}\n", i, day("date", "2025-11-01", 450)))
		}
		s := snapshot(t, docs...)
		o := Options{AsOf: day("as of", "2026-06-01", 300), From: cal.MustDate("2025-01-01"), Until: cal.MustDate("2027-06-30")}
		x := Analyse(s, o).Find("p")
		count := map[State]int{}
		used := map[string]int{}
		for i, y := range x.Occurrences {
			count[y.State]++
			if (y.State == Held) != (y.Review != nil) || y.State == Missed && y.On >= o.AsOf || y.State == Upcoming && y.On < o.AsOf {
				rt.Fatalf("%s is %s on %s", y.On, y.State, o.AsOf)
			}
			if y.Review != nil {
				used[y.Review.Meta.Name]++
				if i > 0 && y.Review.Date <= x.Occurrences[i-1].On && i > 1 || i+1 < len(x.Occurrences) && y.Review.Date >= x.Occurrences[i+1].On {
					rt.Fatalf("%s was held on %s, beyond the reviews beside it: %v", y.On, y.Review.Date, told(x))
				}
			}
		}
		if count[Held]+count[Missed]+count[Upcoming] != len(x.Occurrences) {
			rt.Fatalf("%v of %d", count, len(x.Occurrences))
		}
		for _, r := range x.Extra {
			used[r.Meta.Name]++
		}
		past := 0
		for _, r := range s.Reviews {
			if r.Date <= o.AsOf {
				past++
			}
		}
		for name, times := range used {
			if times != 1 {
				rt.Fatalf("%s counts %d times", name, times)
			}
		}
		rare := strings.Contains(text, "quarter") || strings.Contains(text, "year") // what is held early may be for what is due after Until
		if len(used) != past && !rare || len(used) > past {
			rt.Fatalf("%d reviews took place, %d are told: %v", past, len(used), told(x))
		}
		part := o
		part.From, part.Until = o.AsOf.Add(-90), o.AsOf.Add(30)
		within := slices.DeleteFunc(slices.Clone(x.Occurrences), func(y Occurrence) bool { return y.On < part.From || y.On > part.Until })
		if diff := cmp.Diff(told(&Series{Occurrences: within}), told(&Series{Occurrences: Analyse(s, part).Find("p").Occurrences})); diff != "" {
			rt.Fatalf("asked for less (-of more +of less):\n%s", diff)
		}
	})
}
