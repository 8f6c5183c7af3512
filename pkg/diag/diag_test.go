package diag

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNearest(t *testing.T) {
	names := []string{"owner", "status", "start", "due", "milestones", "staffing", "id", "on"}
	for name, want := range map[string]string{
		"onwer": "owner", "Owner": "owner", "ower": "owner", "owners": "owner", "statsu": "status", "milestone": "milestones",
		"dua": "due", "x": "", "": "", "ix": "", "objective": "", "mielstnoes": "milestones", "owner": "",
	} {
		if got := Nearest(name, names); got != want {
			t.Errorf("nearest to %q is %q, want %q", name, got, want)
		}
	}
	if got := Nearest("cat", []string{"car", "bat"}); got != "car" {
		t.Errorf("of two as near the later is taken: %q", got)
	}
}

func TestFinishSortsAndTellsApart(t *testing.T) {
	at := func(line int) Location {
		return Location{File: "f", Range: Range{Start: Position{line, 1}, End: Position{line, 2}}}
	}
	list := []Diagnostic{
		{Location: at(9), Code: "B", Subject: "s"},
		{Location: at(2), Code: "A", Subject: "s", Key: "k"},
		{Location: at(3), Code: "A", Subject: "s", Key: "k"},
		{Location: at(1), Code: "A", Subject: "s"},
	}
	Finish(list)
	var lines []int
	seen := map[string]bool{}
	for _, d := range list {
		lines = append(lines, d.Range.Start.Line)
		if len(d.Fingerprint) != 32 || seen[d.Fingerprint] {
			t.Errorf("fingerprint %q", d.Fingerprint)
		}
		seen[d.Fingerprint] = true
	}
	if diff := cmp.Diff([]int{1, 2, 3, 9}, lines); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
	moved := []Diagnostic{list[1], list[3]}
	moved[0].Location, moved[1].Location = at(40), at(70)
	before := []string{moved[0].Fingerprint, moved[1].Fingerprint}
	Finish(moved)
	if diff := cmp.Diff(before, []string{moved[0].Fingerprint, moved[1].Fingerprint}); diff != "" {
		t.Errorf("fingerprints changed with their lines:\n%s", diff)
	}
}

func TestIntroduce(t *testing.T) {
	one := func(s Severity, waived bool) []Diagnostic {
		list := []Diagnostic{{Code: "A", Subject: "s", Severity: s, Waived: waived}}
		Finish(list)
		return list
	}
	for _, c := range []struct {
		name         string
		before, list []Diagnostic
		want         bool
	}{
		{"new", nil, one(Info, false), true},
		{"new and waived", nil, one(Info, true), true},
		{"there already", one(Warning, false), one(Warning, false), false},
		{"waived then", one(Warning, true), one(Warning, false), true},
		{"waived now", one(Warning, false), one(Warning, true), false},
		{"waived all the time", one(Warning, true), one(Warning, true), false},
		{"milder then", one(Warning, false), one(Error, false), true},
		{"milder now", one(Error, false), one(Warning, false), false},
	} {
		Introduce(c.list, c.before)
		if got := *c.list[0].Introduced; got != c.want {
			t.Errorf("%s: introduced %v", c.name, got)
		}
	}
}

func TestSeverity(t *testing.T) {
	for _, s := range []Severity{Off, Info, Warning, Error} {
		var back Severity
		if err := back.ParseText(s.String()); err != nil || back != s {
			t.Errorf("%v comes back as %v, %v", s, back, err)
		}
	}
	var s Severity
	if s.ParseText("fatal") == nil {
		t.Error("fatal is accepted")
	}
}

func TestMeant(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, candidate string
		others          []string
		want            bool
	}{
		{"onwer", "owner", []string{"team", "sponsor"}, true},
		{"Owner", "owner", nil, true},
		{"storefornt", "storefront", nil, true},
		{"storfrnt", "storefront", nil, true},       // two letters of eight
		{"storfrn", "storefront", nil, false},       // three
		{"ower", "owner", []string{"ower2"}, false}, // as near to another
		{"desgin", "design", []string{"design-b"}, true},
		{"tem", "team", []string{"item", "term"}, false},
		{"oo", "on", nil, false}, // too short to tell
	} {
		if got := Meant(c.name, c.candidate, append([]string{c.candidate}, c.others...)); got != c.want {
			t.Errorf("Meant(%q, %q, %q) is %t", c.name, c.candidate, c.others, got)
		}
	}
}
