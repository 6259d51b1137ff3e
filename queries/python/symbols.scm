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
