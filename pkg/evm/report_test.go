package evm

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/render"
	"github.com/progctl/progctl/pkg/report"
)

// write is the report in a format; a text as wide as a terminal of so many cells.
func write(t *testing.T, a *Analysis, format string, width int) string {
	t.Helper()
	r := report.New("evm", a.AsOf)
	a.Report(r, format == "csv")
	f, ok := render.Lookup(format)
	if !ok {
		t.Fatalf("no format %s", format)
	}
	var b bytes.Buffer
	if err := f.Write(&b, r, render.Options{Width: width}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// house is three programs of two themes in November 2026.
func house() *Analysis {
	s := snapshot(
		"kind: Roadmap\nmetadata: {name: r}\nspec: {themes: [{id: trust, title: Trust}, {id: speed, title: Speed}]}\n",
		program("failover", "theme: trust, due: 2026-12-31", "id: a, due: 2026-03-31, completed: 2026-04-10", "id: b, due: 2026-06-30, completed: 2026-09-30", "id: c, due: 2026-10-31", "id: d, due: 2026-12-31"),
		program("sso", "theme: trust, start: 2026-03-01, due: 2026-12-31, evm: percent", "id: a, due: 2026-06-30, completed: 2026-06-30, weight: 2", "id: b, due: 2026-11-30, weight: 3, percentComplete: 90%"),
		program("builds", "theme: speed, start: 2026-02-01, due: 2026-10-31, status: completed, completed: 2026-10-20", "id: a, due: 2026-10-31, completed: 2026-10-20"),
		program("ideas", "status: proposed", "id: a, due: 2026-03-31"),
	)
	failover, sso, builds := input(s, "failover"), input(s, "sso"), input(s, "builds")
	failover.Budget, failover.Current, failover.BaselineFrom = usd(50000000), usd(65000000), "0123456789012345678901234567890123456789"
	failover.Actual = spends("2026-01", usd(2500000), usd(2500000), usd(3000000), usd(3000000), usd(3000000), usd(3000000), usd(2500000), usd(2500000), usd(2500000), usd(2500000), usd(1300000))
	failover.Forecast = append(append([]Spend{}, failover.Actual[:10]...), spends("2026-11", usd(10000000), usd(12000000))...)
	sso.Budget, sso.Current = usd(20000000), usd(20000000)
	sso.Actual = spends("2026-03", usd(1500000), usd(1500000), usd(1500000), usd(1500000), usd(1500000), usd(1500000), usd(1500000), usd(1500000), usd(1000000))
	sso.Forecast = append(append([]Spend{}, sso.Actual[:8]...), spends("2026-11", usd(1500000), usd(1500000))...)
	builds.Actual, builds.Forecast = spends("2026-02", usd(80000)), spends("2026-02", usd(80000))
	return Analyse(s, []Input{failover, sso, builds, input(s, "ideas")}, on("2026-11-23"))
}

func TestText(t *testing.T) {
	a := house()
	got, _, _ := strings.Cut(write(t, a, "text", 110), "Planned, earned, spent and forecast over time")
	want := `3 programs on 2026-11-23, in USD: BAC 701,000.00, budget today 851,000.00 (+150,000.00)
Planned 65.0%, earned 62.6%, SPI 0.963, SPI(t) 0.916, CPI 1.061
At this cost it comes to EAC 660,760.36, 40,239.64 under BAC, 190,239.64 under the budget of today
Behind, SPI below 1: failover 0.667
Over, CPI below 1: failover 0.883 (BAC 500,000.00, EAC 566,000.00)
Given money since the baseline: failover +150,000.00 (BAC 500,000.00, today 650,000.00, which hides that EAC
566,000.00 is over BAC)
Left out: ideas: proposed, never approved

Earned value on 2026-11-23 (USD), the lowest of SPI and CPI first
Program          BAC  Budget today         EAC         VAC    CPI    SPI  SPI(t)          AC          EV
────────  ──────────  ────────────  ──────────  ──────────  ─────  ─────  ──────  ──────────  ──────────
failover  500,000.00    650,000.00  566,000.00  -66,000.00  0.883  0.667   0.836  283,000.00  250,000.00
builds      1,000.00      1,000.00      800.00     +200.00  1.250  1.000    done      800.00    1,000.00
sso       200,000.00    200,000.00  138,297.87  +61,702.13  1.446  2.350   1.015  130,000.00  188,000.00
────────  ──────────  ────────────  ──────────  ──────────  ─────  ─────  ──────  ──────────  ──────────
Total     701,000.00    851,000.00  660,760.36  +40,239.64  1.061  0.963   0.916  413,800.00  439,000.00
not shown for want of width: PV, Forecast, Theme

BAC is the plan that set the baseline, contingency apart; EAC = AC + (BAC − EV) ÷ CPI, that of a sum by its
own CPI
BAC is today's plan, for no earlier one is known: builds, sso
EV by percentComplete, of which nothing is known before 2026-11-23 but what is done: sso

`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What matters stays in a narrow terminal, and the budget of today is shown where it is
// another.
func TestColumns(t *testing.T) {
	a := house()
	headers := func() string {
		_, rest, _ := strings.Cut(write(t, a, "text", 70), " first\n")
		line, _, _ := strings.Cut(rest, "\n")
		return strings.Join(strings.Fields(line), " ")
	}
	if got, want := headers(), "Program BAC EAC VAC CPI SPI SPI(t)"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for _, r := range append(a.Programs, a.Total) {
		r.Current = r.BAC
	}
	if text := write(t, a, "text", 0); strings.Contains(text, "Budget today") || !strings.Contains(text, "PV    Forecast  Theme\n") {
		t.Error(text)
	}
}

// Of one program there are all figures, and what they are; what is done is neither late
// nor at any pace.
func TestDetails(t *testing.T) {
	s := snapshot(program("p", "", "id: a, due: 2026-03-31, completed: 2026-02-20"))
	in := input(s, "p")
	in.Actual = spends("2026-02", usd(125000))
	text := write(t, Analyse(s, []Input{in}, on("2026-04-30")), "text", 80)
	_, text, _ = strings.Cut(text, "SPI 1.000, CPI 0.800\n")
	got, _, _ := strings.Cut(text, "\n\nPlanned, earned")
	want := `At this cost it comes to EAC 1,250.00, 250.00 over BAC
Over, CPI below 1: p 0.800 (BAC 1,000.00, EAC 1,250.00)

Earned value of p on 2026-04-30 (USD)
Figure                   Value  What it is
────────────────────  ────────  ────────────────────────────────────────────────
BAC                   1,000.00  budget at completion
Budget today          1,000.00  today's plan, contingency apart
PV                    1,000.00  100.0% of BAC: what was to be done by 2026-04-30
EV                    1,000.00  100.0% of BAC: what is done
AC                    1,250.00  what was spent
SV                        0.00  EV − PV, behind below 0
CV                     -250.00  EV − AC, over below 0
SPI                      1.000  EV ÷ PV, behind below 1
CPI                      0.800  EV ÷ AC, over below 1
EAC                   1,250.00  AC + (BAC − EV) ÷ CPI: the rest costs in
                                proportion to what is done
EAC, rest as planned  1,250.00  AC + (BAC − EV)
EAC by CPI × SPI      1,250.00  AC + (BAC − EV) ÷ (CPI × SPI): time to make up
                                costs too
VAC                    -250.00  BAC − EAC, over below 0
ETC                       0.00  EAC − AC, what is still to be spent
Forecast                  0.00  what those who answer for it expect the whole to
                                cost
TCPI                     0.000  (BAC − EV) ÷ (BAC − AC), the CPI that the rest
                                needs to end at BAC
TCPI to EAC                n/a  (BAC − EV) ÷ (EAC − AC)
AT                        4.00  months from the start to the end of 2026-04-30
ES                        3.00  months by the end of which that much was to be
                                done
SV(t)                     done  ES − AT, behind below 0
SPI(t)                    done  ES ÷ AT, behind below 1
Planned duration          3.00  months
At this pace              done  planned duration ÷ SPI(t), months

BAC is today's plan, for no earlier one is known, contingency apart; EAC = AC +
(BAC − EV) ÷ CPI`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Names and order of fields are what programs rely on; what has no place in the contract
// follows.
func TestData(t *testing.T) {
	a := house()
	text := write(t, a, "json", 0)
	_, rest, _ := strings.Cut(text, `"program": "failover"`)
	keys := regexp.MustCompile(`(?m)^ {8}"(\w+)":`).FindAllStringSubmatch(rest, 21)
	var got []string
	for _, k := range keys {
		got = append(got, k[1])
	}
	want := strings.Fields("theme status method baselineFrom noBaseline bac currentBudget pv ev ac sv cv spi cpi eac etc vac tcpi es spiT at")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	for _, part := range []string{`"spi": "0.6667"`, `"es": "9.0000"`, `"spiT": "0.9215"`, `"tcpiEac": null`, `"unknown": []`, `"reason": "proposed, never approved"`} {
		if !strings.Contains(text, part) {
			t.Errorf("there is no %s", part)
		}
	}
}

// A sheet has a figure a row, and no sums among what they sum.
func TestSheets(t *testing.T) {
	a := house()
	sheets := strings.Split(write(t, a, "csv", 0), "\r\n\r\n")
	var heads []string
	for _, s := range sheets {
		head, _, _ := strings.Cut(s, "\r\n")
		heads = append(heads, head)
	}
	want := []string{"theme,program,figure,value,currency", "total,value,currency", "theme,program,period,from,to,figure,value,currency"}
	if diff := cmp.Diff(want, heads); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for i, row := range []string{"trust,failover,eac,566000.00,USD", "spi,0.9627,", "trust,failover,2026-12,2026-12-01,2026-12-31,ev,,"} {
		if !strings.Contains(sheets[i], "\r\n"+row+"\r\n") {
			t.Errorf("sheet %d has no row %s", i, row)
		}
	}
	a.By = group.ByTheme
	if text := write(t, a, "csv", 0); !strings.HasPrefix(text, "theme,figure,value,currency\r\nspeed,bac,1000.00,USD\r\n") {
		t.Errorf("%.200s", text)
	}
}
