package history

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReasonsIn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		message string
		want    []string
	}{
		{"", nil},
		{"Slip-Reason: a", []string{"=a"}},
		{"subject\n\nSlip-Reason(p/m): a b ", []string{"p/m=a b"}},
		{"slip-REASON ( p/m ): a", nil}, // a space, as in no trailer
		{"slip-REASON( p/m )\t:a\r\nSLIP-REASON:b\r\n", []string{"p/m=a", "=b"}},
		{"Slip-Reason(): a", []string{"=a"}},
		{"Slip-Reason:", nil},
		{"Slip-Reason:\n  on the next line", []string{"=on the next line"}},
		{"Slip-Reason: a\n  b\n\tc\nd", []string{"=a b c"}},
		{"Slip-Reason: a\n\n  b", []string{"=a"}},
		{"Slip-Reason: a\n  \n  b", []string{"=a"}},
		{"Slip-Reason: a\nOther: b\n  c", []string{"=a"}},
		{"Slip-Reason: a\n Slip-Reason(p): b\n c", []string{"=a", "p=b"}},
		{"    subject\n\n    Slip-Reason: a\n", []string{"=a"}},
		{"* subject\n* Slip-Reason: a\n- Slip-Reason(p): b\n  * Slip-Reason(q): c\n> Slip-Reason: d\n+ Slip-Reason: e", []string{"=a", "p=b", "q=c", "=d", "=e"}},
		{"    Slip-Reason: a\n      b\n    c", []string{"=a b"}},
		{"    Slip-Reason: a\n    b\n      c", []string{"=a"}},
		{"* Slip-Reason: a\n    b\n  Other: c", []string{"=a b"}},
		{"ſlip-reaſon: a\nSlip-Reason: b", []string{"=b"}},
		{"No-Slip-Reason: a", nil},
		{"the Slip-Reason: a", nil},
		{"`Slip-Reason: a`", nil},
		{"Slip-Reasons: a", nil},
		{"Slip-Reason a", nil},
		{"Slip-Reason(a: b", nil},
		{"Slip-Reason(a)(b): c", nil},
		{"Slip-Reason: a: b (c): d", []string{"=a: b (c): d"}},
		{"Slip-Reason: \xff\x1b[31m é", []string{"=\xff\x1b[31m é"}},
		{"Slip-Reason: a\rSlip-Reason: b", []string{"=a\rSlip-Reason: b"}},
	} {
		var got []string
		for _, r := range reasonsIn(c.message) {
			got = append(got, r.id+"="+r.text)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.message, diff)
		}
	}
}

// What names the milestone goes before what names nothing, wherever it stands;
// among equals the first.
func TestReason(t *testing.T) {
	t.Parallel()
	v := Version{reasons: reasonsIn("Slip-Reason: all\nSlip-Reason: all again\nSlip-Reason(a): program\nSlip-Reason(a/m): first\nSlip-Reason(a/m): second")}
	for id, want := range map[ID]string{{"a", "m"}: "first", {"a", ""}: "program", {"a", "n"}: "all", {"b", "m"}: "all"} {
		if got := v.Reason(id); got != want {
			t.Errorf("%v: %q, want %q", id, got, want)
		}
	}
	if got := (&Version{reasons: reasonsIn("Slip-Reason(a): x")}).Reason(ID{"b", ""}); got != "" {
		t.Errorf("of another: %q", got)
	}
}

func FuzzReasonsIn(f *testing.F) {
	for _, text := range []string{"", "x", "Slip-Reason: a\n b", "* slip-reason(a/b) :\n  c", "\xff\nSlip-Reason(\xff): \xff", "ſlip-reaſon: a", "    Slip-Reason:\u00a0a\r\n"} {
		f.Add(text)
	}
	word := regexp.MustCompile(`(?i:[Ss]lip-reason)`)
	f.Fuzz(func(t *testing.T, message string) {
		list := reasonsIn(message)
		if len(list) > 0 && !word.MatchString(message) || len(list) > strings.Count(strings.ToLower(message), "reason")+strings.Count(message, "ſ") {
			t.Fatalf("%d reasons in %q", len(list), message)
		}
		for _, r := range list {
			if r.text == "" || strings.Contains(r.text, "\n") || strings.ContainsAny(r.id, ")\n") || strings.TrimSpace(r.id) != r.id {
				t.Fatalf("reason %q of %q", r, message)
			}
		}
		with := reasonsIn(message + "\n\nSlip-Reason(a/b): last")
		if diff := cmp.Diff(fmt.Sprint(append(list, reason{"a/b", "last"})), fmt.Sprint(with)); diff != "" {
			t.Fatalf("%q, and one more (-want +got):\n%s", message, diff)
		}
	})
}
