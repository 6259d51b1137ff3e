; A place takes a value.
(assignment_expression
  left: (_) @target
  operator: "="
  right: (_) @source) @flow

(init_declarator
  declarator: (_) @variable
  value: (_) @source) @flow

; A function hands a value to its caller.
(return_statement
  (_) @source) @return

(return_statement
  "return"
  .
  ";") @return

; What hands a value on unchanged.
(cast_expression
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

(declaration
  declarator: (init_declarator
    declarator: (identifier) @variable
    value: (initializer_list) @arguments)) @flow

; What a variable is declared to be; bare numbers are no objects.
(declaration
  type: [
    (type_identifier)
    (struct_specifier
      !body)
    (union_specifier
      !body)
  ] @type
  declarator: [
    (identifier)
    (pointer_declarator)
    (array_declarator)
    (init_declarator)
  ] @variable) @declares

(parameter_declaration
  type: [
    (type_identifier)
    (struct_specifier
      !body)
    (union_specifier
      !body)
  ] @type
  declarator: [
    (identifier)
    (pointer_declarator)
    (array_declarator)
  ] @variable) @declares

; What is asked: whether a value holds anything ...
(if_statement
  condition: (_) @value) @holds

(while_statement
  condition: (_) @value) @holds

(do_statement
  condition: (_) @value) @holds

(for_statement
  condition: (_) @value) @holds

(conditional_expression
  condition: (_) @value) @holds

(binary_expression
  left: (_) @value
  operator: [
    "&&"
    "||"
  ]) @holds

(binary_expression
  operator: [
    "&&"
    "||"
  ]
  right: (_) @value) @holds

(binary_expression
  left: (_) @value
  operator: "!="
  right: [
    (null)
    (number_literal)
    (identifier)
  ] @_nothing
  (#match? @_nothing "^(NULL|nullptr|0|-1|[A-Z]+_FAILED)$")) @holds

; A code that is below nothing says that something went wrong.
(binary_expression
  left: (_) @value
  operator: "<"
  right: (number_literal) @_nothing
  (#eq? @_nothing "0")) @holds

; ... or whether it holds nothing.
(unary_expression
  operator: "!"
  argument: (_) @value) @lacks

(binary_expression
  left: (_) @value
  operator: "=="
  right: [
    (null)
    (number_literal)
    (identifier)
  ] @_nothing
  (#match? @_nothing "^(NULL|nullptr|0|-1|[A-Z]+_FAILED)$")) @lacks

(binary_expression
  left: [
    (null)
    (number_literal)
    (identifier)
  ] @_nothing
  operator: "=="
  right: (_) @value
  (#match? @_nothing "^(NULL|nullptr|0|-1|[A-Z]+_FAILED)$")) @lacks

(binary_expression
  left: [
    (null)
    (number_literal)
    (identifier)
  ] @_nothing
  operator: "!="
  right: (_) @value
  (#match? @_nothing "^(NULL|nullptr|0|-1|[A-Z]+_FAILED)$")) @holds

(binary_expression
  left: (_) @value
  operator: ">="
  right: (number_literal) @_nothing
  (#eq? @_nothing "0")) @lacks

; What nothing takes the result of.
(expression_statement
  (call_expression) @dropped)
