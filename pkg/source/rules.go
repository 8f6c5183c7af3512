package source

import "github.com/progctl/progctl/pkg/diag"

// Rules are the codes of findings that this package makes.
var Rules = []diag.Rule{
	{Code: "YAML001", Name: "syntax", Summary: "The file is not YAML", Severity: diag.Error, Structural: true},
	{Code: "YAML002", Name: "duplicate-key", Summary: "A key stands twice in one mapping", Severity: diag.Error, Structural: true},
	{Code: "YAML003", Name: "encoding", Summary: "The file is not UTF-8", Severity: diag.Error, Structural: true},
	{Code: "YAML004", Name: "control-character", Summary: "The file holds a character that is not text", Severity: diag.Error, Structural: true},
	{Code: "YAML005", Name: "conflict-marker", Summary: "A merge conflict is not resolved", Severity: diag.Error, Structural: true},
	{Code: "YAML006", Name: "tab-indentation", Summary: "A line is indented with a tab", Severity: diag.Error, Structural: true},
	{Code: "YAML007", Name: "alias", Summary: "An alias refers to itself or expands beyond the bound", Severity: diag.Error, Structural: true},
	{Code: "YAML008", Name: "merge-key", Summary: "A merge key does not merge mappings", Severity: diag.Error, Structural: true},
	{Code: "YAML009", Name: "nesting", Summary: "Values are nested too deeply", Severity: diag.Error, Structural: true},
	{Code: "YAML010", Name: "size", Summary: "A file, a text or the number of values is beyond the bound", Severity: diag.Error, Structural: true},
	{Code: "YAML011", Name: "number-size", Summary: "A number has too many digits or too large an exponent", Severity: diag.Error, Structural: true},
	{Code: "YAML012", Name: "key", Summary: "A key is not a plain name", Severity: diag.Error, Structural: true},
}
