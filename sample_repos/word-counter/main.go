package main

import (
	"fmt"
	"os"

	"example.org/word-counter/count"
	"example.org/word-counter/native"
)

func main() {
	total := count.NewTable("all files")
	lines := native.NewTable(64) // allocate: native.NewTable -> native/table.go:19
	defer native.Release(lines) // deallocate: native.Release -> native/table.go:32

	for i, path := range os.Args[1:] {
		content, err := os.ReadFile(path) // allocate: os.ReadFile
		if err != nil {
			fmt.Fprintln(os.Stderr, "word-counter: "+err.Error()) // allocate: +
			os.Exit(2)
		}
		total.Add(string(content)) // allocate: string
		lines.Set(i, len(content))
	}
	fmt.Print(total.Report(3))
}
