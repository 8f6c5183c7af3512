package review

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/teambition/rrule-go"

	"github.com/progctl/progctl/pkg/cal"
)

// Rule is a recurrence rule of RFC 5545, section 3.3.10, over days. The zero value has
// none.
type Rule struct {
	option rrule.ROption
	set    bool
}

const (
	// mostText, mostInterval and mostCount bound a rule, so that no rule takes long to
	// expand: one that never holds is looked for until the year 9999.
	mostText     = 500
	mostInterval = 1000
	mostCount    = 100_000
)

// lists are the parts of a rule that limit or expand it, in the order of the RFC.
var lists = [...]string{"BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY", "BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS"}

var (
	untilText = regexp.MustCompile(`^[0-9]{8}(T[0-9]{6}Z?)?$`)
	dayText   = regexp.MustCompile(`^([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)$`)
)

// ParseRule reads a recurrence rule, with or without "RRULE:" before it. Its days alone
// count: of UNTIL the day, as it is written; BYHOUR, BYMINUTE and BYSECOND are ignored,
// as the RFC wants it where the start is a day, and refused where they name several times
// of a day. The error is a sentence for the user.
func ParseRule(text string) (Rule, error) {
	r, err := parseRule(text)
	if err != nil {
		shown := text
		if len(shown) > 80 {
			shown = shown[:80] + "…"
		}
		return Rule{}, fmt.Errorf("%q is not a recurrence rule of reviews: %w", shown, err)
	}
	return r, nil
}

func parseRule(text string) (Rule, error) {
	if len(text) > mostText {
		return Rule{}, fmt.Errorf("it has more than %d characters", mostText)
	}
	parts := map[string]string{}
	var clean []string
	for part := range strings.SplitSeq(strings.TrimSuffix(strings.TrimPrefix(text, "RRULE:"), ";"), ";") {
		key, value, ok := strings.Cut(part, "=")
		_, twice := parts[key]
		switch {
		case !ok || value == "":
			return Rule{}, fmt.Errorf("%q is not NAME=VALUE", part)
		case twice:
			return Rule{}, fmt.Errorf("%s stands twice", key)
		case !slices.Contains(lists[:], key) && !slices.Contains([]string{"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}, key):
			return Rule{}, fmt.Errorf("there is no %s in one", key)
		}
		parts[key] = value
		switch key {
		case "BYHOUR", "BYMINUTE", "BYSECOND":
			if strings.Contains(value, ",") {
				return Rule{}, fmt.Errorf("%s=%s is several times a day, and a review is on a day", key, value)
			}
		case "UNTIL":
			day := value[:min(8, len(value))]
			if !untilText.MatchString(value) || !isDay(day) {
				return Rule{}, fmt.Errorf("UNTIL=%s is not a day such as 20261231", value)
			}
			clean = append(clean, "UNTIL="+day)
		default:
			clean = append(clean, part)
		}
	}
	if err := together(parts); err != nil {
		return Rule{}, err
	}
	option, err := rrule.StrToROption(strings.Join(clean, ";"))
	if err != nil {
		return Rule{}, err
	}
	if _, err := rrule.NewRRule(*option); err != nil { // it knows the bounds of numbers
		return Rule{}, err
	}
	return Rule{*option, true}, nil
}

func isDay(digits string) bool {
	if len(digits) < 8 {
		return false
	}
	_, err := cal.ParseDate(digits[:4] + "-" + digits[4:6] + "-" + digits[6:])
	return err == nil
}

// together says what the parts of a rule may not be beside each other, by RFC 5545,
// section 3.3.10, and keeps from the library what it would not survive.
func together(parts map[string]string) error {
	has := func(key string) bool { _, ok := parts[key]; return ok }
	freq := parts["FREQ"]
	switch freq {
	case "YEARLY", "MONTHLY", "WEEKLY", "DAILY":
	case "":
		return errors.New("it lacks FREQ")
	case "HOURLY", "MINUTELY", "SECONDLY":
		return fmt.Errorf("FREQ=%s is several times a day, and a review is on a day", freq)
	default:
		return fmt.Errorf("FREQ=%s is not YEARLY, MONTHLY, WEEKLY or DAILY", freq)
	}
	for _, x := range []struct {
		key  string
		most int
	}{{"INTERVAL", mostInterval}, {"COUNT", mostCount}} {
		if n, err := strconv.Atoi(parts[x.key]); has(x.key) && (err != nil || n < 1 || n > x.most) {
			return fmt.Errorf("%s=%s is not a number from 1 to %d", x.key, parts[x.key], x.most)
		}
	}
	switch {
	case has("COUNT") && has("UNTIL"):
		return errors.New("COUNT and UNTIL exclude each other")
	case has("BYWEEKNO") && freq != "YEARLY":
		return errors.New("BYWEEKNO needs FREQ=YEARLY")
	case has("BYYEARDAY") && freq != "YEARLY":
		return errors.New("BYYEARDAY needs FREQ=YEARLY")
	case has("BYMONTHDAY") && freq == "WEEKLY":
		return errors.New("BYMONTHDAY excludes FREQ=WEEKLY")
	case has("BYSETPOS") && !slices.ContainsFunc(lists[:len(lists)-1], has):
		return errors.New("BYSETPOS needs another part that begins with BY")
	}
	return weekdays(parts, freq)
}

// weekdays looks at BYDAY and WKST.
func weekdays(parts map[string]string, freq string) error {
	if first, ok := parts["WKST"]; ok && (len(first) != 2 || !dayText.MatchString(first)) {
		return fmt.Errorf("WKST=%s is not a day such as MO", first)
	}
	list, ok := parts["BYDAY"]
	if !ok {
		return nil
	}
	_, months := parts["BYMONTH"]
	_, weeks := parts["BYWEEKNO"]
	for day := range strings.SplitSeq(list, ",") {
		m := dayText.FindStringSubmatch(day)
		if m == nil {
			return fmt.Errorf("%q in BYDAY is not a day such as MO, 1MO or -1FR", day)
		}
		if m[1] == "" {
			continue
		}
		most := 5
		if freq == "YEARLY" && !months {
			most = 53
		}
		n, err := strconv.Atoi(m[1])
		if n < 0 {
			n = -n
		}
		switch {
		case freq != "MONTHLY" && freq != "YEARLY" || weeks:
			return fmt.Errorf("%q in BYDAY needs a month or a year to count in", day)
		case err != nil || n < 1 || n > most:
			return fmt.Errorf("%q in BYDAY counts from 1 to %d", day, most)
		}
	}
	return nil
}

// IsZero reports whether there is no rule.
func (r Rule) IsZero() bool { return !r.set }

// days are those of the rule, counted from a day, in a period; in order.
func (r Rule) days(start cal.Date, within cal.Period) (list []cal.Date) {
	if within.From = max(within.From, start); within.IsEmpty() {
		return nil
	}
	option := r.option
	option.Dtstart = start.Time()
	rule, err := rrule.NewRRule(option)
	if err != nil { // ParseRule would have refused it
		return nil
	}
	for _, t := range rule.Between(within.From.Time(), within.Last().Time(), true) {
		list = append(list, cal.DateOf(t))
	}
	return list
}
