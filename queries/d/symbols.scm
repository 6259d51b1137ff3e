; The module that a file says it is.
(module_declaration
  (module_fqn) @name) @definition.module

; Types.
(struct_declaration
  (identifier) @name
  (aggregate_body)) @definition.struct

(union_declaration
  (identifier) @name
  (aggregate_body)) @definition.union

(class_declaration
  (identifier) @name
  (base_class)* @bases
  (aggregate_body)) @definition.class

(interface_declaration
  (identifier) @name
  (base_class)* @bases
  (aggregate_body)) @definition.interface

(enum_declaration
  (identifier) @name) @definition.enum

; Functions; without a body it is another's.
(function_declaration
  (identifier) @name
  (parameters) @parameters
  (function_body
    (_))) @definition.function

((pragma_declaration
  (pragma_expression
    (identifier) @_pragma
    (expression
      (string_literal) @body))
  (function_declaration
    (identifier) @name)) @definition.alias
  (#eq? @_pragma "mangle"))

(constructor
  (this) @name
  (parameters)? @parameters) @definition.function

(postblit
  .
  (this) @name) @definition.function

(destructor
  (this) @name) @definition.function

(unittest_declaration
  (unittest) @name) @definition.unittest

(function_literal) @definition.lambda

; Templates, and where they are mixed in.
(template_declaration
  (identifier) @name) @definition.template

(template_mixin
  (template_instance) @body) @definition.mixin

; What an object holds.
(aggregate_body
  (variable_declaration
    (declarator
      .
      (identifier) @name @definition.field)))

(aggregate_body
  (variable_declaration
    (type
      [
        (identifier) @body
        (template_instance
          (identifier) @body)
      ])
    (declarator
      .
      (identifier) @name @definition.field)))

(conditional_declaration
  (variable_declaration
    (type
      [
        (identifier) @body
        (template_instance
          (identifier) @body)
      ])
    (declarator
      .
      (identifier) @name @definition.field)))

(template_parameter
  (identifier) @name) @definition.parameter

; Other names.
(alias_initializer
  .
  (identifier) @name
  "="
  (_) @body) @definition.alias

(manifest_declarator
  .
  (identifier) @name) @definition.constant

; Imports: of a module's name, of all that it holds, of some of it.
(import_declaration
  (imported
    .
    (module_fqn) @module)) @import

; The word that keeps the names of a module to itself stands for no name of it.
(import_declaration
  (static) @module
  (imported
    .
    (module_fqn) @qualifier)) @import

(import_declaration
  (imported
    alias: (identifier) @alias
    (module_fqn) @module)) @import

(import_declaration
  .
  [
    (public) @attribute
    (private)
    (package)
    (protected)
  ]?
  .
  (import) @module
  (imported
    .
    (module_fqn) @qualifier)
  .
  [
    ","
    ";"
  ]) @import

(import_declaration
  (public)? @attribute
  (imported
    (module_fqn) @qualifier)
  .
  ":"
  (import_bind
    .
    (identifier) @module .)) @import

(import_declaration
  (public)? @attribute
  (imported
    (module_fqn) @qualifier)
  .
  ":"
  (import_bind
    .
    (identifier) @alias
    (identifier) @module)) @import
