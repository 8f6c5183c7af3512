// Package priority knows in which order programs come first: the scoring model of the
// portfolio applied, where money or people run out, and what a change of the model
// changed. It must not know flags or formats.
//
// # Ranking
//
// What is ranked is programs that validate and are not over: proposed, approved, active
// and paused ones. A score is Σ weight × score ÷ Σ weight, exactly, over the criteria
// that a program has scores for. A score that is missing is not a 0: it counts neither
// above nor below the line of the fraction, and beside the score stands what part of all
// weight it is of, and between which ranks the program would be with any other scores of
// 0 to 10 in the gaps, its own and those of others. A program without any score has no
// rank. Equal scores come by name.
//
// # Lines
//
// Programs are taken in the order of their ranks, those without one last, until the next
// does not fit; that one and all after it are below the line, though a later one might
// fit into what is left, which is told. A program that asks for nothing in the years is
// above it wherever it stands. The line is of all programs alike, also of those that run:
// what of them is below it is named, for a report stops no program. Where programs that
// run are to be kept, they are taken before all others, whatever they add up to.
//
// Money is the plan of the fiscal years. What was planned for programs that are completed
// is taken first, for nobody gets it back. People are FTE-months of a role in a period:
// what staffing lines ask for against the rosters, in whole months after as-of. Lines
// that name somebody ask for the role that the person has on the day. What is asked of a
// team alone, without a role, is in no role's line, and told.
package priority
