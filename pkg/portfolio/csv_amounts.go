package portfolio

import "github.com/progctl/progctl/pkg/money"

// char is the mark itself.
func (m DecimalMark) char() byte {
	if m == DecimalComma {
		return ','
	}
	return '.'
}

// other is the other mark.
func (m DecimalMark) other() DecimalMark {
	if m == DecimalComma {
		return DecimalPoint
	}
	return DecimalComma
}

// maxWholeDigits is how many digits an amount has before its decimal mark, as in YAML.
const maxWholeDigits = 15

// Signs and spaces that are more than a byte.
const (
	minusSign   = "\u2212"
	noBreak     = "\u00a0"
	narrowBreak = "\u202f"
	thinSpace   = "\u2009"
	apostrophe  = "\u2019"
)

// ParseAmount reads an amount with a decimal mark, as systems of accounts write it.
// Thousands may be separated, all of them by the same: the other mark, a space (also
// one that does not break, or is narrow) or an apostrophe; their groups have three
// digits each. What is negative has a minus (also U+2212) before or behind it, or
// stands in parentheses. There are at most 15 digits before the mark, which may be
// none, and 18 in all (zeros in front do not count). Nothing is guessed: ok is false for all else, such as codes of
// currencies, leading zeros, exponents and groups of two.
func ParseAmount[T ~string | ~[]byte](text T, mark DecimalMark) (d money.Decimal, ok bool) {
	s := amountScanner[T]{text: text, end: len(text)}
	negative := s.sign()
	var (
		coef         int64
		whole, group int
		separator    string
		point        = mark.char()
	)
	for group = 0; s.at < s.end; group++ {
		c := s.text[s.at]
		if c == point {
			break
		}
		if c < '0' || c > '9' {
			found := s.separator(mark)
			if found == "" || separator == "" && (group == 0 || group > 3) || separator != "" && (found != separator || group != 3) {
				return d, false
			}
			separator, group = found, -1
			continue
		}
		if whole++; whole > maxWholeDigits || whole == 2 && coef == 0 {
			return d, false
		}
		coef = coef*10 + int64(c-'0')
		s.at++
	}
	if separator != "" && group != 3 {
		return d, false
	}
	scale := 0
	if s.at < s.end { // the mark
		for s.at++; s.at < s.end; s.at++ {
			c := s.text[s.at]
			if scale++; c < '0' || c > '9' || coef >= 1e17 {
				return d, false
			}
			coef = coef*10 + int64(c-'0')
		}
		if scale == 0 {
			return d, false
		}
	}
	if whole+scale == 0 {
		return d, false
	}
	if negative {
		coef = -coef
	}
	return money.NewDecimal(coef, scale)
}

// amountScanner is a text of which [at, end) is left.
type amountScanner[T ~string | ~[]byte] struct {
	text    T
	at, end int
}

// sign cuts a sign, or parentheses, and the spaces inside of them.
func (s *amountScanner[T]) sign() (negative bool) {
	if s.end == 0 {
		return false
	}
	switch first, last := s.text[0], s.text[s.end-1]; {
	case first >= '0' && first <= '9' && last >= '0' && last <= '9':
		return false
	case first == '(' && last == ')':
		s.at, s.end = 1, s.end-1
	case first == '-':
		s.at = 1
	case first == '+':
		s.at = 1
		s.spaces()
		return false
	case s.has(0, minusSign):
		s.at = len(minusSign)
	case last == '-':
		s.end--
	case s.has(s.end-len(minusSign), minusSign):
		s.end -= len(minusSign)
	default:
		return false
	}
	s.spaces()
	return true
}

// has reports whether a text stands at an index.
func (s *amountScanner[T]) has(at int, text string) bool {
	return at >= 0 && at+len(text) <= s.end && string(s.text[at:at+len(text)]) == text
}

// spaces cuts spaces at both ends.
func (s *amountScanner[T]) spaces() {
	for _, space := range []string{" ", noBreak, narrowBreak} {
		for s.has(s.at, space) {
			s.at += len(space)
		}
		for s.end-len(space) >= s.at && s.has(s.end-len(space), space) {
			s.end -= len(space)
		}
	}
}

// separator reads what separates thousands; "" is none.
func (s *amountScanner[T]) separator(mark DecimalMark) string {
	single := "."
	if mark == DecimalPoint {
		single = ","
	}
	for _, text := range []string{single, " ", "'", noBreak, narrowBreak, thinSpace, apostrophe} {
		if s.has(s.at, text) {
			s.at += len(text)
			return text
		}
	}
	return ""
}
