package schedule

import (
	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/portfolio"
)

// View says what of an analysis to show. What is shown is computed with all the rest.
type View struct {
	// Shows chooses milestones, and with them their programs; nil shows all.
	Shows func(*portfolio.Milestone) bool
	// All shows in texts what is done, too.
	All bool
	// Detail draws all that is open, not critical paths alone.
	Detail bool
	// Before is what to compare with; nil compares with nothing.
	Before *Analysis
	// Sheets adds tables for spreadsheets and databases.
	Sheets bool
}

// selection is what a view shows.
type selection struct {
	activities []*Activity
	programs   []*ProgramPath
	circular   []*portfolio.Milestone
	in         map[*portfolio.Milestone]bool
	of         map[*portfolio.Program][]*Activity
}

func (a *Analysis) chosen(v View) selection {
	s := selection{in: map[*portfolio.Milestone]bool{}, of: map[*portfolio.Program][]*Activity{}}
	for _, x := range a.Activities {
		if v.Shows == nil || v.Shows(x.Milestone) {
			s.activities = append(s.activities, x)
			s.in[x.Milestone] = true
			s.of[x.Milestone.Program] = append(s.of[x.Milestone.Program], x)
		}
	}
	for _, p := range a.Programs {
		if len(s.of[p.Program]) > 0 {
			s.programs = append(s.programs, p)
		}
	}
	for _, m := range a.Circular {
		if v.Shows == nil || v.Shows(m) {
			s.circular = append(s.circular, m)
		}
	}
	return s
}

// slip is on which day an activity finished in what the view compares with, and by how
// many calendar days that is another one; nil where it is not known.
func (v View) slip(x *Activity) (was *cal.Date, days *int) {
	if v.Before == nil {
		return nil, nil
	}
	if before := v.Before.Activity(x.Milestone.Ref()); before != nil {
		return &before.Finish, new(int(x.Finish.Sub(before.Finish)))
	}
	return nil, nil
}

func (v View) programSlip(p *ProgramPath) (was *cal.Date, days *int) {
	if v.Before == nil {
		return nil, nil
	}
	if before := v.Before.Program(p.Program.Meta.Name); before != nil {
		return &before.Finish, new(int(p.Finish.Sub(before.Finish)))
	}
	return nil, nil
}
