// Package goal knows how far people are with the goals of a quarter. It must not know
// flags or formats, nor how the indicators that it is handed come about.
//
// # Key results
//
// Progress is (current − baseline) ÷ (target − baseline), exactly, and may lie below 0 or
// above 1; without a baseline that is 0. Which way is better is stated, else it is from
// the baseline to the target, else up. A key result is met where current is the target or
// better. Where no way leads from the baseline to the target (it is the baseline, or lies
// on the wrong side of it, or a value is to decrease from where nobody said) there is no
// part of the way: progress is 1 where it is met, 0 where the target is the baseline, and
// else unknown.
//
// Current is what source computes where it can be, else what is stated. A source is a
// figure of package figure that is a number, or completionRate or satisfaction, of the
// fiscal year that the quarter lies in; always as of as-of, also for a quarter that is
// over. What is a percentage is compared with percentages alone.
//
// # Goals and people
//
// Progress of a goal is the mean of its key results, that of a person the mean of the
// goals by weight, each key result between 0 and 1: what went better than planned makes up
// for nothing else. Where no goal of the person and quarter states a weight all count
// alike; where some do, the others count nothing. What is not known is in no mean; how
// much of the weight the mean is of stands beside it.
package goal
