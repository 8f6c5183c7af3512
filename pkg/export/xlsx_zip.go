package export

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// sorted writes the parts of a workbook in the order of their names: the library hands
// them over in that of a map.
type sorted struct {
	to    io.Writer
	parts []*filePart
}

type filePart struct {
	name string
	bytes.Buffer
}

func newSorted(to io.Writer) excelize.ZipWriter { return &sorted{to: to} }

// Create begins a part.
func (s *sorted) Create(name string) (io.Writer, error) {
	p := &filePart{name: name}
	s.parts = append(s.parts, p)
	return p, nil
}

// AddFS is of the interface, and never called.
func (s *sorted) AddFS(fs.FS) error { return fs.ErrInvalid }

// Close writes all parts.
func (s *sorted) Close() error {
	for _, p := range s.parts {
		if p.name == contentTypes {
			text := sortedDefaults(p.Bytes())
			p.Reset()
			_, _ = p.Write(text) // memory takes everything
		}
	}
	slices.SortFunc(s.parts, func(a, b *filePart) int { return strings.Compare(a.name, b.name) })
	w := zip.NewWriter(s.to)
	for _, p := range s.parts {
		out, err := w.Create(p.name)
		if err != nil {
			return err
		}
		if _, err := out.Write(p.Bytes()); err != nil {
			return err
		}
	}
	return w.Close()
}

// contentTypes says what sorts of parts there are: pictures too, once there is a
// chart, in the order of a map.
const contentTypes = "[Content_Types].xml"

var defaultType = regexp.MustCompile(`<Default [^>]*></Default>`)

// sortedDefaults sorts what content types say of endings of names.
func sortedDefaults(text []byte) []byte {
	list := defaultType.FindAll(text, -1)
	slices.SortFunc(list, bytes.Compare)
	i := -1
	return defaultType.ReplaceAllFunc(bytes.Clone(text), func([]byte) []byte {
		i++
		return bytes.Clone(list[i])
	})
}
