package source

import (
	"hash/maphash"
	"io"
	"slices"
)

// File is the text of one file, YAML or CSV. Name is slash-separated and is what
// findings show.
type File struct {
	Name string
	Text []byte

	table *columns               // of a CSV file; see OpenTable
	lines []int                  // see lineIndex
	again func() ([]byte, error) // reads the text that was released
	sum   uint64                 // of that text
	// parts and size are of a file that is not held, while it is read; see FileAt.
	parts io.ReaderAt
	size  int64
}

// FileAt is a file of a size in bytes that is read in parts, by OpenPlain, and as a
// whole, with the function given, only where that is needed after all.
func FileAt(name string, parts io.ReaderAt, size int64, whole func() ([]byte, error)) *File {
	return &File{Name: name, parts: parts, size: size, again: whole}
}

var seed = maphash.MakeSeed()

// blockBytes is what a file that is not held is read in.
const blockBytes = 1 << 20

// sumOf is the sum of a text, made of those of its blocks.
func sumOf(text []byte) uint64 {
	var sum uint64
	for block := range slices.Chunk(text, blockBytes) {
		sum = addSum(sum, maphash.Bytes(seed, block))
	}
	return sum
}

// addSum adds the sum of the next block to that of what is before it.
func addSum(sum, block uint64) uint64 { return sum*0x9e3779b97f4a7c15 + block }

// Release lets go of the text, which is a quarter of what a loaded portfolio
// holds and is needed again only where there is something to report. It is then
// read again with the function given; a text that has changed since is taken for
// empty, so that nothing points at a wrong place.
func (f *File) Release(again func() ([]byte, error)) {
	if f.again == nil {
		f.sum = sumOf(f.Text)
	}
	f.again = again
	f.Text, f.lines = nil, nil
}

// restore reads a released text again, or for the first time one that is not held.
func (f *File) restore() {
	if f.again == nil {
		return
	}
	text, err := f.again()
	isNew := f.parts != nil
	f.again, f.parts = nil, nil
	if err == nil && (isNew || sumOf(text) == f.sum) {
		f.Text = text
	}
}
