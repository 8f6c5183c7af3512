package evm

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/report"
)

// Who was once approved does not get out of the report by being proposed again; what was
// spent on those left out is told.
func TestWhoIsLeftOut(t *testing.T) {
	m := "id: a, due: 2026-02-28"
	s := snapshot(
		program("a-proposed", "status: proposed", m), program("b-approved", "status: approved", m), program("c-active", "", m), program("d-paused", "status: paused", m),
		program("e-completed", "status: completed, completed: 2026-03-01", m), program("f-cancelled", "status: cancelled", m), program("g-broken", "", m, m),
		program("h-again", "status: proposed", m), program("i-cancelled", "status: cancelled", m),
	)
	var inputs []Input
	for _, p := range s.Programs {
		in := input(s, p.Meta.Name)
		in.Committed = p.Meta.Name >= "f"
		inputs = append(inputs, in)
	}
	inputs[5].Actual, inputs[6].Actual = spends("2026-02", usd(100000), usd(300000)), spends("2026-02", not("no rate"))
	inputs[8].Actual = spends("2026-02", usd(50))
	a := Analyse(s, inputs, on("2026-04-30"))
	var in []string
	for _, r := range a.Programs {
		in = append(in, r.Program.Meta.Name)
	}
	if diff := cmp.Diff([]string{"b-approved", "c-active", "d-paused", "e-completed", "h-again"}, in); diff != "" {
		t.Errorf("in (-want +got):\n%s", diff)
	}
	var out []string
	for _, l := range a.data().LeftOut {
		out = append(out, l.Program+", "+l.Reason+", "+text(l.AC))
	}
	want := []string{"a-proposed, proposed, never approved, 0.00", "f-cancelled, cancelled, 4000.00", "g-broken, does not validate, n/a", "i-cancelled, cancelled, 0.50"}
	if diff := cmp.Diff(want, out); diff != "" {
		t.Errorf("out (-want +got):\n%s", diff)
	}
	want = []string{
		"Left out: a-proposed: proposed, never approved",
		"Left out: f-cancelled, i-cancelled: cancelled, 4,000.50 spent",
		"Left out: g-broken: does not validate, n/a spent",
	}
	if diff := cmp.Diff(want, a.left()); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	if notes := strings.Join(a.notes(), "\n"); !strings.Contains(notes, "Proposed again after it was approved, and measured all the same: h-again") {
		t.Error(notes)
	}
}

// rows are the names of the table, in its order.
func rows(a *Analysis) (names []string) {
	for _, e := range a.entries() {
		names = append(names, e.name.Text)
	}
	return names
}

// Rows are in the order of the lower of SPI and CPI, then of VAC; of what nothing bad is
// known comes last, and so does what is idle.
func TestOrder(t *testing.T) {
	done, open := "id: a, due: 2026-02-28, completed: 2026-02-20", "id: b, due: 2026-03-31"
	s := snapshot(
		"kind: Roadmap\nmetadata: {name: r}\nspec: {themes: [{id: x}, {id: y}]}\n",
		program("a", "theme: x", done), program("b", "theme: y", done, open), program("c", "", done), program("d", "", "id: a, due: 2026-06-30"), program("e", "theme: x", done),
	)
	spent := map[string]int64{"a": 90000, "b": 50000, "c": 100000, "d": 400000, "e": 90000}
	var inputs []Input
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		in := input(s, name)
		in.Actual = spends("2026-02", usd(spent[name]))
		inputs = append(inputs, in)
	}
	inputs[4].Budget = usd(90000) // so that it comes to as much, as c does
	a := Analyse(s, inputs, on("2026-04-30"))
	if diff := cmp.Diff([]string{"b", "c", "e", "a", "d", "Total"}, rows(a)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	a.By = group.ByTheme
	if diff := cmp.Diff([]string{"(none)", "y", "x", "Total"}, rows(a)); diff != "" {
		t.Errorf("themes (-want +got):\n%s", diff)
	}
	if got, want := a.summary(), "Nothing earned yet, and nothing was to be: d (4,000.00 spent)"; !strings.Contains(got, want) || strings.Contains(got, "Over, CPI below 1: d") {
		t.Errorf("no %q in\n%s", want, got)
	}
	idle := Analyse(s, inputs[3:4], on("2026-04-30"))
	if got := idle.summary(); strings.Contains(got, "CPI") {
		t.Error(got)
	}
	for _, c := range slices.Concat(idle.table().Rows[0].Cells, idle.details(idle.Programs[0]).Rows[8].Cells) {
		if c.Tone == report.Bad {
			t.Errorf("%s is bad", c.Text)
		}
	}
}

// What is the matter with none is said of what is measured alone.
func TestNothingIsTheMatter(t *testing.T) {
	m := "id: a, due: 2026-02-28, completed: 2026-02-20"
	s := snapshot(program("a", "", m), program("b", ""))
	for n, want := range map[int]string{1: "\nNothing is behind, nothing is over", 2: "\nOf what is measured nothing is behind, nothing is over\n"} {
		if got := Analyse(s, []Input{input(s, "a"), input(s, "b")}[:n], on("2026-04-30")).summary(); !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// The caller's lines come first, and what BAC is of is what it was asked to be.
func TestNotes(t *testing.T) {
	percent := program("p", "evm: percent", "id: a, due: 2026-02-28, percentComplete: 30%")
	s := snapshot(percent, program("q", "", "id: a, due: 2026-02-28"))
	const formula = ", contingency apart; EAC = AC + (BAC − EV) ÷ CPI"
	const byPercent = "EV by percentComplete, of which nothing is known before 2026-04-30 but what is done: p"
	for _, test := range []struct {
		against    string
		from       [2]string
		want       []string
		noPrograms bool
	}{
		{"", [2]string{"0123", "0123"}, []string{"skipped x", "BAC is the plan that set the baseline" + formula + ", that of a sum by its own CPI", byPercent}, false},
		{"", [2]string{"0123", ""}, []string{"skipped x", "BAC is the plan that set the baseline" + formula + ", that of a sum by its own CPI", "BAC is today's plan, for no earlier one is known: q", byPercent}, false},
		{"", [2]string{"", ""}, []string{"skipped x", "BAC is today's plan, for no earlier one is known" + formula + ", that of a sum by its own CPI", byPercent}, false},
		{"@2026-01-31", [2]string{"0123", "0123"}, []string{"skipped x", "BAC is the plan at @2026-01-31" + formula + ", that of a sum by its own CPI", byPercent}, false},
		{"@2026-01-31", [2]string{}, []string{"skipped x"}, true},
	} {
		o := on("2026-04-30")
		o.Against, o.Notes = test.against, []string{"skipped x"}
		inputs := []Input{input(s, "p"), input(s, "q")}
		inputs[0].BaselineFrom, inputs[1].BaselineFrom = test.from[0], test.from[1]
		if test.noPrograms {
			inputs = nil
		}
		a := Analyse(s, inputs, o)
		if diff := cmp.Diff(test.want, a.data().Notes); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", test, diff)
		}
		r := report.New("evm", a.AsOf)
		a.Report(r, false)
		if !slices.Contains(r.Blocks, report.Block(report.Text(strings.Join(test.want, "\n")))) {
			t.Errorf("%+v: the text has no notes: %v", test, r.Blocks)
		}
	}
}
