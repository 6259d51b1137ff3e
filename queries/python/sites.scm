; A call: a class is instantiated, or a catalogue decides.
(call
  function: (_) @name
  arguments: (_) @arguments) @call

; Code that runs again and again.
(for_statement) @loop

(while_statement) @loop

(for_in_clause) @loop
