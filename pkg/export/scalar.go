package export

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/money"
	"github.com/progctl/progctl/pkg/portfolio"
)

// scalar is how values of a Go type of the model become values of a column.
type scalar struct {
	kind  kind
	unit  string
	value func(reflect.Value) any // nil where it is not stated
}

// scalarOf finds it for a type, with its schema and the key that it stands under,
// which may both be unknown. Durations are numbers of days, percentages fractions, and
// what may be a day or a month is a day: the first, of an end the last.
func scalarOf(t reflect.Type, s *shape, key string) scalar {
	switch t {
	case reflect.TypeFor[cal.Date]():
		return scalar{day, "", stated(func(d cal.Date) any { return d.String() })}
	case reflect.TypeFor[cal.Month]():
		return scalar{month, "", stated(func(m cal.Month) any { return m.String() })}
	case reflect.TypeFor[cal.DayOrMonth]():
		return scalar{day, "", stated(func(d cal.DayOrMonth) any {
			if key == "to" {
				return d.Last().String()
			}
			return d.First().String()
		})}
	case reflect.TypeFor[money.Decimal]():
		return scalar{decimal, "", as(func(d money.Decimal) any { return number{text: d.String()} })}
	case reflect.TypeFor[portfolio.MilliFTE]():
		fte := func(f portfolio.MilliFTE) any { return number{text: f.String()} }
		if s.is("ownFTE") { // nobody has none
			return scalar{decimal, "FTE", stated(fte)}
		}
		return scalar{decimal, "FTE", as(fte)}
	case reflect.TypeFor[portfolio.Percent]():
		return scalar{decimal, "fraction", as(func(p portfolio.Percent) any {
			return number{text: hundredth(strings.TrimSuffix(p.String(), "%"))}
		})}
	case reflect.TypeFor[portfolio.Measure]():
		return scalar{decimal, "", as(func(m portfolio.Measure) any {
			if m.Percent {
				return number{text: hundredth(m.Value.String())}
			}
			return number{text: m.Value.String()}
		})}
	case reflect.TypeFor[cal.WorkDuration](), reflect.TypeFor[portfolio.DayCount]():
		return scalar{integer, "working days", func(v reflect.Value) any { return v.Int() }}
	case reflect.TypeFor[cal.CalendarSpan]():
		return scalar{integer, "days", func(v reflect.Value) any { return v.Int() }}
	}
	switch {
	case t.Kind() == reflect.String:
		return scalar{text, "", func(v reflect.Value) any { return orNil(v.String()) }}
	case t.Kind() == reflect.Bool:
		return scalar{boolean, "", func(v reflect.Value) any { return v.Bool() }}
	case t.Implements(textMarshaler):
		return scalar{text, "", func(v reflect.Value) any {
			if text, err := v.Interface().(encoding.TextMarshaler).MarshalText(); err == nil {
				return orNil(string(text))
			}
			return nil
		}}
	case t.ConvertibleTo(reflect.TypeFor[int64]()):
		return scalar{integer, "", func(v reflect.Value) any { return v.Int() }}
	}
	panic(fmt.Sprintf("export: no way to write a %s", t))
}

var textMarshaler = reflect.TypeFor[encoding.TextMarshaler]()

// as reads a value as what it is.
func as[T any](f func(T) any) func(reflect.Value) any {
	return func(v reflect.Value) any { return f(v.Interface().(T)) }
}

// stated is as for a type whose zero value is not stated.
func stated[T interface{ comparable }](f func(T) any) func(reflect.Value) any {
	return as(func(v T) any {
		var zero T
		if v == zero {
			return nil
		}
		return f(v)
	})
}

// amountOf is money in the currency of where it stands.
func amountOf(v reflect.Value, currency money.Currency) any {
	d := v.Interface().(money.Decimal)
	n := number{text: d.String()}
	if a, err := d.In(currency); err == nil {
		n.minor, n.money = a.Minor, true
	}
	return n
}
