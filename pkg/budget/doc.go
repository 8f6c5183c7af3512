// Package budget knows what programs are planned to cost: their budget lines, and
// their people by the rate card. It must not know flags or formats. All money is
// exact until it is rounded once to the minor units of the portfolio's currency.
package budget
