package portfolio

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/money"
)

// amount takes an amount with the decimal mark of the file.
func (r *tableRow) amount(target *money.Decimal, text string) {
	mark := r.reader.decimal
	d, ok := ParseAmount(text, mark)
	_, other := ParseAmount(text, mark.other())
	r.reader.amounts.count(ok, other)
	if ok {
		*target = d
		return
	}
	f := r.bad("is "+quote(text)+", expected a number with a decimal "+string(mark)+" such as "+example(mark), notAnAmount(text, mark))
	bare := strings.TrimSpace(strings.Map(withoutLetters, text))
	switch _, alone := ParseAmount(bare, mark); {
	case other:
		f.mark = mark.other()
		f.Detail = "it is one with a decimal " + string(f.mark) + ": state decimal: " + string(f.mark) + ", which holds for the whole file"
	case alone && bare != text && !hasExponent(text) && !strings.Contains(text, "%"):
		f.Suggestion = bare
	}
}

// example is an amount as it may be written.
func example(mark DecimalMark) string { return "1250000" + string(mark.char()) + "10" }

// notAnAmount says why a text may be no amount, and what to do about it.
func notAnAmount(text string, mark DecimalMark) string {
	digits := strings.TrimLeft(text, "-+("+minusSign)
	switch {
	case hasExponent(text):
		return "digits were lost: format the column as numbers before it is exported"
	case strings.Contains(text, "%"):
		return "say with columns: {amount: …} which column holds amounts"
	case strings.ContainsFunc(text, isLetter):
		return "write the number alone: its currency stands in a column of its own, or is that of the ledger (currency: …); a credit is negative"
	case strings.Trim(text, "0123456789") == "" && len(text) > 1 && text[0] == '0' || len(digits) > 1 && digits[0] == '0' && digits[1] != mark.char():
		return "it looks like a code: an amount has no zeros in front"
	case strings.Count(text, string(mark.char())) > 1:
		return "there is more than one decimal " + string(mark)
	case len(strings.Map(onlyDigits, text)) > maxWholeDigits:
		return fmt.Sprintf("an amount has at most %d digits before the decimal mark, and 18 in all", maxWholeDigits)
	case strings.ContainsAny(text, ",.' "+noBreak+narrowBreak+thinSpace+apostrophe):
		return "between thousands there are three digits each"
	}
	return ""
}

// hasExponent tells a number as spreadsheets shorten it, 1.2E+05.
func hasExponent(text string) bool {
	return strings.ContainsAny(text, "eE") && strings.Trim(text, "0123456789.,+-eE") == ""
}

// isLetter tells letters and the signs of currencies.
func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.Sc, r) }

func withoutLetters(r rune) rune {
	if isLetter(r) {
		return -1
	}
	return r
}

func onlyDigits(r rune) rune {
	if r < '0' || r > '9' {
		return -1
	}
	return r
}

// amountsRead counts the amounts of a file by the mark with which they can be read.
type amountsRead struct {
	all, stated, other int // all; those that only the stated mark reads; and only the other
}

func (c *amountsRead) count(stated, other bool) {
	c.all++
	c.stated += b2i(stated && !other)
	c.other += b2i(other && !stated)
}

// otherwise returns the other mark where more amounts can be read only with that than
// only with the one that was stated.
func (c *amountsRead) otherwise(stated DecimalMark) (DecimalMark, bool) {
	return stated.other(), c.other > max(c.stated, 1)
}

// otherMark reports that amounts have another mark than the document says.
func (t *tableReader) otherMark(mark DecimalMark) diag.Diagnostic {
	return diag.Diagnostic{
		Location: t.locator.Locate(t.of.At("decimal")),
		Code:     "CSV006", Severity: diag.Error, Subject: t.subject, Key: "decimal",
		Message: fmt.Sprintf("%s: %d of %d amounts of %s have no decimal %s, but a %s", entityOf(t.subject), t.amounts.other, t.amounts.all, t.base(), mark.other(), mark),
		Detail:  "state it: decimal: " + string(mark), Suggestion: string(mark),
	}
}
