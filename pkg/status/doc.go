// Package status puts together how a portfolio stands: what needs attention first, how
// healthy each program is, what is next, money, people and reviews. It knows the results
// of the analyses below it and adds no figure of its own, only the judgement; it must not
// know revisions, flags or formats.
//
// # Health
//
// Health is derived and never typed in. A program that is approved, active or paused is
// red for any of
//
//   - a milestone, or the program itself, is overdue, and no waiver of MS001 holds for it;
//   - the program finishes later than its approved baseline, by more than slipTolerance,
//     and no waiver of MS013 holds;
//   - its forecast at completion is above its plan, by more than budgetTolerance, and no
//     waiver of BUD002 holds;
//   - SPI or CPI is below 0.9;
//   - check finds an error, of a rule that no other line here is about;
//
// else yellow for any of
//
//   - something is overdue, finishes late or is over its plan as above, and a waiver of
//     the rule on that holds for it;
//   - an open milestone finishes later than its approved baseline, by more than
//     slipTolerance, or is forecast later than it is due;
//   - SPI or CPI is below 1;
//   - an open risk is past the day of its review;
//   - a review was missed since the last one that was held;
//
// else green. Indices are compared before they are rounded, and those of a program that
// has earned nothing and had to earn nothing yet are no reason. What is not known is no
// reason either, but it is said: a program is then at least as bad as its health. A
// program that is proposed, completed or cancelled is not judged.
//
// What its owner states stands beside it. Where the two differ, they contradict each
// other, whichever is worse: either the owner or the files know something that the other
// does not.
//
// # Attention
//
// What needs attention is ranked by severity, then by the day by which it was or is to be
// done, the earliest first and what has no day last, then by size in days, the largest
// first, then by name. What is of one sort in one program is one item, so that a single
// program does not fill the list.
//
// High is what is broken and nobody has accepted: overdue dates, a forecast above the
// tolerance, SPI or CPI below 0.9, errors of check. Medium is what is about to break, or
// is accepted for now: dates forecast late, what is overdue under a waiver (by the day on
// which it ends), SPI or CPI below 1, warnings about links, seats and people. Low is what
// is left undone: risks not looked at again, reviews missed, actions overdue, health that
// is stated otherwise, other warnings.
package status
