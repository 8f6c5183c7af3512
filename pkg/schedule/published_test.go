package schedule

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
)

// publication is a published network with its answers.
type publication struct {
	source     string
	length     int
	critical   string // every activity that is, in order of early start
	activities []string
}

// Published networks, in days from the start. An activity is written as id, duration
// (or an estimate, O/M/P), what it is after (or a dash), ES, EF, LS, LF and free float;
// a question mark where the source does not say, or where another computation differs
// from it. Where a source counts weeks, or hours, a day stands for one, or for eight.
// The two with estimates publish the means, the length and the critical path alone:
// what lies between is added up by hand.
var published = []publication{
	{"Render, Stair and Hanna, General Foundry (arikanatakan/pmcontrols, tests/validation_cases.json)", 15, "A C E G H", []string{
		"A 2d - 0 2 0 2 0", "B 3d - 0 3 1 4 0", "C 2d A 2 4 2 4 0", "D 4d B 3 7 4 8 1", "E 4d C 4 8 4 8 0", "F 3d C 4 7 10 13 6",
		"G 5d D,E 8 13 8 13 0", "H 2d F,G 13 15 13 15 0",
	}},
	{"Hillier and Lieberman, Reliable Construction (arikanatakan/pmcontrols, tests/validation_cases.json)", 44, "A B C E F J L N", []string{
		"A 2d - 0 2 0 2 0", "B 4d A 2 6 2 6 0", "C 10d B 6 16 6 16 0", "D 6d C 16 22 20 26 0", "E 4d C 16 20 16 20 0",
		"F 5d E 20 25 20 25 0", "G 7d D 22 29 26 33 0", "H 9d E,G 29 38 33 42 0", "I 7d C 16 23 18 25 2", "J 8d F,I 25 33 25 33 0",
		"K 4d J 33 37 34 38 1", "L 5d J 33 38 33 38 0", "M 2d H 38 40 42 44 4", "N 6d K,L 38 44 38 44 0",
	}},
	{"rubens2005/criticalpath, test-cpt-early_start_finish_by_relation_type.R, FS, equal durations", 10, "begin a b end", []string{
		"begin 1d - 0 1 0 1 ?", "a 3d begin 1 4 1 4 ?", "b 3d a:FS:2d 6 9 6 9 ?", "end 1d b 9 10 9 10 ?",
	}},
	{"the same, FS, the second longer", 12, "begin a b end", []string{
		"begin 1d - 0 1 0 1 ?", "a 3d begin 1 4 1 4 ?", "b 5d a:FS:2d 6 11 6 11 ?", "end 1d b 11 12 11 12 ?",
	}},
	{"the same, FS, the second shorter", 12, "begin a b end", []string{
		"begin 1d - 0 1 0 1 ?", "a 5d begin 1 6 1 6 ?", "b 3d a:FS:2d 8 11 8 11 ?", "end 1d b 11 12 11 12 ?",
	}},
	{"the same, FF, equal durations", 7, "begin a b end", []string{
		"begin 1d - 0 1 0 1 ?", "a 3d begin 1 4 1 4 ?", "b 3d a:FF:2d 3 6 3 6 ?", "end 1d b 6 7 6 7 ?",
	}},
	{"the same, FF, the second shorter", 9, "begin a b end", []string{
		"begin 1d - 0 1 0 1 ?", "a 5d begin 1 6 1 6 ?", "b 3d a:FF:2d 5 8 5 8 ?", "end 1d b 8 9 8 9 ?",
	}},
	{"the same, SS, the second longer", 7, "begin a b end", []string{
		"begin 1d - 0 1 0 1 ?", "a 3d begin 1 4 1 4 ?", "b 5d a:SS:0d 1 6 1 6 ?", "end 1d b 6 7 6 7 ?",
	}},
	{"the same, SF, equal durations", 4, "begin b a end", []string{
		"begin 1d - 0 1 0 1 ?", "a 3d begin 1 4 1 4 ?", "b 3d a:SF:2d 0 3 0 3 ?", "end 1d b 3 4 3 4 ?",
	}},
	{"Microsoft Project, in joniles/mpxj, junit/data/mspdirelations.xml", 3, "t1 t2 t3 t4", []string{
		"t1 1d - 0 1 0 1 0", "t2 1d t1 1 2 1 2 0", "t3 1d t2:SS:1d 2 3 2 3 0", "t4 1d t3:FF:0d 2 3 2 3 0", "t5 1d t4:SF:0d 1 2 2 3 1",
	}},
	{"Microsoft Project, in joniles/mpxj, task-links-project2016-mspdi.xml", 12, "t9 t10", []string{
		"t1 1d - 0 1 10 11 0", "t2 1d t1 1 2 11 12 10", "t3 1d - 0 1 9 10 0", "t4 1d t3:FS:1d 2 3 11 12 9",
		"t5 1d - 0 1 8 9 0", "t6 1d t5:FS:2d 3 4 11 12 8", "t7 1d - 0 1 5 6 0", "t8 1d t7:FS:5d 6 7 11 12 5",
		"t9 1d - 0 1 0 1 0", "t10 1d t9:FS:10d 11 12 11 12 0", "t11 1d - 0 1 ? ? 0", "t12 1d t11:SF:2d 1 2 11 12 10",
		"t13 1d - 0 1 ? ? 0", "t14 1d t13:SS:2d 2 3 11 12 9", "t15 1d - 0 1 9 10 0", "t16 1d t15:FF:2d 2 3 11 12 9",
	}},
	{"te=(a+4m+b)/6, by hand, expected duration 7 (arikanatakan/pmcontrols, tests/validation_cases.json)", 7, "X Y", []string{
		"X 1/2/9 - 0 3 0 3 0", "Y 2/3/10 X 3 7 3 7 0",
	}},
	{"University of North Carolina at Greensboro, SCM 304, unit 6.3.1, in tenths of weeks: 23 weeks", 230, "A C E G", []string{
		"A 60/70/140 - 0 80 0 80 0", "B 80/100/120 - 0 100 10 110 10", "C 20/30/40 A 80 110 80 110 0", "D 60/70/80 A 80 150 100 170 20",
		"E 50/55/90 B,C 110 170 110 170 0", "F 50/70/90 B,C 110 180 130 200 0", "G 40/60/80 D,E 170 230 170 230 0",
		"H 25/30/35 F 180 210 200 230 20",
	}},
}

// project writes the activities of a published network as milestones.
func project(activities []string) string {
	var text strings.Builder
	for _, line := range activities {
		f := strings.Fields(line)
		size := "duration: " + f[1]
		if e := strings.Split(f[1], "/"); len(e) == 3 {
			size = fmt.Sprintf("estimate: {optimistic: %sd, likely: %sd, pessimistic: %sd}", e[0], e[1], e[2])
		}
		var links []string
		for on := range strings.SplitSeq(f[2], ",") {
			switch link := strings.Split(on, ":"); {
			case len(link) == 3:
				links = append(links, fmt.Sprintf("{on: %s, type: %s, lag: %s}", link[0], link[1], link[2]))
			case on != "-":
				links = append(links, on)
			}
		}
		fmt.Fprintf(&text, "    - {id: %s, due: 2026-03-02, %s, dependsOn: [%s]}\n", f[0], size, strings.Join(links, ", "))
	}
	return text.String()
}

func TestPublished(t *testing.T) {
	start := cal.MustDate("2026-03-02")
	for _, c := range published {
		a := New(sound(t, program("p", start.String(), project(c.activities))), start).Analyse()
		var got []string
		for _, line := range c.activities {
			want := strings.Fields(line)
			x := find(t, a, "p/"+want[0])
			row := []string{want[0], want[1], want[2], offset(x.ES), offset(x.EF), offset(x.LS), offset(x.LF), offset(x.FreeFloat)}
			for i := range row {
				if want[i] == "?" {
					row[i] = "?"
				}
			}
			got = append(got, strings.Join(row, " "))
			if total := x.LF - x.EF; x.TotalFloat != total || x.Critical != (total <= 0) || x.LS-x.ES != total {
				t.Errorf("%s: float of %s is %s, critical %t", c.source, want[0], offset(x.TotalFloat), x.Critical)
			}
		}
		if diff := cmp.Diff(c.activities, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.source, diff)
		}
		o := a.Overall(a.Programs)
		if diff := cmp.Diff([]string{c.critical, c.critical, c.critical}, []string{ids(critical(a)), ids(o.Path), ids(a.Programs[0].Path)}); diff != "" {
			t.Errorf("%s, critical (-want +got):\n%s", c.source, diff)
		}
		if int(o.Length) != c.length {
			t.Errorf("%s: length is %d, want %d", c.source, o.Length, c.length)
		}
	}
}

// find is an activity of an analysis.
func find(t interface{ Fatalf(string, ...any) }, a *Analysis, ref string) *Activity {
	i := slices.IndexFunc(a.Activities, func(x *Activity) bool { return x.Milestone.Ref() == ref })
	if i < 0 {
		t.Fatalf("%s is in no schedule", ref)
	}
	return a.Activities[i]
}

func critical(a *Analysis) (list []*Activity) {
	for _, x := range a.Activities {
		if x.Critical {
			list = append(list, x)
		}
	}
	return list
}

func ids(list []*Activity) string {
	var out []string
	for _, x := range list {
		out = append(out, x.Milestone.ID)
	}
	return strings.Join(out, " ")
}

// The days on which Microsoft Project starts and ends the tasks of both files, which
// begin on Thursday 2006-09-21 and on Monday 2016-02-08.
func TestPublishedDays(t *testing.T) {
	for _, c := range []struct {
		start string
		days  []string
	}{
		{"2006-09-21", []string{
			"t1 2006-09-21 2006-09-21", "t2 2006-09-22 2006-09-22", "t3 2006-09-25 2006-09-25", "t4 2006-09-25 2006-09-25",
		}},
		{"2016-02-08", []string{
			"t1 2016-02-08 2016-02-08", "t2 2016-02-09 2016-02-09", "t4 2016-02-10 2016-02-10", "t6 2016-02-11 2016-02-11",
			"t8 2016-02-16 2016-02-16", "t10 2016-02-23 2016-02-23", "t12 2016-02-09 2016-02-09", "t14 2016-02-10 2016-02-10",
			"t16 2016-02-10 2016-02-10",
		}},
	} {
		i := slices.IndexFunc(published, func(p publication) bool {
			return strings.HasPrefix(p.source, "Microsoft") && (len(p.activities) == 5) == (c.start == "2006-09-21")
		})
		a := New(sound(t, program("p", c.start, project(published[i].activities))), cal.MustDate(c.start)).Analyse()
		var got []string
		for _, line := range c.days {
			x := find(t, a, "p/"+strings.Fields(line)[0])
			got = append(got, strings.Join([]string{x.Milestone.ID, x.Start.String(), x.Finish.String()}, " "))
		}
		if diff := cmp.Diff(c.days, got); diff != "" {
			t.Errorf("from %s (-want +got):\n%s", c.start, diff)
		}
	}
}
