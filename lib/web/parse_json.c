/* parse_json.c - a JSON body: one object, within bounds */
#include "req.h"

#include "intl.h"
#include "str.h"

/* jansson's own bound is 2048 levels deep; one pass over the text keeps ours. */
static bool depth_fits(const char *s, size_t n)
{
	unsigned depth = 0;
	bool in_string = false;

	for (size_t i = 0; i < n; i++) {
		if (in_string) {
			if (s[i] == '\\')
				i++;
			else if (s[i] == '"')
				in_string = false;
		} else if (s[i] == '"') {
			in_string = true;
		} else if (s[i] == '{' || s[i] == '[') {
			if (++depth > MAX_JSON_DEPTH)
				return false;
		} else if ((s[i] == '}' || s[i] == ']') && depth) {
			depth--;
		}
	}
	return true;
}

static void end_json(void *json)
{
	json_decref(json);
}

static int check_members(struct err *e, json_t *json)
{
	const char *name;
	json_t *value;

	if (!json_is_object(json))
		return fail(e, E_BAD, _("The body must be a JSON object."));
	if (json_object_size(json) > MAX_PARAMS)
		return fail(e, E_TOOLARGE, _("The object has too many members."));
	json_object_foreach(json, name, value) {
		if (strlen(name) > MAX_NAME)
			return fail(e, E_TOOLARGE, _("One of the names is too long."));
		if (json_string_length(value) > MAX_VALUE)
			return fail(e, E_TOOLARGE, _("One of the values is too long."));
	}
	return OK;
}

int parse_json(struct arena *a, struct err *e, const char *text, size_t size, json_t **out)
{
	json_error_t error;
	json_t *json;

	*out = NULL;
	if (size > MAX_JSON_BODY)
		return fail(e, E_TOOLARGE, _("The body is too large."));
	if (!depth_fits(text, size))
		return fail(e, E_BAD, _("The JSON is nested too deeply."));
	json = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
	/* jansson says so, or nothing at all when it had no room to begin */
	if (!json && (!error.text[0] || json_error_code(&error) == json_error_out_of_memory))
		return fail_detail(e, E_NOMEM, "json of %zu bytes", size);
	if (!json) {
		fail(e, E_BAD, _("The body is not valid JSON: line %d, column %d."), error.line, error.column);
		return E_BAD;
	}
	if (arena_on_end(a, end_json, json))
		return fail_detail(e, E_NOMEM, "json");
	*out = json;
	return check_members(e, json);
}
