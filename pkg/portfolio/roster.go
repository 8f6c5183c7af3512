package portfolio

import (
	"cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/source"
)

// Roster says who is employed: people written in the document, and those of a CSV
// file beside it.
type Roster struct {
	Meta       Metadata      `yaml:"-"`
	Origin     source.Origin `yaml:"-"`
	Team       string        `yaml:"team"`   // of everyone here who states none
	People     []*Person     `yaml:"people"` // and behind them those of the CSV file
	CSV        string        `yaml:"csv"`    // a path from the folder of the document
	Columns    PersonColumns `yaml:"columns"`
	DateFormat DateFormat    `yaml:"dateFormat"`
	Delimiter  Delimiter     `yaml:"delimiter"`
	Waivers    []Waiver      `yaml:"waivers"`
}

// Person is one employment of a person. Entries that share an id are employments
// of one person that do not overlap.
type Person struct {
	Roster      *Roster            `yaml:"-"` // that lists it
	Origin      source.Origin      `yaml:"-"`
	ID          string             `yaml:"id"`
	Name        string             `yaml:"name"` // default: the id
	Handles     Handles            `yaml:"handles"`
	Team        string             `yaml:"team"` // default: the roster's
	Role        string             `yaml:"role"`
	Level       string             `yaml:"level"` // the id of a level
	Location    string             `yaml:"location"`
	FTE         MilliFTE           `yaml:"fte"` // contracted part of full time, above 0; default 1
	Employment  Employment         `yaml:"employment"`
	Start       cal.Date           `yaml:"start"`       // first day
	End         cal.Date           `yaml:"end"`         // last day, inclusive; zero while the person stays
	LeaveReason LeaveReason        `yaml:"leaveReason"` // "" where not stated
	Manager     string             `yaml:"manager"`     // the id of a person
	History     []EmploymentChange `yaml:"history"`     // in the order of the file
	Waivers     []Waiver           `yaml:"waivers"`
}

// Handles are names of a person in other systems.
type Handles struct {
	GitHub string `yaml:"github"`
	GitLab string `yaml:"gitlab"`
	Email  string `yaml:"email"`
}

// EmploymentChange says what held for a person up to and including a day. A zero
// field was then as the next change, or the person, says.
type EmploymentChange struct {
	Origin   source.Origin `yaml:"-"`
	Until    cal.Date      `yaml:"until"`
	Team     string        `yaml:"team"`
	Role     string        `yaml:"role"`
	Level    string        `yaml:"level"`
	Location string        `yaml:"location"`
	FTE      MilliFTE      `yaml:"fte"`
}

// PersonColumns are the headers of the columns of a CSV file of people; "" is a
// column with the name of the field, if there is one.
type PersonColumns struct {
	ID          string `yaml:"id"`
	Name        string `yaml:"name"`
	GitHub      string `yaml:"github"`
	GitLab      string `yaml:"gitlab"`
	Email       string `yaml:"email"`
	Team        string `yaml:"team"`
	Role        string `yaml:"role"`
	Level       string `yaml:"level"`
	Location    string `yaml:"location"`
	FTE         string `yaml:"fte"`
	Employment  string `yaml:"employment"`
	Start       string `yaml:"start"`
	End         string `yaml:"end"`
	LeaveReason string `yaml:"leaveReason"`
	Manager     string `yaml:"manager"`
}

// Employment is how a person is employed.
type Employment string

// The forms of employment; the default is Employee.
const (
	Employee   Employment = "employee"
	Contractor Employment = "contractor"
	Intern     Employment = "intern"
)

// LeaveReason is why a person left.
type LeaveReason string

// The reasons; attrition reports them apart.
const (
	Voluntary   LeaveReason = "voluntary"
	Involuntary LeaveReason = "involuntary"
	LeftOther   LeaveReason = "other"
)

func (r *Roster) defaults() {
	r.DateFormat = cmp.Or(r.DateFormat, DashedYMD)
	for _, p := range r.People {
		r.complete(p)
	}
}

// complete fills what is not stated for a person.
func (r *Roster) complete(p *Person) {
	p.Name = cmp.Or(p.Name, p.ID)
	p.Team = cmp.Or(p.Team, r.Team)
	p.FTE = cmp.Or(p.FTE, FullTime)
	p.Employment = cmp.Or(p.Employment, Employee)
}
