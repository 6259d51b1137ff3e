; inherits: c

; Initialisers in parentheses and braces.
(init_declarator
  declarator: (_) @variable
  value: [
    (argument_list
      .
      (_) @source .)
    (initializer_list
      .
      (_) @source .)
  ]) @flow

((function_declarator
  declarator: (_) @target
  parameters: (parameter_list
    .
    (parameter_declaration
      type: (type_identifier) @_new) @source .)) @flow
  (#eq? @_new "new"))

(field_initializer
  .
  (_) @target
  [
    (argument_list
      .
      (_) @source .)
    (initializer_list
      .
      (_) @source .)
  ]) @flow

(field_declaration
  declarator: (_) @variable
  default_value: (_) @source) @flow

(lambda_capture_initializer
  left: (_) @target
  right: (_) @source) @flow

; Strings copy what they begin with.
((declaration
  type: [
    (qualified_identifier)
    (template_type)
  ] @type
  declarator: [
    (identifier)
    (init_declarator)
  ] @variable) @declares
  (#match? @type "string(<|$)"))

; Casts and owners hand on what they are given.
((call_expression
  function: (template_function
    name: (identifier) @_cast)
  arguments: (argument_list
    .
    (_) @value .)) @through
  (#match? @_cast "^((static|reinterpret|const|dynamic)_cast|(unique|shared)_ptr)$"))

((call_expression
  function: (qualified_identifier
    scope: (_) @_scope
    name: (_) @_owner)
  arguments: (argument_list
    .
    (_) @value .)) @through
  (#match? @_owner "^(move|forward|(unique|shared)_ptr)\\b"))

(initializer_list
  .
  (_) @value .) @through

(condition_clause
  value: (_) @value) @through

(condition_clause
  value: (declaration
    value: (_) @value)) @holds

; What is asked for in a way that hands back nothing instead of throwing.
((new_expression
  placement: (argument_list) @_placement) @nullable
  (#match? @_placement "(?i)no_?throw|fallible"))
