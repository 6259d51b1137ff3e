; Functions.
(function_definition
  [
    (storage_class_specifier)
    (attribute_specifier)
    (attribute_declaration)
  ]* @attribute
  declarator: (_) @name) @definition.function

; Types.
(struct_specifier
  name: (_) @name
  body: (_)) @definition.struct

(union_specifier
  name: (_) @name
  body: (_)) @definition.union

; Structures that have no name but the one that they are given.
(type_definition
  type: (struct_specifier
    !name
    body: (_))
  declarator: [
    (type_identifier)
    (pointer_declarator)
  ] @name) @definition.struct

; Other names of structures.
((type_definition
  type: (struct_specifier
    name: (_) @_tag)
  declarator: [
    (type_identifier) @name @definition.struct
    (pointer_declarator
      declarator: (type_identifier) @name @definition.struct)
  ])
  (#not-eq? @_tag @name))

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
