package source

import "encoding/json"

// JSON is the value as encoding/json would decode it with UseNumber: nil, bool,
// json.Number with the digits as written, string, []any, map[string]any.
func (n Node) JSON() any {
	switch n.Kind() {
	case Null:
		return nil
	case Bool:
		return n.Text() == "true"
	case Number:
		return json.Number(n.Text())
	case String:
		return n.Text()
	case List:
		list := make([]any, 0, n.Len())
		for _, item := range n.Items() {
			list = append(list, item.JSON())
		}
		return list
	default:
		object := make(map[string]any, n.Len())
		for k, v := range n.Pairs() {
			object[k.Name()] = v.JSON()
		}
		return object
	}
}
