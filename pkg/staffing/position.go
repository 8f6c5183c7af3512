package staffing

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// ExpectedStart is when an unfilled position is expected to be filled: on its expected
// start, else when it is effective; where that has passed, on as-of.
func ExpectedStart(p *portfolio.Position, asOf cal.Date) cal.Date {
	start := p.ExpectedStart
	if start == 0 {
		start = p.Effective.First()
	}
	return max(start, asOf)
}
