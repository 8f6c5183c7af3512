package evm

import (
	"fmt"
	"math/big"
	"math/rand"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/rates"
)

// status reads "BAC PV EV AC", "-" is unknown.
func status(text string) Status {
	var v [4]*big.Rat
	for i, field := range strings.Fields(text) {
		if field != "-" {
			v[i] = rat(field)
		}
	}
	return Status{v[0], v[1], v[2], v[3]}
}

func show(x *big.Rat) string {
	if x == nil {
		return "n/a"
	}
	return x.RatString()
}

// amounts are the variances that a Result has of a status whose values are in main units;
// they are of amounts, to the cent.
func amounts(s Status) (sv, cv, vac *big.Rat) {
	hundred := rat("100")
	sum := func(x *big.Rat) rates.Sum {
		if x == nil {
			return not("not said")
		}
		return rates.Sum{Amount: *rounded(times(x, hundred), "USD")}
	}
	r := &Result{
		BAC: sum(s.BAC), PV: sum(s.PV), EV: sum(s.EV), AC: sum(s.AC),
		exact: Status{times(s.BAC, hundred), times(s.PV, hundred), times(s.EV, hundred), times(s.AC, hundred)},
	}
	r.derive(&Analysis{Currency: "USD"})
	main := func(m *money.Amount) *big.Rat {
		if m == nil {
			return nil
		}
		return big.NewRat(m.Minor, 100)
	}
	return main(r.SV), main(r.CV), main(r.VAC)
}

func TestNothingIsDividedByNothing(t *testing.T) {
	for _, test := range []struct{ name, status, want string }{
		{"nothing planned or spent", "100 0 0 0", "SV 0, CV 0, SPI n/a, CPI n/a, EAC n/a, ETC n/a, VAC n/a, TCPI 1, typical 100, both n/a, to EAC n/a"},
		{"spent, nothing earned", "100 10 0 20", "SV -10, CV -20, SPI 0, CPI 0, EAC n/a, ETC n/a, VAC n/a, TCPI 5/4, typical 120, both n/a, to EAC n/a"},
		{"earned for nothing", "100 10 10 0", "SV 0, CV 10, SPI 1, CPI n/a, EAC n/a, ETC n/a, VAC n/a, TCPI 9/10, typical 90, both n/a, to EAC n/a"},
		{"earned, nothing planned", "100 0 10 10", "SV 10, CV 0, SPI n/a, CPI 1, EAC 100, ETC 90, VAC 0, TCPI 1, typical 100, both n/a, to EAC 1"},
		{"the budget is spent", "100 50 50 100", "SV 0, CV -50, SPI 1, CPI 1/2, EAC 200, ETC 100, VAC -100, TCPI n/a, typical 150, both 200, to EAC 1/2"},
		{"and more", "100 50 50 125", "SV 0, CV -75, SPI 1, CPI 2/5, EAC 250, ETC 125, VAC -150, TCPI -2, typical 175, both 250, to EAC 2/5"},
		{"done", "100 100 100 80", "SV 0, CV 20, SPI 1, CPI 5/4, EAC 80, ETC 0, VAC 20, TCPI 0, typical 80, both 80, to EAC n/a"},
		{"no budget", "0 0 0 7", "SV 0, CV -7, SPI n/a, CPI 0, EAC n/a, ETC n/a, VAC n/a, TCPI 0, typical 7, both n/a, to EAC n/a"},
		{"no spend is known", "100 50 25 -", "SV -25, CV n/a, SPI 1/2, CPI n/a, EAC n/a, ETC n/a, VAC n/a, TCPI n/a, typical n/a, both n/a, to EAC n/a"},
		{"nothing is known", "- - - -", "SV n/a, CV n/a, SPI n/a, CPI n/a, EAC n/a, ETC n/a, VAC n/a, TCPI n/a, typical n/a, both n/a, to EAC n/a"},
	} {
		s := status(test.status)
		sv, cv, vac := amounts(s)
		got := fmt.Sprintf("SV %s, CV %s, SPI %s, CPI %s, EAC %s, ETC %s, VAC %s, TCPI %s, typical %s, both %s, to EAC %s",
			show(sv), show(cv), show(s.SPI()), show(s.CPI()), show(s.EAC()), show(s.ETC()), show(vac), show(s.TCPI()),
			show(s.EACTypical()), show(s.EACBoth()), show(s.TCPIEAC()))
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func plan(text string) (pv []*big.Rat) {
	for _, field := range strings.Fields(text) {
		pv = append(pv, rat(field))
	}
	return pv
}

func TestEarnedSchedule(t *testing.T) {
	for _, test := range []struct{ name, pv, ev, want string }{
		{"below the first month", "10 20 30", "5", "1/2"},
		{"at the end of a month", "10 20 30", "20", "2"},
		{"between two", "10 20 40", "25", "9/4"},
		{"nothing earned", "10 20", "0", "0"},
		{"nothing earned, and nothing planned at first", "0 0 10", "0", "2"},
		{"the last month of a flat stretch", "10 10 10 20", "10", "3"},
		{"past a flat stretch", "10 10 10 20", "15", "7/2"},
		{"before a flat stretch", "10 20 20 20 30", "15", "3/2"},
		{"all, in the month in which it is reached", "10 30 30 30", "30", "2"},
		{"more than all", "10 30 30", "31", "2"},
		{"all in the first month", "30", "30", "1"},
		{"a part of the first month", "30", "10", "1/3"},
		{"no plan", "", "10", "n/a"},
		{"negative", "10 20", "-1", "n/a"},
	} {
		if got := show(EarnedSchedule(plan(test.pv), rat(test.ev))); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	if got := EarnedSchedule(plan("10"), nil); got != nil {
		t.Errorf("unknown EV gives %s", got)
	}
}

// A walk along the polygon through (0, 0), (1, PV1), (2, PV2) … in steps of a hundredth of a
// month finds the last place at which no more than EV was planned.
func TestEarnedScheduleByWalking(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	const grain = 100
	for range 1000 {
		pv, sum := make([]*big.Rat, 1+random.Intn(8)), int64(0)
		for i := range pv {
			sum += []int64{0, 0, 1, 2, 4, 5, 8, 10}[random.Intn(8)]
			pv[i] = big.NewRat(sum, 1)
		}
		ev := big.NewRat(random.Int63n(sum+2), 1)
		if random.Intn(3) == 0 {
			ev.Quo(ev, big.NewRat(2, 1))
		}
		at := func(step int64) *big.Rat { // planned by then
			n, part := step/grain, big.NewRat(step%grain, grain)
			from := new(big.Rat)
			if n > 0 {
				from = pv[n-1]
			}
			if part.Sign() == 0 {
				return from
			}
			return plus(from, times(part, minus(pv[n], from)))
		}
		var want int64
		if end := int64(len(pv)) * grain; at(end).Cmp(ev) <= 0 {
			for want = end; want > grain && at(want-grain).Cmp(at(end)) == 0; want -= grain {
			}
		} else {
			for want = end; at(want).Cmp(ev) > 0; want-- {
			}
		}
		got := EarnedSchedule(pv, ev)
		if off := minus(got, big.NewRat(want, grain)); off.Sign() < 0 || off.Cmp(big.NewRat(1, grain)) >= 0 {
			t.Fatalf("PV %v, EV %s: %s, by walking %d/%d", pv, ev, got, want, grain)
		}
	}
}

func TestElapsed(t *testing.T) {
	for _, test := range []struct{ first, asOf, want string }{
		{"2026-01", "2026-04-30", "4"}, // as-of is itself elapsed
		{"2026-01", "2026-04-15", "7/2"},
		{"2026-01", "2026-01-01", "1/31"},
		{"2026-01", "2025-12-31", "0"},
		{"2026-01", "2025-12-01", "-30/31"},
		{"2024-02", "2024-02-28", "28/29"},
		{"2026-11", "2027-02-14", "7/2"},
	} {
		if got := Elapsed(cal.MustMonth(test.first), cal.MustDate(test.asOf)); got.RatString() != test.want {
			t.Errorf("from %s to %s: %s, want %s", test.first, test.asOf, got.RatString(), test.want)
		}
	}
	before := Schedule{ES: big.NewRat(2, 1), AT: new(big.Rat), PD: big.NewRat(5, 1)}
	if before.SVT() != nil || before.SPIT() != nil || before.IEACT() != nil {
		t.Errorf("before the first day: %v %v %v", before.SVT(), before.SPIT(), before.IEACT())
	}
}

func TestRounded(t *testing.T) {
	for _, test := range []struct {
		minor string
		want  any
	}{{"0.5", int64(1)}, {"-0.4", int64(0)}, {"-9223372036854775807", int64(-1<<63 + 1)}, {"-9223372036854775808", nil}} {
		var got any
		if m := rounded(rat(test.minor), "USD"); m != nil {
			got = m.Minor
		}
		if got != test.want {
			t.Errorf("%s: %v, want %v", test.minor, got, test.want)
		}
	}
	if m := rounded(nil, "USD"); m != nil {
		t.Errorf("what is unknown is %s", m)
	}
}
