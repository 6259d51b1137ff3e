; A call: a catalogue, a discovered allocator or nothing decides.
(call_expression
  function: (_) @name
  arguments: (argument_list) @arguments) @call

; What a macro stands for is code as well.
(preproc_def
  value: (preproc_arg) @inject)

(preproc_function_def
  value: (preproc_arg) @inject)

; Code that runs again and again.
(for_statement) @loop

(while_statement
  condition: (_) @condition) @loop

(do_statement
  condition: (_) @condition) @loop

; Code that runs only sometimes.
(if_statement
  condition: (_) @condition) @branch

(switch_statement
  condition: (_) @condition) @branch

(conditional_expression
  condition: (_) @condition) @branch

; What attributes say is no code.
(attribute_specifier) @silent
