package portfolio

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/schema"
)

// defaulter is a document.
type defaulter interface{ defaults() }

func TestDefaults(t *testing.T) {
	p := NewPortfolio()
	if p.Currency != "USD" || p.FiscalYear != (FiscalYear{StartMonth: 1, NamedBy: NamedByEnd}) {
		t.Errorf("portfolio: %s, %+v", p.Currency, p.FiscalYear)
	}

	program := &Program{
		Milestones: []*Milestone{
			{ID: "a", DependsOn: []Dependency{{On: "b"}, {On: "c", Type: FinishToFinish}}},
			{ID: "b", Title: "B", Completed: cal.MustDate("2026-10-28"), Status: MilestoneInProgress},
			{ID: "c", Completed: cal.MustDate("2026-10-28"), Status: MilestoneCancelled},
			{ID: "d", Status: MilestoneDone},
		},
		Budget: &ProgramBudget{Currency: "EUR", Lines: []*BudgetLine{{ID: "x"}, {ID: "y", Currency: "USD", Spread: Spread{Curve: SpreadBack}}}},
	}
	program.defaults()
	for i, want := range []MilestoneStatus{MilestonePlanned, MilestoneDone, MilestoneCancelled, MilestoneDone} {
		if m := program.Milestones[i]; m.Status != want {
			t.Errorf("milestone %s is %s, want %s", m.ID, m.Status, want)
		}
	}
	a := program.Milestones[0]
	if a.Title != "a" || program.Milestones[1].Title != "B" || a.DependsOn[0].Type != FinishToStart || a.DependsOn[1].Type != FinishToFinish {
		t.Errorf("milestone: %+v", a)
	}
	x, y := program.Budget.Lines[0], program.Budget.Lines[1]
	if x.Currency != "EUR" || x.Spread.Curve != SpreadEven || y.Currency != "USD" || y.Spread.Curve != SpreadBack {
		t.Errorf("budget lines: %+v, %+v", x, y)
	}

	roster := &Roster{Team: "tpm", People: []*Person{{ID: "ada"}, {ID: "kim", Team: "sre", FTE: 800, Employment: Contractor}}}
	roster.defaults()
	if ada := roster.People[0]; ada.Name != "ada" || ada.Team != "tpm" || ada.FTE != FullTime || ada.Employment != Employee {
		t.Errorf("person: %+v", ada)
	}
	if kim := roster.People[1]; kim.Team != "sre" || kim.FTE != 800 || kim.Employment != Contractor {
		t.Errorf("person: %+v", kim)
	}
}

// TestDefaultsOfPolicy holds the policy's defaults to what its schema tells editors.
func TestDefaultsOfPolicy(t *testing.T) {
	var s struct {
		Defs map[string]struct {
			Properties map[string]struct{ Default any }
		} `json:"$defs"`
	}
	text, _ := schema.Source("Portfolio")
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	policy := NewPortfolio().Policy
	told := 0
	for i := range reflect.TypeOf(policy).NumField() {
		f := reflect.TypeOf(policy).Field(i)
		want := s.Defs["policy"].Properties[f.Tag.Get("yaml")].Default
		if want == nil {
			continue
		}
		told++
		got := reflect.Indirect(reflect.ValueOf(policy).Field(i)).Interface()
		text, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		var spelled any
		if err := json.Unmarshal(text, &spelled); err != nil {
			t.Fatal(err)
		}
		if spelled != want {
			t.Errorf("%s is %v, and the schema says %v", f.Name, spelled, want)
		}
	}
	if told < 9 {
		t.Errorf("the schema tells %d defaults of the policy", told)
	}
}

func TestDefaultsTwice(t *testing.T) {
	for kind, goType := range documents {
		once, twice := reflect.New(goType), reflect.New(goType)
		once.Interface().(defaulter).defaults()
		twice.Interface().(defaulter).defaults()
		twice.Interface().(defaulter).defaults()
		if !reflect.DeepEqual(once.Interface(), twice.Interface()) {
			t.Errorf("%s: defaults applied twice differ from once", kind)
		}
	}
}
