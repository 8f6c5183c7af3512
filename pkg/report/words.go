package report

import (
	"fmt"
	"strings"
)

// Plural returns "1 error", "2 errors".
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// ShortHash is the beginning of a hash, as people read it.
func ShortHash(hash string) string { return hash[:min(12, len(hash))] }

// Grouped puts commas between the thousands of a decimal number: "-1234567.5" is
// "-1,234,567.5".
func Grouped(number string) string {
	sign := ""
	if rest, negative := strings.CutPrefix(number, "-"); negative {
		sign, number = "-", rest
	}
	whole, decimals, hasDecimals := strings.Cut(number, ".")
	var b strings.Builder
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	if hasDecimals {
		b.WriteString("." + decimals)
	}
	return sign + b.String()
}
