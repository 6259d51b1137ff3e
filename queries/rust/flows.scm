; A place takes a value.
(let_declaration
  pattern: [
    (identifier)
    (tuple_struct_pattern
      (identifier) .)
  ] @target
  value: (_) @source) @flow

(assignment_expression
  left: (_) @target
  right: (_) @source) @flow

(static_item
  name: (_) @target
  value: (_) @source) @flow

(const_item
  name: (_) @target
  value: (_) @source) @flow

(field_initializer
  field: (field_identifier) @field
  value: (_) @source) @flow

; A type by another name.
(type_item
  name: (_) @target
  type: [
    (type_identifier) @source
    (scoped_type_identifier) @source
    (generic_type
      type: (_) @source)
  ]) @flow

; A function hands a value to its caller.
(return_expression
  (_) @source) @return

(function_item
  body: (block
    [
      (_expression)
      (expression_statement
        [
          (if_expression)
          (match_expression)
          (unsafe_block)
        ])
    ] @source @return
    .
    [
      (line_comment)
      (block_comment)
    ]*
    .))

; A pointer that a function hands out.
(function_item
  return_type: (pointer_type
    type: (_) @type) @declares)

; What a parameter points to.
(parameter
  pattern: (identifier) @variable
  type: (pointer_type
    type: (_) @type)) @declares

; What hands a value on unchanged.
(parenthesized_expression
  .
  (_) @value) @through

(type_cast_expression
  value: (_) @value) @through

(try_expression
  .
  (_) @value) @through

(await_expression
  .
  (_) @value) @through

(reference_expression
  value: (_) @value) @through

(unsafe_block
  (block
    (_expression) @value
    .
    [
      (line_comment)
      (block_comment)
    ]*
    .)) @through

(if_expression
  consequence: (block
    (_expression) @value
    .
    [
      (line_comment)
      (block_comment)
    ]*
    .)) @through

(if_expression
  alternative: (else_clause
    [
      (block
        (_expression) @value
        .
        [
          (line_comment)
          (block_comment)
        ]*
        .)
      (if_expression) @value
    ])) @through

(match_expression
  body: (match_block
    (match_arm
      value: (_) @value))) @through

(expression_statement
  .
  [
    (if_expression)
    (match_expression)
    (unsafe_block)
  ] @value) @through

(assignment_expression
  right: (_) @value) @through
