/* prm_docs.c - what the programs know about themselves, printed for doc/ */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "deal.h"
#include "openapi.h"
#include "programs.h"
#include "route_check.h"
#include "route_match.h"

/* ---- data dictionary: the COMMENT of every table and column ---- */
struct dictionary_row { const char *tab, *tab_text, *col, *type, *col_text, *key; bool nullable; };

static const char DICTIONARY[] =
	"SELECT t.table_name AS tab, t.table_comment AS tab_text, c.column_name AS col, c.column_type AS type, "
	"c.column_comment AS col_text, c.column_key AS `key`, c.is_nullable = 'YES' AS nullable "
	"FROM information_schema.tables t JOIN information_schema.columns c "
	"ON c.table_schema = t.table_schema AND c.table_name = t.table_name "
	"WHERE t.table_schema = DATABASE() ORDER BY t.table_name, c.ordinal_position";

static const struct column dictionary_columns[] = {
	COL(dictionary_row, tab), COL(dictionary_row, tab_text), COL(dictionary_row, col), COL(dictionary_row, type),
	COL(dictionary_row, col_text), COL(dictionary_row, key), COL(dictionary_row, nullable), COL_END
};

int command_data_model(struct command_env *c)
{
	struct dictionary_row *rows;
	const char *table = "";
	size_t n;

	if (DB_ROWS(c->db, DICTIONARY, NO_ARGS, dictionary_columns, struct dictionary_row, 5000, &rows, &n))
		return command_failed(c, "data-model");
	printf("# Data model\n\nPrinted by `prm data-model` from the comments in `schema/`; do not edit.\n");
	for (size_t i = 0; i < n; i++) {
		const struct dictionary_row *r = &rows[i];

		if (strcmp(r->tab, table) != 0) {
			table = r->tab;
			printf("\n## %s\n%s\n\n| column | type | null | key | what it holds |\n|---|---|---|---|---|\n",
				table, r->tab_text);
		}
		printf("| %s | %s | %s | %s | %s |\n", r->col, r->type, r->nullable ? "yes" : "", r->key, r->col_text);
	}
	return 0;
}

/* ---- who may do what ---- */
static void print_roles(void)
{
	printf("## Roles and rights\n\n| right | what it allows |");
	for (const struct choice *r = role_choices; r->value; r++)
		printf(" %s |", r->label);
	printf("\n|---|---|");
	for (const struct choice *r = role_choices; r->value; r++)
		printf(":-:|");
	printf("\n");
	for (enum right right = DEAL_READ; right < RIGHT_COUNT; right++) {
		printf("| %s | %s |", right_name(right), right_describe(right));
		for (const struct choice *r = role_choices; r->value; r++)
			printf(" %s |", rights_of_roles(role_bit(r->value)) & RIGHT_BIT(right) ? "x" : "");
		printf("\n");
	}
}

static void print_routes(void)
{
	printf("\n## Routes\n\n| route | right | API | password again |\n|---|---|:-:|:-:|\n");
	for (int i = 0; program_table[i]; i++)
		for (const struct route *r = program_table[i]->routes; r->pattern; r++)
			printf("| %s `%s` | %s | %s | %s |\n", method_name(r->method), r->pattern, right_name(r->right),
				r->flags & PAGE_ONLY ? "" : "x", r->flags & STEP_UP ? "x" : "");
}

int command_authorisation(struct command_env *c)
{
	(void)c;
	printf("# Who may do what\n\nPrinted by `prm authorisation` from the programs' own tables; do not edit.\n"
		"A row that belongs to another firm does not exist for you (404), whatever your rights.\n\n");
	print_roles();
	print_routes();
	return 0;
}

int command_states(struct command_env *c)
{
	(void)c;
	printf("# State machines\n\nPrinted by `prm states` from the programs' own tables; do not edit.\n\n");
	deal_states_print(stdout);
	return 0;
}

/* ---- for tests and the web servers' configuration ---- */
int command_routes(struct command_env *c)
{
	(void)c;
	for (int i = 0; program_table[i]; i++) {
		const struct program one[] = { *program_table[i], { NULL, NULL } };

		if (routes_print(one, stdout))
			return 1;
	}
	return 0;
}

int command_openapi(struct command_env *c)
{
	json_t *parts = json_array(), *api;
	int bad;

	(void)c;
	for (int i = 0; program_table[i]; i++)
		json_array_append_new(parts, openapi_part(program_table[i]->name, program_table[i]->routes));
	api = openapi_join(parts);
	bad = !api || json_dumpf(api, stdout, JSON_INDENT(1)) || putchar('\n') == EOF;
	json_decref(api);
	json_decref(parts);
	return bad ? 1 : 0;
}
