package cal

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestGuess(t *testing.T) {
	for text, want := range map[string]string{
		"2026-12-18":             "2026-12-18",
		"2026-6-1":               "2026-06-01",
		"2026/6/01":              "2026-06-01",
		"2026.06.01":             "2026-06-01",
		"2026–12–18":             "2026-12-18", // en dashes
		" 2026-12-18 ":           "2026-12-18",
		"20261218":               "2026-12-18",
		"2026-12-18T00:00:00Z":   "2026-12-18",
		"2026-12-18 09:30":       "2026-12-18",
		"2026-18-12":             "2026-12-18",
		"2026-13-01":             "2026-01-13",
		"18/12/2026":             "2026-12-18",
		"18.12.2026":             "2026-12-18",
		"12/18/2026":             "2026-12-18",
		"05/05/2026":             "2026-05-05",
		"03/02/2026":             "", // 3 February or 2 March
		"18/12/26":               "",
		"2O26-12-18":             "2026-12-18",
		"2026-l2-18":             "2026-12-18",
		"“2026-12-18”":           "2026-12-18",
		"Dec 18, 2026":           "2026-12-18",
		"18 December 2026":       "2026-12-18",
		"18th dec 2026":          "2026-12-18",
		"2026 Sept 1":            "2026-09-01",
		"Dec 18, 2026 10:00":     "2026-12-18",
		"2026-02-30":             "",
		"30/02/2026":             "",
		"1926-12-18":             "",
		"2026-12":                "",
		"Q4 2026":                "",
		"TBD":                    "",
		"":                       "",
		"2026-0x-03":             "",
		"2026-12-18-01":          "",
		"2026-1٢-18":             "",
		"December December 2026": "",
		"oil Il 2026":            "",
	} {
		d, ok := Guess(text)
		if d.String() != want || ok != (want != "") {
			t.Errorf("Guess(%q) is %q, %t, want %q", text, d, ok, want)
		}
	}
}

func TestGuessMonth(t *testing.T) {
	for text, want := range map[string]string{
		"2026-03": "2026-03", "2026-3": "2026-03", "2026/3": "2026-03", "03/2026": "2026-03", "3.2026": "2026-03",
		"March 2026": "2026-03", "mar 2026": "2026-03", "2026 Mar": "2026-03", "2026-03-15": "2026-03", "15/03/2026": "2026-03",
		"2026-13": "", "2026": "", "Q1 2026": "", "March": "", "3/26": "", "": "",
	} {
		m, ok := GuessMonth(text)
		if m.String() != want || ok != (want != "") {
			t.Errorf("GuessMonth(%q) is %q, %t, want %q", text, m, ok, want)
		}
	}
}

// Every date is guessed from its own spelling, with any separator.
func TestGuessKnowsDates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Date(rapid.Int32Range(int32(MinDate), int32(MaxDate)).Draw(t, "day"))
		sep := rapid.SampledFrom([]string{"-", "/", ".", " ", ""}).Draw(t, "separator")
		if got, ok := Guess(strings.ReplaceAll(d.String(), "-", sep)); !ok || got != d {
			t.Fatalf("%s is taken for %s, %t", d, got, ok)
		}
		Guess(rapid.String().Draw(t, "anything"))
	})
}
