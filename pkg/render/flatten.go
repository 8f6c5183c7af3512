package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// flattened spells a machine's value as texts, by way of its JSON: the parts of
// an object one by one, in their order, each under its path (".amount");
// everything else as one text under "". A list is one text.
func flattened(value any, emit func(path, text string)) error {
	switch v := value.(type) { // what most cells are needs no detour
	case nil:
		emit("", "")
		return nil
	case string:
		emit("", strings.ToValidUTF8(v, "\uFFFD"))
		return nil
	case int:
		emit("", strconv.Itoa(v))
		return nil
	}
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber() // digits stay as they are
	return flatten(dec, "", emit)
}

// flatten spells the next value.
func flatten(dec *json.Decoder, path string, emit func(path, text string)) error {
	token, err := dec.Token()
	if err != nil {
		return err
	}
	switch token {
	case json.Delim('{'):
		for dec.More() {
			name, err := dec.Token()
			if err != nil {
				return err
			}
			if err := flatten(dec, path+"."+fmt.Sprint(name), emit); err != nil {
				return err
			}
		}
		_, err = dec.Token()
		return err
	case json.Delim('['):
		var texts []string
		for dec.More() {
			if err := flatten(dec, "", func(name, text string) {
				if name != "" {
					text = strings.TrimPrefix(name, ".") + "=" + text
				}
				texts = append(texts, text)
			}); err != nil {
				return err
			}
		}
		emit(path, strings.Join(texts, ";"))
		_, err = dec.Token()
		return err
	case nil:
		emit(path, "")
		return nil
	}
	emit(path, fmt.Sprint(token))
	return nil
}
