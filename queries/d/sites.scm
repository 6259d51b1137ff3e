; A call; a function that is a template is called with its template arguments before the others.
(call_expression
  .
  [
    (identifier) @name
    (template_instance
      (identifier) @name
      (template_arguments
        .
        (_) @type))
    (function_literal
      "=>"
      [
        (identifier) @name
        (template_instance
          (identifier) @name
          (template_arguments
            .
            (_) @type))
      ] .)
    (property_expression
      .
      (_) @receiver
      [
        (identifier) @name
        (template_instance
          (identifier) @name
          (template_arguments
          .
          (_) @type))
      ] .)
  ]
  (named_arguments) @arguments) @call

; A name that reads like a type; alternatives in one pattern would take many times as long to prepare.
(call_expression
  .
  (type
    .
    "."? @receiver
    .
    (identifier) @name .)
  (named_arguments) @arguments) @call

(call_expression
  .
  (type
    .
    "."? @receiver
    .
    (template_instance
      (identifier) @name
      (template_arguments
        .
        (_) @type)) .)
  (named_arguments) @arguments) @call

(call_expression
  .
  (type
    .
    (_) @receiver
    (identifier) @name .)
  (named_arguments) @arguments) @call

(call_expression
  .
  (type
    .
    (_) @receiver
    (template_instance
      (identifier) @name
      (template_arguments
        .
        (_) @type)) .)
  (named_arguments) @arguments) @call

; A call without parentheses is written like a property.
(property_expression
  .
  (_) @receiver
  [
    (identifier) @name
    (template_instance
      (identifier) @name
      (template_arguments
          .
          (_) @type))
  ] .) @call

(type
  .
  (_) @receiver
  (identifier) @name @call
  .
  ".")

(type
  .
  (_) @receiver
  (template_instance
    (identifier) @name
    (template_arguments
      .
      (_) @type)) @call
  .
  ".")

(expression_statement
  (expression_list
    .
    (identifier) @name .) @call)

; What looks like one and is none: the callee itself, a function's address, an assigned property.
(call_expression
  .
  (property_expression) @neither)

(unary_expression
  operator: "&"
  (property_expression) @neither)

(assignment_expression
  .
  (property_expression) @neither)

; A member of a type; only a value could be copied or listed.
((property_expression
  .
  [
    (identifier) @_type
    (property_expression
      (identifier) @_type .)
  ]
  (identifier) @_member .) @neither
  (#match? @_type "^[A-Z]\\w*[a-z]")
  (#match? @_member "^(i?dup|array|assocArray)$"))

; Objects and arrays.
(new_expression
  (type) @type) @allocate.new

(new_expression
  (class)
  (base_class)? @type) @allocate.new

(delete_expression) @deallocate.delete

; Literals of arrays and of associative arrays; the empty ones are null.
(array_literal
  value: (_)) @allocate.literal

; A literal is stored where a static array is declared.
((variable_declaration
  (type) @_type
  (declarator
    (array_literal
      !key) @neither))
  (#match? @_type "\\[[^\\[\\]]+\\]$"))

((cast_expression
  (type) @_type
  operand: (array_literal) @neither)
  (#match? @_type "\\[[^\\[\\]]+\\]$"))

((function_declaration
  (type) @_type
  (function_body
    (block_statement
      (return_statement
        (expression
          (array_literal
            !key) @neither)))))
  (#match? @_type "\\[[^\\[\\]]+\\]$"))

; Nor does a loop over a literal keep it.
(foreach_statement
  (expression
    (array_literal
      !key) @neither))

; Concatenation; a chain of it allocates once.
(add_expression
  .
  (_) @operand
  operator: "~" @name) @allocate.concatenation

(add_expression
  (binary_expression
    (add_expression
      operator: "~") @neither)
  operator: "~")

; What is written in the source already needs no memory.
((add_expression
  operator: "~") @neither
  (#match? @neither "^([a-z]?(\"([^\"\\\\]|\\\\.)*\"|`[^`]*`)[cwd]?|[\\w.!()]+\\.stringof)(\\s*~\\s*([a-z]?(\"([^\"\\\\]|\\\\.)*\"|`[^`]*`)[cwd]?|[\\w.!()]+\\.stringof))*$"))

(assignment_expression
  .
  (_) @operand
  operator: "~=" @name) @allocate.concatenation

; An array is made longer, or shorter.
[
  (assignment_expression
    .
    (property_expression
      (_) @receiver
      (identifier) @name
      (#eq? @name "length")
      .))
  (postfix_expression
    (property_expression
      (_) @receiver
      (identifier) @name
      (#eq? @name "length")
      .))
  (unary_expression
    ["++" "--"]
    (property_expression
      (_) @receiver
      (identifier) @name
      (#eq? @name "length")
      .))
] @allocate.growth

; An array is made empty.
((assignment_expression
  .
  (property_expression
    (identifier) @_name .)
  operator: "="
  (int_literal) @_length .) @neither
  (#eq? @_name "length")
  (#eq? @_length "0"))

; What an object takes is up to its class.
(assignment_expression
  .
  (this)
  operator: "~=") @neither

; An associative array takes a new key.
(variable_declaration
  (type) @_type
  (declarator
    .
    (identifier) @name) @container
  (#match? @_type "\\[(?!.*\\.(length|sizeof|max|min)\\]$)([wd]?string|[wd]?char|bool|u?(byte|short|int|long)|size_t|float|double|real|void\\*|(const|immutable|inout|shared)\\(.*\\)|.*\\[\\]|[A-Z]\\w*[a-z]\\w*([.!].*)?|[A-LO-Z]\\d?)\\]$"))

((parameter
  (type) @_type
  (identifier) @name) @container
  (#match? @_type "\\[(?!.*\\.(length|sizeof|max|min)\\]$)([wd]?string|[wd]?char|bool|u?(byte|short|int|long)|size_t|float|double|real|void\\*|(const|immutable|inout|shared)\\(.*\\)|.*\\[\\]|[A-Z]\\w*[a-z]\\w*([.!].*)?|[A-LO-Z]\\d?)\\]$"))

(auto_declaration
  variable: (identifier) @name
  .
  "="
  .
  value: (array_literal
    key: (_))) @container

(assignment_expression
  .
  (index_expression
    .
    [
      (identifier) @name @grown
      (property_expression) @name @grown
      (index_expression
        .
        [
          (identifier)
          (property_expression)
        ] @name @grown)
    ])) @allocate.growth

(assignment_expression
  .
  (index_expression
    (index
      ".."))) @neither

(unary_expression
  operator: [
    "++"
    "--"
  ]
  (index_expression
    .
    (_) @name @grown)) @allocate.growth

(postfix_expression
  (index_expression
    .
    (_) @name @grown)
  operator: [
    "++"
    "--"
  ]) @allocate.growth

; A function whose variables outlive it, because it returns or stores a function that uses them, keeps
; them on the heap from its beginning.
(function_declaration
  (identifier) @allocate.closure
  (function_body
    (block_statement
      [
        (return_statement
          (expression
            [
              (function_literal) @value
              (_
                .
                (function_literal
                  "=>")) @value
            ]))
        (return_statement
          (expression
            (unary_expression
              operator: "&"
              (identifier) @value)))
        (expression_statement
          (expression_list
            (assignment_expression
              operator: "="
              (function_literal) @value .)))
        (expression_statement
          (expression_list
            (assignment_expression
              operator: "="
              (unary_expression
                operator: "&"
                (identifier) @value) .)))
      ])))

(function_declaration
  (identifier) @allocate.closure
  (function_body
    (block_statement
      (_
        (scope_statement
          (block_statement
            [
              (return_statement
                (expression
                  [
                    (function_literal) @value
                    (_
                      .
                      (function_literal
                        "=>")) @value
                  ]))
              (return_statement
                (expression
                  (unary_expression
                    operator: "&"
                    (identifier) @value)))
              (expression_statement
                (expression_list
                  (assignment_expression
                    operator: "="
                    (function_literal) @value .)))
              (expression_statement
                (expression_list
                  (assignment_expression
                    operator: "="
                    (unary_expression
                      operator: "&"
                      (identifier) @value) .)))
            ]))))))

; Code that runs again and again.
(foreach_statement) @loop

(for_statement) @loop

(while_statement) @loop

(do_statement) @loop

; Tests.
(unittest_declaration) @test

; What is looked at and never run.
(is_expression) @unevaluated

(typeof_expression) @unevaluated

(traits_expression) @unevaluated

(constraint) @unevaluated

(static_assert) @unevaluated

(static_if_condition) @unevaluated

(pragma_expression) @unevaluated

(at_attribute) @unevaluated

; What the compiler works out.
(manifest_declarator) @constant

(enum_member) @constant

(anonymous_enum_member) @constant

(mixin_expression) @constant

(template_argument) @constant

(template_parameter) @constant

(case_statement
  (expression_list) @constant)

(aggregate_body
  (_
    (declarator) @constant))

(aggregate_body
  (auto_declaration) @constant)

(variable_declaration
  [
    (static)
    (storage_class
      [
        (static)
        (gshared)
      ])
  ]
  (declarator) @constant)

(auto_declaration
  [
    (static)
    (storage_class
      [
        (static)
        (gshared)
      ])
  ]) @constant

; What a variable outside of functions begins with is worked out as well.
(declarator) @initial

(auto_declaration) @initial

; What runs later than it is written.
(function_literal) @deferred

(function_body) @deferred

(unittest_declaration) @deferred

(invariant_declaration) @deferred

(new_expression) @deferred

; A function that the grammar ends too early.
((template_argument) @deferred
  (#match? @deferred "^(\\w+|\\([^()]*\\))\\s*(@\\w+\\s*)*=>"))

; Strings that become code.
(mixin_expression
  (expression
    (string_literal
      (quoted_string) @inject)))

(mixin_expression
  (expression
    (string_literal
      (raw_string) @inject)))

(token_string) @inject
