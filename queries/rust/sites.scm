; A call by name or by path, with or without the types that it is told.
(call_expression
  function: [
    (identifier) @name
    (scoped_identifier
      path: [
        (identifier)
        (scoped_identifier)
        (crate)
        (metavariable)
        (self)
        (super)
        (generic_type
          type_arguments: (type_arguments
            .
            (_) @type))
      ]) @name
    (generic_function
      function: [
        (identifier) @name
        (scoped_identifier
          path: [
            (identifier)
            (scoped_identifier)
            (crate)
            (metavariable)
            (self)
            (super)
            (generic_type)
          ]) @name
      ]
      type_arguments: (type_arguments
        .
        (_) @type))
  ]
  arguments: (arguments) @arguments) @call

; A call through a type or trait in angle brackets.
(call_expression
  function: (scoped_identifier
    path: (bracketed_type
      [
        (qualified_type
          type: (_) @type
          alias: (_) @name)
        (generic_type
          type: (_) @name
          type_arguments: (type_arguments
            .
            (_) @type))
        (array_type
          element: (_) @type)
        (type_identifier) @name
        (scoped_type_identifier) @name
      ])
    "::" @name
    name: (identifier) @name)
  arguments: (arguments) @arguments) @call

; A method of a value.
(call_expression
  function: [
    (field_expression
      value: (_) @receiver
      "." @name
      field: (field_identifier) @name)
    (generic_function
      function: (field_expression
        value: (_) @receiver
        "." @name
        field: (field_identifier) @name)
      type_arguments: (type_arguments
        .
        (_) @type))
  ]
  arguments: (arguments) @arguments) @call

; A call where a macro has it on the side on which patterns stand elsewhere.
(tuple_struct_pattern
  type: (scoped_identifier) @name) @call

; A function that another one will call.
(arguments
  (scoped_identifier) @name @call)

; A macro: a catalogue knows it by its name and exclamation mark.
(macro_invocation
  macro: (_) @name
  "!" @name
  (token_tree) @arguments) @call

; A piece of text that becomes a value of its own.
(call_expression
  function: (field_expression
    value: (string_literal)
    "." @name
    field: (field_identifier) @name @_word)
  arguments: (arguments)
  (#eq? @_word "into")) @allocate.literal

; A C string that is handed over to foreign code.
(call_expression
  function: (field_expression
    value: (_) @receiver @_string
    "." @name
    field: (field_identifier) @name @_word)
  arguments: (arguments)
  (#eq? @_word "into_raw")
  (#match? @_string "CString|^(c_?|C)(str|string|name|path)")) @transfer.call

; What stands in the brackets of a macro, or is what a macro stands for, is code as well.
(macro_invocation
  (token_tree) @inject)

(macro_rule
  right: (token_tree) @inject)

; Signs of repetition, and of what a macro puts in, hide code that stands between them.
(token_repetition
  [
    "$"
    "("
    ")"
    "*"
    "+"
    "?"
  ] @blank)

[
  (token_tree
    "#" @blank
    .
    (identifier))
  (token_repetition
    "#" @blank
    .
    (identifier))
]

; Code that runs again and again.
(for_expression) @loop

(while_expression) @loop

(loop_expression) @loop

; Tests.
((attribute_item
  (attribute
    [
      (identifier)
      (scoped_identifier)
    ] @_word))
  .
  [
    (attribute_item)
    (line_comment)
  ]*
  .
  [
    (function_item)
    (mod_item)
    (impl_item)
  ] @test
  (#match? @_word "^((\\w+::)*(test|bench|rstest|proptest|quickcheck|test_case|test_log|wasm_bindgen_test))$"))

((attribute_item
  (attribute
    [
      (identifier)
      (scoped_identifier)
    ] @_word
    arguments: (token_tree) @_condition))
  .
  [
    (attribute_item)
    (line_comment)
  ]*
  .
  [
    (function_item)
    (mod_item)
    (impl_item)
    (use_declaration)
    (struct_item)
    (macro_invocation)
    (expression_statement)
  ] @test
  (#eq? @_word "cfg")
  (#match? @_condition "(^\\(|[(,]\\s*)test\\b")
  (#not-match? @_condition "not\\s*\\(\\s*test\\b"))

(source_file
  (inner_attribute_item
    (attribute
      (identifier) @_word
      arguments: (token_tree) @_condition))
  (#eq? @_word "cfg")
  (#eq? @_condition "(test)")) @test
