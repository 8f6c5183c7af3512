package cal

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Cadence is how often something recurs, as documents write it after "every":
//
//	[count] unit [on anchor]
//
//	unit    day, workday, week, month, quarter, year (or their plurals)
//	anchor  of weeks:               Tue
//	        of months and quarters: day 5, 2nd Tue, last Fri, 1st workday, last workday, last day
//
// The words daily, weekly, monthly, quarterly and yearly stand for a unit without
// a count. Case and the width of spaces do not matter. The zero value is unset.
type Cadence struct {
	Every int // how many units from one to the next: 1 to 366
	Unit  CadenceUnit
	On    CadenceAnchor // the zero anchor leaves the day to what the cadence counts from
}

// CadenceUnit is what a cadence counts.
type CadenceUnit uint8

// The units; quarters are those of the fiscal calendar.
const (
	EveryDay CadenceUnit = iota + 1
	EveryWorkday
	EveryWeek
	EveryMonth
	EveryQuarter
	EveryYear
)

var (
	unitNames   = [...]string{EveryDay: "day", EveryWorkday: "workday", EveryWeek: "week", EveryMonth: "month", EveryQuarter: "quarter", EveryYear: "year"}
	unitAdverbs = [...]string{EveryDay: "daily", EveryWeek: "weekly", EveryMonth: "monthly", EveryQuarter: "quarterly", EveryYear: "yearly"}
	ordinals    = [...]string{"", "1st", "2nd", "3rd", "4th", "5th"}
	ordinalWord = [...]string{"", "first", "second", "third", "fourth", "fifth"}
)

// String returns the singular.
func (u CadenceUnit) String() string { return unitNames[u] }

// CadenceAnchor is the day within a week, month or quarter.
type CadenceAnchor struct {
	Kind    AnchorKind
	Weekday time.Weekday // of AnchorWeekday
	// N counts from the start of the month or quarter, from 1: the N-th such weekday
	// or workday (to 5), or the day of the month or quarter (to 31; where there is
	// none it is the last day). Last counts one from the end. It is 0 for a weekday of
	// a week.
	N int
}

// Last as the N of an anchor is the last one there is.
const Last = -1

// AnchorKind says what an anchor counts.
type AnchorKind uint8

// The kinds of anchor; 0 is none.
const (
	AnchorWeekday AnchorKind = iota + 1
	AnchorWorkday
	AnchorDay
)

const mostUnits = 366

// ParseCadence reads a cadence. The error is a sentence for the user.
func ParseCadence(text string) (Cadence, error) {
	words := strings.Fields(strings.ToLower(text))
	fail := func(format string, args ...any) (Cadence, error) {
		return Cadence{}, fmt.Errorf("%s is not a cadence; "+format, append([]any{quote(text)}, args...)...)
	}
	if len(words) == 0 {
		return fail("write how often, for example 2 weeks on Tue")
	}

	c := Cadence{Every: 1}
	counted := words[0][0] >= '0' && words[0][0] <= '9'
	if counted {
		n, err := strconv.Atoi(words[0])
		if err != nil || n < 1 || n > mostUnits {
			return fail("the count %s is not a number from 1 to %d", quote(words[0]), mostUnits)
		}
		if words = words[1:]; len(words) == 0 {
			return fail("write the unit after the count, for example %d weeks", n)
		}
		c.Every = n
	}
	c.Unit = parseUnit(words[0], counted)
	if c.Unit == 0 {
		return fail("%s is not day, workday, week, month, quarter or year", quote(words[0]))
	}

	words = words[1:]
	if len(words) == 0 {
		return c, nil
	}
	if words[0] != "on" {
		return fail("%s stands where only \"on\" may follow", quote(words[0]))
	}
	switch c.Unit {
	case EveryWeek:
		d, err := ParseWeekday(strings.Join(words[1:], " "))
		if err != nil {
			return fail("write one weekday after \"on\", for example week on Tue")
		}
		c.On = CadenceAnchor{Kind: AnchorWeekday, Weekday: d}
		return c, nil
	case EveryMonth, EveryQuarter:
		on, ok := parseAnchor(words[1:])
		if !ok {
			return fail("write day 5 (1 to 31), 2nd Tue (1st to 5th), last Fri or last workday after \"on\"")
		}
		c.On = on
		return c, nil
	}
	return fail("only weeks, months and quarters have a day to be \"on\"")
}

// parseUnit reads a unit, or where it is not counted an adverb; 0 is neither.
func parseUnit(word string, counted bool) CadenceUnit {
	for u := EveryDay; u <= EveryYear; u++ {
		if word == unitNames[u] || word == unitNames[u]+"s" || !counted && word == unitAdverbs[u] {
			return u
		}
	}
	return 0
}

// parseAnchor reads what follows "on" for months and quarters.
func parseAnchor(words []string) (CadenceAnchor, bool) {
	if len(words) != 2 {
		return CadenceAnchor{}, false
	}
	if words[0] == "day" {
		n, err := strconv.ParseUint(words[1], 10, 8)
		return CadenceAnchor{Kind: AnchorDay, N: int(n)}, err == nil && n >= 1 && n <= 31
	}
	n := 0
	if words[0] == "last" {
		n = Last
	}
	for i := 1; i < len(ordinals); i++ {
		if words[0] == ordinals[i] || words[0] == ordinalWord[i] {
			n = i
		}
	}
	if n == 0 {
		return CadenceAnchor{}, false
	}
	switch words[1] {
	case "workday":
		return CadenceAnchor{Kind: AnchorWorkday, N: n}, true
	case "day":
		return CadenceAnchor{Kind: AnchorDay, N: n}, true
	}
	d, err := ParseWeekday(words[1])
	return CadenceAnchor{Kind: AnchorWeekday, Weekday: d, N: n}, err == nil
}

// ParseText is the decoding hook; it reads what ParseCadence reads.
func (c *Cadence) ParseText(text string) (err error) {
	*c, err = ParseCadence(text)
	return err
}

// IsZero reports whether the cadence is unset.
func (c Cadence) IsZero() bool { return c == Cadence{} }

// String returns the shortest usual spelling, "2 weeks on Tue", which ParseCadence
// reads back; "" where unset.
func (c Cadence) String() string {
	if c.IsZero() {
		return ""
	}
	text := c.Unit.String()
	if c.Every != 1 {
		text = strconv.Itoa(c.Every) + " " + text + "s"
	}
	if c.On.Kind != 0 {
		text += " on " + c.On.String()
	}
	return text
}

// String returns what follows "on", and "" for the zero anchor.
func (a CadenceAnchor) String() string {
	which := "last "
	if a.N >= 0 {
		which = ordinals[min(a.N, len(ordinals)-1)] + " "
	}
	switch {
	case a.Kind == AnchorWorkday:
		return which + "workday"
	case a.Kind == AnchorDay && a.N == Last:
		return "last day"
	case a.Kind == AnchorDay:
		return "day " + strconv.Itoa(a.N)
	case a.Kind == AnchorWeekday && a.N == 0:
		return a.Weekday.String()[:3]
	case a.Kind == AnchorWeekday:
		return which + a.Weekday.String()[:3]
	}
	return ""
}

// MarshalText returns what String returns.
func (c Cadence) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// MarshalJSON returns the cadence as a JSON string, and null where unset.
func (c Cadence) MarshalJSON() ([]byte, error) { return jsonText(c.String()), nil }
