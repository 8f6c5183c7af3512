package evm

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/rates"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/report"
	"github.com/progctl/progctl/pkg/source"
	"github.com/progctl/progctl/pkg/staffing"
)

func snapshot(docs ...string) *portfolio.Snapshot {
	parts := make([]portfolio.Part, len(docs))
	for i, doc := range docs {
		parts[i] = portfolio.Read(&source.File{Name: fmt.Sprint("f", i), Text: []byte(doc)}, portfolio.Base)
	}
	s, _ := portfolio.Assemble(parts)
	return s
}

// program is one from January to June 2026 with more of its spec, or other fields.
func program(name, spec string, milestones ...string) string {
	fields := ""
	for _, field := range []string{"status: active", "start: 2026-01-01", "due: 2026-06-30"} {
		if key, _, _ := strings.Cut(field, ":"); !strings.Contains(spec, key+":") {
			fields += ", " + field
		}
	}
	if spec != "" {
		fields += ", " + spec
	}
	list := ""
	for _, m := range milestones {
		list += "    - {" + m + "}\n"
	}
	doc := "kind: Program\nmetadata: {name: " + name + "}\nspec:\n"
	for _, field := range strings.Split(strings.TrimPrefix(fields, ", "), ", ") {
		doc += "  " + field + "\n"
	}
	if list != "" {
		doc += "  milestones:\n" + list
	}
	return doc
}

func usd(minor int64) rates.Sum {
	return rates.Sum{Amount: money.Amount{Minor: minor, Currency: "USD"}}
}

func not(text string) rates.Sum {
	return rates.Sum{Unknown: []staffing.Reason{{Text: text}}}
}

func spends(first string, sums ...rates.Sum) []Spend {
	var list []Spend
	for i, s := range sums {
		list = append(list, Spend{cal.MustMonth(first).Add(i), s})
	}
	return list
}

// input is the program of that name with a budget of 1,000.00.
func input(s *portfolio.Snapshot, name string) Input {
	return Input{Program: s.Program(name), Budget: usd(100000), Current: usd(100000)}
}

func on(day string) Options { return Options{AsOf: cal.MustDate(day)} }

func text(m *money.Amount) string {
	if m == nil {
		return "n/a"
	}
	return m.String()
}

// ratioText is what String returns, n/a where it is unknown.
func ratioText(r ratio.Ratio) string {
	if !r.Known() {
		return "n/a"
	}
	return r.String()
}

// brief is PV, EV, SPI, ES, AT, SPI(t).
func brief(r *Result) string {
	return fmt.Sprintf("PV %s EV %s SPI %s ES %s AT %s SPI(t) %s", text(r.PV.Known()), text(r.EV.Known()), ratioText(r.SPI),
		ratioText(ratio.Of(r.ES)), ratioText(ratio.Of(r.AT)), ratioText(ratio.Of(r.SPIT())))
}

// A budget of 1,000.00 on 30 April 2026, the fourth month of the program.
func TestWhatIsPlannedAndEarned(t *testing.T) {
	for _, test := range []struct {
		name, spec string
		milestones []string
		want       string
	}{
		{"equal weights", "", []string{"id: a, due: 2026-02-28, completed: 2026-02-20", "id: b, due: 2026-04-30", "id: c, due: 2026-05-01", "id: d, due: 2026-06-30"}, "PV 500.00 EV 250.00 SPI 0.5000 ES 3.0000 AT 4.0000 SPI(t) 0.7500"},
		{"due on as-of is planned, the day after is not", "", []string{"id: a, due: 2026-04-30", "id: b, due: 2026-05-01"}, "PV 500.00 EV 0.00 SPI 0.0000 ES 3.0000 AT 4.0000 SPI(t) 0.7500"},
		{"done on as-of is earned, the day after is not", "", []string{"id: a, due: 2026-04-30, completed: 2026-04-30", "id: b, due: 2026-05-01, completed: 2026-05-01", "id: c, due: 2026-06-30"}, "PV 333.33 EV 333.33 SPI 1.0000 ES 4.0000 AT 4.0000 SPI(t) 1.0000"},
		{"rounded once, and ratios are not", "", []string{"id: a, due: 2026-01-31, completed: 2026-01-31", "id: b, due: 2026-01-31, completed: 2026-03-01", "id: c, due: 2026-01-31"}, "PV 1000.00 EV 666.67 SPI 0.6667 ES 0.6667 AT 4.0000 SPI(t) 0.1667"},
		{"stated weights; what states none weighs nothing", "", []string{"id: a, due: 2026-02-28, weight: 3, completed: 2026-02-28", "id: b, due: 2026-03-31, weight: 0.5", "id: c, due: 2026-04-30, completed: 2026-04-01", "id: d, due: 2026-06-30, weight: 1.5"}, "PV 700.00 EV 600.00 SPI 0.8571 ES 2.0000 AT 4.0000 SPI(t) 0.5000"},
		{"cancelled ones weigh nothing", "", []string{"id: a, due: 2026-02-28, status: cancelled", "id: b, due: 2026-03-31, completed: 2026-03-31", "id: c, due: 2026-06-30"}, "PV 500.00 EV 500.00 SPI 1.0000 ES 5.0000 AT 4.0000 SPI(t) 1.2500"},
		{"nor does their weight make the others weigh nothing", "", []string{"id: a, due: 2026-02-28, weight: 2, status: cancelled", "id: b, due: 2026-03-31", "id: c, due: 2026-06-30"}, "PV 500.00 EV 0.00 SPI 0.0000 ES 2.0000 AT 4.0000 SPI(t) 0.5000"},
		{"an explicit baseline", "", []string{"id: a, due: 2026-06-30, baseline: 2026-04-01", "id: b, due: 2026-06-30"}, "PV 500.00 EV 0.00 SPI 0.0000 ES 3.0000 AT 4.0000 SPI(t) 0.7500"},
		{"percent is of no account unless it is the method", "", []string{"id: a, due: 2026-04-01, percentComplete: 50%", "id: b, due: 2026-06-30"}, "PV 500.00 EV 0.00 SPI 0.0000 ES 3.0000 AT 4.0000 SPI(t) 0.7500"},
		{"percent", "evm: percent", []string{"id: a, due: 2026-02-28, completed: 2026-02-28, percentComplete: 10%", "id: b, due: 2026-04-30, percentComplete: 12.5%", "id: c, due: 2026-05-31", "id: d, due: 2026-06-30, completed: 2026-05-01, percentComplete: 50%"}, "PV 500.00 EV 406.25 SPI 0.8125 ES 3.6250 AT 4.0000 SPI(t) 0.9063"},
		{"percent, all of it", "evm: percent", []string{"id: a, due: 2026-02-28, percentComplete: 100%"}, "PV 1000.00 EV 1000.00 SPI 1.0000 ES 2.0000 AT 4.0000 SPI(t) 0.5000"},
		{"nothing planned yet", "", []string{"id: a, due: 2026-06-30"}, "PV 0.00 EV 0.00 SPI n/a ES 5.0000 AT 4.0000 SPI(t) 1.2500"},
		{"planned before the start", "", []string{"id: a, due: 2026-06-30, baseline: 2025-11-30", "id: b, due: 2026-06-30"}, "PV 500.00 EV 0.00 SPI 0.0000 ES 0.0000 AT 4.0000 SPI(t) 0.0000"},
		{"not begun", "start: 2026-07-15, due: 2026-12-31", []string{"id: a, due: 2026-08-31"}, "PV 0.00 EV 0.00 SPI n/a ES 1.0000 AT -2.0000 SPI(t) n/a"},
		{"no milestones", "", nil, "PV n/a EV n/a SPI n/a ES n/a AT 4.0000 SPI(t) n/a"},
		{"all weigh nothing", "", []string{"id: a, due: 2026-02-28, weight: 0"}, "PV n/a EV n/a SPI n/a ES n/a AT 4.0000 SPI(t) n/a"},
	} {
		s := snapshot(program("p", test.spec, test.milestones...))
		if got := brief(Analyse(s, []Input{input(s, "p")}, on("2026-04-30")).Programs[0]); got != test.want {
			t.Errorf("%s:\n%s, want\n%s", test.name, got, test.want)
		}
	}
}

// Who has no baseline counts in the whole and is never planned.
func TestWithoutABaseline(t *testing.T) {
	s := snapshot(program("p", "", "id: a, due: 2026-02-28, completed: 2026-02-01", "id: b, due: 2026-03-31, completed: 2026-03-31", "id: c, due: 2026-05-31"))
	only := func(ids ...string) func(m *portfolio.Milestone) cal.Date {
		return func(m *portfolio.Milestone) cal.Date {
			if strings.Contains(strings.Join(ids, " "), m.ID) {
				return m.Due
			}
			return 0
		}
	}
	for _, test := range []struct {
		baseline func(*portfolio.Milestone) cal.Date
		want     string
	}{
		{only("a", "b"), "PV 666.67 EV 666.67 SPI 1.0000 ES 3.0000 AT 4.0000 SPI(t) 0.7500, without [c]"},
		{only("a"), "PV 333.33 EV 666.67 SPI 2.0000 ES 2.0000 AT 4.0000 SPI(t) 0.5000, without [b c]"},
		{only(), "PV 0.00 EV 666.67 SPI n/a ES n/a AT 4.0000 SPI(t) n/a, without [a b c]"},
	} {
		in := input(s, "p")
		in.Baseline = test.baseline
		r := Analyse(s, []Input{in}, on("2026-04-30")).Programs[0]
		if got := fmt.Sprintf("%s, without %v", brief(r), r.Unplanned); got != test.want {
			t.Errorf("%s, want %s", got, test.want)
		}
	}
}

// The fence and figure 7-14 of the published examples, as programs.
func TestPublishedPrograms(t *testing.T) {
	s := snapshot(
		program("fence", "", "id: a, due: 2026-02-28, completed: 2026-02-28, weight: 2500", "id: b, due: 2026-03-31, weight: 500", "id: c, due: 2026-06-30, weight: 1000"),
		program("phillips", "", "id: a, due: 2026-02-28, completed: 2026-02-28, weight: 15", "id: c, due: 2026-06-30, weight: 35"),
	)
	a := Analyse(s, []Input{
		{Program: s.Program("phillips"), Budget: usd(50000000), Current: usd(56000000), Actual: spends("2026-02", usd(16200000))},
		{Program: s.Program("fence"), Budget: usd(400000), Current: usd(400000), Actual: spends("2026-02", usd(200000), usd(80000))},
	}, on("2026-04-30"))
	var got []string
	for _, r := range append(a.Programs, a.Total) {
		line := ""
		for _, f := range figures(r.figureData()) {
			if f.value != nil {
				line += fmt.Sprint(f.key, " ", f.value, "; ")
			}
		}
		got = append(got, line)
	}
	want := []string{
		"bac 4000.00; currentBudget 4000.00; pv 3000.00; ev 2500.00; ac 2800.00; sv -500.00; cv -300.00; spi 0.8333; cpi 0.8929; eac 4480.00; etc 1680.00; vac -480.00; tcpi 1.2500; " +
			"es 2.0000; spiT 0.5000; at 4.0000; svT -2.0000; plannedDuration 6.0000; ieacT 12.0000; eacTypical 4300.00; eacCpiSpi 4816.00; tcpiEac 0.8929; forecast 0.00; plannedShare 0.7500; earnedShare 0.6250; ",
		"bac 500000.00; currentBudget 560000.00; pv 150000.00; ev 150000.00; ac 162000.00; sv 0.00; cv -12000.00; spi 1.0000; cpi 0.9259; eac 540000.00; etc 378000.00; vac -40000.00; tcpi 1.0355; " +
			"es 5.0000; spiT 1.2500; at 4.0000; svT 1.0000; plannedDuration 6.0000; ieacT 4.8000; eacTypical 512000.00; eacCpiSpi 540000.00; tcpiEac 0.9259; forecast 0.00; plannedShare 0.3000; earnedShare 0.3000; ",
		// 152,500 earned, 153,000 planned, 164,800 spent, of 504,000: EAC is 504,000 × 164,800 ÷ 152,500.
		"bac 504000.00; currentBudget 564000.00; pv 153000.00; ev 152500.00; ac 164800.00; sv -500.00; cv -12300.00; spi 0.9967; cpi 0.9254; eac 544650.49; etc 379850.49; vac -40650.49; tcpi 1.0363; " +
			"es 2.0000; spiT 0.5000; at 4.0000; svT -2.0000; plannedDuration 6.0000; ieacT 12.0000; eacTypical 516300.00; eacCpiSpi 545895.90; tcpiEac 0.9254; forecast 0.00; plannedShare 0.3036; earnedShare 0.3026; ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What is not known is null in what needs it, and in sums with it; it is never 0.
func TestUnknown(t *testing.T) {
	milestones := []string{"id: a, due: 2026-02-28, completed: 2026-02-28", "id: b, due: 2026-04-30", "id: c, due: 2026-06-30"}
	s := snapshot(
		program("bare", ""), program("budget", "", milestones...), program("good", "theme: x", milestones...), program("nothing", "", milestones...), program("spend", "", milestones...),
	)
	private := rates.Sum{Unknown: []staffing.Reason{staffing.Private}}
	inputs := []Input{input(s, "bare"), input(s, "budget"), input(s, "good"), input(s, "nothing"), input(s, "spend")}
	inputs[0].Actual = spends("2026-01", usd(1))
	inputs[1].Budget, inputs[1].Current, inputs[1].Actual = private, private, spends("2026-01", usd(10000))
	inputs[2].Actual, inputs[2].Forecast = spends("2026-01", usd(30000), usd(10000)), spends("2026-01", usd(30000), usd(10000), usd(70000))
	inputs[3].Budget = usd(0)
	inputs[4].Actual = spends("2026-01", usd(10000), not("no rate"))
	a := Analyse(s, inputs, on("2026-04-30"))
	show := func(r *Result) string {
		line := fmt.Sprintf("BAC %s AC %s CPI %s EAC %s VAC %s %s", text(r.BAC.Known()), text(r.AC.Known()), ratioText(r.CPI), text(r.EAC), text(r.VAC), brief(r))
		for _, u := range r.Unknown {
			line += "; " + u.Figure + ": " + u.Reason.String()
		}
		return line
	}
	got := map[string]string{}
	for _, r := range a.Programs {
		got[r.Program.Meta.Name] = show(r)
	}
	got["Total"], got["Measured"] = show(a.Total), show(a.Measured)
	want := map[string]string{
		"bare": "BAC 1000.00 AC 0.01 CPI n/a EAC n/a VAC n/a PV n/a EV n/a SPI n/a ES n/a AT 4.0000 SPI(t) n/a; pv: no milestone weighs; ev: no milestone weighs",
		// How far along it is does not hang on what it costs.
		"budget":  "BAC n/a AC 100.00 CPI n/a EAC n/a VAC n/a PV n/a EV n/a SPI 0.5000 ES 3.0000 AT 4.0000 SPI(t) 0.7500; bac: private; currentBudget: private; pv: private; ev: private",
		"good":    "BAC 1000.00 AC 400.00 CPI 0.8333 EAC 1200.00 VAC -200.00 PV 666.67 EV 333.33 SPI 0.5000 ES 3.0000 AT 4.0000 SPI(t) 0.7500",
		"nothing": "BAC 0.00 AC 0.00 CPI n/a EAC n/a VAC n/a PV 0.00 EV 0.00 SPI n/a ES n/a AT 4.0000 SPI(t) n/a; es: the budget at completion is 0",
		"spend":   "BAC 1000.00 AC n/a CPI n/a EAC n/a VAC n/a PV 666.67 EV 333.33 SPI 0.5000 ES 3.0000 AT 4.0000 SPI(t) 0.7500; ac: no rate",
		"Total": "BAC n/a AC n/a CPI n/a EAC n/a VAC n/a PV n/a EV n/a SPI n/a ES n/a AT 4.0000 SPI(t) n/a; bac: private; currentBudget: private; " +
			"pv: no milestone weighs; pv: private; ev: no milestone weighs; ev: private; ac: no rate",
		"Measured": "BAC 1000.00 AC 400.00 CPI 0.8333 EAC 1200.00 VAC -200.00 PV 666.67 EV 333.33 SPI 0.5000 ES 3.0000 AT 4.0000 SPI(t) 0.7500",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	r := report.New("evm", a.AsOf)
	a.Report(r, true)
	summary := string(r.Blocks[0].(report.Text))
	wantSummary := `2 of 5 programs on 2026-04-30, in USD: BAC 1,000.00, budget today 2,000.00 (+1,000.00)
Planned 66.7%, earned 33.3%, SPI 0.500, SPI(t) 0.750, CPI 0.833
At this cost it comes to EAC 1,200.00, 200.00 over BAC, 800.00 under the budget of today
Behind, SPI below 1: budget 0.500, good 0.500, spend 0.500
Over, CPI below 1: good 0.833 (BAC 1,000.00, EAC 1,200.00)
Given money since the baseline: nothing +1,000.00 (BAC 0.00, today 1,000.00)
n/a: PV, EV of bare: no milestone weighs
n/a: BAC, the budget of today, PV, EV of budget: private, join what is with --overlay
n/a: ES of nothing: the budget at completion is 0
n/a: AC of spend: no rate`
	if diff := cmp.Diff(wantSummary, summary); diff != "" {
		t.Errorf("summary (-want +got):\n%s", diff)
	}
}

func TestNoPrograms(t *testing.T) {
	s := snapshot()
	a := Analyse(s, nil, on("2026-04-30"))
	r := report.New("evm", a.AsOf)
	a.Report(r, true)
	if len(a.Total.Unknown) > 0 {
		t.Errorf("of the sum of nothing %v is not known", a.Total.Unknown)
	}
	if diff := cmp.Diff([]report.Block{report.Text("no programs to measure")}, r.Blocks); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	text, err := json.Marshal(r.Data)
	if err != nil || strings.Contains(string(text), `"programs":null`) || strings.Contains(string(text), `"curve":null`) || strings.Contains(string(text), `"notes":null`) {
		t.Errorf("%v: %s", err, text)
	}
}
