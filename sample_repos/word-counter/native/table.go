// Package native keeps numbers in the memory of C.
package native

// #include <stdlib.h>
import "C"

import "unsafe"

// Table is a table of numbers.
type Table struct {
	name  *C.char
	cells *C.long
	size  int
}

var largest = 1 << 20

// NewTable makes a table, which has to be released.
func NewTable(size int) *Table {
	var memory unsafe.Pointer = C.calloc(C.size_t(size), C.sizeof_long) // allocate: C.calloc
	table := (*Table)(C.malloc(C.size_t(unsafe.Sizeof(Table{})))) // allocate: C.malloc
	*table = Table{name: C.CString("table"), cells: (*C.long)(memory), size: size} // allocate: C.CString
	return table
}

// Name gives the name of a table.
func (t *Table) Name() string {
	return C.GoString(t.name) // allocate: C.GoString
}

// Release gives a table back.
func Release(t *Table) {
	C.free(unsafe.Pointer(t.name)) // deallocate: C.free
	C.free(unsafe.Pointer(t.cells)) // deallocate: C.free
	C.free(unsafe.Pointer(t)) // deallocate: C.free
}

// Resize changes how many numbers a table holds.
func (t *Table) Resize(size int) {
	if size > largest {
		panic("too large")
	}
	t.cells = (*C.long)(C.realloc(unsafe.Pointer(t.cells), C.size_t(size)*C.sizeof_long)) // reallocate: C.realloc
	t.size = size
}

// grow takes more room than is asked for; another type calls something else by this name.
func (t *Table) grow(size int) *C.long {
	return (*C.long)(C.calloc(C.size_t(2*size), C.sizeof_long)) // allocate: C.calloc
}

func (t *Table) free(cells *C.long) {
	C.free(unsafe.Pointer(cells)) // deallocate: C.free
}

type counter struct {
	table *Table
	steps int
}

func (c *counter) grow(size int) int {
	c.steps += size
	return c.steps
}

// Copy gives as many numbers as a table has, twice over.
func (c *counter) Copy() int {
	cells := c.table.grow(c.grow(1)) // allocate: c.table.grow -> 48
	defer c.table.free(cells) // deallocate: c.table.free -> 52
	other := NewTable(1) // allocate: NewTable -> 19
	more := other.grow(2) // allocate: other.grow -> 48
	other.free(more) // deallocate: other.free -> 52
	Release(other) // deallocate: Release -> 32
	return c.steps
}

// Set changes a number.
func (t *Table) Set(index int, value int) {
	cells := unsafe.Slice(t.cells, t.size)
	cells[index%t.size] = C.long(value)
}
