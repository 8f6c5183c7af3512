package diag

import "strings"

// Rule is what is known of a code without running anything.
type Rule struct {
	// Code is a domain and a number, never reused: MS001.
	Code string
	// Name is the code in words, lower case with hyphens: milestone-overdue.
	Name string
	// Summary is one line, without a full stop.
	Summary string
	// Severity is the one a finding has unless policy says otherwise.
	Severity Severity
	// Structural marks codes of the loader (YAML, SCH, REF): they can be neither
	// waived nor switched off, because what does not validate is not reported on.
	Structural bool
}

// Nearest returns the candidate closest to name by optimal string alignment
// distance (insertions, deletions, substitutions and swaps of neighbours), or
// "" where none is near enough to be meant: within a third of the longer name's
// length, so none for a name of two letters. Ties go to the earlier candidate.
// Where no spelling is near, a candidate that begins with the name, or that the
// name begins with, is taken if it has three letters: warn, Monday.
func Nearest(name string, candidates []string) string {
	best, bestDistance := "", -1
	a := []rune(name)
	for _, c := range candidates {
		b := []rune(c)
		limit := max(len(a), len(b)) / 3
		if abs(len(a)-len(b)) > limit {
			continue
		}
		d := distance(a, b)
		if d <= limit && c != name && (bestDistance < 0 || d < bestDistance) {
			best, bestDistance = c, d
		}
	}
	if best != "" {
		return best
	}
	for _, c := range candidates {
		if short, long := name, c; min(len(short), len(long)) >= 3 {
			if len(short) > len(long) {
				short, long = long, short
			}
			if short != long && strings.EqualFold(short, long[:len(short)]) {
				return c
			}
		}
	}
	return ""
}

// Meant reports whether a wrong name can only be one of the candidates: it differs in
// case alone, or in one letter, of eight or more in two, and from all others in more.
func Meant(name, candidate string, candidates []string) bool {
	limit := 1
	if len(name) >= 8 {
		limit = 2
	}
	apart := func(c string) int { return distance([]rune(strings.ToLower(name)), []rune(strings.ToLower(c))) }
	own := apart(candidate)
	if own > limit || len(candidate) < 3 {
		return false
	}
	for _, c := range candidates {
		if c != candidate && apart(c) <= own {
			return false
		}
	}
	return true
}

// distance is the optimal string alignment distance of a and b.
func distance(a, b []rune) int {
	before := make([]int, len(b)+1)
	last := make([]int, len(b)+1)
	row := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
