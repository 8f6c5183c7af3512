package cal

import (
	"fmt"
	"strconv"
	"strings"
)

// ParseDate reads YYYY-MM-DD and nothing else, in the years 1970 to 2199. The
// error is a sentence for the user. It allocates only to fail.
func ParseDate(text string) (Date, error) {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' {
		return 0, notADate(text)
	}
	century, ok1 := twoDigits(text[0], text[1])
	years, ok2 := twoDigits(text[2], text[3])
	month, ok3 := twoDigits(text[5], text[6])
	day, ok4 := twoDigits(text[8], text[9])
	if !ok1 || !ok2 || !ok3 || !ok4 {
		return 0, notADate(text)
	}
	return NewDate(century*100+years, month, day)
}

func twoDigits(a, b byte) (int, bool) {
	a, b = a-'0', b-'0'
	return int(a)*10 + int(b), a <= 9 && b <= 9
}

func notADate(text string) error {
	if d, ok := Guess(text); ok {
		return fmt.Errorf("%s is not a date; write %s", quote(text), d)
	}
	return fmt.Errorf("%s is not a date; write YYYY-MM-DD, for example 2026-10-30", quote(text))
}

// ParseText is the decoding hook; it reads what ParseDate reads.
func (d *Date) ParseText(text string) (err error) {
	*d, err = ParseDate(text)
	return err
}

// AppendText appends YYYY-MM-DD, and nothing for an unset date.
func (d Date) AppendText(b []byte) ([]byte, error) {
	if d == 0 {
		return b, nil
	}
	y, m, day := d.YMD()
	return append(b, byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-',
		byte('0'+m/10), byte('0'+m%10), '-', byte('0'+day/10), byte('0'+day%10)), nil
}

// String returns YYYY-MM-DD, and "" for an unset date.
func (d Date) String() string {
	b, _ := d.AppendText(make([]byte, 0, 10))
	return string(b)
}

// MarshalText returns what String returns.
func (d Date) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// MarshalJSON returns the date as a JSON string, and null for an unset one.
func (d Date) MarshalJSON() ([]byte, error) { return jsonText(d.String()), nil }

// jsonText spells a value whose text needs no escapes; "" is unset, hence null.
func jsonText(text string) []byte {
	if text == "" {
		return []byte("null")
	}
	b := make([]byte, 0, len(text)+2)
	return append(append(append(b, '"'), text...), '"')
}

// quote shows a value in an error: escaped, and cut where it is long.
func quote(text string) string {
	const most = 40
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return strconv.Quote(text)
}
