package portfolio

import (
	"maps"
	"slices"
)

// resolve checks every reference by name.
func (a *assembler) resolve() {
	r := a.registry()
	for _, t := range a.s.Teams {
		subject := named("team/" + t.Meta.Name)
		a.ref(&r.team, t.Parent, in(t.Origin, "parent"), subject)
		a.ref(&r.person, t.Lead, in(t.Origin, "lead"), subject)
	}
	for _, roster := range a.s.Rosters {
		a.ref(&r.team, roster.Team, in(roster.Origin, "team"), named("roster/"+roster.Meta.Name))
		for _, p := range roster.People {
			a.resolvePerson(r, roster, p)
		}
	}
	for _, p := range a.s.Programs {
		a.resolveProgram(r, p)
	}
	for _, b := range a.s.Budgets {
		a.ref(&r.team, b.Team, in(b.Origin, "team"), named("budget/"+b.Meta.Name))
	}
	for _, p := range a.s.Plans {
		a.resolvePlan(r, p)
	}
	for _, l := range a.s.Ledgers {
		subject := named("ledger/" + l.Meta.Name)
		a.ref(&r.program, l.Program, in(l.Origin, "program"), subject)
		a.ref(&r.team, l.Team, in(l.Origin, "team"), subject)
		for _, h := range l.Hours {
			a.ref(&r.person, h.Person, in(h.Origin, "person"), subject)
		}
	}
	for _, v := range a.s.Reviews {
		a.resolveReview(r, v)
	}
	for _, s := range a.s.Surveys {
		a.ref(&r.program, s.Program, in(s.Origin, "program"), named("survey/"+s.Meta.Name))
	}
	for _, g := range a.s.Goals {
		a.ref(&r.person, g.Person, in(g.Origin, "person"), named("goals/"+g.Meta.Name))
	}
	for _, m := range a.s.Roadmaps {
		for _, o := range m.Objectives {
			a.party(r, o.Owner, in(o.Origin, "owner"), named("roadmap/"+m.Meta.Name+"/objective/"+o.ID))
		}
	}
	for i := range a.s.Config.RateCard {
		rate := &a.s.Config.RateCard[i]
		a.ref(&r.level, rate.Level, in(rate.Origin, "level"), named("portfolio/"+a.s.Config.Meta.Name))
	}
}

func (a *assembler) resolvePerson(r *registry, roster *Roster, p *Person) {
	subject := named("roster/" + roster.Meta.Name + "/person/" + p.ID)
	if p.Team != roster.Team {
		a.ref(&r.team, p.Team, in(p.Origin, "team"), subject)
	}
	a.ref(&r.level, p.Level, in(p.Origin, "level"), subject)
	a.ref(&r.person, p.Manager, in(p.Origin, "manager"), subject)
	for _, h := range p.History {
		a.ref(&r.team, h.Team, in(h.Origin, "team"), subject)
		a.ref(&r.level, h.Level, in(h.Origin, "level"), subject)
	}
}

func (a *assembler) resolveProgram(r *registry, p *Program) {
	a.ref(&r.team, p.Team, in(p.Origin, "team"), p.Subject)
	a.party(r, p.Owner, in(p.Origin, "owner"), p.Subject)
	a.ref(&r.theme, p.Theme, in(p.Origin, "theme"), p.Subject)
	for i, id := range p.Objectives {
		a.ref(&r.objective, id, in(p.Origin, "objectives").nth(i), p.Subject)
	}
	for _, id := range slices.Sorted(maps.Keys(p.Priority.Scores)) {
		a.ref(&r.criterion, id, in(p.Origin, "priority", "scores").key(id), p.Subject)
	}
	for _, h := range p.Stakeholders {
		a.ref(&r.person, h.Person, in(h.Origin, "person"), p.Subject)
	}
	for _, m := range p.Milestones {
		a.party(r, m.Owner, in(m.Origin, "owner"), m.Subject)
		a.ref(&r.team, m.Team, in(m.Origin, "team"), m.Subject)
		for i := range m.DependsOn {
			d := &m.DependsOn[i]
			d.Target = a.milestone(r, p, d.On, in(m.Origin, "dependsOn").nth(i), m.Subject)
		}
	}
	for _, l := range p.Staffing {
		a.ref(&r.person, l.Person, in(l.Origin, "person"), p.Subject)
		a.ref(&r.team, l.Team, in(l.Origin, "team"), p.Subject)
		a.ref(&r.level, l.Level, in(l.Origin, "level"), p.Subject)
		a.milestone(r, p, l.Milestone, in(l.Origin, "milestone"), p.Subject)
	}
	if p.Budget != nil {
		for _, l := range p.Budget.Lines {
			a.milestone(r, p, l.Milestone, in(l.Origin, "milestone"), func() string { return p.Subject() + "/line/" + l.ID })
		}
	}
	for _, k := range p.Risks {
		a.party(r, k.Owner, in(k.Origin, "owner"), func() string { return p.Subject() + "/risk/" + k.ID })
	}
}

func (a *assembler) resolvePlan(r *registry, p *HeadcountPlan) {
	a.ref(&r.team, p.Team, in(p.Origin, "team"), named("headcountplan/"+p.Meta.Name))
	for _, s := range p.Positions {
		subject := named("headcountplan/" + p.Meta.Name + "/position/" + s.ID)
		if s.Team != p.Team {
			a.ref(&r.team, s.Team, in(s.Origin, "team"), subject)
		}
		a.ref(&r.level, s.Level, in(s.Origin, "level"), subject)
		a.ref(&r.person, s.Backfills, in(s.Origin, "backfills"), subject)
		if s.Status == PositionFilled || s.Status == PositionCancelled { // else it is a candidate, who is in no roster
			a.ref(&r.person, s.Person, in(s.Origin, "person"), subject)
		}
		for _, stage := range slices.Sorted(maps.Keys(s.Pipeline)) {
			a.ref(&r.stage, stage, in(s.Origin, "pipeline").key(stage), subject)
		}
	}
}

func (a *assembler) resolveReview(r *registry, v *Review) {
	subject := named("review/" + v.Meta.Name)
	a.ref(&r.program, v.Program, in(v.Origin, "program"), subject)
	a.ref(&r.cadence, v.Cadence, in(v.Origin, "cadence"), subject)
}
