// Package hiring knows who is being hired: candidates at the stages of hiring, the
// seats that they are hired for, what a vacancy saves, and when a seat may be filled.
// It must not know flags or formats. No candidate and no person has a name here.
//
// A stated start is the start, whatever the status; a position that is cancelled or on
// hold has none. Late are positions to be filled that were budgeted for a day before
// as-of: those on hold are not.
//
// # Forecast
//
// A seat that is offered starts when the plan expects it. For one that is searched for,
// the history of the plan and the seats filled so far tell when somebody may start, by
// one of two methods.
//
// Of both, the conversion c of a stage is passed ÷ (passed + declined + withdrawn), over
// the seats of the same role where at least 5 candidates were decided at every stage,
// else over all seats where as many were, else unknown. A candidate at stage s is hired with the chance that the
// conversions from s to the last stage multiply to, q(s), whatever becomes of the others.
// With n(s) candidates in progress, expected hires are Y = Σ n(s)·q(s), and the chance
// of at least one is 1 − Π (1 − q(s))^n(s): that those in hand are enough, whenever that
// is, and not that a date holds.
//
// Method "flow" needs the mean time W(s) that candidates spend at a stage. By Little's
// law, L = λW (J. D. C. Little, "A Proof for the Queuing Formula: L = λW", Operations
// Research 9, 1961), that is the days that candidates were in progress while their
// seat was to be filled ÷ all candidates decided, both as the versions of the plan show
// them: one who comes and goes between two versions takes no time. From the last stage on, back to
// the first, candidates are counted until they make one expected hire; the times of the
// stages from there on, rounded up to a day, and the median time from the last stage to
// the first day of work are what is still to come. Where Y is below 1, further
// candidates, (1 − Y) ÷ q(first), have to enter first, at the pace at which they entered
// for this seat if it is open for 14 days, else at that of all seats; and then pass all
// stages.
//
// Method "elapsed", where anything of that was not observed, is how long a search takes
// that has gone on for as long as this one: the median of the estimate of E. L. Kaplan and
// P. Meier ("Nonparametric Estimation from Incomplete Observations", Journal of the
// American Statistical Association 53, 1958), in which seats that are still to be filled
// count for as long as they have been open; of the same role where 3 of it took longer to
// fill, else of all. Where more than half of such searches are still open, there is none.
//
// A forecast is for a working day, but for an offer, which is for the day that the plan
// states. It says on how many observations it rests: in "flow" the fewest that any factor
// has, in "elapsed" the seats that took longer to fill, beside those open for longer.
package hiring
