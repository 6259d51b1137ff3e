; Functions.
(function_item
  name: (_) @name
  parameters: (parameters) @parameters) @definition.function

; Types.
(struct_item
  name: (_) @name) @definition.struct

(union_item
  name: (_) @name) @definition.union

(enum_item
  name: (_) @name) @definition.enum

(trait_item
  name: (_) @name) @definition.trait

; What a type is said to be in front of it.
((attribute_item
  (attribute
    [
      (identifier)
      (scoped_identifier)
    ] @_word
    arguments: (token_tree) @bases))
  .
  [
    (attribute_item)
    (line_comment)
  ]*
  .
  [
    (struct_item
      name: (_) @name) @definition.struct
    (enum_item
      name: (_) @name) @definition.enum
  ]
  (#eq? @_word "derive"))

; What is added to a type, by itself or as a trait asks.
(impl_item
  trait: [
    (type_identifier) @bases
    (scoped_type_identifier
      name: (_) @bases)
    (generic_type
      type: [
        (type_identifier) @bases
        (scoped_type_identifier
          name: (_) @bases)
      ])
  ]?
  type: (_) @name) @definition.extension

; Modules, macros, and what lives as long as the program.
(mod_item
  name: (_) @name
  body: (_)) @definition.namespace

(macro_definition
  name: (_) @name) @definition.macro

((attribute_item
  (attribute
    [
      (identifier)
      (scoped_identifier)
    ] @attribute))
  .
  [
    (attribute_item)
    (line_comment)
  ]*
  .
  (static_item
    name: (_) @name) @definition.variable)

; Imports: one name, a name with another, a group of names, all names.
(use_declaration
  argument: [
    (identifier) @module
    (scoped_identifier
      path: (_) @qualifier
      name: (_) @module)
  ]) @import

(use_list
  [
    (identifier) @module
    (self) @module
    (scoped_identifier
      path: (_) @qualifier
      name: (_) @module)
  ] @import)

(use_as_clause
  path: [
    (identifier) @module
    (self) @module
    (scoped_identifier
      path: (_) @qualifier
      name: (_) @module)
  ]
  alias: (_) @alias) @import

(use_wildcard
  (_)? @qualifier
  "*" @module) @import

(scoped_use_list
  path: (_)? @qualifier) @group

(extern_crate_declaration
  name: (_) @module
  alias: (_)? @alias) @import
