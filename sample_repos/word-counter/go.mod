module example.org/word-counter

go 1.22
