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
Left out: ideas: it is proposed, its budget is not approved

Earned value on 2026-11-23 (USD)
Theme  Program              BAC  Budget today          PV          EV    SPI    CPI         EAC         VAC
─────  ────────────  ──────────  ────────────  ──────────  ──────────  ─────  ─────  ──────────  ──────────
speed  builds          1,000.00      1,000.00    1,000.00    1,000.00  1.000  1.250      800.00     +200.00
trust  all of trust  700,000.00    850,000.00  455,000.00  438,000.00  0.963  1.061  660,045.66  +39,954.34
trust  failover      500,000.00    650,000.00  375,000.00  250,000.00  0.667  0.883  566,000.00  -66,000.00
trust  sso           200,000.00    200,000.00   80,000.00  188,000.00  2.350  1.446  138,297.87  +61,702.13
─────  ────────────  ──────────  ────────────  ──────────  ──────────  ─────  ─────  ──────────  ──────────
       Total         701,000.00    851,000.00  456,000.00  439,000.00  0.963  1.061  660,760.36  +40,239.64
not shown for want of width: AC, SV, CV, ETC

Earned schedule, in months from the start
Theme  Program       Planned  Earned  Elapsed (AT)  Earned (ES)  SV(t)  SPI(t)  Planned duration  At this pace
─────  ────────────  ───────  ──────  ────────────  ───────────  ─────  ──────  ────────────────  ────────────
speed  builds         100.0%  100.0%          9.77         9.00  -0.77   0.922              9.00          done
trust  all of trust    65.0%   62.6%         10.77         9.86  -0.90   0.916             12.00         13.10
trust  failover        75.0%   50.0%         10.77         9.00  -1.77   0.836             12.00         14.36
trust  sso             40.0%   94.0%          8.77         8.90   0.13   1.015              9.00          8.87
─────  ────────────  ───────  ──────  ────────────  ───────────  ─────  ──────  ────────────────  ────────────
       Total           65.0%   62.6%         10.77         9.87  -0.90   0.916             12.00         13.10

Estimates at completion (USD)
Theme  Program              BAC  EAC by CPI  rest as planned  by CPI × SPI    Forecast   TCPI  TCPI to EAC
─────  ────────────  ──────────  ──────────  ───────────────  ────────────  ──────────  ─────  ───────────
speed  builds          1,000.00      800.00           800.00        800.00      800.00  0.000          n/a
trust  all of trust  700,000.00  660,045.66       675,000.00    669,634.19  640,000.00  0.913        1.061
trust  failover      500,000.00  566,000.00       533,000.00    707,500.00  490,000.00  1.152        0.883
trust  sso           200,000.00  138,297.87       142,000.00    133,531.01  150,000.00  0.171        1.446
─────  ────────────  ──────────  ──────────  ───────────────  ────────────  ──────────  ─────  ───────────
       Total         701,000.00  660,760.36       675,800.00    670,323.75  640,800.00  0.912        1.061

BAC is the plan that set the baseline, contingency apart; EAC = AC + (BAC − EV) ÷ CPI, that of a sum by its
own CPI
BAC is today's plan, for no earlier one is known: builds, sso
EV by percentComplete: sso
Done, while months go on elapsing: builds

`
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
	for _, part := range []string{`"spi": "0.6667"`, `"es": "9.0000"`, `"tcpiEac": null`, `"unknown": []`, `"reason": "it is proposed, its budget is not approved"`} {
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
