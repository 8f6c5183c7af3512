package portfolio

import (
	"cmp"
	"fmt"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/source"
)

// Review is the minutes of a review that took place, of a program or in a cadence.
type Review struct {
	Meta      Metadata      `yaml:"-"`
	Origin    source.Origin `yaml:"-"`
	Program   string        `yaml:"program"`
	Cadence   string        `yaml:"cadence"` // the id of a cadence of the portfolio
	Date      cal.Date      `yaml:"date"`
	Attendees []string      `yaml:"attendees"`
	Decisions []*Decision   `yaml:"decisions"`
	Actions   []*Action     `yaml:"actions"`
	Notes     string        `yaml:"notes"`
	Waivers   []Waiver      `yaml:"waivers"`
}

// Decision is something that a review decided.
type Decision struct {
	Origin  source.Origin `yaml:"-"`
	ID      string        `yaml:"id"`
	Title   string        `yaml:"title"`
	Outcome string        `yaml:"outcome"`
	Owner   string        `yaml:"owner"`
	Waivers []Waiver      `yaml:"waivers"`
}

// Action is something that a review asked someone to do.
type Action struct {
	Origin  source.Origin `yaml:"-"`
	ID      string        `yaml:"id"`
	Title   string        `yaml:"title"`
	Owner   string        `yaml:"owner"`
	Due     cal.Date      `yaml:"due"` // the last day to do it; zero where there is none
	Done    Done          `yaml:"done"`
	Waivers []Waiver      `yaml:"waivers"`
}

// Done says whether something was done, and on which day where that is known. It
// is written as a date, true or false.
type Done struct {
	Is bool
	On cal.Date // zero where nobody knows the day
}

// ParseText reads a date, "true" or "false".
func (d *Done) ParseText(text string) error {
	*d = Done{}
	switch text {
	case "true":
		d.Is = true
	case "false":
	default:
		on, err := cal.ParseDate(text)
		if err != nil {
			return fmt.Errorf("%s is neither the date on which it was done nor true", quote(text))
		}
		*d = Done{Is: true, On: on}
	}
	return nil
}

func (r *Review) defaults() {
	for _, d := range r.Decisions {
		d.Title = cmp.Or(d.Title, d.ID)
	}
	for _, a := range r.Actions {
		a.Title = cmp.Or(a.Title, a.ID)
	}
}
