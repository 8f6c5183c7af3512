package portfolio

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/progctl/progctl/pkg/money"
)

func TestParseAmount(t *testing.T) {
	const no = "none"
	for text, want := range map[string][2]string{ // with a point, and with a comma
		"5":                        {"5", "5"},
		"-5":                       {"-5", "-5"},
		"+5.10":                    {"5.10", no},
		"- 5,10":                   {no, "-5.10"},
		"5-":                       {"-5", "-5"},
		"5 -":                      {"-5", "-5"},
		"(5)":                      {"-5", "-5"},
		"( 5 )":                    {"-5", "-5"},
		"\u22125":                  {"-5", "-5"},
		"5\u2212":                  {"-5", "-5"},
		"\u2212\u00a01\u202f234":   {"-1234", "-1234"},
		"(-5)":                     {no, no},
		"-(5)":                     {no, no},
		"--5":                      {no, no},
		"-5-":                      {no, no},
		"+-5":                      {no, no},
		"5+":                       {no, no},
		"(5":                       {no, no},
		"5)":                       {no, no},
		"()":                       {no, no},
		"-":                        {no, no},
		"":                         {no, no},
		".":                        {no, no},
		"0":                        {"0", "0"},
		"-0.00":                    {"0.00", no},
		"00":                       {no, no},
		"05":                       {no, no},
		"0.123":                    {"0.123", no},
		"0,123":                    {no, "0.123"},
		".5":                       {"0.5", no},
		",5":                       {no, "0.5"},
		"-.50":                     {"-0.50", no},
		"5.":                       {no, no},
		"5,":                       {no, no},
		"1.5":                      {"1.5", no},
		"1,5":                      {no, "1.5"},
		"1.234":                    {"1.234", "1234"},
		"1,234":                    {"1234", "1.234"},
		"1.234,56":                 {no, "1234.56"},
		"1,234.56":                 {"1234.56", no},
		"1.234.567,89":             {no, "1234567.89"},
		"1,234,567.89":             {"1234567.89", no},
		"1 234,56":                 {no, "1234.56"},
		"1 234.56":                 {"1234.56", no},
		"1\u00a0234\u00a0567,8":    {no, "1234567.8"},
		"1\u202f234,5":             {no, "1234.5"},
		"1\u2009234.5":             {"1234.5", no},
		"1'234.56":                 {"1234.56", no},
		"1\u2019234'567.00":        {no, no},
		"1\u2019234\u2019567":      {"1234567", "1234567"},
		"1 234,567.00":             {no, no},
		"12,34,567.00":             {no, no},
		"1234,567.00":              {no, no},
		"1,23":                     {no, "1.23"},
		"1,2345":                   {no, "1.2345"},
		"1,234,56":                 {no, no},
		",234":                     {no, "0.234"},
		",234,567":                 {no, no},
		"1,,234":                   {no, no},
		"1,234,":                   {no, no},
		"1  234":                   {no, no},
		"0,123.00":                 {no, no},
		"1.2.3":                    {no, no},
		"1.234.567":                {no, "1234567"},
		"1e5":                      {no, no},
		"USD 5":                    {no, no},
		"5 EUR":                    {no, no},
		"€5":                       {no, no},
		"5%":                       {no, no},
		"١":                        {no, no},
		"999999999999999":          {"999999999999999", "999999999999999"},
		"1000000000000000":         {no, no},
		"999,999,999,999,999.999":  {"999999999999999.999", no},
		"999999999999999.9999":     {no, no},
		"0.00000000000000000":      {"0.00000000000000000", no},
		"0.0000000000000000001":    {no, no},
		"12.500000":                {"12.500000", no},
		"999999999999999999999999": {no, no},
	} {
		var got, bytes [2]string
		for i, mark := range []DecimalMark{DecimalPoint, DecimalComma} {
			got[i], bytes[i] = no, no
			if d, ok := ParseAmount(text, mark); ok {
				got[i] = d.String()
			}
			if d, ok := ParseAmount([]byte(text), mark); ok {
				bytes[i] = d.String()
			}
		}
		if got != want || bytes != want {
			t.Errorf("%q is %q, in bytes %q, want %q", text, got, bytes, want)
		}
	}
}

// grouped writes an amount with something between thousands.
func grouped(plain, separator string, mark DecimalMark) string {
	whole, decimals, has := strings.Cut(strings.TrimPrefix(plain, "-"), ".")
	var groups []string
	for len(whole) > 3 {
		groups = append([]string{whole[len(whole)-3:]}, groups...)
		whole = whole[:len(whole)-3]
	}
	text := strings.Join(append([]string{whole}, groups...), separator)
	if has {
		text += string(mark.char()) + decimals
	}
	return text
}

// An amount is what was written, in whatever of the ways; and what is read is what
// is left of the text without what separates thousands.
func TestAmountsAreReadAsTheyWereWritten(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	pick := func(texts ...string) string { return texts[r.IntN(len(texts))] }
	for range 20_000 {
		d, _ := money.NewDecimal(r.Int64N(1<<uint(1+r.IntN(49)))-r.Int64N(2)*r.Int64N(1_000_000), r.IntN(5))
		mark := DecimalMark(pick("point", "comma"))
		text := grouped(d.String(), pick("", "", " ", "'", noBreak, narrowBreak, string(mark.other().char())), mark)
		if d.Sign() < 0 {
			text = pick("-"+text, "("+text+")", text+"-", minusSign+text, "- "+text, text+" -")
		}
		got, ok := ParseAmount(text, mark)
		if !ok || got != d {
			t.Fatalf("%q with a %s is %s (%t), want %s", text, mark, got, ok, d)
		}
	}
}

func FuzzParseAmount(f *testing.F) {
	for _, text := range []string{"1.234,56", "(1'000.00)", "5-", "\u22121\u00a0000", "1e5", "0.12", "-.5", "999999999999999.999"} {
		f.Add(text, true)
		f.Add(text, false)
	}
	f.Fuzz(func(t *testing.T, text string, comma bool) {
		mark := DecimalPoint
		if comma {
			mark = DecimalComma
		}
		got, ok := ParseAmount(text, mark)
		other, okOther := ParseAmount([]byte(text), mark)
		if got != other || ok != okOther {
			t.Fatalf("%q is %s (%t), in bytes %s (%t)", text, got, ok, other, okOther)
		}
		if !ok {
			return
		}
		plain := strings.Map(func(r rune) rune {
			switch {
			case r >= '0' && r <= '9':
				return r
			case r == rune(mark.char()):
				return '.'
			}
			return -1
		}, text)
		if strings.HasPrefix(plain, ".") {
			plain = "0" + plain
		}
		want, err := money.ParseDecimal(plain)
		if err != nil || got.Cmp(want) != 0 && (got.Sign() != -1 || strings.TrimPrefix(got.String(), "-") != want.String()) {
			t.Fatalf("%q is %s, its digits %s (%v)", text, got, want, err)
		}
	})
}
