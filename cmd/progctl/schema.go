package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/progctl/progctl/pkg/diag"
	"github.com/progctl/progctl/schema"
)

func (a *app) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema KIND",
		Short: "Print the JSON Schema of a kind of document",
		Long:  "Print the JSON Schema (draft 2020-12) of a kind of document.\n\nKinds: " + strings.Join(schema.Kinds, ", ") + ".",
		Example: `  progctl schema program > program.schema.json
  # yaml-language-server: $schema=program.schema.json`,
		Args:              oneArg("KIND", schema.Kinds),
		ValidArgsFunction: firstArg(lower(schema.Kinds)...),
		RunE: func(_ *cobra.Command, args []string) error {
			text, ok := schema.Source(args[0])
			if !ok {
				return unknownName("kind", args[0], schema.Kinds)
			}
			_, err := a.stdout.Write(text)
			return err
		},
	}
}

// oneArg wants exactly one argument.
func oneArg(what string, names []string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == 1 {
			return nil
		}
		return usagef("expected one %s: %s", what, strings.Join(names, ", "))
	}
}

// unknownName says that a name does not exist, and which are near it or, where
// they are few enough to read, which there are.
func unknownName(what, name string, names []string) error {
	const most = 40
	lowered := lower(names)
	near := diag.Nearest(strings.ToLower(name), lowered)
	switch {
	case near != "":
		return usagef("there is no %s %q, did you mean %s?", what, name, names[slices.Index(lowered, near)])
	case len(names) == 0 || len(names) > most:
		return usagef("there is no %s %q", what, name)
	}
	return usagef("there is no %s %q: there are %s", what, name, strings.Join(names, ", "))
}

func upper(name string) string { return strings.ToUpper(name) }

func lower(names []string) []string {
	list := make([]string, len(names))
	for i, n := range names {
		list[i] = strings.ToLower(n)
	}
	return list
}
