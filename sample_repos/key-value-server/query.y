/* Sums of sizes, for a tool that is built by hand: yacc query.y && cc y.tab.c kv_alloc.c */
%{
#include "kv_alloc.h"

#include <stdio.h>

int yylex(void);

static void yyerror(const char *message)
{
	char *line = xstrdup(message); // allocate: xstrdup

	puts(line);
	free(line); // deallocate: free
}
%}

%union {
	char *text;
	int number;
}

%token <text> WORD
%token <number> NUMBER
%type <text> names
%destructor { free($$); } <text> // deallocate: free

%%

line:
	names '\n' { puts($1); free($1); } // deallocate: free
	| error '\n' { yyerrok; };

names:
	WORD
	| names ',' WORD {
		$$ = xrealloc($1, strlen($1) + strlen($3) + 1); // reallocate: xrealloc
		strcat($$, $3);
		free($3); // deallocate: free
	}
	| NUMBER {
		char *text = xmalloc(12); // allocate: xmalloc

		sprintf(text, "%d}", $1);
		$$ = text;
	};

%%

int yylex(void)
{
	int next = getchar();

	if (next == 'w') {
		yylval.text = xstrdup("word"); // allocate: xstrdup
		return WORD;
	}
	return next == EOF ? 0 : next;
}

int main(void)
{
	return yyparse();
}
