// Package kpi knows two indicators of programs: completion rate, the part of them that
// was on time and within budget, and satisfaction, what stakeholders answered. It must
// not know flags or formats, nor where baselines, budgets and spend come from.
//
// # Completion rate
//
// The rate has two forms, each against the original and against the approved baseline.
// Closed is of the programs completed in a period, by the day on which they were; due is
// of those whose baseline falls in it. A program is a hit where completed ≤ baseline, both
// inclusive, and actual ≤ budget × (1 + policy.budgetTolerance), compared without rounding;
// a program with neither budget nor spend is within. The rate is hits ÷ (hits + misses),
// unknown where there is neither. The target of the portfolio is one for closed: of
// finished programs.
//
// As-of is what is known: a program with a later completed date is still open. One that is
// open on the day after its baseline, or later, is late by the days since. One whose
// baseline is as-of or later, and that is open, is not judged; one that is completed is,
// whenever it was due.
//
// One that is late is a miss whether or not its money is known: no budget makes it a hit.
// One that is completed, and nobody said when, is a miss of due once its baseline is past,
// for it cannot be shown to be in time.
//
// What cannot be judged is left out of numerator and denominator and listed with the
// reason: programs on time of which budget or spend is not known, programs that were
// cancelled, that are gone from the portfolio, that were never approved, that do not
// validate, that have no baseline, and, of closed, those completed without a date. They are
// listed where their baseline falls, else their due date; a cancelled one in all years that
// it touches.
//
// # Satisfaction
//
// CSAT is the part of scores in the top two points of the scale, max − 1 or more, of each
// dimension and of all scores together; NPS is the percentage of 9 and 10 less that of 0
// to 6 among the answers to recommend, from −100 to 100. Surveys of one program and one
// period are one. A survey counts in the period that its last day lies in. Scores outside
// of the scale are left out.
//
// A change is since the last period before that has a CSAT: of a program since the last of
// the same length; of a period both of all, and of those programs alone that have answers in
// both, for of all it may be that others were asked.
//
// Below five responses nothing but their number is shown, and below five answers nothing
// of what they are answers to. Since a figure can also be what is missing between others:
// where a dimension is not shown, the smallest other one is not either, until one of them
// has five answers; and every sum, of a period, a group or all, is of what is shown of its
// parts, and of nothing else. So whatever is asked, by whatever selector, nobody can work
// out what is not shown. There is no breakdown by the groups of respondents, and comments
// are never shown.
package kpi
