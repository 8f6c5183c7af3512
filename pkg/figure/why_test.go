package figure

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/report"
)

// past are versions: numbers, "-" where there is no such thing, "!" where it cannot
// be computed.
func past(t *testing.T, text string) []Version {
	t.Helper()
	var list []Version
	for i, word := range strings.Fields(text) {
		v := Version{Commit: fmt.Sprint("c", i), Day: cal.MustDate("2026-01-05").Add(cal.Days(i)), Author: "Ada", Subject: "do " + word}
		switch word {
		case "-":
		case "!":
			v.Error = errors.New("it is broken")
		default:
			if _, err := fmt.Sscan(word, &v.Value); err != nil {
				t.Fatal(err)
			}
			v.Known = true
		}
		list = append(list, v)
	}
	return list
}

func figure(t *testing.T, text string) Figure {
	t.Helper()
	f, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestAttribute(t *testing.T) {
	for _, test := range []struct {
		name, versions string
		parts          string // commit, before→value, change
		change         int64
		skipped        int
	}{
		{"one version", "5", "", 0, 0},
		{"nothing changes", "5 5 5", "", 0, 0},
		{"up and down", "5 7 7 4", "c1 5→7 +2, c3 7→4 -3", -1, 0},
		{"it vanishes and returns from what it was", "5 - 8", "c1 5→none 0, c2 none→8 +3", 3, 0},
		{"as it was", "5 - - 5", "c1 5→none 0, c3 none→5 0", 0, 0},
		{"it vanishes", "5 6 -", "c1 5→6 +1, c2 6→none 0", 1, 0},
		{"counting begins where it appears", "- - 5 7", "c2 none→5 0, c3 5→7 +2", 2, 0},
		{"it is never there", "- - -", "", 0, 0},
		{"what cannot be read counts for the next", "5 ! ! 9 9", "c3 5→9 +4", 4, 2},
		{"and is not gone", "5 ! 5", "", 0, 1},
		{"not at the beginning", "! 5 7", "c1 none→5 0, c2 5→7 +2", 2, 0},
		{"not at the end", "5 7 !", "c1 5→7 +2", 2, 1},
		{"below zero", "-2 3 -1", "c1 -2→3 +5, c2 3→-1 -4", 1, 0},
		{"to nothing", "5 0 - 0 1", "c1 5→0 -5, c2 0→none 0, c3 none→0 0, c4 0→1 +1", -4, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := Attribute(figure(t, "headcount"), "USD", past(t, test.versions))
			var parts []string
			for _, p := range a.Parts {
				before, value, change := "none", "none", fmt.Sprintf("%+d", p.Change)
				if p.BeforeKnown {
					before = fmt.Sprint(p.Before)
				}
				if p.Known {
					value = fmt.Sprint(p.Value)
				}
				parts = append(parts, fmt.Sprintf("%s %s→%s %s", p.Commit, before, value, strings.Replace(change, "+0", "0", 1)))
			}
			if diff := cmp.Diff(test.parts, strings.Join(parts, ", ")); diff != "" {
				t.Errorf("parts (-want +got):\n%s", diff)
			}
			if a.Change != test.change || a.Skipped != test.skipped {
				t.Errorf("change %d, %d skipped, want %d, %d", a.Change, a.Skipped, test.change, test.skipped)
			}
		})
	}
}

// Parts sum to the change, each begins where the one before ended, and where the figure
// is known at both ends the change is what lies between them.
func TestPartsSum(t *testing.T) {
	rnd := rand.New(rand.NewSource(1))
	for range 3000 {
		words := make([]string, 1+rnd.Intn(12))
		for i := range words {
			words[i] = fmt.Sprint(rnd.Intn(7) - 3)
			if n := rnd.Intn(6); n < 2 {
				words[i] = "-!"[n : n+1]
			}
		}
		text := strings.Join(words, " ")
		versions := past(t, text)
		a := Attribute(figure(t, "headcount"), "USD", versions)
		var sum int64
		for i, p := range a.Parts {
			sum += p.Change
			if p.Error != nil {
				t.Fatalf("%q: a version that cannot be read is a part", text)
			}
			if i > 0 && (a.Parts[i-1].Known != p.BeforeKnown || p.BeforeKnown && a.Parts[i-1].Value != p.Before) {
				t.Fatalf("%q: part %d begins elsewhere than the one before ended", text, i)
			}
		}
		if sum != a.Change {
			t.Fatalf("%q: the parts sum to %d, the change is %d", text, sum, a.Change)
		}
		if a.From.Known && a.To.Known && a.Change != a.To.Value-a.From.Value {
			t.Fatalf("%q: the change is %d, from %d to %d", text, a.Change, a.From.Value, a.To.Value)
		}
	}
}

// Each unit is spelt for people and for machines.
func TestUnits(t *testing.T) {
	for _, test := range []struct{ figure, unit, from, change, people string }{
		{"dr/a", "days", `"2026-12-04"`, "-3", "-3d"},
		{"headcount", "heads", "20792", "-3", "-3"},
		{"fte", "FTE-months", "20.792", "-0.003", "-0.003"},
		{"budget", "USD", `{"amount":"207.92","currency":"USD"}`, `{"amount":"-0.03","currency":"USD"}`, "-0.03 USD"},
	} {
		day := int64(cal.MustDate("2026-12-04"))
		a := Attribute(figure(t, test.figure), "USD", []Version{{Commit: "c0", Value: day, Known: true, Currency: "USD"}, {Day: cal.MustDate("2026-11-23"), Value: day - 3, Known: true, Currency: "USD"}})
		r := report.New("why", cal.MustDate("2026-11-23"))
		a.Report(r)
		text, err := json.Marshal(r.Data)
		if err != nil {
			t.Fatal(err)
		}
		var data struct {
			Unit   string
			From   struct{ Value json.RawMessage }
			Change json.RawMessage
			Parts  []struct{ Commit, Author *string }
		}
		if err := json.Unmarshal(text, &data); err != nil {
			t.Fatal(err)
		}
		if data.Unit != test.unit || string(data.From.Value) != test.from || string(data.Change) != test.change {
			t.Errorf("%s: %s, from %s by %s, want %s, %s, %s", test.figure, data.Unit, data.From.Value, data.Change, test.unit, test.from, test.change)
		}
		if len(data.Parts) != 1 || data.Parts[0].Commit != nil || data.Parts[0].Author != nil {
			t.Errorf("%s: the parts are %+v, want one of the work tree", test.figure, data.Parts)
		}
		if got := a.spell(a.Change, true); got != test.people {
			t.Errorf("%s: people read %s, want %s", test.figure, got, test.people)
		}
	}
}

// The report says what could not be read, and where.
func TestHeadline(t *testing.T) {
	for _, test := range []struct{ versions, want string }{
		{"5 7", "headcount: 5 at c0, 7 at c1"},
		{"- 7", "headcount: nothing at c0, 7 at c1"},
		{"5 ! 7", "headcount: 5 at c0, 7 at c2\n1 version between could not be read or computed: what it did counts for the next one"},
		{"5 ! ! 7", "headcount: 5 at c0, 7 at c3\n2 versions between could not be read or computed: what they did counts for the next one"},
		{"5 !", "headcount: 5 at c0, nothing at c1\nat c1 it cannot be computed: it is broken"},
		{"! !", "headcount: nothing at c0, nothing at c1\nat c0 it cannot be computed: it is broken\nat c1 it cannot be computed: it is broken"},
	} {
		a := Attribute(figure(t, "headcount"), "USD", past(t, test.versions))
		if diff := cmp.Diff(test.want, a.headline()); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.versions, diff)
		}
	}
}

// Money of another currency is not subtracted: yen have no digits, dollars two.
func TestCurrencies(t *testing.T) {
	version := func(commit string, minor int64, c money.Currency) Version {
		return Version{Commit: commit, Value: minor, Known: true, Currency: c}
	}
	versions := []Version{version("c0", 5000, "JPY"), version("c1", 100000, "USD"), version("c2", 7000, "JPY"), version("c3", 110000, "USD")}
	a := Attribute(figure(t, "budget"), "USD", versions)
	if a.Change != 10000 || len(a.Parts) != 2 || a.Parts[1].Commit != "c3" || a.Skipped != 1 {
		t.Errorf("the change is %d in %d parts, %d skipped, want 10000 in 2 that end with c3, 1 skipped", a.Change, len(a.Parts), a.Skipped)
	}
	want := "budget: nothing at c0, 1,100.00 USD at c3\nat c0 it cannot be computed: it is in JPY then, not in USD\n" +
		"1 version between could not be read or computed: what it did counts for the next one"
	if diff := cmp.Diff(want, a.headline()); diff != "" {
		t.Errorf("headline (-want +got):\n%s", diff)
	}
	if !versions[0].Known || versions[0].Error != nil {
		t.Error("the versions given are not what they were")
	}
	if a := Attribute(figure(t, "headcount"), "USD", versions); a.Change != 105000 || a.Skipped != 0 {
		t.Errorf("heads have no currency, and change by %d, %d skipped", a.Change, a.Skipped)
	}
	yen := Attribute(figure(t, "budget"), "JPY", versions[:3])
	if got := yen.spell(yen.Change, true); got != "+2,000 JPY" {
		t.Errorf("the change is spelt %s", got)
	}
}

// What is to be said of the first and the last value is said.
func TestNotes(t *testing.T) {
	versions := past(t, "5 6 7")
	versions[0].Note, versions[1].Note, versions[2].Note = "it is early", "nobody asks", "it is late"
	want := "headcount: 5 at c0, 7 at c2\nat c0 it is early\nat c2 it is late"
	if diff := cmp.Diff(want, Attribute(figure(t, "headcount"), "USD", versions).headline()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
