package portfolio

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/progctl/progctl/pkg/cal"
)

// DateFormat is how a CSV file writes its dates; "" is YYYY-MM-DD.
type DateFormat string

// The date formats. MMM is an English month name of three letters.
const (
	DashedYMD  DateFormat = "YYYY-MM-DD"
	SlashedYMD DateFormat = "YYYY/MM/DD"
	CompactYMD DateFormat = "YYYYMMDD"
	DottedDMY  DateFormat = "DD.MM.YYYY"
	SlashedDMY DateFormat = "DD/MM/YYYY"
	DashedDMY  DateFormat = "DD-MM-YYYY"
	NamedDMY   DateFormat = "DD-MMM-YYYY"
	SlashedMDY DateFormat = "MM/DD/YYYY"
)

// dateFormats are all of them, the more usual ones first.
var dateFormats = []DateFormat{DashedYMD, DottedDMY, SlashedDMY, SlashedMDY, NamedDMY, DashedDMY, SlashedYMD, CompactYMD}

// Parse reads a date that is written in the format, in the years 1970 to 2199. Days
// and months may lack a leading zero, as spreadsheets write them, but in the formats
// YYYY-MM-DD and YYYYMMDD. Names of months are read in any case. spelt says that a
// text is written in the format, even if there is no such day. The error is a
// sentence for the user.
func (f DateFormat) Parse(text string) (d cal.Date, spelt bool, err error) {
	year, month, day, ok := f.split(text)
	if !ok {
		return 0, false, fmt.Errorf("%s is not a date as %s", quote(text), f)
	}
	d, err = cal.NewDate(year, month, day)
	return d, true, err
}

// Format writes a date in the format.
func (f DateFormat) Format(d cal.Date) string {
	y, m, day := d.YMD()
	year := fmt.Sprintf("%04d", y)
	return strings.NewReplacer("YYYY", year, "MMM", time.Month(m).String()[:3], "MM", fmt.Sprintf("%02d", m), "DD", fmt.Sprintf("%02d", day)).Replace(string(f))
}

// split finds year, month and day in a text.
func (f DateFormat) split(text string) (year, month, day int, ok bool) {
	separator := strings.Trim(string(f), "YMD")
	var names, parts []string
	switch {
	case separator != "":
		names, parts = strings.Split(string(f), separator[:1]), strings.Split(text, separator[:1])
	case len(text) == len("YYYYMMDD"):
		names, parts = []string{"YYYY", "MM", "DD"}, []string{text[:4], text[4:6], text[6:]}
	}
	if len(parts) != 3 {
		return 0, 0, 0, false
	}
	for i, name := range names {
		value, ok := digits(parts[i])
		least := 1
		if f == DashedYMD || f == CompactYMD {
			least = 2
		}
		switch name {
		case "YYYY":
			year, ok = value, ok && len(parts[i]) == 4
		case "MMM":
			month, ok = monthOf(parts[i])
		case "MM":
			month, ok = value, ok && len(parts[i]) >= least && len(parts[i]) <= 2
		case "DD":
			day, ok = value, ok && len(parts[i]) >= least && len(parts[i]) <= 2
		}
		if !ok {
			return 0, 0, 0, false
		}
	}
	return year, month, day, true
}

// digits reads a text of digits alone.
func digits(text string) (int, bool) {
	if text == "" || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}

// monthOf reads the English name of a month in three letters.
func monthOf(name string) (int, bool) {
	for m := time.January; m <= time.December; m++ {
		if strings.EqualFold(name, m.String()[:3]) {
			return int(m), true
		}
	}
	return 0, false
}
