// Package staffing knows the work that programs need, in FTE-months, and who is
// there to do it: the rosters, with what was so on any day. It must not know
// money, flags or formats. Headcounts and budgets build on it.
package staffing
