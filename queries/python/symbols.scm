; Classes and functions.
(class_definition
  name: (identifier) @name
  superclasses: (argument_list)? @bases) @definition.class

(function_definition
  name: (identifier) @name
  parameters: (parameters) @parameters) @definition.function

; Classes that a call makes.
(assignment
  left: (identifier) @name
  right: (call
    function: (_) @_maker)
  (#match? @_maker "^(\\w+\\.)?(namedtuple|NamedTuple|TypedDict|make_dataclass|Enum|IntEnum|StrEnum|Flag|IntFlag)$")) @definition.class

; What has variables of its own.
(lambda
  parameters: (_)? @parameters) @definition.lambda

(list_comprehension
  (for_in_clause
    left: (_) @parameters)) @definition.comprehension

(set_comprehension
  (for_in_clause
    left: (_) @parameters)) @definition.comprehension

(dictionary_comprehension
  (for_in_clause
    left: (_) @parameters)) @definition.comprehension

(generator_expression
  (for_in_clause
    left: (_) @parameters)) @definition.comprehension

; Imports.
(import_statement
  name: (dotted_name) @module) @import

(import_statement
  name: (aliased_import
    name: (dotted_name) @module
    alias: (identifier) @alias)) @import

(import_from_statement
  module_name: (_) @qualifier
  name: (dotted_name) @module) @import

(import_from_statement
  module_name: (_) @qualifier
  name: (aliased_import
    name: (dotted_name) @module
    alias: (identifier) @alias)) @import

(import_from_statement
  module_name: (_) @qualifier
  (wildcard_import) @module) @import
