package portfolio

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/source"
)

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
func (r *personRow) form(target *string, f *textForm, text string) {
	if f.accepts(text) {
		*target = text
		return
	}
	flaw := r.bad("is "+quote(text)+", expected "+f.title, f.detail)
	if lower := strings.ToLower(text); f == nameForm && f.accepts(lower) {
		flaw.suggestion = lower
	}
}

// id takes the id of the person.
func (r *personRow) id(target *string, text string) {
	r.form(target, idForm, text)
	if *target == "" && strings.Contains(text, "@") {
		r.flaws[len(r.flaws)-1].detail = "take the id from another column, such as that of a user name or a personnel number"
	}
}

// fte takes a decimal, written with a point or a comma.
func (r *personRow) fte(text string) {
	decimal := text
	if strings.Count(text, ",") == 1 && !strings.Contains(text, ".") {
		decimal = strings.Replace(text, ",", ".", 1)
	}
	n, err := ParseMilliFTE(decimal)
	switch {
	case err == nil && n > 0:
		r.person.FTE = n
		return
	case err == nil:
		r.bad("is "+text+", expected at least 0.001", "leave it empty for full time; who does not work here needs no row, or an end")
		return
	}
	f := r.bad("is "+quote(text)+", expected a number of full-time equivalents above 0 such as 0.8", "")
	if percent, wrong := ParsePercent(strings.Replace(strings.ReplaceAll(text, " ", ""), ",", ".", 1)); wrong == nil && percent > 0 && percent%100 == 0 {
		f.suggestion = MilliFTE(percent / 100).String()
	} else if !strings.Contains(text, "%") {
		f.detail = err.Error()
	}
}

// date takes a date in the format of the roster.
func (r *personRow) date(target *cal.Date, text string) {
	format := r.reader.roster.DateFormat
	d, spelt, err := format.Parse(text)
	if err == nil {
		*target = d
		r.reader.dates.right++
		return
	}
	if spelt {
		r.reader.dates.right++ // it is what the roster says, and no day
		r.bad("is "+quote(text)+": "+err.Error(), "")
		return
	}
	f := r.bad("is "+quote(text)+", expected a date as "+string(format), "")
	f.date = true
	likely := formatsOf(text)
	r.reader.dates.wrong++
	for _, other := range likely {
		if r.reader.dates.as == nil {
			r.reader.dates.as = map[DateFormat]int{}
		}
		r.reader.dates.as[other]++
	}
	if guess, ok := cal.Guess(text); ok {
		f.suggestion = format.Format(guess)
	}
	if len(likely) > 0 {
		f.detail = "it looks like " + joinFormats(likely) + "; dateFormat holds for the whole file"
	}
}

// choose takes one of a few words, in any case.
func choose[T ~string](r *personRow, text string, words ...T) T {
	names := make([]string, len(words))
	for i, word := range words {
		if strings.EqualFold(text, string(word)) {
			return word
		}
		names[i] = string(word)
	}
	f := r.bad("is "+quote(text)+", which is not an allowed value", "the values are "+strings.Join(names, ", "))
	f.suggestion = diag.Nearest(strings.ToLower(text), names)
	return ""
}

// flaw is something wrong with a row: a finding whose place is found if it is told.
type flaw struct {
	found  *diag.Diagnostic // about the row as such; the rest is then unset
	origin source.Origin
	field  string
	date   bool // the format of a date is another one

	code, subject, message, detail, suggestion string
}

// reversed is the flaw of an end before its start.
func reversed(entity, field string, start, end cal.Date) flaw {
	return flaw{
		code: "SCH011", field: field,
		message: fmt.Sprintf("%s: %s %s is before its start %s", entity, field, end, start),
		detail:  "swap the two, or correct one of them",
	}
}

// maxBadRows is how many rows of a file are told of.
const maxBadRows = 100

// flaws are those of the rows of a file. Of a file with many, those of the first
// rows are kept: of rows that are wrong but for their dates, and of others.
type flaws struct {
	rows         [][]flaw
	dated, other int // rows with nothing but dates that are written otherwise; and others
}

// add takes the flaws of a row.
func (f *flaws) add(row ...flaw) {
	n := &f.dated
	for i := range row {
		if !row[i].date {
			n = &f.other
		}
	}
	*n++
	if *n <= maxBadRows+1 {
		f.rows = append(f.rows, row)
	}
}

// dropDates forgets about dates that are written otherwise.
func (f *flaws) dropDates() {
	f.dated = 0
	var rest [][]flaw
	for _, row := range f.rows {
		var kept []flaw
		for i := range row {
			if !row[i].date {
				kept = append(kept, row[i])
			}
		}
		if kept != nil {
			rest = append(rest, kept)
		}
	}
	f.rows = rest
}

// shown are the flaws of the first rows, how many rows there are more, and the first
// flaw of those.
func (f *flaws) shown() (list []flaw, more int, next flaw) {
	for i, row := range f.rows {
		if i == maxBadRows {
			next = row[0]
			break
		}
		list = append(list, row...)
	}
	return list, max(f.dated+f.other-maxBadRows, 0), next
}
