package priority

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
	"github.com/progctl/progctl/pkg/staffing"
)

// data is the data of the JSON report priorities. What is unknown is null.
type data struct {
	FiscalYear  cal.FiscalYears `json:"fiscalYear"`
	Periods     []string        `json:"periods"` // of people: those with whole months after as-of
	KeepRunning bool            `json:"keepRunning"`
	WithPlanned bool            `json:"withPlanned"`
	Criteria    []criterionData `json:"criteria"`
	Programs    []programData   `json:"programs"` // those chosen, by rank, those without one last
	Ranked      int             `json:"ranked"`   // of all programs
	LeftOut     leftOutData     `json:"leftOut"`
	Money       *moneyData      `json:"money"`  // null without a budget
	People      *peopleData     `json:"people"` // null where people are not known
	Change      *changeData     `json:"change"` // null without a baseline
	Partial     []string        `json:"partial"`
	Unknown     []unknownData   `json:"unknown"`
}

type criterionData struct {
	Criterion string        `json:"criterion"`
	Weight    money.Decimal `json:"weight"`
	Share     ratio.Ratio   `json:"share"`
}

// leftOutData counts programs that are over.
type leftOutData struct {
	Completed int `json:"completed"`
	Cancelled int `json:"cancelled"`
}

type programData struct {
	Program string                  `json:"program"`
	Title   *string                 `json:"title"`
	Status  portfolio.ProgramStatus `json:"status"`
	Running bool                    `json:"running"`
	Owner   *string                 `json:"owner"`
	Team    *string                 `json:"team"`
	Theme   *string                 `json:"theme"`
	Rank    *int                    `json:"rank"`
	Best    *int                    `json:"bestRank"` // with scores in all gaps
	Worst   *int                    `json:"worstRank"`
	Score   ratio.Ratio             `json:"score"`
	Known   ratio.Ratio             `json:"scoredShare"` // of all weight
	Missing []string                `json:"missing"`
	Scores  []scoreData             `json:"scores"`
	Plan    *money.Amount           `json:"plan"`    // of the years
	PlanSum *money.Amount           `json:"planSum"` // with all that is taken before it
	Money   *string                 `json:"moneyLine"`
	People  *string                 `json:"peopleLine"`
	Demand  []demandData            `json:"demand"` // null where it is not known
	Short   []lackData              `json:"short"`
	Before  *beforeData             `json:"before"` // null without a baseline
}

type scoreData struct {
	Criterion    string         `json:"criterion"`
	Score        *money.Decimal `json:"score"`
	Contribution ratio.Ratio    `json:"contribution"` // to the score; they sum to it
}

type demandData struct {
	Role string               `json:"role"`
	FTE  []staffing.FTEMonths `json:"fteMonths"`
}

type lackData struct {
	Role   string             `json:"role"`
	Period string             `json:"period"`
	Demand staffing.FTEMonths `json:"demand"`
	Supply staffing.FTEMonths `json:"supply"`
	Short  staffing.FTEMonths `json:"short"`
}

type moneyData struct {
	Budget       money.Amount  `json:"budget"`
	Completed    *money.Amount `json:"completed"` // planned for programs that are completed, and taken first
	Taken        *money.Amount `json:"taken"`
	Left         *money.Amount `json:"left"`
	Cut          *string       `json:"cut"` // the first program below the line
	Lacks        *money.Amount `json:"lacks"`
	Unsettled    *string       `json:"unsettled"`
	RunningBelow []string      `json:"runningBelow"`
	WouldFit     []string      `json:"wouldFit"` // into what is left
}

type peopleData struct {
	Roles        []roleData         `json:"roles"`
	Cut          *string            `json:"cut"`
	Short        []lackData         `json:"short"` // of what, of the first program below the line
	Unsettled    *string            `json:"unsettled"`
	Over         []lackData         `json:"over"` // what programs that are kept are short of
	RunningBelow []string           `json:"runningBelow"`
	WouldFit     []string           `json:"wouldFit"`
	Unroled      staffing.FTEMonths `json:"unroled"` // asked of teams, without a role
}

type roleData struct {
	Role    string               `json:"role"`
	Supply  []staffing.FTEMonths `json:"supply"`
	Planned []staffing.FTEMonths `json:"planned"` // null where it is not known
	Demand  []staffing.FTEMonths `json:"demand"`  // of programs above the line
	Left    []staffing.FTEMonths `json:"left"`
}

type beforeData struct {
	Rank        *int           `json:"rank"`
	RankChange  *int           `json:"rankChange"` // above 0: further up
	Score       ratio.Ratio    `json:"score"`
	ScoreChange ratio.Ratio    `json:"scoreChange"`
	ByWeights   ratio.Ratio    `json:"byWeights"` // the two sum to the change
	ByScores    ratio.Ratio    `json:"byScores"`
	Scores      []rescoredData `json:"scores"` // those that differ
	Reason      *string        `json:"reason"` // why the rank or the score is another one
}

type rescoredData struct {
	Criterion string         `json:"criterion"`
	Before    *money.Decimal `json:"before"`
	After     *money.Decimal `json:"after"`
}

// changeData is what differs from the baseline: of a change of weights or scores the state
// right before it.
type changeData struct {
	Commit  *string      `json:"commit"` // null where it is not committed, or the baseline was named
	Named   bool         `json:"named"`  // the baseline was
	Date    *cal.Date    `json:"date"`
	Author  *string      `json:"author"`
	Subject *string      `json:"subject"`
	Weights []weightData `json:"weights"` // shares that differ
	Moved   int          `json:"moved"`
	Entered int          `json:"entered"`
	Left    []leftData   `json:"left"`
}

type weightData struct {
	Criterion string      `json:"criterion"`
	Before    ratio.Ratio `json:"before"`
	After     ratio.Ratio `json:"after"`
}

type leftData struct {
	Program string `json:"program"`
	Rank    int    `json:"rank"`
	Reason  string `json:"reason"`
}

type unknownData struct {
	Figure string `json:"figure"`
	Reason string `json:"reason"`
}
