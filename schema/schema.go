// Package schema holds the JSON Schemas (draft 2020-12) of the kinds of
// document that a portfolio consists of, one file a kind.
//
// They are the published contract, so any editor or validator can use them as
// they are and offline: each file stands alone, with its own $defs and without
// references to others. What keeps messages short and to the point in every
// such tool keeps them so in ours:
//
//   - mappings are closed by additionalProperties: false, and there is no
//     oneOf, anyOf or unevaluatedProperties: a value that may be a scalar or a
//     mapping has both types, with pattern for the one and properties for the
//     other;
//   - every property has a description, shown by editors;
//   - every scalar definition has a title that completes the sentence
//     "expected …", from which our own messages are made;
//   - definitions of the same name are the same in all files;
//   - patterns mean the same in RE2 and in ECMAScript.
//
// What a schema cannot say (references, unique ids, dates in order, digits of
// a currency) is left to the rules.
//
// The package knows nothing of YAML or of validation.
package schema

import (
	"embed"
	"strings"
)

//go:embed *.schema.json
var files embed.FS

// Kinds are the kinds of document, spelled as in their kind field, in the
// order in which they are best read.
var Kinds = []string{
	"Portfolio", "Team", "Roster", "Program", "Budget", "HeadcountPlan",
	"Ledger", "Review", "Survey", "Goals", "Roadmap",
}

// Version is the apiVersion that the schemas describe.
const Version = "progctl.dev/v1"

// Kind returns the exact spelling of a kind given in any case, and whether
// there is one.
func Kind(name string) (string, bool) {
	for _, kind := range Kinds {
		if strings.EqualFold(kind, name) {
			return kind, true
		}
	}
	return "", false
}

// ID returns the $id of the schema of a kind, its name in any case: an
// absolute URL, which nothing ever fetches.
func ID(kind string) string {
	return "https://progctl.dev/schema/v1/" + FileName(kind)
}

// FileName returns the name of the file with the schema of a kind.
func FileName(kind string) string { return strings.ToLower(kind) + ".schema.json" }

// Source returns the schema of a kind, its name in any case, and whether there
// is such a kind. The caller may keep and change the bytes.
func Source(kind string) ([]byte, bool) {
	if _, ok := Kind(kind); !ok {
		return nil, false
	}
	text, err := files.ReadFile(FileName(kind))
	return text, err == nil
}

// Refused says of a field that people look for in a kind, and that it will never have,
// why not; "" of any other.
func Refused(kind, field string) string {
	if kind != "HeadcountPlan" {
		return ""
	}
	switch strings.ToLower(strings.TrimSuffix(field, "s")) {
	case "candidate", "candidatename", "applicant", "applicantname", "name":
		return "candidates are never named, for git keeps everything for ever: pipeline: counts them by stage"
	}
	return ""
}
