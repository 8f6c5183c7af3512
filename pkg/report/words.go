package report

import "fmt"

// Plural returns "1 error", "2 errors".
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// ShortHash is the beginning of a hash, as people read it.
func ShortHash(hash string) string { return hash[:min(12, len(hash))] }
