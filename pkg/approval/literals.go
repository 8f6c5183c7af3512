package approval

import (
	"slices"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
)

const digits = "0123456789"

// maxNumber bounds what is written, so that integers do not overflow.
const maxNumber = 1e15

// only reports whether a text is of those characters alone.
func only(text, characters string) bool { return strings.Trim(text, characters) == "" }

// isSpan tells 10d and 3w.
func isSpan(text string) bool {
	count := strings.TrimRight(text, "dw")
	return only(count, digits) && len(count) == len(text)-1
}

// isNumber tells 10, 1_000, 2.5, .5 and 1e3, which the scanner cut so that they
// begin with a digit, or with a dot and a digit.
func isNumber(text string) bool {
	mantissa, exponent := text, "0"
	if at := strings.IndexAny(text, "eE"); at >= 0 {
		mantissa, exponent = text[:at], strings.TrimLeft(text[at+1:], "+-")
	}
	integer, fraction, _ := strings.Cut(mantissa, ".")
	return only(integer, digits+"_") && only(fraction, digits) && exponent != "" && only(exponent, digits)
}

// literals reads percentages and spans, and blanks their units.
func (s *scanned) literals(runes []rune) *Error {
	for i, t := range s.tokens {
		if t.kind != number {
			continue
		}
		if isSpan(t.text) {
			span, err := cal.ParseCalendarSpan(t.text)
			if err != nil {
				return &Error{Offset: t.from, Length: t.to - t.from, Message: err.Error()}
			}
			s.values[t.from], runes[t.to-1] = int(span), ' '
			continue
		}
		if !isNumber(t.text) {
			return t.noNumber()
		}
		value, err := strconv.ParseFloat(strings.ReplaceAll(t.text, "_", ""), 64)
		if err != nil || value > maxNumber {
			return t.refuse("is too large a number")
		}
		percent, e := s.percentage(i)
		if e != nil {
			return e
		}
		if !percent {
			continue
		}
		if strings.ContainsAny(t.text, "eE_") {
			e := token{number, t.from, t.to + 1, t.text + "%"}.refuse("is no percentage")
			e.Detail = "write it such as 5% or 2.5%"
			return e
		}
		// The decimal point is moved in the text, since a division by 100 would round again.
		fraction, err := strconv.ParseFloat(t.text+"e-2", 64)
		if err != nil {
			return t.noNumber()
		}
		s.values[t.from], runes[t.to] = fraction, ' '
	}
	s.tokens = slices.DeleteFunc(s.tokens, func(t token) bool { return t.text == "%" && runes[t.from] == ' ' })
	return nil
}

// noNumber is the error about what begins with a digit and is nothing else.
func (t token) noNumber() *Error {
	e := t.refuse("is no number, percentage or span")
	e.Detail = "write 10, 0.5, 5%, 10d or 3w"
	unit := strings.TrimLeft(t.text, digits)
	switch lower := strings.ToLower(unit); lower {
	case "d", "day", "days", "w", "week", "weeks":
		e.Suggestion = strings.TrimSuffix(t.text, unit) + lower[:1]
	}
	return e
}

// percentage reports whether a number is one: a % stands behind it, and no operand
// behind that. Of a sign behind the % it is not clear which of the two it belongs
// to; a % that touches the number is then its own: 5%-1% and 7 % -3.
func (s *scanned) percentage(i int) (bool, *Error) {
	if i+1 == len(s.tokens) || s.tokens[i+1].text != "%" {
		return false, nil
	}
	t, sign := s.tokens[i], s.tokens[i+1]
	touches := t.to == sign.from
	if i+2 < len(s.tokens) {
		switch after := s.tokens[i+2]; {
		case after.kind == number, after.kind == quoted, after.kind == word && !slices.Contains(operators, after.text):
			return false, nil
		case after.text == "(" || after.text == "[" || after.text == "!":
			return false, nil
		case !touches && (after.text == "-" || after.text == "+"):
			return false, nil
		}
	}
	if !touches {
		return false, &Error{
			Offset: t.from, Length: sign.to - t.from,
			Message: "a percentage has no blank before its %", Suggestion: t.text + "%",
		}
	}
	return true, nil
}
