; A place takes a value.
(assignment
  left: [
    (identifier)
    (attribute)
    (subscript)
  ] @target
  right: (_) @source) @flow

(named_expression
  name: (_) @target
  value: (_) @source) @flow

; A place takes something that has no name.
(assignment
  left: (pattern_list
    (_) @target)) @flow

(for_statement
  left: (identifier) @target) @flow

(for_statement
  left: (pattern_list
    (_) @target)) @flow

(as_pattern
  alias: (as_pattern_target
    (identifier) @target)) @flow

; What a parameter is unless a caller says otherwise.
(default_parameter
  name: (identifier) @target
  value: [
    (identifier)
    (attribute)
    (none)
  ] @source) @flow

(typed_default_parameter
  name: (identifier) @target
  value: [
    (identifier)
    (attribute)
    (none)
  ] @source) @flow

; A parameter that is a class, or one that is derived from it.
(typed_parameter
  .
  (identifier) @target
  type: (type
    (generic_type
      (identifier) @_type
      (type_parameter
        .
        (type
          (_) @source) .)))
  (#match? @_type "^[Tt]ype$")) @flow

; A function hands a value to its caller.
(return_statement
  (_) @source) @return

; What hands a value on unchanged.
(parenthesized_expression
  (_) @value) @through

(conditional_expression
  .
  (_) @value
  (_)
  (_) @value .) @through

(boolean_operator
  left: (_) @value
  right: (_) @value) @through

(assignment
  right: (_) @value) @through

(await
  (_) @value) @through
