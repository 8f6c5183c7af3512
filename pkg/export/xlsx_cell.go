package export

import (
	"fmt"
	"math/big"
	"regexp"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/report"
)

// figure is a cell of a workbook: what people read, as a number or a date where it is
// one.
type figure struct {
	text string // where there is neither number nor date
	// exact is the number, all of it: rounding is the format's.
	exact *big.Rat
	day   cal.Date
	tone  report.Tone
	// indent is how far the text is set in.
	indent int
	look   look
	// formula, where it is not empty, is how the number comes from others.
	formula string
}

// look is how a number is shown.
type look struct {
	digits   int            // after the point
	currency money.Currency // of an amount
	suffix   string         // behind the digits: "d" of days
	negative bool           // below 0, where the suffix depends on that
	percent  bool           // a fraction shown in percent
	plus     bool           // what is above 0 has a sign
	blank    bool           // 0 is not shown
	show     bool           // the currency is shown behind the digits
}

// format is the number format of a look. Below 0 is red, unless a tone or the suffix
// says what it is worth.
func (l look) format(tone report.Tone) string {
	digits := "#,##0"
	if l.percent {
		digits = "0"
	}
	if l.digits > 0 {
		digits += "." + strings.Repeat("0", l.digits)
	}
	suffix, opposite := quotedSuffix(l.suffix), quotedSuffix(opposites[l.suffix])
	switch {
	case l.percent:
		suffix, opposite = "%", "%"
	case l.show:
		suffix = ` "` + string(l.currency) + `"` + suffix
		opposite = ` "` + string(l.currency) + `"` + opposite
	}
	above, below, zero := digits+suffix, "-"+digits+suffix, digits
	if opposites[l.suffix] != "" {
		if l.negative {
			above = digits + opposite
		} else {
			below = "-" + digits + opposite
		}
	} else {
		zero += suffix
	}
	if l.plus {
		above = "+" + above
	}
	if tone == report.None && opposites[l.suffix] == "" {
		below = "[Red]" + below
	}
	if l.blank {
		zero = ""
	}
	return above + ";" + below + ";" + zero
}

// opposites are letters behind a difference that say whether it is favourable, and those
// of one with the other sign.
var opposites = map[string]string{" F": " U", " U": " F"}

func quotedSuffix(s string) string {
	if s == "" {
		return ""
	}
	return `"` + strings.ReplaceAll(s, `"`, "") + `"`
}

// figureOf reads a cell of a report.
func figureOf(c report.Cell) (figure, error) {
	f := figure{tone: c.Tone}
	text := strings.TrimLeft(c.Text, " ")
	f.text, f.indent = text, (len(c.Text)-len(text))/2
	list, err := parts(c.Value)
	if err != nil {
		return f, err
	}
	switch {
	case len(list) == 2 && list[0].path == "_amount" && list[1].path == "_currency":
		code, _ := list[1].value.(string)
		f.look.currency = money.Currency(code)
		f.number(c, list[0])
		if digits, known := f.look.currency.MinorDigits(); known {
			f.look.digits = digits
		}
	case len(list) != 1 || list[0].value == nil:
	case list[0].kind == integer || list[0].kind == decimal:
		f.number(c, list[0])
	case list[0].kind == day:
		if d, err := cal.ParseDate(list[0].value.(string)); err == nil && text == d.String() {
			f.day = d
		}
	}
	return f, nil
}

var shownNumber = regexp.MustCompile(`^([+-]?)([0-9][0-9,]*)(\.[0-9]+)?([^0-9]{0,12})$`)

// number makes the figure a number, if people read it as one.
func (f *figure) number(c report.Cell, p part) {
	exact := new(big.Rat)
	if _, ok := exact.SetString(plain(p.value)); !ok {
		return
	}
	if r, ok := c.Value.(rational); ok {
		exact = r.Rat()
	}
	shown := shownNumber.FindStringSubmatch(f.text)
	switch {
	case f.text == "" && exact.Sign() == 0:
		f.look.blank = true
	case shown == nil:
		return
	default:
		f.look.plus, f.look.digits, f.look.suffix = shown[1] == "+", max(0, len(shown[3])-1), shown[4]
		f.look.negative = opposites[f.look.suffix] != "" && exact.Sign() < 0
		if f.look.suffix == "%" {
			f.look.percent = isFraction(exact, shown[1]+strings.ReplaceAll(shown[2], ",", "")+shown[3])
		}
	}
	f.text, f.exact = "", exact
}

// isFraction reports whether a number that is shown as so many percent is a fraction of
// 1, rather than the percentage.
func isFraction(exact *big.Rat, shown string) bool {
	percent, ok := new(big.Rat).SetString(strings.TrimPrefix(shown, "+"))
	if !ok {
		return false
	}
	off := func(r *big.Rat) *big.Rat { return r.Abs(r.Sub(r, percent)) }
	hundredfold := new(big.Rat).Mul(exact, big.NewRat(100, 1))
	return off(hundredfold).Cmp(off(new(big.Rat).Set(exact))) <= 0
}

// mostText is how many UTF-16 units a cell of a workbook holds.
const mostText = 32_767

// fitting cuts a text to what a cell holds; an ellipsis says so.
func fitting(s string) string {
	if len(s) <= mostText {
		return s
	}
	units := 0
	for i, r := range s {
		size := 1
		if r > 0xffff {
			size = 2
		}
		if units+size > mostText-1 {
			if fits(s[i:], mostText-units) {
				return s
			}
			return s[:i] + "…"
		}
		units += size
	}
	return s
}

func fits(s string, units int) bool {
	for _, r := range s {
		if units--; r > 0xffff {
			units--
		}
		if units < 0 {
			return false
		}
	}
	return true
}

// serial is the number by which workbooks know a day: those since 1899-12-30.
func serial(d cal.Date) int { return int(d) - 1 + 25_569 }

// column is the letters of a column, from 0.
func letters(column int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

func reference(column, row int) string { return fmt.Sprintf("%s%d", letters(column), row) }
