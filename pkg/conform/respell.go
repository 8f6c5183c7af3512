package conform

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"unicode"

	"github.com/progctl/progctl/pkg/cal"
)

// dates says which of a date and a month a value may be.
type dates uint8

const (
	aDate dates = 1 << iota
	aMonth
	notDated dates = 0
)

// datesOf tells dates by the examples of their schema: all that are texts are
// dates or months.
func datesOf(s map[string]any) dates {
	kinds := notDated
	examples, _ := s["examples"].([]any)
	for _, e := range examples {
		text, ok := e.(string)
		if !ok {
			continue
		}
		_, noDate := cal.ParseDate(text)
		_, noMonth := cal.ParseMonth(text)
		switch {
		case noDate == nil:
			kinds |= aDate
		case noMonth == nil:
			kinds |= aMonth
		default:
			return notDated
		}
	}
	return kinds
}

// flaw says what is wrong with a text that is spelt as wanted; nil where it is
// not.
func (k dates) flaw(text string) (err error) {
	shape := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '0'
		}
		return r
	}, text)
	switch {
	case k&aDate != 0 && shape == "0000-00-00":
		_, err = cal.ParseDate(text)
	case k&aMonth != 0 && shape == "0000-00":
		_, err = cal.ParseMonth(text)
	}
	return err
}

// guess is the date or month that a text can only mean, as it should be spelt;
// empty where there is none.
func (k dates) guess(text string) string {
	if d, ok := cal.Guess(text); ok && k&aDate != 0 {
		return d.String()
	}
	if m, ok := cal.GuessMonth(text); ok && k&aMonth != 0 {
		return m.String()
	}
	return ""
}

// respelt is the nearest spelling of a text that its schema accepts; empty where
// none of those that come to mind is. A free word is respelt only where it names
// the thing itself: elsewhere it is someone else's name.
func (r *reporter) respelt(f failure, text string) string {
	spellings := spellings(text)
	if r.schema.accepts(f.at, "word") {
		spellings = nil
		if last := f.path[len(f.path)-1]; last == "name" || last == "id" {
			spellings = slugs(text)
		}
	}
	for _, s := range spellings {
		if s != text && r.schema.accepts(f.at, s) {
			return s
		}
	}
	return ""
}

// onlyRespelt reports whether a text differs from one that it is respelt to in blanks,
// quotes and case alone, and is nobody's name.
func (r *reporter) onlyRespelt(f failure, text, spelling string) bool {
	packed := strings.Join(strings.Fields(strings.Trim(text, `“”‘’"' `)), "")
	return strings.EqualFold(packed, spelling) && !r.schema.accepts(f.at, "word")
}

// spellings are what someone may have meant by a text that has a form: the same
// without quotes and blanks, in capitals or without, as a percentage, as a fiscal
// year, as a duration, without separators of thousands.
func spellings(text string) []string {
	packed := strings.Join(strings.Fields(strings.Trim(text, `“”‘’"' `)), "")
	lower := strings.ToLower(packed)
	list := []string{packed, strings.ToUpper(packed), lower}
	if r, ok := new(big.Rat).SetString(packed); ok {
		if r.Cmp(big.NewRat(1, 1)) < 0 && r.Sign() > 0 { // a part of one
			percent := new(big.Rat).Mul(r, big.NewRat(100, 1)).FloatString(3)
			list = append(list, strings.TrimRight(strings.TrimRight(percent, "0"), ".")+"%")
		}
		if r.IsInt() || r.Cmp(big.NewRat(2, 1)) > 0 { // 1.1 is as likely 110%
			list = append(list, packed+"%")
		}
		list = append(list, "FY"+packed)
	}
	if unit := strings.IndexFunc(lower, unicode.IsLetter); unit > 0 {
		list = append(list, lower[:unit+1]) // 3 weeks
	}
	if whole, _, _ := strings.Cut(packed, "."); thousands(whole) {
		list = append(list, strings.ReplaceAll(packed, ",", ""))
	}
	return list
}

// thousands tells a number with a comma before each three digits.
func thousands(whole string) bool {
	groups := strings.Split(strings.TrimPrefix(whole, "-"), ",")
	for i, g := range groups {
		if len(g) > 3 || len(g) == 0 || i > 0 && len(g) < 3 {
			return false
		}
	}
	return len(groups) > 1
}

// slugs are a text as a name: its words joined by hyphens.
func slugs(text string) []string {
	join := func(inner string) string {
		return strings.Join(strings.FieldsFunc(text, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(inner, r)
		}), "-")
	}
	return []string{join("._"), strings.ToLower(join("._")), strings.ToLower(join(""))}
}

// scalar spells a text in YAML, with quotes only where they are needed.
func scalar(text string) string {
	safe := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" -._/%+=;", r)
	}
	unsafe := func(r rune) bool { return !safe(r) }
	switch strings.ToLower(text) {
	case "true", "false", "null":
		return strconv.Quote(text)
	}
	if text == "" || isNumber(text) || strings.ContainsFunc(text, unsafe) || strings.ContainsAny(text[:1], " -%") || text[len(text)-1] == ' ' {
		return strconv.Quote(text)
	}
	return text
}

// scalarOf spells a scalar of an example in YAML.
func scalarOf(v any) string {
	if text, ok := v.(string); ok {
		return scalar(text)
	}
	return fmt.Sprint(v)
}

// isNumber tells a text that YAML reads as a decimal number.
func isNumber(text string) bool {
	_, ok := new(big.Rat).SetString(text)
	return ok && strings.Trim(text, "0123456789.-") == ""
}
