; A place takes a value.
(assignment_expression
  left: (_) @target
  operator: "="
  right: (_) @source) @flow

(declaration
  type: (_) @type
  declarator: (init_declarator
    declarator: (_) @variable
    value: (_) @source) @flow)

; A function hands a value to its caller.
(return_statement
  (_) @source) @return

; What hands a value on unchanged.
(cast_expression
  type: (_) @type
  value: (_) @value) @through

(parenthesized_expression
  (_) @value) @through

(conditional_expression
  consequence: (_) @value
  alternative: (_) @value) @through

(assignment_expression
  right: (_) @value) @through

(comma_expression
  right: (_) @value) @through

; A pointer into the same block.
(binary_expression
  left: (_) @value
  operator: [
    "+"
    "-"
  ]) @interior

; A table of functions is filled.
(initializer_pair
  designator: (field_designator) @target
  value: (_) @source) @flow
