package cal

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Guess reads what people write for a date, where it can mean only one day:
// other separators or none, short months and days, months by their English
// names, the year last, a time of day behind it, quotes of a word processor,
// letters for digits. With the year first it means month, then day, and day,
// then month only where that alone is a date; with the year last, 03/02/2026
// may be either and is not guessed at. A day that its month does not have is
// never replaced by one that it has.
func Guess(text string) (Date, bool) {
	if colon := strings.IndexByte(text, ':'); colon > 0 {
		if end := strings.LastIndexAny(text[:colon], "T "); end >= 0 {
			text = text[:end]
		}
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(parts) == 1 && len(parts[0]) == len("20261030") {
		parts = []string{parts[0][:4], parts[0][4:6], parts[0][6:]}
	}
	if len(parts) != 3 {
		return 0, false
	}
	year, a, b := numberIn(parts[0]), parts[1], parts[2]
	yearFirst := year >= MinYear
	if !yearFirst {
		year, a, b = numberIn(parts[2]), parts[0], parts[1]
	}
	if m := monthNamed(a); m > 0 {
		return guessed(year, m, numberIn(b))
	}
	if m := monthNamed(b); m > 0 {
		return guessed(year, m, numberIn(a))
	}
	monthDay, ok := guessed(year, numberIn(a), numberIn(b))
	dayMonth, also := guessed(year, numberIn(b), numberIn(a))
	switch {
	case ok && (yearFirst || !also || monthDay == dayMonth):
		return monthDay, true
	case also && !ok:
		return dayMonth, true
	}
	return 0, false
}

// GuessMonth is Guess for a month; of a date it takes the month.
func GuessMonth(text string) (Month, bool) {
	// 28 is a day in all months and cannot be taken for one of them.
	for _, whole := range []string{text, "28/" + text, text + "-28"} {
		if d, ok := Guess(whole); ok {
			return d.Month(), true
		}
	}
	return 0, false
}

func guessed(year, month, day int) (Date, bool) {
	d, err := NewDate(year, month, day)
	return d, err == nil
}

// monthNamed is the number of a month by its English name or its first three
// letters or more; 0 where it is none.
func monthNamed(word string) int {
	for m := time.January; m <= time.December; m++ {
		if name := m.String(); len(word) >= 3 && len(word) <= len(name) && strings.EqualFold(name[:len(word)], word) {
			return int(m)
		}
	}
	return 0
}

// numberIn reads up to four digits, with letters for digits (2O26) and an ending
// (1st) let pass; -1 where there is no number.
func numberIn(word string) int {
	if len(word) > 2 {
		for _, ending := range []string{"st", "nd", "rd", "th"} {
			word = strings.TrimSuffix(word, ending)
		}
	}
	if strings.ContainsAny(word, "0123456789") {
		word = strings.NewReplacer("O", "0", "o", "0", "I", "1", "l", "1").Replace(word)
	}
	n, err := strconv.ParseUint(word, 10, 16)
	if err != nil || len(word) > 4 {
		return -1
	}
	return int(n)
}
