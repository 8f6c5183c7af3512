package lint_test

import (
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

func TestMovedAfterDue(t *testing.T) {
	t.Parallel()
	const first, moved = "id: a, due: 2026-11-13", "id: a, due: 2026-11-20, dueReason: late data"
	const want = `MS014 milestone "a" was moved from 2026-11-13 to 2026-11-20 on 2026-11-16, 3 days after it was due`
	runCases(t, []historyCase{
		{
			name: "on its last day is in time", asOf: "2026-11-18",
			versions: []version{{day: "2026-03-02", text: active(first)}, {day: "2026-11-13", text: active(moved)}},
		},
		{
			name: "a day later is not", asOf: "2026-11-18",
			versions: []version{{day: "2026-03-02", text: active(first)}, {day: "2026-11-14", text: active(moved)}},
			want:     []string{`MS014 milestone "a" was moved from 2026-11-13 to 2026-11-20 on 2026-11-14, 1 day after it was due`},
		},
		{
			name: "in the work tree", asOf: "2026-11-16",
			versions: []version{{day: "2026-03-02", text: active(first)}}, workTree: active(moved),
			want: []string{want},
		},
		{
			name: "a move in good time does not cover an earlier one", asOf: "2026-11-19",
			versions: []version{
				{day: "2026-03-02", text: active(first)},
				{day: "2026-11-16", text: active(moved)},
				{day: "2026-11-18", text: active("id: a, due: 2026-11-23, dueReason: later data")},
			},
			want: []string{`MS014 milestone "a" was moved from 2026-11-13 to 2026-11-20 on 2026-11-16, 3 days after it was due`},
		},
		{
			name: "a draft", asOf: "2026-11-18",
			versions: []version{{day: "2026-03-02", text: program("proposed", "", first)}, {day: "2026-11-16", text: program("approved", "", moved)}},
		},
		{
			name: "done in the same commit", asOf: "2026-11-18",
			versions: []version{{day: "2026-03-02", text: active(first)}, {day: "2026-11-16", text: active(moved + ", completed: 2026-11-16")}},
		},
		{
			name: "back after it was gone", asOf: "2026-11-18",
			versions: []version{
				{day: "2026-03-02", text: active(first, "id: b, due: 2027-01-29")},
				{day: "2026-10-02", text: active("id: b, due: 2027-01-29")},
				{day: "2026-11-16", text: active(moved, "id: b, due: 2027-01-29")},
			},
			want: []string{want},
		},
		{
			name: "of a program", asOf: "2026-11-18",
			versions: []version{
				{day: "2026-03-02", text: program("active", "due: 2026-11-13")},
				{day: "2026-11-16", text: program("active", "due: 2026-11-20\ndueReason: late data")},
			},
			want: []string{
				`MS008 program "p" has no milestone`,
				`MS014 program "p" was moved from 2026-11-13 to 2026-11-20 on 2026-11-16, 3 days after it was due`,
			},
		},
		{
			name: "waived", asOf: "2026-11-18",
			versions: []version{{day: "2026-03-02", text: active(first)}, {day: "2026-11-16", text: active(moved + ", " + waiver("MS014"))}},
			want:     []string{"waived: " + want},
		},
	})
}

func TestMovedWithoutReason(t *testing.T) {
	t.Parallel()
	const first, moved = "id: a, due: 2026-11-27", "id: a, due: 2026-12-04"
	want := []string{`MS015 milestone "a" moved from 2026-11-27 to 2026-12-04 without a reason`}
	begin := version{day: "2026-03-02", text: active(first)}
	message := func(text string) []version {
		return []version{begin, {day: "2026-11-02", text: active(moved), message: text}}
	}
	runCases(t, []historyCase{
		{name: "none", versions: message(""), want: want},
		{name: "a trailer for all", versions: message("Plan\n\nSlip-Reason: late data\n")},
		{name: "a trailer for it", versions: message("Plan\n\nSlip-Reason(p/a): late data\n")},
		{name: "a trailer for something else", versions: message("Plan\n\nSlip-Reason(p/b): late data\n"), want: want},
		{name: "an empty trailer", versions: message("Plan\n\nSlip-Reason:\n"), want: want},
		{name: "in the body of a squash", versions: message("Plan (#7)\n\n* first try\n\n* move a\n\n  Slip-Reason(p/a): late data\n\n* typo\n")},
		{name: "dueReason beside it", versions: []version{begin, {day: "2026-11-02", text: active(moved + ", dueReason: late data")}}},
		{
			name:     "dueReason in a later commit",
			versions: append(message(""), version{day: "2026-11-03", text: active(moved + ", dueReason: late data")}),
		},
		{
			name: "dueReason in the work tree", versions: message(""),
			workTree: active(moved + ", dueReason: late data"),
		},
		{
			name: "dueReason of an earlier move",
			versions: []version{
				{day: "2026-03-02", text: active("id: a, due: 2026-11-24")},
				{day: "2026-05-04", text: active(first + ", dueReason: late data")},
				{day: "2026-11-02", text: active(moved + ", dueReason: late data")},
			},
			want: want,
		},
		{
			name: "dueReason deleted since",
			versions: []version{
				{day: "2026-03-02", text: active(first + ", dueReason: an old one")},
				{day: "2026-11-02", text: active(moved + ", dueReason: an old one")},
				{day: "2026-11-03", text: active(moved)},
			},
			want: want,
		},
		{
			name: "only the last move counts",
			versions: append(message(""),
				version{day: "2026-11-03", text: active("id: a, due: 2026-12-07, dueReason: late data")}),
		},
		{
			name: "a small step back does not cover a move",
			versions: []version{
				begin,
				{day: "2026-11-02", text: active("id: a, due: 2027-03-01")},
				{day: "2026-11-03", text: active("id: a, due: 2027-02-28")},
			},
			want: []string{
				`MS013 milestone "a" is due 2027-02-28, 93 days after its baseline (2026-11-27), policy allows 10 days`,
				`MS015 milestone "a" moved from 2026-11-27 to 2027-03-01 without a reason`,
			},
		},
		{
			name: "the last of two has none",
			versions: []version{
				begin,
				{day: "2026-11-02", text: active("id: a, due: 2026-12-01, dueReason: late data")},
				{day: "2026-11-03", text: active("id: a, due: 2026-12-04, dueReason: late data")},
			},
			want: []string{`MS015 milestone "a" moved from 2026-12-01 to 2026-12-04 without a reason`},
		},
		{
			name:     "to an earlier day",
			versions: []version{begin, {day: "2026-11-02", text: active("id: a, due: 2026-11-24")}},
		},
		{
			name:     "there and back",
			versions: append(message(""), version{day: "2026-11-03", text: active(first)}),
		},
		{
			name:     "a draft",
			versions: []version{{day: "2026-03-02", text: program("proposed", "", first)}, {day: "2026-11-02", text: active(moved)}},
		},
		{
			name:     "a proposal",
			versions: []version{{day: "2026-03-02", text: program("proposed", "", first)}, {day: "2026-11-02", text: program("proposed", "", moved)}},
		},
		{
			name: "a renamed file and another order are no move",
			versions: []version{
				{day: "2026-03-02", text: active(first, "id: b, due: 2026-12-01")},
				{day: "2026-11-02", text: active("id: b, due: 2026-12-01", first)},
			},
		},
		{
			name: "of a program",
			versions: []version{
				{day: "2026-03-02", text: program("active", "due: 2027-01-29", first)},
				{day: "2026-11-02", text: program("active", "due: 2027-02-05", first), message: "Plan\n\nSlip-Reason(p/a): late data\n"},
			},
			want: []string{`MS015 program "p" moved from 2027-01-29 to 2027-02-05 without a reason`},
		},
		{
			name: "of a program, with a trailer for it",
			versions: []version{
				{day: "2026-03-02", text: program("active", "due: 2027-01-29", first)},
				{day: "2026-11-02", text: program("active", "due: 2027-02-05", first), message: "Plan\n\nSlip-Reason(p): late data\n"},
			},
		},
		{name: "in the work tree", versions: []version{begin}, workTree: active(moved), want: want},
		{name: "policy asks for none", versions: []version{begin, {day: "2026-11-02", text: with("policy: {requireSlipReason: false}", active(moved))}}},
		{
			name: "and then a waiver silences nothing",
			versions: []version{begin, {
				day: "2026-11-02", text: with("policy: {requireSlipReason: false}", active(moved+", "+waiver("MS015"))),
			}},
			want: []string{"GOV011 the waiver of MS015 for program/p/milestone/a silences nothing"},
		},
		{
			name:     "waived",
			versions: []version{begin, {day: "2026-11-02", text: active(moved + ", " + waiver("MS015"))}},
			want:     []string{"waived: " + want[0]},
		},
		{
			name:     "a program that does not validate is left alone",
			versions: []version{begin, {day: "2026-11-02", text: active(moved + ", dependsOn: [nowhere]")}},
		},
	})
}

// What to add is said to the letter, and that a move is not committed yet.
func TestAskedForReason(t *testing.T) {
	t.Parallel()
	begin := version{day: "2026-03-02", text: active("id: a, due: 2026-11-24")}
	again := version{day: "2026-05-04", text: active("id: a, due: 2026-11-27, dueReason: late data")}
	for _, c := range []struct {
		name string
		historyCase
		want string
	}{
		{"in the work tree", historyCase{versions: []version{begin}, workTree: active("id: a, due: 2026-11-27")}, `add dueReason: beside due:, such as
    dueReason: the vendor delivers later
or to the message of the commit, of its merge or of its squash
    Slip-Reason(p/a): the vendor delivers later
moved in the work tree, not committed yet`},
		{"an old reason is there", historyCase{versions: []version{begin, again, {
			day: "2026-11-02", text: active("id: a, due: 2026-11-30, dueReason: late data"),
		}}}, `dueReason: is from before that move: let it say why it moved now, such as
    dueReason: the vendor delivers later
or to the message of the commit, of its merge or of its squash
    Slip-Reason(p/a): the vendor delivers later
moved in COMMIT by Ada on 2026-11-02`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			found := c.find(t)
			if len(found) != 1 {
				t.Fatalf("%d findings", len(found))
			}
			got := found[0].Detail
			if before, after, ok := strings.Cut(got, "moved in "); ok && strings.Contains(c.want, "COMMIT") {
				_, after, _ = strings.Cut(after, " ")
				got = before + "moved in COMMIT " + after
			}
			if diff := gocmp.Diff(c.want, got); diff != "" {
				t.Errorf("help (-want +got):\n%s", diff)
			}
		})
	}
}
