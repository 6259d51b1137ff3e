; A class with a macro before its name reads like a function of its body.
(function_definition
  type: [
    (class_specifier
      !body)
    (struct_specifier
      !body)
  ]
  declarator: (identifier)) @lost

; Calls of the operators by their names.
((qualified_identifier
  scope: (namespace_identifier) @_scope
  name: (identifier) @lost)
  (#eq? @_scope "operator"))

; Pointers that are made read like products.
(binary_expression
  left: (new_expression
    !arguments) @lost
  operator: "*")
