package portfolio

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/source"
)

// Risk is something that may go wrong in a program.
type Risk struct {
	Origin      source.Origin `yaml:"-"`
	ID          string        `yaml:"id"`
	Title       string        `yaml:"title"`
	Probability *Percent      `yaml:"probability"` // nil where nobody has judged it
	Impact      *Impact       `yaml:"impact"`
	Response    RiskResponse  `yaml:"response"`
	Owner       string        `yaml:"owner"` // a person or a team
	Status      RiskStatus    `yaml:"status"`
	ReviewBy    cal.Date      `yaml:"reviewBy"` // the last day to look at it again
	Waivers     []Waiver      `yaml:"waivers"`
}

// Impact is what a risk costs if it occurs.
type Impact struct {
	Days *DayCount      `yaml:"days"`
	Cost *money.Decimal `yaml:"cost"` // in the currency of the program's budget
}

// RiskResponse is what is done about a risk; "" is not decided.
type RiskResponse string

// The responses.
const (
	AvoidRisk    RiskResponse = "avoid"
	MitigateRisk RiskResponse = "mitigate"
	TransferRisk RiskResponse = "transfer"
	AcceptRisk   RiskResponse = "accept"
)

// RiskStatus says whether a risk may still occur.
type RiskStatus string

// The statuses of risks; the default is RiskOpen.
const (
	RiskOpen     RiskStatus = "open"
	RiskClosed   RiskStatus = "closed"
	RiskOccurred RiskStatus = "occurred"
)
