; Functions; where something was not understood, statements read like some.
((function_definition
  [
    (storage_class_specifier)
    (attribute_specifier)
    (attribute_declaration)
  ]* @attribute
  declarator: (_) @name
  body: (_)) @definition.function
  (#not-match? @name "^((if|for|while|switch|catch|return)\\b|[(][^()]*[)]$)"))

; What a macro makes of a name alone is a function of another name.
(function_definition
  declarator: (parenthesized_declarator
    .
    (identifier) @name .)
  body: (_)) @definition.method

; Functions that are only announced; kept where something is said of them besides their types.
(declaration
  declarator: [
    (function_declarator
      declarator: (identifier))
    (pointer_declarator
      declarator: (function_declarator
        declarator: (identifier)))
    (pointer_declarator
      declarator: (pointer_declarator
        declarator: (function_declarator
          declarator: (identifier))))
  ] @name) @definition.prototype

; Other names for functions, as the usual macros declare them: some name the old one first, some the new one.
(translation_unit
  (expression_statement
    (call_expression
      function: (identifier) @_macro
      arguments: (argument_list
        .
        (identifier) @body
        .
        (identifier) @name .))) @definition.alias
  (#match? @_macro "^(weak|strong|hidden|static_weak)_alias$|^__(weak|strong)_reference$"))

(translation_unit
  (expression_statement
    (call_expression
      function: (identifier) @_macro
      arguments: (argument_list
        .
        (identifier) @name
        .
        (identifier) @body .))) @definition.alias
  (#match? @_macro "^__(weak|strong)_alias$"))

; Types.
(struct_specifier
  name: (_) @name
  body: (_) @parameters) @definition.struct

(union_specifier
  name: (_) @name
  body: (_)) @definition.union

; Structures that have no name but the one that they are given.
(type_definition
  type: (struct_specifier
    !name
    body: (_) @parameters)
  declarator: [
    (type_identifier)
    (pointer_declarator)
  ] @name) @definition.struct

; Other names of structures.
((type_definition
  type: (struct_specifier
    name: (_) @body)
  declarator: [
    (type_identifier) @name @definition.struct
    (pointer_declarator
      declarator: (type_identifier) @name @definition.struct)
  ])
  (#not-eq? @body @name))

; Macros.
(preproc_def
  name: (_) @name
  value: (_)? @body) @definition.macro

(preproc_function_def
  name: (_) @name
  parameters: (_) @parameters
  value: (_)? @body) @definition.macro

; Headers.
(preproc_include
  path: (_) @module) @import

; Variables that outlive a call: what they hold is not the caller's.
(translation_unit
  (declaration
    declarator: [
      (identifier)
      (init_declarator)
      (pointer_declarator
        declarator: (identifier))
    ] @name) @definition.variable)

(translation_unit
  (declaration
    declarator: [
      (function_declarator
        declarator: (parenthesized_declarator
          (pointer_declarator)))
      (pointer_declarator
        declarator: (function_declarator
          declarator: (parenthesized_declarator
            (pointer_declarator))))
    ] @name) @definition.variable)

((compound_statement
  (declaration
    (storage_class_specifier) @attribute
    declarator: (_) @name) @definition.variable)
  (#not-match? @attribute "^(register|auto)$"))
