// Package review knows when programs and the portfolio's own cadences are due to be
// reviewed, which of these reviews took place, and what they decided and asked for. It
// must not know money, findings of rules, flags or formats.
//
// A schedule is a cadence ("2 weeks on Tue") or a recurrence rule of RFC 5545, counted
// from the start of the program; that of a cadence of the portfolio from its start, or,
// where it states none, anew from the first day of each fiscal year: it is then in force
// since its first review, or since the fiscal year of the report began. What falls on a
// day that is not worked moves to the next working day, and what then falls on one day
// is one review.
//
// A Review document belongs to the review that was due nearest to its date: the last one
// that was due by then, or the next one where that is nearer. Two never belong to the
// same: the nearer keeps it, the other goes to the last one due by its date if that is
// free, else it was held beside the schedule. A review that is due before the day of a
// report and has no document was missed.
package review
