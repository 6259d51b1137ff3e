; A call: a catalogue, a discovered allocator or nothing decides.
(call_expression
  function: (_) @name
  arguments: (argument_list) @arguments) @call

; A macro by itself stands for statements.
(expression_statement
  .
  (identifier) @name .) @call

; What a macro stands for is code as well.
(preproc_def
  value: (preproc_arg) @inject)

(preproc_function_def
  value: (preproc_arg) @inject)

; Code that runs again and again.
(for_statement) @loop

(while_statement) @loop

(do_statement) @loop

; Code that runs only sometimes.
(if_statement
  condition: (_) @condition) @branch

(switch_statement
  condition: (_) @condition) @branch

(conditional_expression
  condition: (_) @condition) @branch

; Where the function is left before the rest of a block.
(compound_statement
  (if_statement
    condition: (_) @condition
    consequence: [
      (return_statement)
      (compound_statement
        (return_statement)
        .
        (comment)*
        .)
    ]
    !alternative) @leave) @body

; The type that memory is measured by.
(call_expression
  arguments: (argument_list
    (sizeof_expression
      [
        (type_descriptor
          type: (_) @type)
        (parenthesized_expression
          (identifier) @type)
      ]))) @call

(call_expression
  arguments: (argument_list
    (binary_expression
      (sizeof_expression
        [
          (type_descriptor
            type: (_) @type)
          (parenthesized_expression
            (identifier) @type)
        ])))) @call

; What attributes say is no code.
(attribute_specifier) @silent
