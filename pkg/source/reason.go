package source

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// blanks are characters that look like a space and are none to YAML.
var blanks = map[rune]string{
	'\u00a0': "no-break space", '\u2007': "figure space", '\u202f': "narrow no-break space",
	'\u3000': "ideographic space", '\u200b': "zero-width space", '\u2003': "em space", '\u2002': "en space",
}

// pattern compiles a regular expression when it is first needed: files are rarely
// wrong, and every start would pay.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

var (
	// valueOnLine finds the text after the key, or the dash, of a line.
	valueOnLine = pattern(`^\s*(?:- +)*(?:[^\s:#'"]+: +)?(\S.*?)(?:\s+#.*)?$`)
	secondColon = pattern(`^\s*(?:- +)*[^\s:#'"]+: +([^'"\[{|>&*!].*: .*|[^'"\[{|>&*!].*:)$`)
	noBlank     = pattern(`^\s*(?:- +)*([A-Za-z][A-Za-z0-9_-]*):(\S.*)$`)
	afterQuote  = pattern(`^\s*(?:- +)*[^\s:#'"]+: +((?:'[^']*'|"[^"]*")\S?.*)$`)
)

// inspect looks at a line that the library refuses for what people do there. It
// returns the column (code points from 1; 0 for no better one than is known) and
// the length of what is wrong; message is empty where it sees nothing special.
func inspect(line, reason string) (column, length int, message, detail string) {
	for i, r := range line {
		if name, ok := blanks[r]; ok {
			return 1 + utf8.RuneCountInString(line[:i]), 1, fmt.Sprintf("a %s (U+%04X) stands here", name, r), "replace it by a plain space"
		}
	}
	if alias, ok := strings.CutPrefix(reason, "unknown anchor '"); ok {
		alias = strings.TrimSuffix(alias, "' referenced")
		if i := strings.Index(line, "*"+alias); i >= 0 {
			return 1 + utf8.RuneCountInString(line[:i]), 1 + utf8.RuneCountInString(alias),
				fmt.Sprintf("there is no anchor &%s above this alias", alias), fmt.Sprintf(`define it, or quote the text: "*%s"`, alias)
		}
	}
	for bracket, missing := range map[string]string{"[": "',' or ']'", "{": "',' or '}'"} {
		if i := strings.Index(line, bracket); i >= 0 && strings.Contains(reason, missing) {
			message, detail = explain(reason)
			return 1 + utf8.RuneCountInString(line[:i]), utf8.RuneCountInString(line[i:]), message, detail
		}
	}
	group := func(re *regexp.Regexp, n int) (text string, column, length int) {
		m := re.FindStringSubmatchIndex(line)
		if m == nil {
			return "", 0, 0
		}
		text = line[m[2*n]:m[2*n+1]]
		return text, 1 + utf8.RuneCountInString(line[:m[2*n]]), utf8.RuneCountInString(text)
	}
	if text, at, n := group(valueOnLine(), 1); text != "" && strings.ContainsRune("@`%*", rune(text[0])) {
		return at, n, fmt.Sprintf("a text cannot begin with %s", text[:1]), "quote it: " + strconv.Quote(text)
	}
	if text, at, n := group(secondColon(), 1); text != "" && strings.Contains(reason, "mapping values are not allowed") {
		return at, n, `a second ": " in one line`, "quote the text: " + strconv.Quote(text)
	}
	if text, at, n := group(afterQuote(), 1); text != "" && strings.Contains(reason, "did not find expected") {
		return at, n, "text goes on after the quote that closes it", "quote the whole text, and double the quotes inside of it"
	}
	if key, at, n := group(noBlank(), 1); key != "" && strings.Contains(reason, "could not find expected ':'") {
		value, _, _ := group(noBlank(), 2)
		return at, n + 1 + utf8.RuneCountInString(value), "a colon without a space after it", fmt.Sprintf("write %s: %s", key, value)
	}
	return 0, 0, "", ""
}

// explanations say what the library's terse reasons mean to who wrote the file.
var explanations = []struct{ reason, message, detail string }{
	{"mapping values are not allowed", "a key with a colon where none can stand", "check the indentation of this line and of the one above it"},
	{"did not find expected key", "the line belongs to none of the mappings above it", "indent it like the keys that it belongs to"},
	{"could not find expected ':'", "a line that is neither a key with a colon nor part of a text", "write key: value, or indent the line if it continues the text above"},
	{"did not find expected '-' indicator", "the line belongs neither to the entry of a list above it nor to the next one", "indent it like the keys of the entry, or begin a new entry with a dash"},
	{"did not find expected ',' or ']'", "the list that [ opened is not closed", "separate its entries with commas and close it with ]"},
	{"did not find expected ',' or '}'", "the mapping that { opened is not closed", "separate its entries with commas and close it with }"},
	{"found unexpected end of stream", "a quote is not closed", "close the text with the quote that opened it"},
	{"found unexpected document indicator", "a quote is not closed before the next document", "close the text with the quote that opened it"},
	{"found character that cannot start any token", "a value cannot begin with this character", "quote the text"},
	{"found unknown escape character", "an unknown escape after a backslash", `write \\ for a backslash, or use single quotes`},
	{"unknown anchor", "an alias to an anchor that is not defined above", "define it with &name before it is used, or quote the text if it begins with a star"},
	{"block sequence entries are not allowed", "an entry of a list where none can stand", "begin the list on a line of its own"},
	{"did not find expected node content", "a value was expected here", "delete the comma, or write null"},
	{"did not find expected <document start>", "text after the end of the document", "check the indentation, or begin a new document with ---"},
	{"did not find expected whitespace or line break", "a tag is not spelt right", "delete what begins with !, or quote the text"},
	{"found incompatible YAML document", "a directive for another version of YAML", "delete the line that begins with %YAML"},
}

func explain(reason string) (message, detail string) {
	for _, e := range explanations {
		if strings.Contains(reason, e.reason) {
			return e.message, e.detail
		}
	}
	return "not YAML: " + reason, ""
}
