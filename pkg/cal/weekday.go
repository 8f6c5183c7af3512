package cal

import (
	"fmt"
	"math/bits"
	"strings"
	"time"
)

var mondayFirst = [7]time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

// ParseWeekday reads "Mon" or "Monday" and so on, in either case.
func ParseWeekday(text string) (time.Weekday, error) {
	for _, d := range mondayFirst {
		if name := d.String(); strings.EqualFold(text, name) || strings.EqualFold(text, name[:3]) {
			return d, nil
		}
	}
	return 0, fmt.Errorf("%s is not a day of the week; write Mon, Tue, Wed, Thu, Fri, Sat or Sun", quote(text))
}

// WeekdayName is a day of the week as documents write it; the zero value is
// unset. It exists beside time.Weekday, whose zero value is Sunday.
type WeekdayName uint8

// NameOf returns the name of a day of the week.
func NameOf(d time.Weekday) WeekdayName { return WeekdayName(d) + 1 }

// ParseText is the decoding hook; it reads what ParseWeekday reads.
func (n *WeekdayName) ParseText(text string) error {
	d, err := ParseWeekday(text)
	if err != nil {
		*n = 0
		return err
	}
	*n = NameOf(d)
	return nil
}

// Weekday returns the day of the week; the name must be set.
func (n WeekdayName) Weekday() time.Weekday { return time.Weekday(n - 1) }

// String returns "Mon" and so on, and "" where unset.
func (n WeekdayName) String() string {
	if n == 0 {
		return ""
	}
	return n.Weekday().String()[:3]
}

// MarshalText returns what String returns.
func (n WeekdayName) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// MarshalJSON returns the name as a JSON string, and null where unset.
func (n WeekdayName) MarshalJSON() ([]byte, error) { return jsonText(n.String()), nil }

// Workweek is the set of weekdays on which work is done: bit n is time.Weekday n.
// The empty set stands for Monday to Friday, so that a week always has work in it.
type Workweek uint8

const mondayToFriday Workweek = 0b0111110

// NewWorkweek returns the set of the days given.
func NewWorkweek(days ...time.Weekday) Workweek {
	var w Workweek
	for _, d := range days {
		w |= 1 << d
	}
	return w
}

// WorkweekOf returns the set of the days named.
func WorkweekOf(names []WeekdayName) Workweek {
	var w Workweek
	for _, n := range names {
		if n != 0 {
			w |= 1 << n.Weekday()
		}
	}
	return w
}

func (w Workweek) orDefault() Workweek {
	if w &= 0x7f; w == 0 {
		return mondayToFriday
	}
	return w
}

// Has reports whether the weekday is in the week.
func (w Workweek) Has(d time.Weekday) bool { return w.orDefault()>>d&1 == 1 }

// Len returns how many days of the week are worked: 1 to 7.
func (w Workweek) Len() int { return bits.OnesCount8(uint8(w.orDefault())) }

// String lists the days, Monday first: "Mon, Tue, Wed, Thu, Fri".
func (w Workweek) String() string { return strings.Join(w.names(), ", ") }

func (w Workweek) names() []string {
	names := make([]string, 0, 7)
	for _, d := range mondayFirst {
		if w.Has(d) {
			names = append(names, d.String()[:3])
		}
	}
	return names
}

// MarshalJSON returns a list of the days, Monday first.
func (w Workweek) MarshalJSON() ([]byte, error) {
	return []byte(`["` + strings.Join(w.names(), `","`) + `"]`), nil
}
