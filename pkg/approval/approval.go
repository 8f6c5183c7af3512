// Package approval knows the conditions of policy.approvals: texts such as
//
//	budget.increase > 5%
//	milestone.slip >= 3w and program.labels["tier"] == "1"
//
// that are judged on what a change means, not on which files it touches. It turns
// a text into a Condition and a Condition and Facts into a Verdict. It must not
// know documents, revisions, or how facts are found.
//
// The language is that of github.com/expr-lang/expr, less than all of it and two
// literals more. There are the names of Facts, numbers, texts in quotes, lists
// [a, b], true and false, and
//
//	and or not && || !    == != < <= > >=    in    contains startsWith endsWith matches
//	+ - * / %    ( )    len(…)
//
// A percentage is written 5% and is a fraction, 0.05; a % before an operand is the
// remainder of a division, as in 7 % 3. A span is written 10d or 3w and is a number
// of calendar days, 10 or 21. Nothing in it loops, calls or takes long.
package approval

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/vm"
)

// MaxLength bounds a condition, in code points. It is far above what a person
// writes.
const MaxLength = 1000

// Verdict is whether a condition holds.
type Verdict uint8

// The verdicts.
const (
	No      Verdict = iota
	Yes             // the approval is needed
	Unknown         // it hangs on figures that could not be computed
)

var verdictNames = [...]string{"no", "yes", "unknown"}

func (v Verdict) String() string { return verdictNames[v] }

// Error is what is wrong with the text of a condition.
type Error struct {
	// Offset and Length are where, in code points of the text. A Length of 0 is a
	// place: the end, where something is missing.
	Offset, Length int
	Message        string
	// Detail says how to mend it; it may be empty.
	Detail string
	// Suggestion is what to write in that place instead; it may be empty.
	Suggestion string
}

// Error is the message alone.
func (e *Error) Error() string { return e.Message }

// Condition is a text that was understood. It is not changed by its use, so that
// several goroutines may judge by it.
type Condition struct {
	text  string
	names []string
	root  clause
}

// clause is a part of a condition: conditions that and, or or not join, or one
// that none of them does, which has a program.
type clause struct {
	operator string
	parts    []clause
	program  *vm.Program
	groups   []string // that the program reads
}

// Compile reads the text of a condition. What it comes to must be true or false,
// or a number, which holds where it is more than 0. It reads at most MaxLength
// code points and takes time in proportion to them.
func Compile(text string) (*Condition, *Error) {
	s, err := scan(text)
	if err != nil {
		return nil, err
	}
	return compile(text, s)
}

// String is the text of the condition.
func (c *Condition) String() string { return c.text }

// Names are the names that the condition mentions, such as "milestone.slip",
// sorted. A label is "program.labels".
func (c *Condition) Names() []string { return slices.Clone(c.names) }

// Holds judges the condition by what a change means. Figures that are not known
// make it Unknown unless the rest decides: "budget.increase > 5% or milestone.moved
// > 2" holds with three moves, whatever the budget. An error is one of progctl, not
// of the condition.
func (c *Condition) Holds(f Facts) (Verdict, error) {
	v, err := c.root.judge(&f)
	if err != nil {
		return No, fmt.Errorf("judge %q: %w", c.text, err)
	}
	return v, nil
}

// judge is Kleene's logic of three values; as in other languages, what stands
// after the part that decides is not looked at.
func (c *clause) judge(f *Facts) (Verdict, error) {
	if c.program != nil {
		return c.run(f)
	}
	if c.operator == "not" {
		v, err := c.parts[0].judge(f)
		return [...]Verdict{No: Yes, Yes: No, Unknown: Unknown}[v], err
	}
	decides, verdict := No, Yes
	if c.operator == "or" {
		decides, verdict = Yes, No
	}
	for i := range c.parts {
		v, err := c.parts[i].judge(f)
		if err != nil || v == decides {
			return v, err
		}
		if v == Unknown {
			verdict = Unknown
		}
	}
	return verdict, nil
}

func (c *clause) run(f *Facts) (Verdict, error) {
	if slices.ContainsFunc(c.groups, func(group string) bool { return unknown(f, group) }) {
		return Unknown, nil
	}
	out, err := vm.Run(c.program, f)
	if err != nil {
		return No, reason(err)
	}
	switch out := out.(type) {
	case bool:
		return verdict(out), nil
	case int:
		return verdict(out > 0), nil
	case float64:
		return verdict(out > 0), nil
	}
	return No, fmt.Errorf("it comes to a %T", out)
}

func verdict(holds bool) Verdict {
	if holds {
		return Yes
	}
	return No
}

// reason is an error of the library without the excerpt that it draws.
func reason(err error) error {
	var e *file.Error
	if errors.As(err, &e) {
		return errors.New(strings.TrimPrefix(e.Message, "runtime error: "))
	}
	return err
}
