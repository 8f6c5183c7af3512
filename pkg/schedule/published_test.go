package schedule

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
)

// Early starts and finishes of published networks, in days from the start. An
// activity is written as id, duration (or an estimate, O/M/P), what it is after (or
// a dash), ES and EF; where a source counts weeks, or hours, a day stands for one,
// or for eight. The two with estimates publish the means and the length alone: what
// lies between is added up by hand.
var published = []struct {
	source     string
	activities []string
}{
	{"Render, Stair and Hanna, General Foundry (arikanatakan/pmcontrols, tests/validation_cases.json)", []string{
		"A 2d - 0 2", "B 3d - 0 3", "C 2d A 2 4", "D 4d B 3 7", "E 4d C 4 8", "F 3d C 4 7", "G 5d D,E 8 13", "H 2d F,G 13 15",
	}},
	{"Hillier and Lieberman, Reliable Construction (arikanatakan/pmcontrols, tests/validation_cases.json)", []string{
		"A 2d - 0 2", "B 4d A 2 6", "C 10d B 6 16", "D 6d C 16 22", "E 4d C 16 20", "F 5d E 20 25", "G 7d D 22 29",
		"H 9d E,G 29 38", "I 7d C 16 23", "J 8d F,I 25 33", "K 4d J 33 37", "L 5d J 33 38", "M 2d H 38 40", "N 6d K,L 38 44",
	}},
	{"rubens2005/criticalpath, test-cpt-early_start_finish_by_relation_type.R, FS, equal durations", []string{
		"begin 1d - 0 1", "a 3d begin 1 4", "b 3d a:FS:2d 6 9", "end 1d b 9 10",
	}},
	{"the same, FS, the second longer", []string{"begin 1d - 0 1", "a 3d begin 1 4", "b 5d a:FS:2d 6 11", "end 1d b 11 12"}},
	{"the same, FS, the second shorter", []string{"begin 1d - 0 1", "a 5d begin 1 6", "b 3d a:FS:2d 8 11", "end 1d b 11 12"}},
	{"the same, FF, equal durations", []string{"begin 1d - 0 1", "a 3d begin 1 4", "b 3d a:FF:2d 3 6", "end 1d b 6 7"}},
	{"the same, FF, the second shorter", []string{"begin 1d - 0 1", "a 5d begin 1 6", "b 3d a:FF:2d 5 8", "end 1d b 8 9"}},
	{"the same, SS, the second longer", []string{"begin 1d - 0 1", "a 3d begin 1 4", "b 5d a:SS:0d 1 6", "end 1d b 6 7"}},
	{"the same, SF, equal durations", []string{"begin 1d - 0 1", "a 3d begin 1 4", "b 3d a:SF:2d 0 3", "end 1d b 3 4"}},
	{"Microsoft Project, in joniles/mpxj, junit/data/mspdirelations.xml", []string{
		"t1 1d - 0 1", "t2 1d t1 1 2", "t3 1d t2:SS:1d 2 3", "t4 1d t3:FF:0d 2 3", "t5 1d t4:SF:0d 1 2",
	}},
	{"Microsoft Project, in joniles/mpxj, task-links-project2016-mspdi.xml", []string{
		"t1 1d - 0 1", "t2 1d t1 1 2", "t3 1d - 0 1", "t4 1d t3:FS:1d 2 3", "t5 1d - 0 1", "t6 1d t5:FS:2d 3 4",
		"t7 1d - 0 1", "t8 1d t7:FS:5d 6 7", "t9 1d - 0 1", "t10 1d t9:FS:10d 11 12",
		"t11 1d - 0 1", "t12 1d t11:SF:2d 1 2", "t13 1d - 0 1", "t14 1d t13:SS:2d 2 3", "t15 1d - 0 1", "t16 1d t15:FF:2d 2 3",
	}},
	{"te=(a+4m+b)/6, by hand, expected duration 7 (arikanatakan/pmcontrols, tests/validation_cases.json)", []string{
		"X 1/2/9 - 0 3", "Y 2/3/10 X 3 7",
	}},
	{"University of North Carolina at Greensboro, SCM 304, unit 6.3.1, in tenths of weeks: 23 weeks by A, C, E, G", []string{
		"A 60/70/140 - 0 80", "B 80/100/120 - 0 100", "C 20/30/40 A 80 110", "D 60/70/80 A 80 150", "E 50/55/90 B,C 110 170",
		"F 50/70/90 B,C 110 180", "G 40/60/80 D,E 170 230", "H 25/30/35 F 180 210",
	}},
}

func TestPublished(t *testing.T) {
	for _, c := range published {
		var text strings.Builder
		for _, line := range c.activities {
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
		start := cal.MustDate("2026-03-02")
		n := New(sound(t, program("p", start.String(), text.String())), start)
		list := n.forward(false)
		zero := n.axis.start(start)
		var want, got []string
		for _, line := range c.activities {
			f := strings.Fields(line)
			i := n.index["p/"+f[0]]
			want = append(want, strings.Join([]string{f[0], f[3], f[4]}, " "))
			got = append(got, strings.Join([]string{f[0], offset(list[i].start - zero), offset(list[i].finish - zero)}, " "))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.source, diff)
		}
	}
}

// The days on which Microsoft Project ends the tasks of mspdirelations.xml, which
// starts on Thursday 2006-09-21; the links alone, without dates of their own.
func TestPublishedDays(t *testing.T) {
	n := New(sound(t, program("p", "2006-09-21", `
    - {id: t1, due: 2006-09-21, duration: 1d}
    - {id: t2, due: 2006-09-21, duration: 1d, dependsOn: [t1]}
    - {id: t3, due: 2006-09-21, duration: 1d, dependsOn: [{on: t2, type: SS, lag: 1d}]}
    - {id: t4, due: 2006-09-21, duration: 1d, dependsOn: [{on: t3, type: FF}]}
`)), cal.MustDate("2006-09-21"))
	want := map[string]string{"p/t1": "2006-09-21", "p/t2": "2006-09-22", "p/t3": "2006-09-25", "p/t4": "2006-09-25"}
	got := map[string]string{}
	for ref := range n.index {
		d, _ := n.Expected(ref)
		got[ref] = d.String()
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
