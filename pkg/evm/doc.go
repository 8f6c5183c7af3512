// Package evm knows earned value and earned schedule: what a program should have
// delivered by a day, what it has, and what that cost. It must not know where budgets
// and spend come from, git or flags.
//
// The formulas are those of PMI, Practice Standard for Earned Value Management, and of
// W. Lipke, "Schedule is Different" (2003), for earned schedule.
package evm
