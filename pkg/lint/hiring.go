package lint

import (
	"fmt"
	"maps"
	"slices"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/pkg/portfolio"
)

var pipelineCounts = &Rule{
	Rule: diag.Rule{Code: "HC007", Name: "pipeline-counts", Summary: "The candidates at a stage of hiring do not add up", Severity: diag.Error},
	Check: func(p *Pass) {
		var stages []string
		for _, s := range p.Config.HiringStages {
			stages = append(stages, s.ID)
		}
		ordered := len(stages) > 0
		for x := range p.positions() {
			if len(x.Pipeline) == 0 {
				continue
			}
			if !ordered {
				stages = slices.Sorted(maps.Keys(x.Pipeline))
			}
			checkPipeline(p, x, stages, ordered)
		}
	},
}

// checkPipeline holds that nobody left a stage, or came to the next, who was not
// there. Stages that a pipeline does not state were not counted. Between stages
// without an order nothing is compared.
func checkPipeline(p *Pass, x position, stages []string, ordered bool) {
	before := ""
	for _, stage := range stages {
		n, counted := x.Pipeline[stage]
		if !counted {
			continue
		}
		if left := n.Passed + n.Declined + n.Withdrawn; left > n.Entered {
			p.Report(Finding{
				At: x.Origin.At("pipeline", stage), Subject: x.subject(), Key: stage + " left",
				Message: fmt.Sprintf("position %q counts %s who entered %q, and %d who left it", x.ID, candidates(n.Entered), stage, left),
				Detail:  "those who passed, were declined and withdrew are part of those who entered",
			})
		}
		if from := x.Pipeline[before]; before != "" && n.Entered > from.Passed {
			p.Report(Finding{
				At: x.Origin.At("pipeline", stage), Subject: x.subject(), Key: stage + " entered",
				Message: fmt.Sprintf("position %q counts %s who entered %q, and %d who passed %q before it", x.ID, candidates(n.Entered), stage, from.Passed, before),
				Detail:  "count who skipped a stage as passed there, or correct the counts",
			}, place{x.Origin.At("pipeline", before), "the stage before"})
		}
		if ordered {
			before = stage
		}
	}
}

func candidates(n int) string {
	if n == 1 {
		return "1 candidate"
	}
	return fmt.Sprintf("%d candidates", n)
}

var positionDates = &Rule{
	Rule: diag.Rule{Code: "HC009", Name: "position-dates", Summary: "Dates of a position contradict each other, or its status", Severity: diag.Error},
	Check: func(p *Pass) {
		for x := range p.positions() {
			if x.Status != portfolio.PositionCancelled {
				checkDates(p, x)
			}
		}
	},
}

// checkDates reports what of the dates of a position cannot all be so.
func checkDates(p *Pass, x position) {
	filled := x.Status == portfolio.PositionFilled
	if !filled && !x.Start.IsZero() {
		p.Report(Finding{
			At: x.Origin.At("start"), Subject: x.subject(), Key: "status",
			Message: fmt.Sprintf("position %q is %s, but somebody started in it on %s", x.ID, x.Status, x.Start),
			Detail:  "set status: filled with person:, or delete start:; when somebody is expected is for expectedStart: to say",
		}, place{x.Origin.At("status"), "the status is here"})
	}
	if x.OpenedOn.IsZero() {
		return
	}
	if x.OpenedOn.After(p.AsOf) && (filled || x.Status == portfolio.PositionOpen || x.Status == portfolio.PositionOffered) {
		p.Report(Finding{
			At: x.Origin.At("openedOn"), Subject: x.subject(), Key: "openedOn",
			Message: fmt.Sprintf("position %q is %s, but was opened on %s, after today (%s)", x.ID, x.Status, x.OpenedOn, p.AsOf),
			Detail:  "openedOn: is a fact: correct it, or leave the status at planned or approved until then",
		}, place{x.Origin.At("status"), "the status is here"})
	}
	start, field, verb := x.Start, "start", "started"
	if !filled {
		start, field, verb = x.ExpectedStart, "expectedStart", "is expected"
	}
	if !start.IsZero() && start.Before(x.OpenedOn) {
		p.Report(Finding{
			At: x.Origin.At(field), Subject: x.subject(), Key: "order",
			Message: fmt.Sprintf("position %q: somebody %s on %s, before it was opened (%s)", x.ID, verb, start, x.OpenedOn),
			Detail:  "correct one of the two; time to fill counts from openedOn:",
		}, place{x.Origin.At("openedOn"), "opened here"})
	}
}

var positionUndated = &Rule{
	Rule: diag.Rule{Code: "HC013", Name: "position-undated", Summary: "A position is filled or open, but not said since when", Severity: diag.Warning},
	Check: func(p *Pass) {
		for x := range p.positions() {
			status := x.Status
			switch {
			case status == portfolio.PositionFilled && x.Start.IsZero():
				p.Report(Finding{
					At: x.Origin.At("status"), Subject: x.subject(), Key: "start",
					Message: fmt.Sprintf("position %q is filled, but does not say since when", x.ID),
					Detail:  "add start: with the first day of the person in this seat; slip, saving and time to fill need it",
				})
			case (status == portfolio.PositionOpen || status == portfolio.PositionOffered) && x.OpenedOn.IsZero():
				p.Report(Finding{
					At: x.Origin.At("status"), Subject: x.subject(), Key: "openedOn",
					Message: fmt.Sprintf("position %q is %s, but does not say since when", x.ID, status),
					Detail:  "add openedOn: with the day on which the search began; time to fill counts from it",
				})
			case status.InPlan() && x.OpenedOn.IsZero() && entered(x.Pipeline) > 0:
				p.Report(Finding{
					At: x.Origin.At("pipeline"), Subject: x.subject(), Key: "openedOn",
					Message: fmt.Sprintf("position %q counts %s, but was never opened", x.ID, candidates(entered(x.Pipeline))),
					Detail:  "add openedOn: with the day on which the search began; time to fill counts from it",
				})
			}
		}
	},
}

// entered is how many candidates there are: the most that a stage saw.
func entered(pipeline map[string]portfolio.StageCounts) int {
	most := 0
	for _, n := range pipeline {
		most = max(most, n.Entered)
	}
	return most
}

var conflictingAttrition = &Rule{
	Rule: diag.Rule{Code: "HC012", Name: "conflicting-attrition", Summary: "Two plans of one team and fiscal year expect different attrition", Severity: diag.Warning},
	Check: func(p *Pass) {
		type key struct {
			team string
			year cal.FiscalYear
		}
		stated := map[key]*portfolio.HeadcountPlan{}
		for plan := range p.plans() {
			if plan.Attrition == nil {
				continue
			}
			k := key{plan.Team, plan.FiscalYear}
			other := stated[k]
			if other == nil {
				stated[k] = plan
				continue
			}
			if other.Attrition.AnnualRate == plan.Attrition.AnnualRate {
				continue
			}
			p.Report(Finding{
				At: plan.Origin.At("attrition", "annualRate"), Subject: planSubject(plan), Key: other.Meta.Name,
				Message: fmt.Sprintf("headcount plan %q expects %s attrition, and %q of the same team and %s expects %s",
					plan.Meta.Name, plan.Attrition.AnnualRate, other.Meta.Name, plan.FiscalYear, other.Attrition.AnnualRate),
				Detail: "state the rate once for a team and a fiscal year",
			}, place{other.Origin.At("attrition", "annualRate"), "the other rate"})
		}
	},
}
