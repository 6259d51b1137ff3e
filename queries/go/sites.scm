; Calls; the types of a generic function may stand between its name and its arguments.
(call_expression
  function: (identifier) @name
  arguments: (_) @arguments) @call

(call_expression
  function: (selector_expression
    operand: (_) @receiver
    field: (_) @name)
  arguments: (_) @arguments) @call

(call_expression
  function: (index_expression
    operand: [
      (identifier)
      (selector_expression)
    ] @name
    index: (_) @type)
  arguments: (_) @arguments) @call

(type_conversion_expression
  type: (generic_type
    type: (_) @name
    type_arguments: (type_arguments
      .
      (_) @type))
  operand: (_) @arguments) @call

; Literals: an object whose address is taken, slices that hold something, and maps.
(unary_expression
  operator: "&"
  operand: (composite_literal
    type: (_) @type)) @allocate.literal

(composite_literal
  type: (slice_type) @type
  body: (literal_value
    (_))) @allocate.literal

(composite_literal
  type: (map_type) @type) @allocate.literal

; An address is all that is taken of a slice or map.
(unary_expression
  operator: "&"
  operand: (composite_literal
    type: [
      (slice_type)
      (map_type)
    ]) @neither)

; Bytes and characters of a text are a copy of it.
((type_conversion_expression
  type: (slice_type
    element: (_) @_element)
  operand: (_)) @allocate.literal
  (#match? @_element "^(byte|rune|uint8|int32)$"))

; Concatenation, where one part shows that these are texts; a chain of it allocates once.
(binary_expression
  left: [
    (interpreted_string_literal)
    (raw_string_literal)
  ]
  operator: "+" @name) @allocate.concatenation

(binary_expression
  operator: "+" @name
  right: [
    (interpreted_string_literal)
    (raw_string_literal)
  ]) @allocate.concatenation

(assignment_statement
  operator: "+=" @name
  right: (expression_list
    [
      (interpreted_string_literal)
      (raw_string_literal)
    ])) @allocate.concatenation

(binary_expression
  left: (binary_expression
    operator: "+") @neither
  operator: "+"
  right: [
    (interpreted_string_literal)
    (raw_string_literal)
  ])

(binary_expression
  left: (binary_expression
    left: (binary_expression
      operator: "+") @neither
    operator: "+")
  operator: "+"
  right: [
    (interpreted_string_literal)
    (raw_string_literal)
  ])

; What is written in the source already needs no memory.
((binary_expression
  operator: "+") @neither
  (#match? @neither "^(\"([^\"\\\\]|\\\\.)*\"|`[^`]*`)(\\s*\\+\\s*(\"([^\"\\\\]|\\\\.)*\"|`[^`]*`))*$"))

(const_declaration) @constant

; A closure that uses what is declared around it; one that is called on the spot or deferred needs no memory.
(func_literal) @allocate.closure @value

(expression_statement
  (call_expression
    function: (func_literal) @neither))

(defer_statement
  (call_expression
    function: (func_literal) @neither))

; What grows when it is used: maps, builders and buffers, and pools, which hand out what they were given.
(var_spec
  name: (_) @name
  type: [
    (map_type)
    (qualified_type)
  ] @_type
  (#match? @_type "^(map\\b.*|strings\\.Builder|bytes\\.Buffer|sync\\.Pool)$")) @container

(var_spec
  name: (_) @name
  value: (expression_list
    .
    [
      (composite_literal
        type: (_) @_type)
      (unary_expression
        operand: (composite_literal
          type: (_) @_type))
    ])
  (#match? @_type "^(map\\b.*|strings\\.Builder|bytes\\.Buffer|sync\\.Pool)$")) @container

(parameter_declaration
  name: (_) @name
  type: (_) @_type
  (#match? @_type "^\\*?(map\\b.*|strings\\.Builder|bytes\\.Buffer|sync\\.Pool)$")) @container

(field_declaration
  name: (_) @name
  type: (_) @_type
  (#match? @_type "^\\*?(map\\b.*|strings\\.Builder|bytes\\.Buffer|sync\\.Pool)$")) @container

(short_var_declaration
  left: (expression_list
    .
    (_) @name)
  right: (expression_list
    .
    [
      (composite_literal
        type: (_) @_type)
      (unary_expression
        operand: (composite_literal
          type: (_) @_type))
    ])
  (#match? @_type "^(map\\b.*|strings\\.Builder|bytes\\.Buffer|sync\\.Pool)$")) @container

(short_var_declaration
  left: (expression_list
    .
    (_) @name)
  right: (expression_list
    .
    (call_expression
      function: (identifier) @_function
      arguments: (argument_list
        .
        (map_type))))
  (#eq? @_function "make")) @container

; A map takes a new key.
(assignment_statement
  left: (expression_list
    .
    (index_expression
      operand: (_) @grown @name))) @allocate.growth

(inc_statement
  (index_expression
    operand: (_) @grown @name)) @allocate.growth

; Builders and buffers are written to.
((call_expression
  function: (selector_expression
    operand: (_) @grown @receiver
    field: (_) @name)
  arguments: (_) @arguments) @reallocate.growth
  (#match? @name "^(Write(String|Byte|Rune)?|ReadFrom)$"))

((call_expression
  function: (selector_expression
    operand: (_) @grown @receiver
    field: (_) @name)) @allocate.call
  (#eq? @name "Get"))

((call_expression
  function: (selector_expression
    operand: (_) @grown @receiver
    field: (_) @name)
  arguments: (_) @arguments) @deallocate.call
  (#eq? @name "Put"))

; Code that runs again and again, and code that runs only sometimes.
(for_statement) @loop

(if_statement
  condition: (_) @condition) @branch
