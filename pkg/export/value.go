package export

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
)

// part is a single value: a whole one, or what lies under a path of one with parts.
type part struct {
	path  string // "", or "_amount" and the like
	kind  kind
	value any // nil, or of the Go type of its kind
}

// rational is a number that is known more exactly than it is written.
type rational interface{ Rat() *big.Rat }

// parts takes apart the value of a cell of a report: by its type where that says more
// than its JSON, else by its JSON, as the CSV of reports does. A list is one text.
func parts(value any) ([]part, error) {
	switch v := value.(type) {
	case nil:
		return unknown, nil
	case string:
		return whole(text, v), nil
	case int:
		return whole(integer, int64(v)), nil
	case bool:
		return whole(boolean, v), nil
	case json.Number:
		return whole(decimal, number{text: v.String()}), nil
	case cal.Date:
		if v.IsZero() {
			return unknown, nil
		}
		return whole(day, v.String()), nil
	case cal.Month:
		if v.IsZero() {
			return unknown, nil
		}
		return whole(month, v.String()), nil
	case money.Amount:
		return []part{
			{"_amount", decimal, number{v.String(), v.Minor, true}},
			{"_currency", text, string(v.Currency)},
		}, nil
	}
	r := reflect.ValueOf(value)
	if r.Kind() == reflect.Pointer {
		if r.IsNil() {
			return unknown, nil
		}
		return parts(r.Elem().Interface())
	}
	if !marshals(value) {
		switch {
		case r.CanInt():
			return whole(integer, r.Int()), nil
		case r.Kind() == reflect.String:
			return whole(text, r.String()), nil
		case r.Kind() == reflect.Bool:
			return whole(boolean, r.Bool()), nil
		}
	}
	data, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("encode %T: %w", value, err)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber() // digits stay as they are
	var list []part
	// A text that is no string in Go is a number where it looks like one.
	if err := walk(dec, "", r.Kind() != reflect.String, func(p part) { list = append(list, p) }); err != nil {
		return nil, fmt.Errorf("read the JSON of %T: %w", value, err)
	}
	return list, nil
}

var unknown = []part{{}}

func whole(k kind, value any) []part { return []part{{"", k, value}} }

func marshals(value any) bool {
	switch value.(type) {
	case json.Marshaler, encoding.TextMarshaler:
		return true
	}
	return false
}

// walk reads the next value.
func walk(dec *json.Decoder, path string, spelled bool, emit func(part)) error {
	token, err := dec.Token()
	if err != nil {
		return err
	}
	switch token := token.(type) {
	case json.Delim:
		if token == '[' {
			return walkList(dec, path, emit)
		}
		for dec.More() {
			name, err := dec.Token()
			if err != nil {
				return err
			}
			if err := walk(dec, path+"_"+snake(fmt.Sprint(name)), spelled, emit); err != nil {
				return err
			}
		}
		_, err = dec.Token()
		return err
	case json.Number:
		if i, err := strconv.ParseInt(token.String(), 10, 64); err == nil {
			emit(part{path, integer, i})
		} else {
			emit(part{path, decimal, number{text: token.String()}})
		}
	case bool:
		emit(part{path, boolean, token})
	case string:
		if n, ok := spelledNumber(token); ok && spelled {
			emit(part{path, decimal, n})
		} else {
			emit(part{path, text, token})
		}
	default:
		emit(part{path: path})
	}
	return nil
}

func walkList(dec *json.Decoder, path string, emit func(part)) error {
	var texts []string
	for dec.More() {
		if err := walk(dec, "", false, func(p part) {
			item := plain(p.value)
			if p.path != "" {
				item = p.path[1:] + "=" + item
			}
			texts = append(texts, item)
		}); err != nil {
			return err
		}
	}
	if texts == nil {
		emit(part{path: path})
	} else {
		emit(part{path, text, strings.Join(texts, ";")})
	}
	_, err := dec.Token()
	return err
}

var decimalText = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?%?$`)

// spelledNumber reads a number, or a percentage as the fraction it is.
func spelledNumber(s string) (number, bool) {
	if !decimalText.MatchString(s) {
		return number{}, false
	}
	if digits, percent := strings.CutSuffix(s, "%"); percent {
		return number{text: hundredth(digits)}, true
	}
	return number{text: s}, true
}

// hundredth divides a decimal number by 100, exactly and without trailing zeros.
func hundredth(digits string) string {
	sign := ""
	if rest, negative := strings.CutPrefix(digits, "-"); negative {
		sign, digits = "-", rest
	}
	before, after, _ := strings.Cut(digits, ".")
	if n := 3 - len(before); n > 0 {
		before = strings.Repeat("0", n) + before
	}
	at := len(before) - 2
	text := before[:at]
	if decimals := strings.TrimRight(before[at:]+after, "0"); decimals != "" {
		text += "." + decimals
	}
	if strings.Trim(text, "0.") == "" {
		return "0"
	}
	return sign + text
}

// plain is a value as texts have it; unknown is empty.
func plain(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case number:
		return v.text
	case bool:
		return strconv.FormatBool(v)
	}
	panic(fmt.Sprintf("export: no column has values of %T", value))
}

// snake spells a name of several words with underscores: costCentre is cost_centre.
func snake(name string) string {
	var b strings.Builder
	lower := false // whether the last one was a small letter or a digit
	for _, r := range name {
		switch {
		case r >= 'A' && r <= 'Z':
			if lower {
				b.WriteByte('_')
			}
			r += 'a' - 'A'
			lower = false
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			lower = true
		default:
			if s := b.String(); s == "" || strings.HasSuffix(s, "_") {
				continue
			}
			r, lower = '_', false
		}
		b.WriteRune(r)
	}
	return strings.TrimRight(b.String(), "_")
}
