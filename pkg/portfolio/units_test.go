package portfolio

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseMilliFTE(t *testing.T) {
	good := map[string]MilliFTE{"0": 0, "1": 1000, "0.5": 500, "0.125": 125, "12": 12000, "0.500": 500, "0.5000": 500, "100000": 100_000_000}
	for text, want := range good {
		if got, err := ParseMilliFTE(text); err != nil || got != want {
			t.Errorf("%s: got %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "-1", "0.1234", "1e3", ".5", "5.", "1,5", "NaN", "100000.001", "99999999999999999", "half"} {
		if got, err := ParseMilliFTE(text); err == nil || got != 0 {
			t.Errorf("%q: got %d, %v, want an error", text, got, err)
		}
	}
}

func TestParsePercent(t *testing.T) {
	good := map[string]Percent{"0%": 0, "5%": 5000, "2.5%": 2500, "0.125%": 125, "100%": Whole, "120.0%": 120_000, "999.999%": 999_999}
	for text, want := range good {
		if got, err := ParsePercent(text); err != nil || got != want {
			t.Errorf("%s: got %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "%", "5", "0.05", "5 %", "-5%", "1000%", "0.1234%", "5%%", "five%", "99999999999999999%"} {
		if got, err := ParsePercent(text); err == nil || got != 0 {
			t.Errorf("%q: got %d, %v, want an error", text, got, err)
		}
	}
	if _, err := ParsePercent("5"); !strings.Contains(err.Error(), "percent sign") {
		t.Errorf("a missing sign is not named: %v", err)
	}
}

func TestParseMeasure(t *testing.T) {
	for _, text := range []string{"99.95", "90%", "-3.5", "0"} {
		if got, err := ParseMeasure(text); err != nil || got.String() != text {
			t.Errorf("%s: got %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "%", "ninety", "9 0", "1e3"} {
		if got, err := ParseMeasure(text); err == nil {
			t.Errorf("%q: got %v, want an error", text, got)
		}
	}
}

func TestDayCount(t *testing.T) {
	for text, want := range map[string]DayCount{"0": 0, "10": 10, "10d": 10, "2w": 10} {
		var n DayCount
		if err := n.ParseText(text); err != nil || n != want {
			t.Errorf("%s: got %d, %v, want %d", text, n, err, want)
		}
	}
	for _, text := range []string{"", "-1", "-1d", "1.5", "ten", "9999999"} {
		n := DayCount(7)
		if err := n.ParseText(text); err == nil || n != 0 {
			t.Errorf("%q: got %d, %v, want an error and 0", text, n, err)
		}
	}
}

func TestDone(t *testing.T) {
	for text, want := range map[string]string{"true": "true ", "false": "false ", "2026-11-02": "true 2026-11-02"} {
		d := Done{Is: true, On: 9}
		err := d.ParseText(text)
		got := "false "
		if d.Is {
			got = "true " + d.On.String()
		}
		if err != nil || got != want {
			t.Errorf("%s: got %q, %v, want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"", "yes", "2026-02-30"} {
		if err := new(Done).ParseText(text); err == nil {
			t.Errorf("%q is accepted", text)
		}
	}
}

func TestUnitsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := MilliFTE(rapid.Int32Range(0, mostFTE*1000).Draw(t, "fte"))
		if got, err := ParseMilliFTE(f.String()); err != nil || got != f {
			t.Fatalf("%s: got %d, %v, want %d", f, got, err, f)
		}
		p := Percent(rapid.Int32Range(0, mostPercent-1).Draw(t, "percent"))
		if got, err := ParsePercent(p.String()); err != nil || got != p {
			t.Fatalf("%s: got %d, %v, want %d", p, got, err, p)
		}
	})
}

func TestUnitStrings(t *testing.T) {
	for got, want := range map[string]string{
		MilliFTE(500).String(): "0.5", MilliFTE(-1).String(): "-0.001", MilliFTE(-12_340).String(): "-12.34",
		FullTime.String(): "1", Percent(2500).String(): "2.5%", Percent(-100).String(): "-0.1%", Whole.String(): "100%",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
