package count

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }} // allocate: new

// Report says which words are the most frequent.
func (t *Table) Report(most int) string {
	words, err := t.Words()
	if err != nil {
		return err.Error() + "\n" // allocate: +
	}
	var page strings.Builder
	page.Grow(80 * most) // reallocate: page.Grow
	page.WriteString(banner) // reallocate: page.WriteString
	// allocate: +; reallocate: page.WriteString
	page.WriteString("'" + t.title + "'" + separator)
	for _, word := range words[:min(most, len(words))] {
		page.WriteString(t.line(word)) // reallocate: page.WriteString
		page.WriteByte('\n') // reallocate: page.WriteByte
	}
	rule := strings.Repeat("=", 20) // allocate: strings.Repeat
	rule += "\n" // allocate: +=
	return page.String() + rule
}

func (t *Table) line(word string) string {
	buffer := buffers.Get().(*bytes.Buffer) // allocate: buffers.Get
	defer buffers.Put(buffer) // deallocate: buffers.Put
	defer func() { buffer.Reset() }()
	func() {
		fmt.Fprintf(buffer, "%6d ", t.counts[word])
	}()
	write(buffer, []byte(word)) // allocate: literal
	return (buffer.String())
}

func write(buffer *bytes.Buffer, word []byte) {
	buffer.Write(word) // reallocate: buffer.Write
}

// Rows gives what a table of texts would show.
func (t *Table) Rows() *[][]string {
	rows := &[][]string{{"word", "times"}} // allocate: literal
	for word, times := range t.counts {
		// allocate: literal; allocate: fmt.Sprint; reallocate: append
		*rows = append(*rows, []string{word, fmt.Sprint(times)})
	}
	return rows
}

// Counter gives a function that counts its calls, and one that does nothing.
func Counter() (func() int, func()) {
	calls := 0
	count := func() int { // allocate: closure
		calls++
		return calls
	}
	nothing := func() {}
	return count, nothing
}

// Label joins what is known of a word.
func Label(word string, kind string) string {
	label := word + " (" + kind + ")" // allocate: +
	return label
}
