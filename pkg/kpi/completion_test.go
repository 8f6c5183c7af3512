package kpi

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/progctl/progctl/pkg/group"
)

// Misses are by how late they are, against both baselines at once only where all is alike.
func TestListed(t *testing.T) {
	s := snapshot(t, config,
		program("a", "status: completed, due: 2026-06-30, completed: 2026-07-10"),
		program("b", "status: active, due: 2026-06-30"),
		program("c", "status: completed, due: 2026-06-30, completed: 2026-06-30"),
		program("d", "status: active, due: 2027-01-15"))
	inputs := []Input{
		input(s, "a", "2026-06-30", "2026-06-30", 0, 0), input(s, "b", "2026-06-30", "2026-08-31", 0, 0),
		input(s, "c", "2026-06-30", "2027-06-30", 0, 100), input(s, "d", "2027-01-15", "2027-01-15", 0, 0),
	}
	c := Analyse(s, inputs, options(s)).Total.Completion
	var got []string
	for _, x := range append(c.misses(), c.leftOut(baselines[:]...)...) {
		got = append(got, strings.Join([]string{x.Program, strings.Join(names(x.Forms), "+"), strings.Join(names(x.Baselines), "+"), x.Reason}, " | "))
	}
	want := []string{
		"b | due | original | still open, late by 146 days", "b | due | approved | still open, late by 84 days",
		"a | closed+due | original+approved | late by 10 days",
		"c | closed+due | original | over budget by 1.00 USD, of none", "c | closed | approved | over budget by 1.00 USD, of none",
		"d | due | original+approved | not due yet: 2027-01-15",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	got = nil
	for _, v := range c.Rate(Original, Due).Misses {
		got = append(got, v.Program)
	}
	if diff := cmp.Diff([]string{"b", "a", "c"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Subtotals are of programs, not of rates.
func TestSubtotals(t *testing.T) {
	s := snapshot(t, config, teams,
		program("a", "team: sre, status: completed, due: 2026-06-30, completed: 2026-06-30"),
		program("b", "team: web, status: completed, due: 2026-06-30, completed: 2026-07-30"),
		program("c", "team: web, status: completed, due: 2026-06-30, completed: 2026-07-30"))
	var inputs []Input
	for _, p := range s.Programs {
		inputs = append(inputs, Input{Program: p, Original: p.Due, Approved: p.Due})
	}
	var got []string
	for _, row := range Analyse(s, inputs, options(s, group.ByTeam)).groupTable().Rows {
		got = append(got, row.Cells[0].Text+": "+row.Cells[1].Text)
	}
	if diff := cmp.Diff([]string{"all: 1 of 3, 33.3%", "  sre: 1 of 1, 100.0%", "  web: 0 of 2, 0.0%"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
