//go:build goexperiment.arenas

// Package scratch makes what is only needed for a while.
package scratch

import "arena"

// Entry is a word and its count.
type Entry struct {
	Word  string
	Times int
}

// Sum adds up the counts of words.
func Sum(counts map[string]int) int {
	memory := arena.NewArena() // allocate: arena.NewArena
	defer memory.Free() // deallocate: memory.Free
	entries := arena.MakeSlice[*Entry](memory, 0, len(counts)) // allocate: arena.MakeSlice
	for word, times := range counts {
		entry := arena.New[Entry](memory) // allocate: arena.New
		entry.Word, entry.Times = word, times
		entries = append(entries, entry) // reallocate: append
	}
	sum := 0
	for _, entry := range entries {
		sum += entry.Times
	}
	return sum
}
