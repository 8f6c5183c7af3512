package history

import (
	"regexp"
	"slices"
	"strings"

	"github.com/progctl/progctl/pkg/git"
)

// reason is one that a message gives; an empty id is for everything that moved.
type reason struct{ id, text string }

// trailer is a line of a message. It may be indented or an item of a list, for
// that is how a squash merge carries the messages of the commits it squashed.
var trailer = regexp.MustCompile(`(?i)^([\s*+>-]*)slip-reason(?:\(([^)]*)\))?\s*:\s*(.*)$`)

// reasonsIn finds the lines that give reasons: Slip-Reason: text, or
// Slip-Reason(program/milestone): text. As with other trailers, lines that follow
// and are indented go on.
func reasonsIn(message string) []reason {
	if !mentionsReason(message) {
		return nil
	}
	var list []reason
	open := false // whether the line before may go on
	for line := range strings.SplitSeq(message, "\n") {
		line = strings.TrimRight(line, " \t\r")
		m := trailer.FindStringSubmatch(line)
		switch {
		case m != nil:
			list = append(list, reason{strings.TrimSpace(m[2]), m[3]})
			open = m[1] == ""
		case open && line != "" && strings.TrimLeft(line, " \t") != line:
			last := &list[len(list)-1]
			last.text = strings.TrimSpace(last.text + " " + strings.TrimSpace(line))
		default:
			open = false
		}
	}
	kept := list[:0]
	for _, r := range list {
		if r.text != "" {
			kept = append(kept, r)
		}
	}
	return kept
}

// mentionsReason is a cheap test that most messages fail.
func mentionsReason(message string) bool {
	const word = "slip-reason"
	for i := 0; i+len(word) <= len(message); i++ {
		if message[i]|0x20 == 's' && strings.EqualFold(message[i:i+len(word)], word) {
			return true
		}
	}
	return false
}

// merged gives each merge of a first-parent history, newest first, the reasons of
// the commits that it merged: those that come with its other parents and came
// with no earlier one. all are those commits, and more, in the order of git log.
func merged(chain []*record, all []git.Message) {
	place := make(map[string]int, len(all))
	for i, m := range all {
		place[m.Hash] = i
	}
	seen := make([]bool, len(all))
	for i := len(chain) - 1; i >= 0; i-- {
		c := chain[i]
		if at, ok := place[c.hash]; ok {
			seen[at] = true
		}
		if len(c.others) == 0 {
			continue
		}
		var brought []int
		stack := slices.Clone(c.others)
		for len(stack) > 0 {
			hash := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if at, ok := place[hash]; ok && !seen[at] {
				seen[at] = true
				brought = append(brought, at)
				stack = append(stack, all[at].Parents...)
			}
		}
		slices.Sort(brought)
		for _, at := range brought {
			c.reasons = append(c.reasons, reasonsIn(all[at].Text)...)
		}
	}
}
