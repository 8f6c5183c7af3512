package conform

import (
	"math/big"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/progctl/progctl/pkg/cal"
	"github.com/progctl/progctl/pkg/source"
)

// plan is a compiled schema in a form that accepts a conforming document
// without building its JSON value or allocating. It only ever accepts: what it
// does not, or does not understand, goes to the schema library, which alone
// decides on errors. Validating 10,000 programs with the library took 2.4 times
// as long as parsing them, with a plan before it a twentieth.
type plan struct {
	never    bool // has a keyword that is not understood
	kinds    kindSet
	enum     []string
	hasEnum  bool
	props    map[string]property
	required uint64 // a bit for each required property
	depends  []dependent
	names    *plan
	extra    *plan
	closed   bool // no properties beyond props
	items    *plan
	ref      *plan
	all      []*plan
	texts    []func(string) bool
	numbers  []func(*big.Rat) bool
	minItems int
	maxItems int
	unique   bool
	cond     *condition
}

type property struct {
	plan *plan
	bit  uint64
}

// dependent says which properties are required where one is present, as bits.
type dependent struct{ given, needed uint64 }

// condition is if, then and else. A plan cannot refuse, so the condition counts
// as met or not only where it is one that a plan can decide.
type condition struct{ test, then, otherwise *plan }

type kindSet uint8

func (k kindSet) has(kind source.Kind) bool { return k == 0 || k&(1<<kind) != 0 }

var jsonKinds = map[string]kindSet{
	"null": 1 << source.Null, "boolean": 1 << source.Bool, "number": 1 << source.Number,
	"string": 1 << source.String, "array": 1 << source.List, "object": 1 << source.Map,
}

// planner remembers the plans of schemas, so that recursion ends.
type planner map[*jsonschema.Schema]*plan

func newPlan(s *jsonschema.Schema) *plan { return planner{}.plan(s) }

func (b planner) plan(s *jsonschema.Schema) *plan {
	if s == nil {
		return nil
	}
	if p, ok := b[s]; ok {
		return p
	}
	p := &plan{minItems: s.MinItems, maxItems: s.MaxItems, unique: s.UniqueItems}
	b[s] = p
	p.never = unsupported(s)
	for _, t := range s.Types {
		k, ok := jsonKinds[t]
		if t == "integer" {
			k, ok = jsonKinds["number"], true
			p.numbers = append(p.numbers, (*big.Rat).IsInt)
		}
		p.never = p.never || !ok
		p.kinds |= k
	}
	p.never = p.never || len(p.numbers) > 0 && len(s.Types) > 1 && hasNumber(s.Types)
	b.values(p, s)
	b.objects(p, s)
	p.ref = b.plan(s.Ref)
	for _, sub := range s.AllOf {
		p.all = append(p.all, b.plan(sub))
	}
	if items, ok := s.Items.(*jsonschema.Schema); ok {
		p.items = b.plan(items)
	}
	if s.Items2020 != nil {
		p.items = b.plan(s.Items2020)
	}
	if s.If != nil {
		p.cond = &condition{b.plan(s.If), b.plan(s.Then), b.plan(s.Else)}
	}
	return p
}

func hasNumber(types []string) bool {
	for _, t := range types {
		if t == "number" {
			return true
		}
	}
	return false
}

func (b planner) values(p *plan, s *jsonschema.Schema) {
	for _, list := range [][]any{s.Constant, s.Enum} {
		if len(list) == 0 {
			continue
		}
		p.never = p.never || p.hasEnum // const and enum together
		p.hasEnum = true
		for _, v := range list {
			if text, ok := v.(string); ok {
				p.enum = append(p.enum, text)
			}
		}
	}
	if s.Pattern != nil {
		if quick, ok := recognisers[s.Pattern.String()]; ok {
			p.texts = append(p.texts, quick)
		} else {
			p.texts = append(p.texts, s.Pattern.MatchString)
		}
	}
	if s.Format == "date" {
		p.texts = append(p.texts, isDate)
	}
	if s.MinLength >= 0 {
		p.texts = append(p.texts, func(t string) bool { return utf8.RuneCountInString(t) >= s.MinLength })
	}
	if s.MaxLength >= 0 {
		p.texts = append(p.texts, func(t string) bool { return utf8.RuneCountInString(t) <= s.MaxLength })
	}
	if s.Minimum != nil {
		p.numbers = append(p.numbers, func(r *big.Rat) bool { return r.Cmp(s.Minimum) >= 0 })
	}
	if s.Maximum != nil {
		p.numbers = append(p.numbers, func(r *big.Rat) bool { return r.Cmp(s.Maximum) <= 0 })
	}
	if s.ExclusiveMinimum != nil {
		p.numbers = append(p.numbers, func(r *big.Rat) bool { return r.Cmp(s.ExclusiveMinimum) > 0 })
	}
}

func (b planner) objects(p *plan, s *jsonschema.Schema) {
	p.props = make(map[string]property, len(s.Properties))
	for name, sub := range s.Properties {
		p.props[name] = property{plan: b.plan(sub)}
	}
	next := uint64(1)
	bit := func(name string) uint64 {
		prop, described := p.props[name]
		p.never = p.never || !described || next == 0 // not described, or more than 64 of them
		if prop.bit == 0 {
			prop.bit = next
			next <<= 1
			p.props[name] = prop
		}
		return prop.bit
	}
	for _, name := range s.Required {
		p.required |= bit(name)
	}
	for given, needed := range s.DependentRequired {
		d := dependent{given: bit(given)}
		for _, name := range needed {
			d.needed |= bit(name)
		}
		p.depends = append(p.depends, d)
	}
	p.names = b.plan(s.PropertyNames)
	switch extra := s.AdditionalProperties.(type) {
	case bool:
		p.closed = !extra
	case *jsonschema.Schema:
		p.extra = b.plan(extra)
	}
}

// unsupported tells a schema with a keyword that plans leave to the library.
func unsupported(s *jsonschema.Schema) bool {
	_, listItems := s.Items.([]*jsonschema.Schema)
	return s.Format != "" && s.Format != "date" || s.Always != nil || s.RecursiveRef != nil || s.DynamicRef != nil ||
		s.Not != nil || len(s.AnyOf)+len(s.OneOf) > 0 || s.MinProperties >= 0 || s.MaxProperties >= 0 ||
		len(s.PatternProperties)+len(s.Dependencies)+len(s.DependentSchemas) > 0 ||
		s.UnevaluatedProperties != nil || listItems || s.AdditionalItems != nil ||
		len(s.PrefixItems) > 0 || s.Contains != nil || s.UnevaluatedItems != nil ||
		s.ContentEncoding != "" || s.ContentMediaType != "" || s.ContentSchema != nil ||
		s.ExclusiveMaximum != nil || s.MultipleOf != nil || len(s.Extensions) > 0
}

func isDate(text string) bool {
	_, err := cal.ParseDate(text)
	return err == nil
}

// accept reports whether the value certainly conforms.
func (p *plan) accept(n source.Node) bool {
	kind := n.Kind()
	if p.never || !p.kinds.has(kind) || p.hasEnum && kind != source.String {
		return false
	}
	switch kind {
	case source.String:
		if !p.acceptText(n.Text()) {
			return false
		}
	case source.Number:
		if !p.acceptNumber(n.Text()) {
			return false
		}
	case source.List:
		if !p.acceptList(n) {
			return false
		}
	case source.Map:
		if !p.acceptMap(n) {
			return false
		}
	}
	if p.ref != nil && !p.ref.accept(n) {
		return false
	}
	for _, sub := range p.all {
		if !sub.accept(n) {
			return false
		}
	}
	return p.cond == nil || p.cond.accept(n)
}

// accept takes what satisfies both branches, or satisfies the condition and
// its then. The condition's failing alone proves nothing.
func (c *condition) accept(n source.Node) bool {
	if c.then != nil && !c.then.accept(n) {
		return false
	}
	return c.otherwise == nil || c.test.accept(n) || c.otherwise.accept(n)
}

func (p *plan) acceptText(text string) bool {
	if p.hasEnum && !contains(p.enum, text) {
		return false
	}
	for _, ok := range p.texts {
		if !ok(text) {
			return false
		}
	}
	return true
}

func contains(list []string, text string) bool {
	for _, s := range list {
		if s == text {
			return true
		}
	}
	return false
}

func (p *plan) acceptNumber(text string) bool {
	if len(p.numbers) == 0 {
		return true
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return false
	}
	for _, ok := range p.numbers {
		if !ok(r) {
			return false
		}
	}
	return true
}

func (p *plan) acceptList(n source.Node) bool {
	if p.minItems >= 0 && n.Len() < p.minItems || p.maxItems >= 0 && n.Len() > p.maxItems {
		return false
	}
	if p.unique && !distinctTexts(n) {
		return false
	}
	if p.items == nil {
		return true
	}
	for _, item := range n.Items() {
		if !p.items.accept(item) {
			return false
		}
	}
	return true
}

// distinctTexts reports whether all entries of a list are texts, and no two the
// same.
func distinctTexts(n source.Node) bool {
	var seen []string
	for _, item := range n.Items() {
		if item.Kind() != source.String || contains(seen, item.Text()) {
			return false
		}
		seen = append(seen, item.Text())
	}
	return true
}

func (p *plan) acceptMap(n source.Node) bool {
	var seen uint64
	for k, v := range n.Pairs() {
		name := k.Name()
		if p.names != nil && (p.names.never || !p.names.kinds.has(source.String) || !p.names.acceptName(name)) {
			return false
		}
		prop, known := p.props[name]
		switch {
		case known:
			seen |= prop.bit
			if prop.plan != nil && !prop.plan.accept(v) {
				return false
			}
		case p.closed:
			return false
		case p.extra != nil && !p.extra.accept(v):
			return false
		}
	}
	for _, d := range p.depends {
		if seen&d.given != 0 && seen&d.needed != d.needed {
			return false
		}
	}
	return seen&p.required == p.required
}

// acceptName is accept for the name of a property.
func (p *plan) acceptName(name string) bool {
	if p.cond != nil || len(p.all) > 0 || !p.acceptText(name) {
		return false
	}
	return p.ref == nil || !p.ref.never && p.ref.kinds.has(source.String) && p.ref.acceptName(name)
}
