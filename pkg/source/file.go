package source

import "hash/maphash"

// File is the text of one file, YAML or CSV. Name is slash-separated and is what
// findings show.
type File struct {
	Name string
	Text []byte

	table *columns               // of a CSV file; see OpenTable
	lines []int                  // see lineIndex
	again func() ([]byte, error) // reads the text that was released
	sum   uint64                 // of that text
}

var seed = maphash.MakeSeed()

// Release lets go of the text, which is a quarter of what a loaded portfolio
// holds and is needed again only where there is something to report. It is then
// read again with the function given; a text that has changed since is taken for
// empty, so that nothing points at a wrong place.
func (f *File) Release(again func() ([]byte, error)) {
	f.sum, f.again = maphash.Bytes(seed, f.Text), again
	f.Text, f.lines = nil, nil
}

// restore reads a released text again.
func (f *File) restore() {
	if f.again == nil {
		return
	}
	text, err := f.again()
	f.again = nil
	if err == nil && maphash.Bytes(seed, text) == f.sum {
		f.Text = text
	}
}
