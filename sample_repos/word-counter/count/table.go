// Package count counts words.
package count

import (
	"errors"
	"slices"
	"sort"
	str "strings"
)

// Sink takes what has been counted.
type Sink interface {
	Take(word string, times int)
}

// Table holds how often words occur.
type Table struct {
	title  string
	counts map[string]int
	sinks  []Sink
}

// ErrEmpty says that there are no words.
var ErrEmpty = errors.New("no words") // allocate: errors.New

var (
	// What is written in the source already needs no memory.
	separator = "---" + "---" + `---`
	ignored   = map[string]bool{"the": true, "a": true} // allocate: literal
)

const banner = "words" + " of "

// NewTable makes an empty table.
func NewTable(title string) *Table {
	// allocate: make; allocate: literal -> 17
	return &Table{title: title, counts: make(map[string]int)}
}

// Add counts the words of a text.
func (t *Table) Add(text string) {
	for _, word := range str.Fields(text) { // allocate: str.Fields
		if !ignored[word] {
			t.counts[word]++ // allocate: t.counts
		}
	}
}

// Merge adds what another table has counted.
func (t *Table) Merge(other *Table) {
	for word, times := range other.counts {
		t.counts[word] = t.counts[word] + times // allocate: t.counts
	}
}

// Words lists the words, the most frequent first.
func (t *Table) Words() ([]string, error) {
	if len(t.counts) == 0 {
		return nil, ErrEmpty
	}
	words := make([]string, 0, len(t.counts)) // allocate: make
	for word := range t.counts {
		words = append(words, word) // reallocate: append
	}
	words = slices.Grow(words, 1) // reallocate: slices.Grow
	sort.Slice(words, func(i, j int) bool { // allocate: closure
		return t.counts[words[i]] > t.counts[words[j]]
	})
	return words, nil
}

// Watch lets a sink know of everything that is counted later.
func (t *Table) Watch(sink Sink) {
	t.sinks = append(t.sinks, sink) // reallocate: append
}

// Lengths counts words by their lengths.
func Lengths(words []string) map[int]int {
	var lengths = map[int]int{} // allocate: literal
	for _, word := range words {
		lengths[len(word)]++ // allocate: lengths
	}
	return lengths
}

// Invert lists the words of each count.
func Invert(counts map[string]int, into map[int][]string) {
	seen := map[string]bool{} // allocate: literal
	index := make(map[int]int) // allocate: make
	for word, times := range counts {
		seen[word] = true // allocate: seen
		index[times]++ // allocate: index
		into[times] = append(into[times], word) // reallocate: append; allocate: into
	}
}
