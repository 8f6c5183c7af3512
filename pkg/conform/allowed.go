package conform

import "slices"

// Values are those that the schema of a kind allows at a path of a document, where it
// lists them; a list index is any number.
func Values(kind string, path []string) []string {
	c, err := compile(kind)
	if err != nil {
		return nil
	}
	s := c.schemaAt(path)
	if slices.Contains(typesOf(s), "boolean") {
		return []string{"false", "true"}
	}
	return texts(s["enum"])
}
