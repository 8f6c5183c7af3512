// Package budget knows the money of programs and of teams: what is planned, spent,
// ordered and expected, by month, and what makes up each figure. People are priced by
// the rate card. It must not know flags or formats.
//
// All figures are sums of facts: amounts of one month, each with its source. Money is
// exact until it is rounded once to the minor units of the portfolio's currency, so every
// total is the sum of its rows.
package budget
