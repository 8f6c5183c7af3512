package source

import "github.com/progctl/progctl/pkg/diag"

// Rules are the codes of findings that this package makes.
var Rules = []diag.Rule{
	{Code: "CSV001", Name: "csv-text", Summary: "A CSV file is not text in UTF-8, or too large", Severity: diag.Error, Structural: true},
	{Code: "CSV002", Name: "csv-quote", Summary: "A quote of a CSV file is not closed, or stands where none can", Severity: diag.Error, Structural: true},
	{Code: "CSV003", Name: "csv-delimiter", Summary: "What separates the fields of a CSV file is another character than declared, or cannot be found out", Severity: diag.Error, Structural: true},
	{Code: "CSV004", Name: "csv-column", Summary: "A CSV file lacks a column that is needed, or has it twice", Severity: diag.Error, Structural: true},
	{Code: "CSV005", Name: "csv-fields", Summary: "A row of a CSV file has fewer or more fields than its header row, or is that row again", Severity: diag.Error, Structural: true},
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
