package portfolio

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
)

// date takes a date in the format of the file, and with it midnight: some exports
// write a time of day whether there is one or not. An end in the year 9999 is none.
func (r *tableRow) date(target *cal.Date, text string) {
	format := r.reader.format
	day := withoutMidnight(text)
	if r.field == "end" && isOpenEnd(day) {
		return
	}
	d, spelt, err := format.Parse(day)
	likely := r.reader.dates.count(format, day, spelt, err == nil)
	switch {
	case err == nil:
		*target = d
	case spelt:
		f := r.bad("is "+quote(text)+": "+err.Error(), "")
		f.as = likely
		if year, _, _, _ := format.split(day); r.field == "end" && (year < cal.MinYear || year > cal.MaxYear) {
			f.Detail = "leave it empty while the person stays"
		}
	default:
		f := r.bad("is "+quote(text)+", expected a date as "+string(format), "")
		f.as = likely
		if guess, ok := cal.Guess(day); ok {
			f.Suggestion = format.Format(guess)
		}
		if serial, ok := ofSpreadsheet(day); ok {
			f.Detail, f.Suggestion = "it looks like the number that a spreadsheet has for a date: format the column as dates before it is exported", format.Format(serial)
		}
		switch {
		case strings.Contains(day, ":"):
			f.Detail = "leave out the time of day"
		case len(likely) > 0:
			f.Detail = "it looks like " + joinFormats(likely) + "; dateFormat holds for the whole file"
		}
	}
}

var midnight = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:T|\s+)(?:0?0:00(?::00(?:[.,]0+)?)?(?:Z|[+-]00:?00)?|12:00(?::00)?\s?AM)$`)
})

// withoutMidnight cuts a time of day that says nothing.
func withoutMidnight(text string) string {
	if !strings.Contains(text, ":") {
		return text
	}
	return midnight().ReplaceAllString(text, "")
}

// isOpenEnd tells the last day that a calendar of four digits has, which stands for
// no end in systems whose every employment has one.
func isOpenEnd(text string) bool {
	return strings.Contains(text, "9999") && slices.ContainsFunc(dateFormats, func(f DateFormat) bool {
		y, m, d, ok := f.split(text)
		return ok && y == 9999 && m == 12 && d == 31
	})
}

// ofSpreadsheet reads the number of a day as spreadsheets count them, from 1970 to
// 2199: 1 is 1900-01-01, and 60 a day that never was.
func ofSpreadsheet(text string) (cal.Date, bool) {
	const first = 25569 // 1970-01-01
	n, ok := digits(text)
	if !ok || n < first || n > first+int(cal.MaxDate-cal.MustDate("1970-01-01")) {
		return 0, false
	}
	return cal.MustDate("1970-01-01").Add(cal.Days(n - first)), true
}

// swapped are formats that differ in nothing but the order of day and month.
var swapped = map[DateFormat]DateFormat{SlashedDMY: SlashedMDY, SlashedMDY: SlashedDMY}

// datesRead counts the dates of a file by how they are written.
type datesRead struct {
	all int
	// noDay are those written as the document says that no month has; swapped are those
	// that are days with day and month swapped.
	noDay, swapped int
	written, days  map[DateFormat]int // of those written otherwise: in this format, and days in it
}

// count takes a date that is spelt as the document says, or is not; it returns the
// other formats that it is written in, where it is no day as the document says.
func (c *datesRead) count(stated DateFormat, text string, spelt, isDay bool) (likely []DateFormat) {
	c.all++
	if spelt {
		if !isDay {
			c.noDay++
		}
		if other := swapped[stated]; other != "" {
			if _, _, err := other.Parse(text); err == nil {
				c.swapped++
				likely = append(likely, other)
			}
		}
		return likely
	}
	if c.written == nil {
		c.written, c.days = map[DateFormat]int{}, map[DateFormat]int{}
	}
	for _, f := range dateFormats {
		_, written, err := f.Parse(text)
		if written {
			c.written[f]++
			likely = append(likely, f)
		}
		if err == nil {
			c.days[f]++
		}
	}
	return likely
}

// otherwise returns the formats that most dates, and how many of them, are written
// in, where that is not the one that was stated: of those in which most are written,
// the ones in which most are days.
func (c *datesRead) otherwise(stated DateFormat) (formats []DateFormat, n int) {
	if c.noDay > 0 && c.all > 1 && c.swapped == c.all {
		return []DateFormat{swapped[stated]}, c.all
	}
	most, days := 0, 0
	for _, f := range dateFormats {
		if w, d := c.written[f], c.days[f]; w > most || w == most && d > days {
			most, days = w, d
		}
	}
	if most < 2 || 2*most <= c.all {
		return nil, 0
	}
	return slices.DeleteFunc(slices.Clone(dateFormats), func(f DateFormat) bool { return c.written[f] != most || c.days[f] != days }), most
}

// otherFormat reports that dates are written in another format than the document says.
func (t *tableReader) otherFormat(formats []DateFormat, n int) diag.Diagnostic {
	stated, file := t.format, t.base()
	d := diag.Diagnostic{
		Location: t.locator.Locate(t.of.At("dateFormat")),
		Code:     "CSV006", Severity: diag.Error, Subject: t.subject, Key: "dateFormat",
		Message: fmt.Sprintf("%s: %d of %d dates of %s are not written as %s", entityOf(t.subject), n, t.dates.all, file, stated),
		Detail:  "they may be " + joinFormats(formats) + ": state with dateFormat which of these it is",
	}
	if len(formats) > 1 {
		return d
	}
	d.Detail, d.Suggestion = "state it: dateFormat: "+string(formats[0]), string(formats[0])
	switch {
	case formats[0] == swapped[stated]:
		d.Message = fmt.Sprintf("%s: %d of %d dates of %s are no days as %s, all are as %s", entityOf(t.subject), t.dates.noDay, n, file, stated, formats[0])
	case n == t.dates.all:
		d.Message = fmt.Sprintf("%s: no date of %s is written as %s, all %d as %s", entityOf(t.subject), file, stated, n, formats[0])
	default:
		d.Message = fmt.Sprintf("%s: %d of %d dates of %s are not written as %s, but as %s", entityOf(t.subject), n, t.dates.all, file, stated, formats[0])
	}
	return d
}

func joinFormats(formats []DateFormat) string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = string(f)
	}
	return strings.Join(names, " or ")
}
