package portfolio

import (
	"encoding/binary"
	"math/bits"
)

// shortTexts knows what texts of up to sixteen bytes stand for, none of which holds a
// zero byte. It is a map that takes half the time of one of strings, for the
// texts are in it rather than elsewhere.
type shortTexts struct {
	slots []shortText
	n     int
}

// shortText is a text in a slot; one that stands for nothing is a free slot.
type shortText struct {
	low, high uint64
	value     int32
}

// shortOf makes numbers of a text; ok is false where it is longer than one may be.
func shortOf(text []byte) (low, high uint64, ok bool) {
	const word = 8
	switch n := len(text); {
	case n > 2*word:
		return 0, 0, false
	case n > word:
		// The last eight bytes, without those of the first eight.
		high = binary.LittleEndian.Uint64(text[n-word:]) >> (8 * (2*word - n))
		return binary.LittleEndian.Uint64(text), high, true
	case n == word:
		return binary.LittleEndian.Uint64(text), 0, true
	}
	for i, c := range text {
		low |= uint64(c) << (8 * i)
	}
	return low, 0, true
}

// at is the slot of a text, or a free one where it is not known.
func (t *shortTexts) at(low, high uint64) *shortText {
	if 2*t.n >= len(t.slots) {
		t.grow()
	}
	upper, lower := bits.Mul64(low^0x9e3779b97f4a7c15, high^0xd1b54a32d192ed03)
	mask := uint64(len(t.slots) - 1)
	for i := (upper ^ lower) & mask; ; i = (i + 1) & mask {
		s := &t.slots[i]
		if s.value == 0 || s.low == low && s.high == high {
			return s
		}
	}
}

// put fills a free slot.
func (t *shortTexts) put(s *shortText, low, high uint64, value int32) {
	*s = shortText{low, high, value}
	t.n++
}

func (t *shortTexts) grow() {
	old := t.slots
	t.slots = make([]shortText, max(64, 4*len(old)))
	t.n = 0
	for _, s := range old {
		if s.value != 0 {
			t.put(t.at(s.low, s.high), s.low, s.high, s.value)
		}
	}
}

// numbered gives texts numbers, from 1 on.
type numbered struct {
	n     int32
	short shortTexts
	long  map[string]int32
}

// of is the number of a text.
func (t *numbered) of(text []byte) int32 {
	low, high, ok := shortOf(text)
	if !ok {
		n, known := t.long[string(text)]
		if !known {
			if t.long == nil {
				t.long = map[string]int32{}
			}
			t.n++
			n = t.n
			t.long[string(text)] = n
		}
		return n
	}
	s := t.short.at(low, high)
	if s.value == 0 {
		t.n++
		t.short.put(s, low, high, t.n)
	}
	return s.value
}
