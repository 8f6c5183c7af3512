package slip

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/history"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/source"
)

func file(i int, text string) *source.File {
	return &source.File{Name: fmt.Sprint("f", i), Text: []byte(text)}
}

// snapshot assembles documents, one a file.
func snapshot(t *testing.T, docs ...string) *portfolio.Snapshot {
	t.Helper()
	parts := make([]portfolio.Part, len(docs))
	for i, doc := range docs {
		parts[i] = portfolio.Read(file(i, doc), portfolio.Base)
	}
	s, diags := portfolio.Assemble(parts)
	for _, d := range diags {
		t.Fatalf("%s: %s", d.File, d.Message)
	}
	return s
}

func program(spec string) string {
	return "kind: Program\nmetadata: {name: p}\nspec: {status: active, start: 2026-01-05, due: 2026-12-31, " + spec + "}\n"
}

func config(spec string) string {
	return "kind: Portfolio\nmetadata: {name: c}\nspec: {" + spec + "}\n"
}

var milestoneID = history.ID{Program: "p", Milestone: "m"}

// track is a history in the order of the points, each "DAY due DUE" and words of
// these: draft (its program is not approved), gone, cancelled, baseline=, forecast=,
// completed=, why=. Commits are c0, c1 and so on.
func track(t *testing.T, id history.ID, points ...string) *history.Track {
	t.Helper()
	tr := &history.Track{ID: id}
	for i, text := range points {
		f := strings.Fields(text)
		p := history.Point{
			Version: &history.Version{Commit: fmt.Sprint("c", i), Day: cal.MustDate(f[0]), Author: "Ada"},
			State:   history.State{Due: cal.MustDate(f[2])}, Present: true, Committed: true,
		}
		for _, word := range f[3:] {
			key, value, _ := strings.Cut(word, "=")
			switch key {
			case "draft":
				p.Committed = false
			case "gone":
				p.Present = false
			case "cancelled":
				p.Cancelled = true
			case "baseline":
				p.Baseline = cal.MustDate(value)
			case "forecast":
				p.Forecast = cal.MustDate(value)
			case "completed":
				p.Completed = cal.MustDate(value)
			case "why":
				p.Reason = value
			default:
				t.Fatalf("there is no word %q", key)
			}
		}
		tr.Points = append(tr.Points, p)
	}
	return tr
}

// spelt is a move as one line.
func spelt(m Move) string {
	text := fmt.Sprintf("%s %s→%s %+d notice %d", m.Version.Commit, m.From, m.To, m.Days(), m.Notice())
	if m.Draft {
		text += " draft"
	}
	if m.Reason != "" {
		text += " why " + m.Reason
	}
	return text
}

func TestBaselineAndMoves(t *testing.T) {
	for _, test := range []struct {
		name      string
		points    []string
		original  string
		moves     []string
		net, turn cal.Days
	}{
		{"one version", []string{"2026-01-05 due 2026-06-30"}, "2026-06-30", nil, 0, 0},
		{"later, earlier, later", []string{
			"2026-01-05 due 2026-06-30", "2026-02-02 due 2026-07-10", "2026-03-02 due 2026-07-05", "2026-04-06 due 2026-07-31",
		}, "2026-06-30", []string{
			"c1 2026-06-30→2026-07-10 +10 notice 148", "c2 2026-07-10→2026-07-05 -5 notice 130", "c3 2026-07-05→2026-07-31 +26 notice 90",
		}, 31, 41},
		{"the first approved version sets the baseline", []string{
			"2026-01-05 due 2026-06-30 draft", "2026-02-02 due 2026-07-10 draft", "2026-03-02 due 2026-07-10", "2026-04-06 due 2026-07-31",
		}, "2026-07-10", []string{
			"c1 2026-06-30→2026-07-10 +10 notice 148 draft", "c3 2026-07-10→2026-07-31 +21 notice 95",
		}, 21, 21},
		{"and what it moves itself is a draft", []string{
			"2026-01-05 due 2026-06-30 draft", "2026-02-02 due 2026-07-10",
		}, "2026-07-10", []string{"c1 2026-06-30→2026-07-10 +10 notice 148 draft"}, 0, 0},
		{"never approved: the first version does", []string{
			"2026-01-05 due 2026-06-30 draft", "2026-02-02 due 2026-07-10 draft",
		}, "2026-06-30", []string{"c1 2026-06-30→2026-07-10 +10 notice 148"}, 10, 10},
		{"paused later: it was approved once", []string{
			"2026-01-05 due 2026-06-30", "2026-02-02 due 2026-07-10 draft", "2026-03-02 due 2026-07-15",
		}, "2026-06-30", []string{"c1 2026-06-30→2026-07-10 +10 notice 148", "c2 2026-07-10→2026-07-15 +5 notice 130"}, 15, 15},
		{"approved while it was not there", []string{
			"2026-01-05 due 2026-06-30 draft", "2026-02-02 due 2026-06-30 gone", "2026-03-02 due 2026-07-15",
		}, "2026-07-15", []string{"c2 2026-06-30→2026-07-15 +15 notice 120 draft"}, 0, 0},
		{"gone and back as it was", []string{
			"2026-01-05 due 2026-06-30", "2026-02-02 due 2026-06-30 gone", "2026-03-02 due 2026-06-30",
		}, "2026-06-30", nil, 0, 0},
		{"gone and back with another date", []string{
			"2026-01-05 due 2026-06-30", "2026-02-02 due 2026-06-30 gone", "2026-03-02 due 2026-06-15",
		}, "2026-06-30", []string{"c2 2026-06-30→2026-06-15 -15 notice 120"}, -15, 15},
		{"after it was due, and on the day", []string{
			"2026-01-05 due 2026-06-30", "2026-07-02 due 2026-07-10", "2026-07-10 due 2026-07-20",
		}, "2026-06-30", []string{"c1 2026-06-30→2026-07-10 +10 notice -2", "c2 2026-07-10→2026-07-20 +10 notice 0"}, 20, 20},
		{"other fields move nothing", []string{
			"2026-01-05 due 2026-06-30", "2026-02-02 due 2026-06-30 forecast=2026-08-01", "2026-03-02 due 2026-06-30 baseline=2026-07-01 cancelled",
		}, "2026-06-30", nil, 0, 0},
		{"a reason is one that changes with the date", []string{
			"2026-01-05 due 2026-06-30 why=old", "2026-02-02 due 2026-07-10 why=old", "2026-03-02 due 2026-07-15 why=new", "2026-03-03 due 2026-07-16", "2026-03-04 due 2026-07-16 why=late",
		}, "2026-06-30", []string{
			"c1 2026-06-30→2026-07-10 +10 notice 148", "c2 2026-07-10→2026-07-15 +5 notice 130 why new", "c3 2026-07-15→2026-07-16 +1 notice 134",
		}, 16, 16},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := &Record{ID: milestoneID}
			r.follow(track(t, milestoneID, test.points...))
			var moves []string
			for _, m := range r.Moves {
				moves = append(moves, spelt(m))
			}
			if diff := cmp.Diff(test.moves, moves); diff != "" {
				t.Errorf("moves (-want +got):\n%s", diff)
			}
			if got := r.Original.String(); got != test.original {
				t.Errorf("the original baseline is %s, want %s", got, test.original)
			}
			if r.NetSlip() != test.net || r.Churn() != test.turn {
				t.Errorf("net slip %d, churn %d, want %d, %d", r.NetSlip(), r.Churn(), test.net, test.turn)
			}
		})
	}
}

// Net slip is the last date less the first baseline, whatever lies between; churn is
// at least that much.
func TestNetSlipProperty(t *testing.T) {
	rnd := rand.New(rand.NewSource(1))
	for range 2000 {
		var points []string
		day := cal.MustDate("2026-01-05")
		for range 1 + rnd.Intn(8) {
			day += cal.Date(1 + rnd.Intn(40))
			p := fmt.Sprintf("%s due %s", day, cal.MustDate("2026-06-01").Add(cal.Days(rnd.Intn(6))))
			switch rnd.Intn(5) {
			case 0:
				p += " draft"
			case 1:
				if n := len(points); n > 0 { // it goes with the date that it had
					p = fmt.Sprintf("%s due %s gone", day, strings.Fields(points[n-1])[2])
				}
			}
			points = append(points, p)
		}
		tr := track(t, milestoneID, points...)
		r := &Record{ID: milestoneID}
		r.follow(tr)
		if got, want := r.NetSlip(), tr.Last().Due.Sub(r.Original); got != want {
			t.Fatalf("%q: net slip %d, want %d", points, got, want)
		}
		if net := r.NetSlip(); r.Churn() < net || r.Churn() < -net {
			t.Fatalf("%q: churn %d is less than net slip %d", points, r.Churn(), net)
		}
		for i := 1; i < len(r.Moves); i++ {
			if r.Moves[i].From != r.Moves[i-1].To {
				t.Fatalf("%q: a move begins at %s, the one before ended at %s", points, r.Moves[i].From, r.Moves[i-1].To)
			}
		}
	}
}
