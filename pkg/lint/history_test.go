package lint_test

import (
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/lint"
)

// A finding stays the same one while days pass, and is another one once the date
// moves again: a review then calls it new.
func TestFingerprintsOfHistory(t *testing.T) {
	t.Parallel()
	closed := func(text string) string { return with("closedThrough: 2026-10", text) }
	base := []version{
		{day: "2026-03-02", text: closed(active("id: a, due: 2026-10-30", "id: b, due: 2026-12-18, dependsOn: [a]"))},
		{day: "2026-11-02", text: closed(active("id: a, due: 2026-12-02, baseline: 2026-11-02", "id: b, due: 2026-12-11, dependsOn: [a]"))},
	}
	again := version{
		day: "2026-12-03", text: closed(active("id: a, due: 2026-12-08, baseline: 2026-11-03", "id: b, due: 2026-12-10, dependsOn: [a]")),
	}
	prints := func(asOf string, versions ...version) map[string]string {
		list := map[string]string{}
		for _, d := range (historyCase{versions: versions, asOf: asOf}).find(t) {
			if d.Code >= "MS013" {
				list[d.Code] = d.Fingerprint
			}
		}
		return list
	}
	first := prints("2026-11-04", base...)
	if len(first) != 6 {
		t.Fatalf("findings of %d rules, want of 6: %v", len(first), first)
	}
	if diff := gocmp.Diff(first, prints("2026-11-27", base...)); diff != "" {
		t.Errorf("days passed (-before +after):\n%s", diff)
	}
	for code, print := range prints("2026-12-04", append(base, again)...) {
		if same := print == first[code]; same != (code == "MS018") { // that move was not repeated
			t.Errorf("%s after another move: the same %v", code, same)
		}
	}
}

func TestHistoryIsNeeded(t *testing.T) {
	t.Parallel()
	var rules, fields []string
	for _, r := range lint.Rules {
		if r.Code >= "MS012" && r.Code <= "MS018" {
			rules = append(rules, r.Code)
		}
	}
	slices.Sort(rules)
	if len(rules) != 7 {
		t.Fatalf("rules %v", rules)
	}
	for _, code := range rules {
		fields = append(fields, "{rule: "+code+", until: 2026-12-31, reason: agreed, approvedBy: ada}")
	}
	text := with("policy: {maxRemoved: 0%}, waivers: [{rule: GOV014, until: 2026-12-31, reason: agreed, approvedBy: ada}]",
		program("active", "baseline: 2026-12-18\nwaivers: ["+strings.Join(fields, ", ")+"]", "id: a, due: 2026-11-27"))
	found := lint.Run(snapshot(t, text), lint.Options{AsOf: cal.MustDate(usualDay), Codes: allRules()})
	for _, d := range found {
		t.Errorf("without history: %s %s", d.Code, d.Message)
	}
	// With it, they look and find nothing, so that all waivers but that of the
	// baseline's variance silence nothing.
	c := historyCase{versions: []version{{day: "2026-03-02", text: text}}, options: func(o *lint.Options) { o.Horizon = new(cal.CalendarSpan(2)) }}
	var unused []string
	for _, d := range c.find(t) {
		if d.Code == "GOV011" {
			unused = append(unused, strings.Fields(d.Message)[3])
		}
	}
	slices.Sort(unused)
	want := []string{"GOV014", "MS012", "MS014", "MS015", "MS016", "MS017", "MS018"}
	if diff := gocmp.Diff(want, unused); diff != "" {
		t.Errorf("waivers that silence nothing (-want +got):\n%s", diff)
	}
}
