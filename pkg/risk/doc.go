// Package risk knows what may go wrong in programs, and what that may cost: exposure in
// money and days, which risks are to be looked at again, and what became of them since.
// It must not know flags or formats.
//
// # Exposure
//
// Exposure is probability × impact, of money in minor units of the portfolio's currency,
// rounded once half away from zero, and of working days exactly. The impact of a risk is
// in the currency of its program's budget, and is converted at the rate in force on as-of.
// What a risk does not state is not known, and not 0: a risk without a probability has no
// exposure, one that states days alone none in money. A sum is of those that are known,
// and says of how many risks that is.
//
// Only what may still happen counts: open risks of programs that are not over. What has
// occurred is told apart, by its impact. A risk without an owner is its program's owner's;
// its team and theme are those of the program.
//
// # Trend
//
// The exposure of an earlier state and what became of its risks since add up to the
// exposure of now, both as of the same day: by new risks, by those that are open again, by
// those judged higher or lower, and less those that were closed, that occurred, whose
// program is over, or that are gone.
package risk
