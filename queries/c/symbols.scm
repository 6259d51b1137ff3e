; Functions.
(function_definition
  [
    (storage_class_specifier)
    (attribute_specifier)
    (attribute_declaration)
  ]* @attribute
  type: (_) @type
  declarator: (_) @name) @definition.function

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
  body: (_)) @definition.struct

(union_specifier
  name: (_) @name
  body: (_)) @definition.union

(type_definition
  type: [
    (struct_specifier
      !name
      body: (_))
    (union_specifier
      !name
      body: (_))
  ]
  declarator: (type_identifier) @name) @definition.struct

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

(compound_statement
  (declaration
    (storage_class_specifier) @attribute
    declarator: (_) @name) @definition.variable)

; What types names have.
(declaration
  type: (_) @type
  declarator: [
    (identifier)
    (array_declarator)
    (pointer_declarator
      declarator: [
        (identifier)
        (array_declarator)
        (pointer_declarator)
      ])
  ] @variable) @typed

(field_declaration
  type: (_) @type
  declarator: [
    (field_identifier)
    (array_declarator)
    (pointer_declarator)
  ] @variable) @typed

(type_definition
  type: (_) @type
  declarator: (_) @alias) @typed
