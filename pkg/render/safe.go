package render

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
	"github.com/olekukonko/tablewriter/pkg/twwidth"
)

// visible returns s as one line that a terminal, a log and a reader take for
// what it is: control characters, line breaks, bidirectional marks, overrides
// and isolates, characters without width and bytes that are not UTF-8 become
// escapes such as \u202e. Joiners stay where a script or an emoji needs them.
func visible(s string) string {
	if isPlainASCII(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		text, size, _ := escapeAt(s, i)
		b.WriteString(text)
		i += size
	}
	return b.String()
}

// visibleLines splits s at its line breaks, expands tabs to four spaces, and
// makes each line visible. Trailing blank lines are dropped.
func visibleLines(s string) []string {
	s = strings.TrimRight(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	if s == "" {
		return nil
	}
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = visible(strings.ReplaceAll(line, "\t", "    "))
	}
	return lines
}

// Visible returns a text as a terminal, a log and a reader take it for what it is,
// for what is said beside a report: what they would execute or be fooled by
// becomes escapes such as \u202e. Line breaks stay.
func Visible(s string) string { return strings.Join(visibleLines(s), "\n") }

// cellText makes s visible and spells out the emoji of several code points,
// which terminals show in fewer cells than tableCells counts, or in more:
// no choice of a picture or a skin, joined ones side by side, flags as letters.
// What a log must not see is replaced before it is measured.
func cellText(s string) string {
	s = safeForLog(strings.TrimRight(visible(s), " "))
	if isPlainASCII(s) {
		return s
	}
	var b strings.Builder
	var before rune
	for i, r := range s {
		after, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		switch {
		case r == 0xfe0e || r == 0xfe0f,
			r == 0x200d && unicode.Is(unicode.So, after),
			r >= 0x1f3fb && r <= 0x1f3ff && unicode.Is(unicode.So, before):
			continue
		case r >= 0x1f1e6 && r <= 0x1f1ff:
			r += 'A' - 0x1f1e6
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// escapeAt returns the spelling of the code point at byte i of s, its length in
// bytes, and whether the spelling is an escape.
func escapeAt(s string, i int) (text string, size int, escaped bool) {
	r, size := utf8.DecodeRuneInString(s[i:])
	if r == utf8.RuneError && size == 1 {
		return fmt.Sprintf(`\x%02x`, s[i]), 1, true
	}
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+size:])
	if !deceives(before, r, after) {
		return s[i : i+size], size, false
	}
	switch {
	case r == '\n':
		text = `\n`
	case r == '\r':
		text = `\r`
	case r == '\t':
		text = `\t`
	case r > 0xffff:
		text = fmt.Sprintf(`\U%08x`, r)
	default:
		text = fmt.Sprintf(`\u%04x`, r)
	}
	return text, size, true
}

// deceives reports whether r, between two neighbours, does something other than
// showing a character.
func deceives(before, r, after rune) bool {
	switch {
	case r < 0x20 || r == 0x7f:
		return true
	case r < 0x7f:
		return false
	case r == 0x200c || r == 0x200d:
		return !joins(before) || !joins(after)
	case r >= 0xe0100 && r <= 0xe01ef, r == 0x3164, r == 0xffa0:
		return true // variation selectors without use here, and blank letters
	case r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef:
		return true // noncharacters
	case unicode.Is(unicode.Cf, r):
		return !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
	}
	return unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp)
}

// joins reports whether a zero-width joiner or non-joiner beside r has a use:
// in emoji, and in scripts whose letters take several forms.
func joins(r rune) bool {
	if r < 0x80 || r == utf8.RuneError {
		return false
	}
	if unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Han,
		unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
		return false
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.So, unicode.Sk)
}

func isPlainASCII(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7e {
			return false
		}
	}
	return true
}

// cells returns the width of visible text in terminal cells.
func cells(s string) int { return displaywidth.String(s) }

// tableCells measures cells just as tablewriter does: by code point, and with
// ambiguous characters narrow, whatever the locale.
func tableCells(s string) int { return twwidth.WidthWithOptions(s, twwidth.Options{}) }

// measure tells the width of visible text in cells; that of a text is the sum of
// those of its graphemes.
type measure func(string) int

// head returns the graphemes at the start of s that fit into n cells.
func (m measure) head(s string, n int) string {
	end := 0
	for g := displaywidth.StringGraphemes(s); g.Next(); end += len(g.Value()) {
		if n -= m(g.Value()); n < 0 {
			break
		}
	}
	return s[:end]
}

// cut shortens visible text to at most n cells, the last of which is then an
// ellipsis.
func (m measure) cut(s string, n int) string {
	switch {
	case n <= 0:
		return ""
	case m(s) <= n:
		return s
	}
	return m.head(s, n-1) + "…"
}

// wrap is the wrap of measure for text that stands in no table.
func wrap(s string, first, n int) []string { return measure(cells).wrap(s, first, n) }

// wrap breaks visible text at spaces into lines of at most n cells, the first
// of at most first; a longer word is broken. n and first below 1 set no limit.
// Runs of spaces survive, except at a break.
func (m measure) wrap(s string, first, n int) []string {
	if n < 1 || first < 1 {
		return []string{s}
	}
	var lines []string
	line, width, room := "", 0, first
	flush := func() {
		lines = append(lines, line)
		line, width, room = "", 0, n
	}
	for i, word := range strings.Split(s, " ") {
		w := m(word)
		if i > 0 {
			if width+1+w <= room {
				line, width = line+" "+word, width+1+w
				continue
			}
			flush()
		}
		for w > room {
			head := m.head(word, room)
			if head == "" {
				break // not even one character fits
			}
			line, word = head, word[len(head):]
			w = m(word)
			flush()
		}
		line, width = word, w
	}
	return append(lines, line)
}

// commandStart is where GitHub's runner looks for a workflow command in all that
// a step prints, colour or not.
var commandStart = regexp.MustCompile(`^((?:[\s\p{Z}]|\x1b\[[0-9;]*m)*):(:)`)

// safeForLog keeps a line of text from being read as a workflow command.
func safeForLog(line string) string {
	if strings.Contains(line, "::") {
		line = commandStart.ReplaceAllString(line, `${1}\u003a$2`)
	}
	return strings.ReplaceAll(line, "##[", `#\u0023[`)
}

var (
	commandData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	commandProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// escapeJSON spells deceiving characters of marshalled JSON as \u escapes. They
// can only stand inside strings there, so the value stays the same.
func escapeJSON(data []byte) []byte {
	s := string(data)
	out := make([]byte, 0, len(data))
	var before rune
	for i, r := range s {
		if r == '\n' || r >= 0x20 && r < 0x7f {
			out = append(out, byte(r))
			before = r
			continue
		}
		size := utf8.RuneLen(r)
		after, _ := utf8.DecodeRuneInString(s[i+size:])
		switch {
		case !deceives(before, r, after):
			out = utf8.AppendRune(out, r)
		case r > 0xffff:
			hi, lo := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, hi, lo)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		before = r
	}
	return out
}
