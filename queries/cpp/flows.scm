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

(compound_statement
  (declaration
    declarator: [
      (function_declarator
        declarator: (identifier) @variable
        parameters: (parameter_list
          .
          (parameter_declaration
            declarator: (abstract_function_declarator)) @source .)) @flow
      (pointer_declarator
        declarator: (function_declarator
          declarator: (identifier) @variable
          parameters: (parameter_list
            .
            (parameter_declaration
              declarator: (abstract_function_declarator)) @source .)) @flow)
    ]))

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

; What variables, parameters and members are declared to be.
(declaration
  type: [
    (qualified_identifier)
    (template_type)
  ] @type
  declarator: [
    (identifier)
    (pointer_declarator)
    (array_declarator)
    (init_declarator)
  ] @variable) @declares

(compound_statement
  (declaration
    type: [
      (type_identifier)
      (qualified_identifier)
      (template_type)
    ] @type
    declarator: (function_declarator
      declarator: (identifier) @variable)) @declares)

(for_range_loop
  type: [
    (type_identifier)
    (qualified_identifier)
    (template_type)
  ] @type
  declarator: (_) @variable) @declares

(parameter_declaration
  type: [
    (qualified_identifier)
    (template_type)
  ] @type
  declarator: [
    (identifier)
    (pointer_declarator)
    (array_declarator)
  ] @variable) @declares

(parameter_declaration
  type: [
    (type_identifier)
    (qualified_identifier)
    (template_type)
  ] @type
  declarator: (reference_declarator) @variable) @declares

(optional_parameter_declaration
  type: [
    (type_identifier)
    (qualified_identifier)
    (template_type)
  ] @type
  declarator: (_) @variable) @declares

(field_declaration
  type: [
    (type_identifier)
    (qualified_identifier)
    (template_type)
    (struct_specifier
      !body)
    (class_specifier
      !body)
  ] @type
  declarator: [
    (field_identifier)
    (array_declarator)
    (reference_declarator
      (field_identifier))
    (pointer_declarator
      declarator: [
        (field_identifier)
        (pointer_declarator)
      ])
  ] @variable) @declares

; What functions hand out.
(function_definition
  type: [
    (type_identifier)
    (qualified_identifier)
    (template_type)
  ] @type @declares)

(field_declaration
  type: [
    (type_identifier)
    (qualified_identifier)
    (template_type)
  ] @type @declares
  declarator: [
    (function_declarator)
    (pointer_declarator
      (function_declarator))
    (reference_declarator
      (function_declarator))
  ])

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

(call_expression
  function: [
    (template_function)
    (qualified_identifier
      name: (template_function))
  ]
  arguments: (argument_list
    .
    (new_expression) @value
    .
    (_))) @through

(initializer_list
  .
  (_) @value .) @through

(condition_clause
  value: (_) @value) @through

(condition_clause
  value: (declaration
    value: (_) @value)) @holds

; An object that is built in memory which a call hands out; a tag may stand before it.
(new_expression
  placement: (argument_list
    (call_expression) @value .)) @through

; A macro that names the type leaves the arguments of its constructor to whoever uses it.
((call_expression
  function: (call_expression
    function: (identifier) @_macro) @value) @through
  (#match? @_macro "^[A-Z][A-Z0-9_]*$"))

; What is asked for in a way that hands back nothing instead of throwing.
((new_expression
  placement: (argument_list) @_placement) @nullable
  (#match? @_placement "(?i)no_?throw|fallible"))
