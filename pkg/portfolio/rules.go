package portfolio

import "github.com/progctl/progctl/pkg/diag"

// Rules are the codes of findings that this package makes.
var Rules = []diag.Rule{
	{Code: "CSV006", Name: "csv-value", Summary: "A value of a CSV file is not one that its field takes", Severity: diag.Error, Structural: true},
	{Code: "CSV007", Name: "csv-shared", Summary: "Two rosters, or two ledgers, name the same CSV file", Severity: diag.Error, Structural: true},
	{Code: "CSV008", Name: "csv-unread", Summary: "A column of a CSV file looks like one that is read, and is not", Severity: diag.Warning, Structural: true},
	{Code: "CSV009", Name: "csv-doubt", Summary: "A CSV file can be read, and most likely lacks something", Severity: diag.Warning, Structural: true},
	{Code: "SCH011", Name: "reversed", Summary: "Something ends before it begins", Severity: diag.Error, Structural: true},
	{Code: "SCH012", Name: "together", Summary: "Fields that need or exclude each other", Severity: diag.Error, Structural: true},
	{Code: "SCH013", Name: "minor-digits", Summary: "An amount has more digits than its currency", Severity: diag.Error, Structural: true},
	{Code: "REF001", Name: "unknown-reference", Summary: "A reference names something that does not exist", Severity: diag.Error, Structural: true},
	{Code: "REF002", Name: "defined-twice", Summary: "Two documents of one kind have the same name", Severity: diag.Error, Structural: true},
	{Code: "REF003", Name: "duplicate-id", Summary: "Two things of one document have the same id", Severity: diag.Error, Structural: true},
	{Code: "REF004", Name: "dependency-cycle", Summary: "Milestones depend on each other in a circle", Severity: diag.Error, Structural: true},
	{Code: "REF005", Name: "team-cycle", Summary: "Teams are each other's parents", Severity: diag.Error, Structural: true},
	{Code: "REF006", Name: "second-portfolio", Summary: "There is more than one Portfolio document", Severity: diag.Error, Structural: true},
	{Code: "REF007", Name: "overlapping-employment", Summary: "Two employments of one person overlap", Severity: diag.Error, Structural: true},
	{Code: "REF008", Name: "rate-tie", Summary: "Two rates hold for the same people from the same day", Severity: diag.Error, Structural: true},
	{Code: "REF009", Name: "posted-twice", Summary: "Two ledger entries have the same reference", Severity: diag.Error, Structural: true},
	{Code: "REF010", Name: "undeclared", Summary: "A reference names something of a kind that the portfolio has none of", Severity: diag.Warning, Structural: true},
	{Code: "REF012", Name: "approval-condition", Summary: "The condition of an approval cannot be read", Severity: diag.Error, Structural: true},
	{Code: "REF013", Name: "approver", Summary: "An approver is neither a person nor a team, and looks like one", Severity: diag.Warning, Structural: true},
}
