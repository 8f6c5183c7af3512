package risk

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/group"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
	"github.com/progctl/progctl/pkg/ratio"
)

// data is the data of the JSON report risks. What is unknown is null.
type data struct {
	Currency  money.Currency `json:"currency"`
	Subtree   bool           `json:"subtree"`
	Risks     []riskData     `json:"risks"` // all that are chosen, closed ones too
	Total     *exposureData  `json:"total"`
	Groups    []groupData    `json:"groups"` // with --by
	Responses []responseData `json:"responses"`
	Occurred  *exposureData  `json:"occurred"` // by impact
	Reviews   reviewsData    `json:"reviews"`
	Heat      heatsData      `json:"heat"`
	Trend     *trendData     `json:"trend"` // null without a baseline
	Partial   []string       `json:"partial"`
	Unknown   []unknownData  `json:"unknown"`
}

type riskData struct {
	Risk        string                  `json:"risk"` // program/id
	Program     string                  `json:"program"`
	ID          string                  `json:"id"`
	Title       string                  `json:"title"`
	Status      portfolio.RiskStatus    `json:"status"`
	Of          portfolio.ProgramStatus `json:"programStatus"`
	Counts      bool                    `json:"counts"` // it is open, and so is its program
	Response    *portfolio.RiskResponse `json:"response"`
	Owner       *string                 `json:"owner"`
	Team        *string                 `json:"team"`
	Theme       *string                 `json:"theme"`
	Probability *portfolio.Percent      `json:"probability"`
	Impact      impactData              `json:"impact"`
	Exposure    impactExposureData      `json:"exposure"`
	ReviewBy    *cal.Date               `json:"reviewBy"`
	Late        *cal.Days               `json:"reviewLateDays"` // null where there is none to be held
	Unknown     []string                `json:"costUnknown"`    // why a cost that is stated is not known
	Change      *moveData               `json:"change"`
}

type impactData struct {
	Days *int          `json:"days"`
	Cost *money.Amount `json:"cost"`
}

type impactExposureData struct {
	Days ratio.Ratio   `json:"days"`
	Cost *money.Amount `json:"cost"`
}

// exposureData is a sum: of days of so many risks, of cost of so many.
type exposureData struct {
	Risks  int           `json:"risks"`
	Late   int           `json:"reviewsPastDue"`
	Days   ratio.Ratio   `json:"days"`
	DaysOf int           `json:"daysOf"`
	Cost   *money.Amount `json:"cost"`
	CostOf int           `json:"costOf"`
}

type groupData struct {
	Key group.Object `json:"key"`
	exposureData
	Before *exposureData `json:"before"`
}

type responseData struct {
	Response *portfolio.RiskResponse `json:"response"`
	exposureData
}

type reviewsData struct {
	PastDue []string `json:"pastDue"`
	DueSoon []string `json:"dueSoon"`
	NoDate  []string `json:"noDate"`
}

type heatsData struct {
	Cost []heatData `json:"cost"`
	Days []heatData `json:"days"`
}

// heatData is a cell with risks in it.
type heatData struct {
	Probability *string  `json:"probability"` // null is not known
	Impact      *string  `json:"impact"`
	Risks       []string `json:"risks"`
}

type trendData struct {
	Before exposureData `json:"before"`
	Steps  []stepData   `json:"steps"` // before and the steps sum to the total
	Moves  []moveData   `json:"moves"`
}

type stepData struct {
	Kind  Kind          `json:"kind"`
	Risks int           `json:"risks"`
	Days  ratio.Ratio   `json:"days"`
	Cost  *money.Amount `json:"cost"`
}

// moveData is what became of a risk. Days and cost are by how much its exposure is more.
type moveData struct {
	Risk   string             `json:"risk"`
	Kind   Kind               `json:"kind"`
	Days   ratio.Ratio        `json:"days"`
	Cost   money.Amount       `json:"cost"`
	Before impactExposureData `json:"before"`
	After  impactExposureData `json:"after"`
	Why    []string           `json:"why"`
}

type unknownData struct {
	Figure string `json:"figure"`
	Reason string `json:"reason"`
}
