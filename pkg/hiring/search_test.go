package hiring

import (
	"testing"

	"github.com/progctl/progctl/pkg/cal"
)

// The remission times of the 21 patients on 6-mercaptopurine in Freireich et al. (1963),
// the example with which the estimate is taught: the median is 23 weeks, of the others,
// all of whom relapsed, 8.
func TestMedianOfKaplanAndMeier(t *testing.T) {
	var treated, placebo []search
	for _, weeks := range []cal.Days{6, 6, 6, 7, 10, 13, 16, 22, 23} {
		treated = append(treated, search{days: weeks, filled: true})
	}
	for _, weeks := range []cal.Days{6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35} {
		treated = append(treated, search{days: weeks})
	}
	for _, weeks := range []cal.Days{1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23} {
		placebo = append(placebo, search{days: weeks, filled: true})
	}
	for _, test := range []struct {
		name    string
		list    []search
		elapsed cal.Days
		want    cal.Days
		ok      bool
	}{
		{"treated", treated, 0, 23, true},
		{"placebo", placebo, 0, 8, true},
		{"placebo after 8 weeks", placebo, 8, 14, true},   // 4 of 8 by 12, so between 12 and 15, rounded up
		{"treated after 10 weeks", treated, 10, 0, false}, // 11/12, 10/11, 6/7, 5/6: more than half stay
		{"nobody", nil, 0, 0, false},
		{"most are open", []search{{days: 5, filled: true}, {days: 9}, {days: 9}}, 0, 0, false},
		{"longer than any", placebo, 23, 0, false},
	} {
		if got, ok := newCurve(test.list).median(test.elapsed); got != test.want || ok != test.ok {
			t.Errorf("%s: %d, %t, want %d, %t", test.name, got, ok, test.want, test.ok)
		}
	}
}
