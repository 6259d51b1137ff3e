; The package that a file belongs to.
(source_file
  (package_clause
    (package_identifier) @name)) @definition.namespace

; Functions, and methods, which no bare name means.
(function_declaration
  name: (_) @name
  parameters: (_) @parameters) @definition.function

(method_declaration
  receiver: (parameter_list
    (parameter_declaration
      type: (_) @receiver))
  name: (_) @name
  parameters: (_) @parameters) @definition.method

; Types.
(type_spec
  name: (_) @name
  type: (struct_type)) @definition.struct

(type_spec
  name: (_) @name
  type: (interface_type)) @definition.interface

; What lives as long as the program.
(source_file
  (var_declaration
    (var_spec
      name: (_) @name) @definition.variable))

(source_file
  (var_declaration
    (var_spec_list
      (var_spec
        name: (_) @name) @definition.variable)))

; Imports: a package, by its own name or another, and all names of one.
(import_spec
  name: (package_identifier)? @alias
  path: (interpreted_string_literal
    (_) @module)) @import
