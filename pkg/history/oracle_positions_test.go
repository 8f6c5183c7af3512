package history

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// oracleSeat is a version in which a position was another; says is all that it says.
type oracleSeat struct {
	commit, says string
	present      bool
}

type oraclePosition struct {
	ID, Status       string
	Effective, Start yaml.Node
	ExpectedStart    yaml.Node `yaml:"expectedStart"`
	OpenedOn         yaml.Node `yaml:"openedOn"`
	Pipeline         map[string]map[string]yaml.Node
}

var (
	monthOnly = regexp.MustCompile(`^\d{4}-\d\d$`)
	countOnly = regexp.MustCompile(`^\d+$`)
)

func (p oraclePosition) says() string {
	if monthOnly.MatchString(p.Effective.Value) {
		p.Effective.Value += "-01"
	}
	text := fmt.Sprintf("%s %s %s %s %s", p.Status, date8(p.Effective), date8(p.ExpectedStart), date8(p.Start), date8(p.OpenedOn))
	for _, stage := range slices.Sorted(maps.Keys(p.Pipeline)) {
		text += " " + stage
		for _, name := range []string{"entered", "passed", "declined", "withdrawn"} {
			count := p.Pipeline[stage][name].Value
			if !countOnly.MatchString(count) {
				count = "0"
			}
			text += "/" + count
		}
	}
	return text
}

// compareSeats adds points where a version says something else of a position than
// the one before.
func (o *oracle) compareSeats(commit string, files map[string]oracleFile) {
	now := map[string]string{}
	for _, name := range slices.Backward(slices.Sorted(maps.Keys(files))) {
		for _, d := range slices.Backward(files[name].docs) {
			for _, p := range slices.Backward(d.Spec.Positions) {
				if d.Kind == "HeadcountPlan" { // backwards, the first has the last word
					now[p.ID] = p.says()
				}
			}
		}
	}
	for id, points := range o.seats {
		if _, present := now[id]; !present && points[len(points)-1].present {
			o.seats[id] = append(points, oracleSeat{commit, points[len(points)-1].says, false})
		}
	}
	for id, says := range now {
		points := o.seats[id]
		if len(points) == 0 || !points[len(points)-1].present || points[len(points)-1].says != says {
			o.seats[id] = append(points, oracleSeat{commit, says, true})
		}
	}
}

func (o *oracle) tellSeats() (list []string) {
	for _, id := range slices.Sorted(maps.Keys(o.seats)) {
		for _, p := range o.seats[id] {
			list = append(list, fmt.Sprintf("position %s: %s %s present %v", id, p.commit, p.says, p.present))
		}
	}
	return list
}

// tellingPositions is the history of positions in the words of the oracle.
func tellingPositions(h *History) (list []string) {
	for _, t := range h.Positions() {
		for _, p := range t.Points {
			list = append(list, fmt.Sprintf("position %s: %s %s present %v", t.ID, p.Version.Commit, p.says(), p.Present))
		}
	}
	return list
}

// says is a state in one line: status, effective, expectedStart, start, openedOn,
// then the stages.
func (s PositionState) says() string {
	words := []string{s.Status}
	for _, d := range []fmt.Stringer{s.Effective, s.ExpectedStart, s.Start, s.OpenedOn} {
		words = append(words, d.String())
	}
	for _, g := range s.Stages {
		words = append(words, fmt.Sprintf("%s/%d/%d/%d/%d", g.ID, g.Entered, g.Passed, g.Declined, g.Withdrawn))
	}
	return strings.Join(words, " ")
}
