; Functions that have a body, and those that are only announced, or taken away.
(function_definition
  [
    (storage_class_specifier)
    (attribute_specifier)
    (attribute_declaration)
  ]* @attribute
  declarator: (_) @name
  body: (_)) @definition.function

(function_definition
  declarator: (_) @name
  (try_statement)) @definition.function

(function_definition
  declarator: (_) @name
  [
    (delete_method_clause)
    (default_method_clause)
    (pure_virtual_clause)
  ]) @definition.declaration

(field_declaration
  declarator: [
    (function_declarator) @name
    (pointer_declarator
      (function_declarator) @name)
    (reference_declarator
      (function_declarator) @name)
  ]) @definition.declaration

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

; What has values of its own to return.
(lambda_expression) @definition.lambda

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
(class_specifier
  name: (_) @name
  (base_class_clause)? @bases
  body: (_)) @definition.class

(struct_specifier
  name: (_) @name
  (base_class_clause)? @bases
  body: (_)) @definition.struct

(union_specifier
  name: (_) @name
  body: (_)) @definition.union

(namespace_definition
  name: (_)? @name) @definition.namespace

; Variables that outlive a call: what they hold is not the caller's.
(translation_unit
  (declaration
    declarator: [
      (identifier)
      (init_declarator)
      (pointer_declarator
        declarator: (identifier))
    ] @name) @definition.variable)

(declaration_list
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

; Other names for things.
(using_declaration
  .
  (qualified_identifier) @module) @import

(using_declaration
  "namespace" @module
  (_) @qualifier) @import

(alias_declaration
  name: (_) @alias
  type: (type_descriptor
    type: [
      (type_identifier)
      (qualified_identifier)
      (template_type)
      (dependent_type)
    ] @module)) @import

(type_definition
  type: [
    (qualified_identifier)
    (template_type)
  ] @module
  declarator: (type_identifier) @alias) @import

(namespace_alias_definition
  name: (_) @alias
  (_) @module .) @import
