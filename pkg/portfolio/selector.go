package portfolio

import (
	"fmt"
	"slices"
	"strings"
)

// Selector chooses documents by their labels and by a few of their fields:
// conditions that must all hold.
type Selector []condition

type condition struct {
	key, value string
	present    bool // the key alone: it has any value
	not        bool
}

// SelectorFields are the keys of a selector that mean a field where a document
// has no label of that name.
var SelectorFields = []string{"kind", "name", "owner", "program", "sponsor", "status", "team", "theme"}

// ParseSelector reads conditions separated by commas: key=value, key!=value,
// key (has it) and !key (lacks it).
func ParseSelector(text string) (Selector, error) {
	var s Selector
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		var c condition
		key, value, ok := strings.Cut(part, "=")
		c.not = ok && strings.HasSuffix(key, "!")
		c.key, c.value = strings.TrimSpace(strings.TrimSuffix(key, "!")), strings.TrimSpace(strings.TrimPrefix(value, "="))
		if !ok {
			c.present, c.not = true, strings.HasPrefix(part, "!")
			c.key = strings.TrimSpace(strings.TrimPrefix(part, "!"))
		}
		if c.key == "" {
			return nil, fmt.Errorf("%s is no condition: write key=value, key!=value, key or !key", quote(part))
		}
		s = append(s, c)
	}
	return s, nil
}

// Of returns the conditions of a selector that are on some keys, in their order.
func (sel Selector) Of(keys ...string) Selector { return sel.only(keys, true) }

// Except returns the conditions of a selector that are on other keys than these, in
// their order.
func (sel Selector) Except(keys ...string) Selector { return sel.only(keys, false) }

func (sel Selector) only(keys []string, listed bool) Selector {
	return slices.DeleteFunc(slices.Clone(sel), func(c condition) bool { return slices.Contains(keys, c.key) != listed })
}

// Selects reports whether a selector chooses what a subject names. A field of the
// thing itself, which own tells where it has one, comes before a label or a field
// of the document it lies in; own may be nil. A subject that lies in no known
// document is always chosen, so that what cannot be read cannot hide.
func (s *Snapshot) Selects(sel Selector, subject string, own func(key string) (string, bool)) bool {
	doc, ok := s.documents[documentOf(subject)]
	if !ok || len(sel) == 0 {
		return true
	}
	return !slices.ContainsFunc(sel, func(c condition) bool {
		value, has := "", false
		if own != nil {
			value, has = own(c.key)
		}
		if !has {
			value, has = doc.meta().Labels[c.key]
		}
		if !has {
			value = selectorField(doc, documentOf(subject), c.key)
		}
		holds := value == c.value || c.key == "kind" && strings.EqualFold(value, c.value)
		if c.present {
			holds = value != ""
		}
		return holds == c.not
	})
}

// UnknownKey returns the first key of a selector that is neither a field nor a
// label of any document, and the keys there are; more are further fields.
func (s *Snapshot) UnknownKey(sel Selector, more ...string) (key string, known []string) {
	known = slices.Concat(SelectorFields, more)
	for k := range s.SelectorValues() {
		known = append(known, k)
	}
	slices.Sort(known)
	known = slices.Compact(known)
	for _, c := range sel {
		if !slices.Contains(known, c.key) {
			return c.key, known
		}
	}
	return "", known
}

// selectorField is the text of a field of a document that selectors know, ""
// where it has none.
func selectorField(doc document, subject, key string) string {
	kind, name, _ := strings.Cut(subject, "/")
	switch key {
	case "kind":
		return kind
	case "name":
		return name
	}
	if key == "program" {
		return programOf(doc)
	}
	if p, ok := doc.(*Program); ok {
		switch key {
		case "owner":
			return p.Owner
		case "sponsor":
			return p.Sponsor
		case "status":
			return string(p.Status)
		case "theme":
			return p.Theme
		}
	}
	if key == "team" {
		return teamOf(doc)
	}
	return ""
}

func programOf(doc document) string {
	switch d := doc.(type) {
	case *Program:
		return d.Meta.Name
	case *Ledger:
		return d.Program
	case *Review:
		return d.Program
	case *Survey:
		return d.Program
	}
	return ""
}

func teamOf(doc document) string {
	switch d := doc.(type) {
	case *Program:
		return d.Team
	case *Roster:
		return d.Team
	case *Budget:
		return d.Team
	case *HeadcountPlan:
		return d.Team
	case *Ledger:
		return d.Team
	case *Team:
		return d.Meta.Name
	}
	return ""
}

// UnknownName returns the first name of a document or a program that a selector asks for
// and that there is not, and the names there are.
func (s *Snapshot) UnknownName(sel Selector) (key, name string, known []string) {
	for _, c := range sel {
		if c.not || c.present || c.key != "name" && c.key != "program" {
			continue
		}
		if known = s.SelectorValues()[c.key]; !slices.Contains(known, c.value) {
			return c.key, c.value, known
		}
	}
	return "", "", nil
}

// SelectorValues are the keys that selectors may use here, with the values that
// documents have for them, sorted.
func (s *Snapshot) SelectorValues() map[string][]string {
	values := map[string][]string{}
	add := func(key, value string) {
		if value != "" && !slices.Contains(values[key], value) {
			values[key] = append(values[key], value)
		}
	}
	for subject, doc := range s.documents {
		for key, value := range doc.meta().Labels {
			add(key, value)
		}
		for _, key := range SelectorFields {
			add(key, selectorField(doc, subject, key))
		}
	}
	for _, list := range values {
		slices.Sort(list)
	}
	return values
}
