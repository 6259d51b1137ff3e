; inherits: c

; Functions of which all is tried, and those that are only announced, or taken away.
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

; What has values of its own to return.
(lambda_expression) @definition.lambda

; Types.
(class_specifier
  name: (_) @name
  (base_class_clause)? @bases
  body: (_)) @definition.class

(struct_specifier
  name: (_) @name
  (base_class_clause)? @bases
  body: (_)) @definition.struct

(namespace_definition
  name: (_)? @name) @definition.namespace

; Variables of a namespace outlive a call as well.
(declaration_list
  (declaration
    declarator: [
      (identifier)
      (init_declarator)
      (pointer_declarator
        declarator: (identifier))
    ] @name) @definition.variable)

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
