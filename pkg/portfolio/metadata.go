package portfolio

import (
	"cmp"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/source"
)

// Metadata names a document. Name is its identity, unique in its kind; files and
// folders mean nothing.
type Metadata struct {
	Origin source.Origin     `yaml:"-"`
	Name   string            `yaml:"name"`
	Title  string            `yaml:"title"` // "" where the name is enough: see Display
	Labels map[string]string `yaml:"labels"`
	Links  []Link            `yaml:"links"`
}

// Display is what people read: the title, or the name where there is none.
func (m Metadata) Display() string { return cmp.Or(m.Title, m.Name) }

// Link leads to something on the web or in the repository. It is written as a URL
// or as a mapping.
type Link struct {
	Title string `yaml:"title"` // "" where the address is enough: see Display
	URL   string `yaml:"url"`
}

// ParseText reads the URL of a link without a title.
func (l *Link) ParseText(text string) error {
	*l = Link{URL: text}
	return nil
}

// Display is what people read: the title, or the address where there is none.
func (l Link) Display() string { return cmp.Or(l.Title, l.URL) }

// Waiver silences one rule for the thing that carries it, up to and including a day.
type Waiver struct {
	Origin     source.Origin `yaml:"-"`
	Rule       string        `yaml:"rule"`
	Until      cal.Date      `yaml:"until"` // the last day on which it holds
	Reason     string        `yaml:"reason"`
	ApprovedBy string        `yaml:"approvedBy"`
}

// Holds reports whether the waiver silences its rule on the day.
func (w Waiver) Holds(day cal.Date) bool { return !day.After(w.Until) }
