package render

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/progctl/progctl/pkg/report"
)

// graphOf returns the graph for a format that can draw nothing else.
func graphOf(r *report.Report, format string) (*report.Graph, error) {
	if r.Graph == nil {
		return nil, fmt.Errorf("report %q has no graph to write as %s", r.Name, format)
	}
	return r.Graph, nil
}

// groupsOf are the names of the groups in the order of their first nodes, with the
// places of their nodes.
func groupsOf(g *report.Graph) (names []string, nodes map[string][]int) {
	nodes = map[string][]int{}
	for i, n := range g.Nodes {
		if nodes[n.Group] == nil {
			names = append(names, n.Group)
		}
		nodes[n.Group] = append(nodes[n.Group], i)
	}
	return names, nodes
}

// placesOf finds nodes by their ids.
func placesOf(g *report.Graph) map[string]int {
	places := make(map[string]int, len(g.Nodes))
	for i, n := range g.Nodes {
		places[n.ID] = i
	}
	return places
}

// nodeLines are those of a node that say something, or else its id: Mermaid refuses a
// node without a text.
func nodeLines(n report.Node) (list []string) {
	for _, line := range n.Lines {
		if strings.TrimSpace(line) != "" {
			list = append(list, line)
		}
	}
	if len(list) == 0 {
		return []string{n.ID}
	}
	return list
}

// nodeClass is how a node looks. Done comes before all else, and that a date cannot be
// kept before that the path is critical: the edges tell that, too.
func nodeClass(n report.Node) string {
	switch {
	case n.Done:
		return "done"
	case n.Late && n.Critical:
		return "lateCritical"
	case n.Late:
		return "late"
	case n.Critical:
		return "critical"
	}
	return "open"
}

// writeMermaid writes a flowchart. No name of a user is one of Mermaid's: nodes and
// groups are numbered, and what they are called stands in quotes, spelled so that it
// ends no quote and is neither Markdown nor HTML.
func writeMermaid(w io.Writer, r *report.Report, _ Options) error {
	g, err := graphOf(r, "mermaid")
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	if title := cmp.Or(g.Title, r.Name); title != "" {
		fmt.Fprintf(&b, "  accTitle: %s\n", mermaidText(title))
	}
	groups, members := groupsOf(g)
	for k, group := range groups {
		indent := "  "
		if group != "" {
			fmt.Fprintf(&b, "  subgraph g%d[\"%s\"]\n", k, mermaidText(group))
			indent = "    "
		}
		for _, i := range members[group] {
			n := g.Nodes[i]
			lines := nodeLines(n)
			for k, line := range lines {
				lines[k] = mermaidText(line)
			}
			open, end := "[", "]"
			if n.Event {
				open, end = "{{", "}}"
			}
			fmt.Fprintf(&b, "%sn%d%s\"%s\"%s:::%s\n", indent, i, open, strings.Join(lines, "<br/>"), end, nodeClass(n))
		}
		if group != "" {
			b.WriteString("  end\n")
		}
	}
	places := placesOf(g)
	for _, e := range g.Edges {
		from, known := places[e.From]
		to, too := places[e.To]
		if !known || !too {
			continue
		}
		arrow := "-->"
		if e.Critical {
			arrow = "==>"
		}
		if e.Label != "" {
			arrow += "|\"" + mermaidText(e.Label) + "\"|"
		}
		fmt.Fprintf(&b, "  n%d %s n%d\n", from, arrow, to)
	}
	b.WriteString(`  classDef open fill:#dcebf7,stroke:#236d9a,color:#1f2328
  classDef done fill:#eceff2,stroke:#818b98,color:#59636e
  classDef critical fill:#fbe3e1,stroke:#a3241c,color:#1f2328,stroke-width:3px
  classDef late fill:#fff,stroke:#a3241c,color:#a3241c,stroke-dasharray:5 3
  classDef lateCritical fill:#fbe3e1,stroke:#a3241c,color:#a3241c,stroke-width:3px,stroke-dasharray:5 3
  classDef group fill:none,stroke:#818b98
`)
	for k, group := range groups {
		if group != "" {
			fmt.Fprintf(&b, "  class g%d group\n", k)
		}
	}
	_, err = io.WriteString(w, b.String())
	return err
}

// mermaidText spells visible text so that Mermaid shows it as it is, in quotes and out
// of them: all but letters, digits and the marks within words and numbers as an entity
// of its own kind. A mark elsewhere might be Markdown.
func mermaidText(s string) string {
	var b strings.Builder
	text := []rune(visible(s))
	for i, r := range text {
		within := i > 0 && i+1 < len(text) && alphanumeric(text[i-1]) && alphanumeric(text[i+1])
		switch {
		case r >= 0x80, alphanumeric(r), r == ' ', r == ',', within && strings.ContainsRune("-_.", r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}

func alphanumeric(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// dotStyles are how the classes of nodes look to Graphviz.
var dotStyles = map[string]string{
	"open":         `fillcolor="#dcebf7", color="#236d9a"`,
	"done":         `fillcolor="#eceff2", color="#818b98", fontcolor="#59636e"`,
	"critical":     `fillcolor="#fbe3e1", color="#a3241c", penwidth=3`,
	"late":         `style="filled,rounded,dashed", fillcolor="#ffffff", color="#a3241c", fontcolor="#a3241c"`,
	"lateCritical": `style="filled,rounded,dashed", fillcolor="#fbe3e1", color="#a3241c", fontcolor="#a3241c", penwidth=3`,
}

// writeDOT writes a directed graph in the language of Graphviz. Nodes are called by
// their ids, so that other tools find them; all names are quoted.
func writeDOT(w io.Writer, r *report.Report, _ Options) error {
	g, err := graphOf(r, "dot")
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "digraph %s {\n", dotText(r.Name))
	fmt.Fprintf(&b, "  graph [rankdir=LR, fontname=\"Helvetica\", label=%s, labelloc=t];\n", dotText(g.Title))
	b.WriteString("  node [shape=box, style=\"filled,rounded\", fontname=\"Helvetica\", fontsize=11];\n")
	b.WriteString("  edge [color=\"#59636e\", fontname=\"Helvetica\", fontsize=9];\n")
	groups, members := groupsOf(g)
	for k, group := range groups {
		indent := "  "
		if group != "" {
			fmt.Fprintf(&b, "  subgraph cluster_%d {\n    label=%s; color=\"#d1d9e0\";\n", k, dotText(group))
			indent = "    "
		}
		for _, i := range members[group] {
			n := g.Nodes[i]
			var lines []string
			for _, line := range nodeLines(n) {
				for _, part := range wrap(visible(line), dotWidth, dotWidth) {
					lines = append(lines, dotEscape(part))
				}
			}
			shape := ""
			if n.Event {
				shape = ", shape=hexagon"
			}
			fmt.Fprintf(&b, "%s%s [label=\"%s\", class=\"%s\", %s%s];\n", indent, dotText(n.ID), strings.Join(lines, `\n`), nodeClass(n), dotStyles[nodeClass(n)], shape)
		}
		if group != "" {
			b.WriteString("  }\n")
		}
	}
	places := placesOf(g)
	for _, e := range g.Edges {
		_, known := places[e.From]
		if _, too := places[e.To]; !known || !too {
			continue
		}
		var attributes []string
		if e.Label != "" {
			attributes = append(attributes, "label="+dotText(e.Label))
		}
		if e.Critical {
			attributes = append(attributes, `color="#a3241c"`, "penwidth=2.5")
		}
		list := ""
		if len(attributes) > 0 {
			list = " [" + strings.Join(attributes, ", ") + "]"
		}
		fmt.Fprintf(&b, "  %s -> %s%s;\n", dotText(e.From), dotText(e.To), list)
	}
	b.WriteString("}\n")
	_, err = io.WriteString(w, b.String())
	return err
}

func dotText(s string) string { return `"` + dotEscape(s) + `"` }

// dotWidth is where texts go on below: Graphviz makes nodes as wide as their lines.
const dotWidth = 32

// dotEscape spells visible text for a quoted string: Graphviz reads escapes behind a
// backslash, and entities of HTML behind an ampersand.
func dotEscape(s string) string { return dotEscapes.Replace(visible(s)) }

var dotEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;", "<", "&lt;", ">", "&gt;")
