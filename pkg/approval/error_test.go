package approval

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestErrors(t *testing.T) {
	t.Parallel()
	// Marks enclose what the error is about: "‹milestone.slpi› > 10d".
	for _, c := range []struct{ marked, message, suggestion string }{
		// Names.
		{"‹milestone.slpi› > 10d", `there is no "milestone.slpi"`, "milestone.slip"},
		{"true and ‹milstone.slip› > 10d", `there is no "milstone.slip"`, "milestone.slip"},
		{"‹milestne› > 10d", `there is no "milestne"`, "milestone"},
		{"‹Milestone.slip› > 10d", `there is no "Milestone.slip"`, "milestone.slip"},
		{"‹slip› > 10d", `there is no "slip"`, "milestone.slip"},
		{"‹increase› > 5%", `there is no "increase"`, "budget.increase"},
		{"‹head.add› > 0", `there is no "head.add"`, ""},
		{"‹milestone . slpi› > 10d", `there is no "milestone.slpi"`, "milestone.slip"},
		{`"größer" == ‹program.nmae›`, `there is no "program.nmae"`, "program.name"},
		{"\"日本語\" in program.labels and ‹budget.incraese› > 5%", `there is no "budget.incraese"`, "budget.increase"},
		{"‹milestone› > 10d", "milestone is no value by itself", ""},
		{"‹budget›[program.name] > 1", "budget is no value by itself", ""},
		{"‹tru›", `there is no "tru"`, "true"},
		{"‹$env›", `there is no "$env"`, ""},
		{"‹x.y›.z", `there is no "x.y"`, ""},
		{"‹Slip›", `there is no "Slip"`, ""},
		{"‹milestone.Slip›", `there is no "milestone.Slip"`, "milestone.slip"},
		{"‹budget.Known›", `there is no "budget.Known"`, ""},
		{"‹program.name›.first == 'a'", "a text has no parts", ""},
		{"program.labels[‹3›] == 'a'", "a label is named by a text, not by a number", ""},
		{"program.labels.cost ‹-› centre == 'a'", `"-" needs a number before it, not a text`, ""},

		// Literals.
		{"milestone.slip > ‹10days›", `"10days" is no number, percentage or span`, "10d"},
		{"milestone.slip > ‹2W›", `"2W" is no number, percentage or span`, "2w"},
		{"milestone.slip > ‹2.5w›", `"2.5w" is no number, percentage or span`, ""},
		{"milestone.slip > ‹99999d›", `"99999d" is out of range; spans run to 84000d`, ""},
		{"milestone.slip > ‹0x1d›", `"0x1d" is no number, percentage or span`, ""},
		{"milestone.slip > ‹1e›", `"1e" is no number, percentage or span`, ""},
		{"milestone.slip > ‹9999999999999999›", `"9999999999999999" is too large a number`, ""},
		{"milestone.slip > ‹1e999›", `"1e999" is too large a number`, ""},
		{"budget.increase > ‹5 %›", "a percentage has no blank before its %", "5%"},
		{"budget.increase > ‹1e1%›", `"1e1%" is no percentage`, ""},
		{"milestone.slip ‹%› 5% == 1", `"%" takes the remainder of a whole number divided by a number such as 7`, ""},
		{"7 ‹%› 0 == 1", `"%" takes the remainder of a whole number divided by a number such as 7`, ""},
		{"7 ‹%› milestone.slip == 1", `"%" takes the remainder of a whole number divided by a number such as 7`, ""},
		{"program.name == ‹\"sre›", "a text is not closed", ""},
		{"'日本' == ‹'sre›\n'", "a text is not closed", ""},
		{"program.name == ‹`sre›", "a text is not closed", ""},
		{`program.name == ‹"\q"›`, `"\"\\q\"" has an escape that is not known`, ""},

		// Types.
		{"‹program.name›", "the condition comes to a text", ""},
		{"‹program.labels›", "the condition comes to labels", ""},
		{"‹[program.name, 'a'›]", "the condition comes to a list of texts", ""},
		{"program.name ‹>› 5", `">" compares a text with a number`, ""},
		{"program.name ‹==› 5", `"==" compares a text with a number`, ""},
		{"program.labels ‹==› program.labels", `"==" compares labels with labels`, ""},
		{"policy.changed ‹!=› 1", `"!=" compares true or false with a number`, ""},
		{"‹milestone.slip› and true", `"and" needs something that is true or false, not a number`, ""},
		{"true || (‹milestone.slip + 1›)", `"||" needs something that is true or false, not a number`, ""},
		{"not ‹program.status› == 'active'", `"not" needs something that is true or false, not a text`, ""},
		{"‹-›program.name == 'a'", `"-" needs a number, not a text`, ""},
		{"1 ‹+› program.name > 2", `"+" needs a number on both sides, not a number and a text`, ""},
		{"program.name ‹in› 'abc'", `"in" looks into a list or into program.labels, not into a text`, ""},
		{"program.name ‹in› 5", `"in" looks into a list or into program.labels, not into a number`, ""},
		{"program.name ‹in› [1, 2]", `"in" looks for a text in a list of numbers`, ""},
		{"program.name not ‹in› [1, 2]", `"in" looks for a text in a list of numbers`, ""},
		{"5 ‹in› program.labels", `"in" looks for a number in labels`, ""},
		{"5 in [1, ‹'a'›]", "a text does not go into a list of numbers", ""},
		{"5 in [‹program.labels›]", "a list holds texts or numbers, not labels", ""},
		{"program.name ‹contains› 5", `"contains" needs a text on both sides, not a text and a number`, ""},
		{"5 ‹matches› 'a'", `"matches" needs a text before it, not a number`, ""},
		{"program.name matches ‹program.team›", `"matches" needs a pattern in quotes after it`, ""},
		{"program.name matches ‹'é('›", "the pattern cannot be read: missing closing ): `é(`", ""},
		{"len(‹5›) > 1", `"len" needs a text or a list, not a number`, ""},
		{"‹len›() > 1", `"len" needs one value, not 0`, ""},
		{"‹len›", `there is no "len"`, ""},

		// Grammar.
		{"", "the condition is empty", ""},
		{"milestone.slip >‹›", "something is missing at the end", ""},
		{"milestone.slip > ‹› ", "something is missing at the end", ""},
		{"true and‹›", "something is missing at the end", ""},
		{"‹(›true", `"(" is not closed`, ""},
		{"(true‹]›)", `"]" closes nothing`, ""},
		{"true‹)›", `")" closes nothing`, ""},
		{"milestone.slip ‹10d›", `"10d" is not expected here`, ""},
		{"milestone.slip > 10d ‹AND› true", `"AND" is not expected here`, "and"},
		{"program.name ‹startswith› 'a'", `"startswith" is not expected here`, "startsWith"},
		{"milestone‹.›", "a name is missing after the dot", ""},
		{"milestone‹.›'slip' > 1", "a name is missing after the dot", ""},
		{"milestone.slip ‹=› 10d", `"=" has no meaning here`, "=="},
		{"milestone.slip ‹≥› 10d", `"≥" has no meaning here`, ">="},
		{"milestone.slip ‹=>› 10d", `"=>" has no meaning here`, ">="},
		{"milestone.slip ‹<>› 10d", `"<>" has no meaning here`, "!="},
		{"milestone.slip ‹===› 10d", `"===" has no meaning here`, "=="},
		{"true ‹&› true", `"&" has no meaning here`, "&&"},
		{"'é' == ‹“›é”", `"“" has no meaning here`, `"`},
		{"true ‹//› 5%", `"//" has no meaning here`, ""},
		{"2 ‹**› 3", `"**" has no meaning here`, ""},
		{"3 in 1‹..›5", `".." has no meaning here`, ""},
		{"true ‹?› 1 : 2", `"?" has no meaning here`, ""},
		{"‹{›}", `"{" has no meaning here`, ""},
		{"‹let› x = 1; x", `"let" has no meaning here`, ""},
		{"‹if› true { 1 }", `"if" has no meaning here`, ""},
		{"program.name == ‹nil›", `"nil" has no meaning here`, ""},
		{"‹b'a'› == 'a'", "this has no meaning here", ""},
		{"‹map›(program.labels, 1)", `"map" cannot be called: there are no functions but len`, ""},
		{"‹repeat›('a', 1000000) == ''", `"repeat" cannot be called: there are no functions but len`, ""},
		{"program.‹name›() == 'a'", `"name" cannot be called: there are no functions but len`, ""},
	} {
		before, rest, _ := strings.Cut(c.marked, "‹")
		within, after, _ := strings.Cut(rest, "›")
		text := before + within + after
		want := &Error{Offset: len([]rune(before)), Length: len([]rune(within)), Message: c.message, Suggestion: c.suggestion}
		_, got := Compile(text)
		if got == nil {
			t.Errorf("%s is no error", text)
			continue
		}
		if strings.Contains(got.Detail, "\n") || strings.HasSuffix(got.Error(), ".") {
			t.Errorf("%s: %q, %q", text, got.Message, got.Detail)
		}
		got.Detail = ""
		if text == "milestone.slip >  " {
			want.Offset = len("milestone.slip >")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// A suggestion, put in the place of what it is for, mends the condition.
func TestSuggestionsMend(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"milestone.slpi > 10d", "'é' != program.nmae", "slip > 10d", "budget.increase > 5 %", "milestone.slip > 10days",
		"milestone.slip ≥ 10d", "true AND true", "milestone.slip = 10d", "milestone.slip <> 3w", "true | false", "1 × 2 > 1",
	} {
		_, e := Compile(text)
		if e == nil || e.Suggestion == "" {
			t.Fatalf("%s: %v", text, e)
		}
		runes := []rune(text)
		mended := string(runes[:e.Offset]) + e.Suggestion + string(runes[e.Offset+e.Length:])
		if _, e := Compile(mended); e != nil {
			t.Errorf("%s becomes %s: %v", text, mended, e)
		}
	}
}

// deep is 1 < (1 < ( … ) < 1) < 1: the library shares what stands in the middle.
func deep(open, end string) string {
	n := (MaxLength - 4) / (len(open) + len(end))
	return strings.Repeat(open, n) + "1" + strings.Repeat(end, n)
}

func TestHostile(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"60 KB":                        strings.Repeat("milestone.slip > 10d and ", 2500) + "true",
		"60 KB of quotes":              strings.Repeat(`"`, 60_000),
		"60 KB, brackets":              strings.Repeat("(", 60_000),
		"60 KB, escapes":               `"` + strings.Repeat(`\"`, 30_000),
		"comparisons in comparisons":   deep("1<(", ")<1"),
		"comparisons in lists":         deep("1<len([", "])<1"),
		"comparisons in lists, inside": "program.name[" + strings.Repeat("1<len([", 90) + "1" + strings.Repeat("])<1", 80) + "]",
		"comparisons in labels":        deep("program.labels[1<len([", "])<1]"),
		"pattern":                      `program.name matches "` + strings.Repeat("(", 150) + "a" + strings.Repeat("{9}){9}", 100) + `"`,
		"range":                        "1 in 1..1000000000",
		"repeat":                       `len(repeat("a", 1000000000)) > 0`,
		"zero bytes":                   strings.Repeat("\x00", 900),
		"no UTF-8":                     "program.name == \"\xff\" and \xff",
	} {
		begun := time.Now()
		if _, e := Compile(text); e == nil {
			t.Errorf("%s is no error", name)
		}
		if took := time.Since(begun); took > time.Second {
			t.Errorf("%s takes %v", name, took)
		}
	}
	for name, text := range map[string]string{
		"brackets":       deep("(", ")"),
		"denials":        strings.Repeat("!", MaxLength-4) + "true",
		"signs":          strings.Repeat("-", MaxLength-1) + "1",
		"a chain":        strings.Repeat("1<", MaxLength/2-1) + "1",
		"a conjunction":  strings.Repeat("true and ", 110) + "true",
		"a list":         "1 in [" + strings.Repeat("1,", 490) + "1]",
		"a long pattern": `program.name matches "` + strings.Repeat("(a|b)*", 160) + `$"`,
		"many literals":  "0" + strings.Repeat("+9%", 333),
		"labels":         strings.Repeat("program.labels[", 60) + "'a'" + strings.Repeat("]", 60) + "=='a'",
	} {
		begun := time.Now()
		c, e := Compile(text)
		if e != nil {
			t.Errorf("%s: %v", name, e)
			continue
		}
		f := change()
		f.Program.Name = strings.Repeat("ab", 2<<10)
		if _, err := c.Holds(f); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(begun); took > 2*time.Second {
			t.Errorf("%s takes %v", name, took)
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	for b.Loop() {
		if _, e := Compile(`milestone.slip >= 3w && program.labels["tier"] == "1"`); e != nil {
			b.Fatal(e)
		}
	}
}
