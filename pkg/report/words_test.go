package report

import "testing"

func TestGrouped(t *testing.T) {
	for number, want := range map[string]string{
		"": "", "0": "0", "-7": "-7", "999": "999", "1000": "1,000", "-1000": "-1,000", "123456": "123,456",
		"1234567.125": "1,234,567.125", "-1234567.5": "-1,234,567.5", "0.0001": "0.0001",
	} {
		if got := Grouped(number); got != want {
			t.Errorf("%q is %q, want %q", number, got, want)
		}
	}
}
