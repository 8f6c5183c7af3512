package lint

import (
	"slices"
	"strings"
	"unicode"
)

// spelling is a name and what it is compared by.
type spelling struct {
	text    string
	words   [][]rune // runs of letters and digits, in lower case
	letters string   // of all words
}

func spell(text string) spelling {
	s := spelling{text: text}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
		s.words = append(s.words, []rune(w))
		s.letters += w
	}
	return s
}

// initial is the first letter; names that are alike share it.
func (s spelling) initial() rune {
	if len(s.words) == 0 {
		return 0
	}
	return s.words[0][0]
}

// likeness is how near two names are.
type likeness uint8

// The likenesses, the nearest last.
const (
	unlike      likeness = iota
	oneEdit              // but for one letter of one long word
	sameLetters          // but for case, spaces and hyphens
)

// shortWord is the length of words in which one letter makes another word of it: sre
// and srm, ui and ux, lead and lend.
const shortWord = 4

// likeness compares two names that differ. Words that are one edit apart (a letter more,
// less or another, or two neighbours swapped) are longer than shortWord, begin with the
// same letter, in which slips are rare but names differ (Dublin, Lublin), and have no
// digit, of which each is meant.
func (s spelling) likeness(o spelling) likeness {
	switch {
	case s.letters == "" || o.letters == "":
		return unlike
	case s.letters == o.letters:
		return sameLetters
	case len(s.words) != len(o.words):
		return unlike
	}
	edited := unlike
	for i, a := range s.words {
		b := o.words[i]
		switch {
		case slices.Equal(a, b):
		case edited == oneEdit, min(len(a), len(b)) <= shortWord, a[0] != b[0], hasDigit(a), hasDigit(b), !isOneEdit(a, b):
			return unlike
		default:
			edited = oneEdit
		}
	}
	return edited
}

func hasDigit(word []rune) bool { return slices.ContainsFunc(word, unicode.IsDigit) }

// isOneEdit reports whether two words that differ are one edit apart.
func isOneEdit(a, b []rune) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(a)-len(b) > 1 {
		return false
	}
	i := 0
	for i < len(b) && a[i] == b[i] {
		i++
	}
	if len(a) > len(b) {
		return slices.Equal(a[i+1:], b[i:])
	}
	return slices.Equal(a[i+1:], b[i+1:]) ||
		i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
}
