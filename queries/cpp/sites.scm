; inherits: c

; Objects: one, or an array of them.
(new_expression
  "new" @name
  !placement
  type: (_) @type
  arguments: (_)? @arguments) @allocate.new

(new_expression
  "new" @name
  !placement
  declarator: (new_declarator
    "[" @name
    length: (_) @size
    "]" @name)) @allocate.new

; With arguments for the allocation itself.
((new_expression
  "new" @name
  placement: (argument_list) @_placement
  type: (_) @type
  arguments: (_)? @arguments) @allocate.new
  (#match? @_placement "(?i)no_?throw|fallible|align_val_t"))

((new_expression
  "new" @name
  placement: (argument_list) @_placement
  declarator: (new_declarator
    "[" @name
    length: (_) @size
    "]" @name)) @allocate.new
  (#match? @_placement "(?i)no_?throw|fallible|align_val_t"))

; With any others: where an operator of the tree takes them, memory comes from there; all others only say where the object
; is to be built, which acts on no memory.
((new_expression
  "new" @name
  placement: (argument_list) @arguments
  type: (_) @type
  arguments: (_)) @call.new
  (#not-match? @arguments "(?i)no_?throw|fallible|align_val_t"))

((new_expression
  "new" @name
  placement: (argument_list) @arguments
  type: (_) @type
  .) @call.new
  (#not-match? @arguments "(?i)no_?throw|fallible|align_val_t"))

((new_expression
  "new" @name
  placement: (argument_list) @arguments
  type: (_) @type
  declarator: (new_declarator
    "[" @name
    length: (_) @size
    "]" @name)) @call.new
  (#not-match? @arguments "(?i)no_?throw|fallible|align_val_t"))

; An initialiser in parentheses that reads like a parameter.
((parameter_declaration
  type: (type_identifier) @name
  declarator: [
    (identifier) @type
    (function_declarator
      declarator: (_) @type)
  ]) @allocate.new
  (#eq? @name "new"))

; A call in such parentheses: inside of a function nobody declares a function that takes functions.
(compound_statement
  (declaration
    declarator: [
      (function_declarator
        parameters: (parameter_list
          (parameter_declaration
            type: (_) @name
            declarator: (abstract_function_declarator
              parameters: (parameter_list) @arguments)) @call))
      (pointer_declarator
        declarator: (function_declarator
          parameters: (parameter_list
            (parameter_declaration
              type: (_) @name
              declarator: (abstract_function_declarator
                parameters: (parameter_list) @arguments)) @call)))
    ]))

; What is released; a deleted function releases nothing.
((delete_expression
  "delete" @name
  (_) @_what) @deallocate.delete @arguments
  (#match? @_what "."))

((delete_expression
  "delete" @name
  "[" @name
  "]" @name
  (_) @_what) @deallocate.delete @arguments
  (#match? @_what "."))

; A function that is taken away, where the grammar sees no function.
[
  (assignment_expression
    right: (delete_expression) @neither)
  (init_declarator
    value: (delete_expression) @neither)
]

; The type that a function is asked to make.
(call_expression
  function: [
    (template_function
      arguments: (template_argument_list
        .
        (type_descriptor) @type))
    (qualified_identifier
      name: (template_function
        arguments: (template_argument_list
          .
          (type_descriptor) @type)))
    (field_expression
      field: (template_method
        arguments: (template_argument_list
          .
          (type_descriptor) @type)))
  ]) @call

; A container or an owner that begins with something in it.
((declaration
  type: (_) @name
  declarator: (init_declarator
    value: [
      (argument_list)
      (initializer_list)
    ] @arguments) @call)
  (#match? @name "(^|:)(basic_|u(8|16|32)?|w)?(string|vector|deque|(forward_)?list|valarray|(unordered_)?(multi)?(map|set)|(auto|scoped|shared|unique)_ptr)(<|$)"))

((compound_statement
  (declaration
    type: (_) @name
    declarator: (function_declarator
      parameters: (parameter_list
        (parameter_declaration
          declarator: (abstract_function_declarator))) @arguments) @call))
  (#match? @name "(^|:)(basic_|u(8|16|32)?|w)?(string|vector|deque|(forward_)?list|valarray|(unordered_)?(multi)?(map|set)|(auto|scoped|shared|unique)_ptr)(<|$)"))

; What leaves a function like a call that does not come back.
(throw_statement
  "throw" @name) @call

(for_range_loop) @loop

; Tests, as the usual libraries declare them.
((function_definition
  declarator: (function_declarator
    declarator: (identifier) @_name)) @test
  (#match? @_name "^(TYPED_)?TEST(_F|_P|_SUITE)?$|^BOOST_(AUTO|FIXTURE)_TEST|^(TEST|SUBTEST|SCENARIO)_?(CASE|METHOD)?"))

; What attributes say is no code.
(attribute_specifier) @silent
