package source

import (
	"errors"
	"testing"
)

func TestReleasedTextIsReadAgain(t *testing.T) {
	const text = "a: 1\nb: 2\n"
	tests := []struct {
		name  string
		again string
		err   error
		want  string
	}{
		{"unchanged", text, nil, "b: 2"},
		{"changed", "a: 1\nc: 3\n", nil, ""},
		{"gone", "", errors.New("gone"), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := &File{Name: "f", Text: []byte(text)}
			docs, _ := Parse(f)
			place := docs[0].Origin(docs[0].Root()).At("b")
			f.Release(func() ([]byte, error) { return []byte(test.again), test.err })
			if f.Text != nil {
				t.Error("the text is kept")
			}
			var l Locator
			got := l.Locate(place).Range.Start
			if line, _ := f.Line(2); line != test.want {
				t.Errorf("line 2 is %q, want %q", line, test.want)
			}
			if want := map[bool]int{true: 2, false: 1}[test.want != ""]; got.Line != want {
				t.Errorf("located in line %d, want %d", got.Line, want)
			}
		})
	}
}
