; A place takes a value.
(auto_declaration
  variable: (identifier) @variable
  .
  "="
  .
  value: (_) @source) @flow

(declarator
  .
  (identifier) @variable
  "="
  (_) @source .) @flow

(declarator
  .
  (identifier) @variable .) @flow

(if_condition
  (identifier) @variable
  "="
  (_) @source) @flow

(assignment_expression
  .
  (_) @target
  operator: "="
  (_) @source .) @flow

; A place takes something that has no name.
(foreach_type
  (identifier) @variable) @flow

; What variables, parameters and functions are declared to be; an array of objects is none of them.
((variable_declaration
  (type
    [
      (identifier) @type
      (template_instance) @type
      (type
        (identifier) @type)
    ]) @_whole
  (declarator
    .
    (identifier) @variable)) @declares
  (#not-match? @_whole "[\\[*]"))

((parameter
  (type
    [
      (identifier) @type
      (template_instance) @type
      (type
        (identifier) @type)
    ]) @_whole
  (identifier) @variable) @declares
  (#not-match? @_whole "[\\[*]"))

((foreach_type
  (type
    [
      (identifier) @type
      (type
        (identifier) @type)
    ]) @_whole
  (identifier) @variable) @declares
  (#not-match? @_whole "[\\[*]"))

((function_declaration
  (type
    [
      (identifier) @type
      (type
        (identifier) @type)
    ]) @_whole @declares
  (identifier))
  (#not-match? @_whole "[\\[*]"))

; A function hands a value to its caller.
(return_statement
  (expression) @source) @return

; What hands a value on unchanged.
(cast_expression
  operand: (_) @value) @through

(primary_expression
  "("
  (expression_list
    (_) @value)
  ")") @through

(call_expression
  .
  (new_expression) @value) @through

(ternary_expression
  consequence: (_) @value
  alternative: (_) @value) @through

(assignment_expression
  operator: "="
  (_) @value .) @through
