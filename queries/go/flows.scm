; A place takes a value: the first of a list the first, and so on.
(short_var_declaration
  left: (expression_list
    .
    (identifier) @variable)
  right: (expression_list
    .
    (_) @source)) @flow

(short_var_declaration
  left: (expression_list
    (_)
    .
    (identifier) @variable .)) @flow

(assignment_statement
  left: (expression_list
    .
    (_) @target)
  right: (expression_list
    .
    (_) @source)) @flow

(var_spec
  name: (identifier) @variable
  value: (expression_list
    .
    (_) @source)?) @flow

(range_clause
  left: (expression_list
    (identifier) @variable)) @flow

(method_declaration
  receiver: (parameter_list
    (parameter_declaration
      name: (identifier) @variable) @flow))

(keyed_element
  key: (literal_element
    (_) @target)
  value: (literal_element
    (_) @source)) @flow

; What a variable is declared to be.
(var_spec
  name: (identifier) @variable
  type: (_) @type) @declares

(parameter_declaration
  name: (identifier) @variable
  type: (_) @type) @declares

(field_declaration
  name: (field_identifier) @variable
  type: (_) @type) @declares

; What a function hands out, first of all.
(function_declaration
  result: [
    (type_identifier)
    (qualified_type)
    (pointer_type)
  ] @type @declares)

(function_declaration
  result: (parameter_list
    .
    (parameter_declaration
      type: (_) @type @declares)))

(method_declaration
  result: [
    (type_identifier)
    (qualified_type)
    (pointer_type)
  ] @type @declares)

(method_declaration
  result: (parameter_list
    .
    (parameter_declaration
      type: (_) @type @declares)))

; A function hands values to its caller.
(return_statement
  (expression_list
    .
    (_) @source)) @return

; What hands a value on unchanged.
(parenthesized_expression
  (_) @value) @through

(type_assertion_expression
  operand: (_) @value) @through

(type_conversion_expression
  operand: (_) @value) @through

(call_expression
  function: (parenthesized_expression
    (unary_expression
      operator: "*"))
  arguments: (argument_list
    .
    (_) @value .)) @through

((call_expression
  function: (selector_expression) @_conversion
  arguments: (argument_list
    .
    (_) @value .)) @through
  (#eq? @_conversion "unsafe.Pointer"))
