package portfolio

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/progctl/progctl/pkg/diag"
)

// placeholders are what stands in a cell where there is nothing, in any case.
var placeholders = []string{"-", "--", "–", "—", "n/a", "#n/a", "#nv", "null", "(null)", "none"}

// stated is the text of a cell; "" where it only says that there is none.
func stated(cell string) string {
	const longest = len("(null)")
	if len(cell) <= longest && slices.ContainsFunc(placeholders, func(p string) bool { return strings.EqualFold(p, cell) }) {
		return ""
	}
	return cell
}

// textForm is what a text of a CSV file must look like, as the schema wants it of
// one in YAML.
type textForm struct {
	title   string // completes "expected …"
	pattern string
	most    int // characters; 0 is no bound
	detail  string
	regexp  func() *regexp.Regexp
}

func newForm(title, pattern string, most int, detail string) *textForm {
	return &textForm{title, pattern, most, detail, sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })}
}

// The forms of texts.
var (
	idForm = newForm("an id of letters, digits, dots, hyphens and underscores such as failover-drill",
		`^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$`, 100, "")
	nameForm = newForm("a name of lower-case letters, digits and hyphens such as disaster-recovery",
		`^[a-z0-9-]+$`, 100, "name the team as its document does")
	emailForm = newForm("an e-mail address", `^[^@\s]+@[^@\s]+$`, 0, "")
)

// accepts reports whether a text has the form.
func (f *textForm) accepts(text string) bool {
	if f.most > 0 && utf8.RuneCountInString(text) > f.most {
		return false
	}
	return f.regexp().MatchString(text)
}

// form takes a text that must have a form.
func (r *tableRow) form(target *string, f *textForm, text string) {
	if f.accepts(text) {
		*target = text
		return
	}
	flaw := r.bad("is "+quote(text)+", expected "+f.title, f.detail)
	if lower := strings.ToLower(text); f == nameForm && f.accepts(lower) {
		flaw.Suggestion = lower
	}
}

// choose takes one of a few words, in any case.
func choose[T ~string](r *tableRow, text string, words ...T) T {
	for _, word := range words {
		if strings.EqualFold(text, string(word)) {
			return word
		}
	}
	names := make([]string, len(words))
	for i, word := range words {
		names[i] = string(word)
	}
	f := r.bad("is "+quote(text)+", which is not an allowed value", "the values are "+strings.Join(names, ", "))
	f.Suggestion = diag.Nearest(strings.ToLower(text), names)
	return ""
}
