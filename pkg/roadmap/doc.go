// Package roadmap knows where a portfolio is going over several fiscal years: its themes,
// the programs that join them, the objectives they serve, and how the money is split
// between themes, as planned and as it is. It must not know flags or formats, nor where
// baselines come from.
//
// # Years
//
// The years are those that are asked for, else from the first to the last year of the
// horizons of all roadmaps, else the fiscal year of as-of.
//
// # Investment
//
// Planned is the share that a theme states for a fiscal year. A theme that states none
// for a year is planned to have 0% of it where some other theme states one, and is not
// planned at all (unknown) where none does. Themes of one id in several roadmaps are one,
// and their shares add up.
//
// Actual is the plan of the programs of the theme in the year ÷ the plan of all programs
// in it, exactly: people and budget lines, contingency apart, of programs that validate
// and are not cancelled. Programs that join no theme have a share of their own, for which
// nothing is planned. A year in which nothing is planned to be spent has no shares, and
// neither has one in which some of the money is not known. With a selector the programs
// are those that it chooses, and all of them are 100%.
//
// # Programs and objectives
//
// A program goes on to its finish, as package slip has it: completed, else due, else
// as-of where that has passed. An objective is late where a program that serves it, and is
// not cancelled, finishes after the last day of its quarter. That programs have finished
// does not make it achieved: its key results say that.
package roadmap
