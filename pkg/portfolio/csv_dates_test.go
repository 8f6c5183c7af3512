package portfolio

import (
	"testing"

	"github.com/progctl/progctl/pkg/cal"
)

func TestDateFormats(t *testing.T) {
	for d := cal.MustDate("1970-01-01"); d <= cal.MaxDate; d += 97 {
		for _, f := range dateFormats {
			if back, _, err := f.Parse(f.Format(d)); err != nil || back != d {
				t.Fatalf("%s as %s is %s, read as %s, %v", d, f, f.Format(d), back, err)
			}
		}
	}
	for _, test := range []struct {
		format     DateFormat
		text, want string // what it is read as; "spelt" is no day, "" is not spelt so
	}{
		{DottedDMY, "1.2.2024", "2024-02-01"},
		{DottedDMY, "01.02.24", ""},
		{DottedDMY, "31.02.2024", "spelt"},
		{DottedDMY, "001.02.2024", ""},
		{DottedDMY, "01.02.2024 00:00", ""},
		{DottedDMY, "01.02..2024", ""},
		{DottedDMY, "01/02/2024", ""},
		{DottedDMY, "+1.02.2024", ""},
		{DashedYMD, "2024-2-1", ""},
		{DashedYMD, "2024-02-01", "2024-02-01"},
		{DashedYMD, "02-01-2024", ""},
		{DashedYMD, "2024-13-01", "spelt"},
		{SlashedYMD, "2024/2/1", "2024-02-01"},
		{CompactYMD, "20240201", "2024-02-01"},
		{CompactYMD, "2024021", ""},
		{CompactYMD, "2024020１", ""},
		{SlashedMDY, "2/1/2024", "2024-02-01"},
		{SlashedMDY, "13/1/2024", "spelt"},
		{SlashedDMY, "13/1/2024", "2024-01-13"},
		{NamedDMY, "1-FEB-2024", "2024-02-01"},
		{NamedDMY, "01-february-2024", ""},
		{NamedDMY, "01-02-2024", ""},
		{DashedDMY, "01-02-2024", "2024-02-01"},
		{DashedYMD, "2200-01-01", "spelt"},
		{DashedYMD, "", ""},
	} {
		d, spelt, err := test.format.Parse(test.text)
		got := d.String()
		if spelt && err != nil {
			got = "spelt"
		}
		if got != test.want || (err == nil) != (d != 0) {
			t.Errorf("%q as %s is %q, %v, want %q", test.text, test.format, got, err, test.want)
		}
	}
}
