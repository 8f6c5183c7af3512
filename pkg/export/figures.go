package export

import "strings"

// figureSays says what a value of the column figure is; "" where nobody wrote it down. One
// of a baseline is the same of the plan of record.
func figureSays(name string) string {
	if says, ok := figures[name]; ok {
		return sentence(says)
	}
	if rest, record := strings.CutPrefix(name, "baseline."); record {
		if says := figureSays(rest); says != "" {
			return sentence("of the revision compared with: " + strings.ToLower(says[:1]) + says[1:])
		}
	}
	return ""
}

// figures are those of reports that have one a row.
var figures = map[string]string{
	// budget
	"plan":                    "what is planned: of money the budget lines and the people at the rate card, of heads every seat and everyone who fills none",
	"actual":                  "what was spent up to today",
	"commitments":             "what is ordered and not yet spent",
	"forecast":                "what is expected: of money what was spent in closed months and what comes after, of heads the roster and the seats to be filled, less attrition",
	"planToDate":              "what is planned up to the end of the month of today",
	"variance":                "what was spent, or is planned now, less the plan; positive is over",
	"variancePercent":         "variance in percent of the plan",
	"forecastVariance":        "forecast less plan; positive is over",
	"forecastVariancePercent": "forecast variance in percent of the plan",
	"elapsed.plan":            "plan of the months that are over",
	"elapsed.actual":          "spend of the months that are over",
	"elapsed.variance":        "variance of the months that are over",
	"elapsed.variancePercent": "variance of the months that are over, in percent",
	"atCompletion.plan":       "plan in whatever year",
	"atCompletion.actual":     "spend in whatever year",
	"atCompletion.forecast":   "forecast in whatever year",
	"atCompletion.variance":   "forecast less plan in whatever year",
	"planCost":                "loaded cost of the plan",
	"forecastCost":            "loaded cost of the forecast",
	"cost":                    "loaded cost of the people on the rosters",
	"costVariance":            "cost of the plan less that of the plan of record",
	"bridge.timing":           "part of the cost variance that comes of dates",
	"bridge.volume":           "part of the cost variance that comes of how many there are",
	"bridge.mix":              "part of the cost variance that comes of roles, levels and locations",
	"bridge.rate":             "part of the cost variance that comes of rates",
	"bridge.currency":         "part of the cost variance that comes of exchange rates",

	// headcount
	"opening":                  "heads on the day before the period",
	"hires":                    "people whose first day is in the period; of positions those that were filled, or are expected to be",
	"transfersIn":              "people who came from another team",
	"leavers":                  "people whose last day is before the last of the period",
	"transfersOut":             "people who went to another team",
	"closing":                  "heads on the last day of the period",
	"fte":                      "FTE-months of the people on the rosters",
	"attrition":                "heads of the forecast that leavers nobody knows yet take away",
	"turnover.voluntary":       "leavers who wanted to",
	"turnover.involuntary":     "leavers who did not want to",
	"turnover.other":           "leavers for other reasons, or none that is stated",
	"turnover.rate":            "leavers ÷ average heads, a fraction a year",
	"turnover.voluntaryRate":   "voluntary leavers ÷ average heads, a fraction a year",
	"turnover.involuntaryRate": "involuntary leavers ÷ average heads, a fraction a year",
	"turnover.retention":       "part of those there at the start who stayed, a fraction",

	// staffing
	"demand":      "FTE-months that staffing lines ask for",
	"supply":      "FTE-months of the people on the rosters",
	"gap":         "demand less supply, in FTE-months",
	"planned":     "FTE-months of positions that are not filled yet",
	"allocated":   "FTE-months of staffing lines that name these people",
	"unallocated": "supply less allocated, in FTE-months",

	// hiring
	"entered":        "candidates who entered the stage",
	"passed":         "candidates who passed it",
	"declined":       "candidates who were declined",
	"withdrawn":      "candidates who withdrew",
	"inProgress":     "candidates who are in it",
	"conversion":     "passed ÷ (passed + declined + withdrawn), a fraction",
	"interviewHours": "hours of interviewers",
	"effective":      "seats budgeted from that quarter",
	"expected":       "seats that the plan expects to be filled",
	"started":        "seats in which somebody started",

	// earned value
	"bac":             "budget at completion: the baseline budget, contingency apart",
	"currentBudget":   "what today's plan comes to",
	"pv":              "planned value: of the milestones promised by then",
	"ev":              "earned value: of the milestones done by then",
	"ac":              "actual cost up to then",
	"sv":              "schedule variance: EV - PV",
	"cv":              "cost variance: EV - AC",
	"spi":             "schedule performance index: EV ÷ PV",
	"cpi":             "cost performance index: EV ÷ AC",
	"eac":             "estimate at completion: AC + (BAC - EV) ÷ CPI",
	"etc":             "estimate to complete: EAC - AC",
	"vac":             "variance at completion: BAC - EAC",
	"tcpi":            "to-complete performance index: (BAC - EV) ÷ (BAC - AC)",
	"tcpiEac":         "the same for the estimate: (BAC - EV) ÷ (EAC - AC)",
	"eacTypical":      "estimate at completion where the rest costs what was planned: AC + BAC - EV",
	"eacCpiSpi":       "estimate at completion by cost and schedule: AC + (BAC - EV) ÷ (CPI × SPI)",
	"es":              "earned schedule, in months: when what is earned was planned to be",
	"at":              "actual time, in months since the start",
	"svT":             "schedule variance by time, in months: ES - AT",
	"spiT":            "schedule performance index by time: ES ÷ AT",
	"plannedDuration": "months until all is planned to be done",
	"ieacT":           "independent estimate of the duration, in months: planned duration ÷ SPI(t)",
	"plannedShare":    "PV as a fraction of BAC",
	"earnedShare":     "EV as a fraction of BAC",

	// indicators
	"onTimeAndWithinBudget":    "programs on time and within budget",
	"of":                       "programs that the rate is of",
	"rate":                     "completion rate, a fraction",
	"onTime":                   "programs on time",
	"withinBudget":             "programs within budget",
	"excluded":                 "programs that are left out",
	"n":                        "responses",
	"invited":                  "people who were asked",
	"responseRate":             "responses ÷ people who were asked, a fraction",
	"csat":                     "part of the scores in the top two points of the scale",
	"mean":                     "mean of the scores",
	"scores":                   "scores that were given",
	"nps":                      "net promoter score: percent of 9 and 10 less percent of 0 to 6",
	"recommended":              "answers to whether one would recommend it",
	"csatChange":               "CSAT less that of the period before",
	"npsChange":                "NPS less that of the period before",
	"csatChangeOfSamePrograms": "CSAT less that of the period before, of the programs in both",
	"npsChangeOfSamePrograms":  "NPS less that of the period before, of the programs in both",
}
