package approval

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// tokenKind is what a token is. Words are names and operators spelt in letters.
type tokenKind uint8

const (
	word tokenKind = iota
	number
	quoted
	symbol
)

// token is a stretch of the text in code points, half-open.
type token struct {
	kind     tokenKind
	from, to int
	text     string
}

// scanned is a text cut into tokens.
type scanned struct {
	tokens []token
	length int // of the text, in code points
	// plain is the text for the library: as long as the text, with a blank where a
	// literal of ours has its unit.
	plain string
	// values are the values of those literals, ints and float64s, by where they
	// begin.
	values map[int]any
}

// symbols are the operators that are no words, and what stands for one elsewhere,
// with what to write for it behind an arrow: nothing where there is nothing. The
// first that fits counts.
var symbols = strings.Fields("===→== !==→!= <>→!= =>→>= =<→<= //→ /*→ **→ ..→ " +
	"== != <= >= && || < > ! + - * / % . , ( ) [ ] " +
	"=→== &→&& |→|| ≥→>= ≤→<= ≠→!= −→- –→- ×→* ÷→/ “→\" ”→\" ‘→' ’→'")

// operators are the words that join, which are no names.
var operators = []string{"and", "or", "not", "in", "matches", "contains", "startsWith", "endsWith"}

// reserved are words of the library for what conditions have not.
var reserved = []string{"let", "if", "else", "nil"}

// scan cuts a text into tokens and reads the literals that the library has not.
// It refuses what needs no grammar to be refused.
func scan(text string) (*scanned, *Error) {
	runes := []rune(text)
	s := &scanned{length: len(runes), values: map[int]any{}}
	if len(runes) > MaxLength {
		return nil, &Error{
			Offset: MaxLength, Length: len(runes) - MaxLength,
			Message: fmt.Sprintf("the condition has %d characters, the bound is %d", len(runes), MaxLength),
			Detail:  "split it into several approvals",
		}
	}
	for at := 0; at < len(runes); {
		if unicode.IsSpace(runes[at]) {
			at++
			continue
		}
		t, err := next(runes, at)
		if err != nil {
			return nil, err
		}
		s.tokens = append(s.tokens, t)
		at = t.to
	}
	if len(s.tokens) == 0 {
		return nil, &Error{Length: len(runes), Message: "the condition is empty", Detail: "write one such as milestone.slip > 10d"}
	}
	if err := s.literals(runes); err != nil {
		return nil, err
	}
	s.plain = string(runes)
	return s, s.structure()
}

// next is the token that begins at a place.
func next(runes []rune, at int) (token, *Error) {
	r := runes[at]
	switch {
	case isDigit(r) || r == '.' && at+1 < len(runes) && isDigit(runes[at+1]):
		return cut(runes, number, at, numberEnd(runes, at)), nil
	case isWord(r):
		end := at + 1
		for end < len(runes) && isWord(runes[end]) {
			end++
		}
		t := cut(runes, word, at, end)
		if slices.Contains(reserved, t.text) {
			return token{}, t.refuse("has no meaning here")
		}
		return t, nil
	case r == '"' || r == '\'' || r == '`':
		end, ok := quotedEnd(runes, at)
		if !ok {
			return token{}, &Error{Offset: at, Length: end - at, Message: "a text is not closed", Detail: "write " + string(r) + " where it ends"}
		}
		return cut(runes, quoted, at, end), nil
	}
	for _, s := range symbols {
		text, write, wrong := strings.Cut(s, "→")
		t, ok := startsWith(runes, at, text)
		switch {
		case !ok:
			continue
		case !wrong:
			return t, nil
		}
		e := t.refuse("has no meaning here")
		e.Suggestion = write
		return token{}, e
	}
	return token{}, cut(runes, symbol, at, at+1).refuse("has no meaning here")
}

func cut(runes []rune, kind tokenKind, from, to int) token {
	return token{kind, from, to, string(runes[from:to])}
}

// startsWith is the symbol at a place if it is that one.
func startsWith(runes []rune, at int, text string) (token, bool) {
	end := at
	for _, r := range text {
		if end == len(runes) || runes[end] != r {
			return token{}, false
		}
		end++
	}
	return token{symbol, at, end, text}, true
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// isWord is what the library takes for a part of a name.
func isWord(r rune) bool {
	return r == '_' || r == '$' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// numberEnd is where a number ends, with the letters that follow it. Two dots end
// it, as in the library.
func numberEnd(runes []rune, at int) int {
	dotted := false
	for at++; at < len(runes); at++ { // a dot at its beginning is not the one in it, as in the library
		switch r := runes[at]; {
		case isWord(r):
		case r == '.' && !dotted && (at+1 == len(runes) || runes[at+1] != '.'):
			dotted = true
		case (r == '+' || r == '-') && (runes[at-1] == 'e' || runes[at-1] == 'E') && at+1 < len(runes) && isDigit(runes[at+1]):
		default:
			return at
		}
	}
	return at
}

// quotedEnd is where a text ends, after its closing quote. In backticks a backtick
// is written twice; in other quotes a backslash escapes, and the line must not end.
func quotedEnd(runes []rune, at int) (end int, closed bool) {
	quote := runes[at]
	for at++; at < len(runes); at++ {
		switch r := runes[at]; {
		case r == quote && quote == '`' && at+1 < len(runes) && runes[at+1] == '`':
			at++
		case r == quote:
			return at + 1, true
		case quote == '`':
		case r == '\\':
			at++
		case r == '\n':
			return at, false
		}
	}
	return len(runes), false
}

// refuse is an error about a token.
func (t token) refuse(why string) *Error {
	return &Error{Offset: t.from, Length: t.to - t.from, Message: quote(t.text) + " " + why}
}

// structure refuses brackets that do not match, dots without a name, and calls.
func (s *scanned) structure() *Error {
	var open []token
	for i, t := range s.tokens {
		var before, after token
		if i > 0 {
			before = s.tokens[i-1]
		}
		if i+1 < len(s.tokens) {
			after = s.tokens[i+1]
		}
		switch {
		case t.text == "(" || t.text == "[":
			open = append(open, t)
		case t.text == ")" || t.text == "]":
			if len(open) == 0 || (open[len(open)-1].text == "(") != (t.text == ")") {
				return t.refuse("closes nothing")
			}
			open = open[:len(open)-1]
		case t.text == "." && (after.text == "" || after.kind != word):
			return &Error{Offset: t.from, Length: t.to - t.from, Message: "a name is missing after the dot"}
		case t.kind == word && after.text == "(" && (before.text == "." || t.text != "len" && !slices.Contains(operators, t.text)):
			return t.refuse("cannot be called: there are no functions but len")
		}
	}
	if len(open) > 0 {
		return open[len(open)-1].refuse("is not closed")
	}
	return nil
}

// quote shows a text of the user's in a message, escaped, and cut where it is long.
func quote(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return strconv.Quote(text)
}
