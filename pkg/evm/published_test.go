package evm

import (
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pmcontrols are the sources of cases and figures at commit 6ae775d67c4a (MIT); the
// cases were derived by hand there.
const pmcontrols = "https://github.com/arikanatakan/pmcontrols/blob/6ae775d67c4a/tests/validation_cases.json"

// even is a plan of 10,000 a month over ten months, as all cases of pmcontrols have it.
func even() []*big.Rat {
	pv := make([]*big.Rat, 10)
	for i := range pv {
		pv[i] = big.NewRat(int64(i+1)*10000, 1)
	}
	return pv
}

// figureOf returns a figure by the name that the publications give it.
func figureOf(s Status, t Schedule, name string) *big.Rat {
	sv, cv, vac := amounts(s)
	return map[string]*big.Rat{
		"pv": s.PV, "sv": sv, "cv": cv, "spi": s.SPI(), "cpi": s.CPI(), "eac_cpi": s.EAC(), "eac_typical": s.EACTypical(),
		"eac_cpi_spi": s.EACBoth(), "etc": s.ETC(), "vac": vac, "tcpi_bac": s.TCPI(), "tcpi_eac": s.TCPIEAC(),
		"es": t.ES, "sv_t": t.SVT(), "spi_t": t.SPIT(), "ieac_t": t.IEACT(),
	}[name]
}

func TestPublished(t *testing.T) {
	for _, test := range []struct {
		name, source string
		status       [4]string // BAC, PV, EV, AC; "": not published, "at": of the plan
		at           int64     // months, where the case has a schedule
		published    map[string]string
		tolerance    map[string]string // where it is not a billionth
		exact        map[string]string // to ten digits
	}{
		{
			name: "evm-hand-001", source: pmcontrols, status: [4]string{"100000", "at", "30000", "35000"}, at: 4,
			published: map[string]string{
				"pv": "40000", "cv": "-5000", "sv": "-10000", "cpi": "0.8571428571428571", "spi": "0.75", "eac_cpi": "116666.66666666666",
				"eac_typical": "105000", "etc": "81666.66666666666", "tcpi_bac": "1.0769230769230769", "vac": "-16666.666666666657",
				"es": "3.0", "sv_t": "-1.0", "spi_t": "0.75", "ieac_t": "13.333333333333334",
			},
			tolerance: map[string]string{"vac": "0.005"}, // it is an amount
			// EAC = 35000 + 70000 × 35 ÷ 30; both = 35000 + 70000 × (35 × 4) ÷ (30 × 3); what is left is earned at CPI.
			exact: map[string]string{"eac_cpi_spi": "143888.8888888889", "tcpi_eac": "0.8571428571"},
		},
		{
			name: "evm-behind-under-004", source: pmcontrols, status: [4]string{"100000", "at", "40000", "38000"}, at: 5,
			published: map[string]string{
				"pv": "50000", "cv": "2000", "sv": "-10000", "cpi": "1.0526315789473684", "spi": "0.8", "eac_cpi": "95000.0",
				"eac_typical": "98000.0", "vac": "5000.0", "es": "4.0", "sv_t": "-1.0", "spi_t": "0.8", "ieac_t": "12.5",
			},
			exact: map[string]string{"eac_cpi": "95000.0000000000", "etc": "57000.0000000000", "tcpi_eac": "1.0526315789"},
		},
		{
			name: "ahead-003", source: pmcontrols, status: [4]string{"100000", "at", "50000", "45000"}, at: 4,
			published: map[string]string{"es": "5.0", "sv_t": "1.0", "spi_t": "1.25", "ieac_t": "8.0"},
		},
		{
			name: "complete-005", source: pmcontrols, status: [4]string{"100000", "at", "100000", "110000"}, at: 10,
			published: map[string]string{"es": "10.0", "spi_t": "1.0", "ieac_t": "10.0"},
			exact:     map[string]string{"eac_cpi": "110000.0000000000", "etc": "0.0000000000", "tcpi_bac": "0.0000000000"},
		},
		{
			// Published EAC 4,479 divides by a CPI that was rounded to .893.
			name: "four-sided fence", source: "Mulcahy, PMP Exam Prep: https://studylib.net/doc/5898152/earned-value-exercise",
			status:    [4]string{"4000", "3000", "2500", "2800"},
			published: map[string]string{"cv": "-300", "cpi": "0.893", "sv": "-500", "spi": "0.833", "eac_cpi": "4479", "etc": "1679", "vac": "-479"},
			tolerance: map[string]string{"cpi": "0.0006", "spi": "0.0006", "eac_cpi": "1.5", "etc": "1.5", "vac": "1.5"},
			exact: map[string]string{
				"cv": "-300.0000000000", "sv": "-500.0000000000", "cpi": "0.8928571429", "spi": "0.8333333333", "eac_cpi": "4480.0000000000",
				"eac_typical": "4300.0000000000", "eac_cpi_spi": "4816.0000000000", "vac": "-480.0000000000", "etc": "1680.0000000000",
				"tcpi_bac": "1.2500000000", "tcpi_eac": "0.8928571429",
			},
		},
		{
			// Published EAC 538,344 divides by a CPI that was rounded to .93.
			name: "Phillips, figure 7-14", source: "Phillips, PMP study guide: https://www.gristprojectmanagement.us/integration/info-uhq.html",
			status:    [4]string{"500000", "", "150000", "162000"},
			published: map[string]string{"cpi": "0.93", "eac_cpi": "538344"},
			tolerance: map[string]string{"cpi": "0.006", "eac_cpi": "2000"},
			exact: map[string]string{
				"cv": "-12000.0000000000", "cpi": "0.9259259259", "eac_cpi": "540000.0000000000", "eac_typical": "512000.0000000000",
				"vac": "-40000.0000000000", "etc": "378000.0000000000", "tcpi_bac": "1.0355029586",
				"spi": "n/a", "sv": "n/a", "eac_cpi_spi": "n/a",
			},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			var schedule Schedule
			values := make([]*big.Rat, 4)
			for i, text := range test.status {
				switch text {
				case "":
				case "at":
					values[i] = even()[test.at-1]
				default:
					values[i] = rat(text)
				}
			}
			s := Status{values[0], values[1], values[2], values[3]}
			if test.at != 0 {
				schedule = Schedule{EarnedSchedule(even(), s.EV), big.NewRat(test.at, 1), big.NewRat(int64(PlannedDuration(even())), 1)}
			}
			for name, want := range test.published {
				tolerance := rat("1e-9")
				if wide := test.tolerance[name]; wide != "" {
					tolerance = rat(wide)
				}
				got := figureOf(s, schedule, name)
				if got == nil {
					t.Errorf("%s is not known, want %s (%s)", name, want, test.source)
				} else if off := new(big.Rat).Sub(got, rat(want)); off.Abs(off).Cmp(tolerance) > 0 {
					t.Errorf("%s is %s, want %s (%s)", name, got.FloatString(10), want, test.source)
				}
			}
			got := map[string]string{}
			for name := range test.exact {
				got[name] = "n/a"
				if x := figureOf(s, schedule, name); x != nil {
					got[name] = x.FloatString(10)
				}
			}
			want := test.exact
			if want == nil {
				want = map[string]string{}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("exact figures (-want +got):\n%s", diff)
			}
		})
	}
}

func rat(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		panic(text)
	}
	return r
}
