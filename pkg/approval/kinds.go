package approval

import "reflect"

// kind is what a part of a condition comes to.
type kind uint8

const (
	broken kind = iota // there was an error already
	truth
	whole
	decimal
	textual
	labelled
	emptyList
	truthList
	numberList
	textList
)

var kindNames = [...]string{
	"", "true or false", "a number", "a number", "a text", "labels",
	"an empty list", "a list of true or false", "a list of numbers", "a list of texts",
}

func (k kind) String() string { return kindNames[k] }

func (k kind) number() bool { return k == whole || k == decimal }

// list is the kind of a list of such values; broken where there is none. Values
// that have the same can be compared.
func (k kind) list() kind {
	switch k {
	case truth:
		return truthList
	case whole, decimal:
		return numberList
	case textual:
		return textList
	}
	return broken
}

// kindOf is the kind of a field of Facts.
func kindOf(t reflect.Type) kind {
	switch t.Kind() {
	case reflect.Bool:
		return truth
	case reflect.Int:
		return whole
	case reflect.Float64:
		return decimal
	case reflect.String:
		return textual
	case reflect.Map:
		return labelled
	}
	panic("approval: facts hold a " + t.String())
}
