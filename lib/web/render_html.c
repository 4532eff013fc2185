/* render_html.c - a document becomes text through a ClearSilver template
 *
 * A template is parsed once per process and kept; each render only swaps its data.
 * In development it is read again when one of its files has changed.
 */
#include "render_html.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "render_tree.h"
#include "intl.h"
#include "render_keep.h"
#include "str.h"

#define MAX_TEMPLATES     256
#define MAX_TEMPLATE_NAME 100
#define MAX_FILES         24            /* a template and what it includes */
#define MAX_TEMPLATE      (256u << 10)  /* one template file */
#define MAX_RENDERED      (8u << 20)    /* one page */

struct source { char name[MAX_TEMPLATE_NAME]; struct timespec mtime; };

struct template {
	char name[MAX_TEMPLATE_NAME];
	bool html;
	CSPARSE *cs;
	HDF *base;                      /* configuration it was parsed with */
	const char *dir;
	struct source files[MAX_FILES];
	size_t n_files;
};

/* Read-only between two parses; the process's own, like the programs' text itself. */
static struct template *templates[MAX_TEMPLATES];
static size_t n_templates;

/* ---- errors ---- */

static int stop(struct err *e, const char *template_, NEOERR *error)
{
	STRING text;
	int rc;

	string_init(&text);
	nerr_error_string(error, &text);
	rc = fail_detail(e, E_INTERNAL, "template %s: %s", template_, text.buf ? text.buf : "?");
	string_clear(&text);
	nerr_ignore(&error);
	return rc;
}

/* ---- reading templates ---- */

static bool name_fits(const char *name)
{
	return *name && *name != '/' && strlen(name) < MAX_TEMPLATE_NAME && !strstr(name, "..");
}

static char *read_all(int fd, size_t size)
{
	char *text = malloc(size + 1);
	size_t at = 0;
	ssize_t n = 1;

	while (text && at < size && (n = read(fd, text + at, size - at)) > 0)
		at += (size_t)n;
	if (text && at == size) {
		text[size] = '\0';
		return text;
	}
	free(text);
	return NULL;
}

/* ClearSilver's own search renders a missing include as nothing: here it is an error. */
static NEOERR *load_file(void *ctx, HDF *hdf, const char *name, char **contents)
{
	struct template *t = ctx;
	char path[1024];
	struct stat st;
	int fd;

	(void)hdf;
	if (!name_fits(name) || t->n_files == MAX_FILES ||
	    snprintf(path, sizeof(path), "%s/%s", t->dir, name) >= (int)sizeof(path))
		return nerr_raise(NERR_IO, "cannot use %s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return nerr_raise(NERR_IO, "there is no %s", name);
	*contents = NULL;
	if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size >= 0 && st.st_size <= (off_t)MAX_TEMPLATE)
		*contents = read_all(fd, (size_t)st.st_size);
	close(fd);
	if (!*contents)
		return nerr_raise(NERR_IO, "cannot read %s", name);
	str_copy(t->files[t->n_files].name, MAX_TEMPLATE_NAME, name);
	t->files[t->n_files++].mtime = st.st_mtim;
	return STATUS_OK;
}

static NEOERR *translate(const char *s, char **out)
{
	*out = strdup(intl_text(s));
	return *out ? STATUS_OK : nerr_raise(NERR_NOMEM, "translation");
}

/* cs_init() has put gettext() behind "_"; ours takes its place. */
static NEOERR *use_our_translation(CSPARSE *cs)
{
	NEOERR *error = cs_register_strfunc(cs, (char *)(uintptr_t)"house_text", translate);
	CS_FUNCTION *ours, *theirs;

	if (error)
		return nerr_pass(error);
	for (ours = cs->functions; ours && !str_eq(ours->name, "house_text"); ours = ours->next)
		;
	for (theirs = cs->functions; theirs && !str_eq(theirs->name, "_"); theirs = theirs->next)
		;
	if (!theirs)
		return nerr_pass(cs_register_strfunc(cs, (char *)(uintptr_t)"_", translate));
	theirs->function = ours->function;
	theirs->str_func = ours->str_func;
	theirs->n_args = ours->n_args;
	theirs->escape = ours->escape;
	return STATUS_OK;
}

/* The mode must stand in the data before cs_init(): later it is silently ignored. */
static NEOERR *new_parser(bool html, HDF **base, CSPARSE **cs)
{
	NEOERR *error = hdf_init(base);

	if (!error && html)
		error = hdf_set_value(*base, "Config.VarEscapeMode", "html");
	if (!error)
		error = cs_init(cs, *base);
	if (!error)
		error = cgi_register_strfuncs(*cs);
	if (!error)
		error = use_our_translation(*cs);
	return nerr_pass(error);
}

static void template_free(struct template *t)
{
	if (t->cs)
		cs_destroy(&t->cs);
	if (t->base)
		hdf_destroy(&t->base);
	free(t);
}

static bool changed(const struct template *t)
{
	for (size_t i = 0; i < t->n_files; i++) {
		char path[1024];
		struct stat st;

		snprintf(path, sizeof(path), "%s/%s", t->dir, t->files[i].name);
		if (stat(path, &st) || st.st_mtim.tv_sec != t->files[i].mtime.tv_sec ||
		    st.st_mtim.tv_nsec != t->files[i].mtime.tv_nsec)
			return true;
	}
	return false;
}

static struct template *template_known(const struct conf *c, const char *name, bool html)
{
	for (size_t i = 0; i < n_templates; i++) {
		struct template *t = templates[i];

		if (t->html != html || !str_eq(t->name, name) || !str_eq(t->dir, c->template_dir))
			continue;
		if (!c->development || !changed(t))
			return t;
		templates[i] = templates[--n_templates];
		template_free(t);
		return NULL;
	}
	return NULL;
}

static int template_get(const struct conf *c, struct err *e, const char *name, bool html, struct template **out)
{
	struct template *t = template_known(c, name, html);
	NEOERR *error;

	*out = t;
	if (t)
		return OK;
	if (!name_fits(name) || n_templates == MAX_TEMPLATES)
		return fail_detail(e, E_INTERNAL, "template %s cannot be used", name);
	t = calloc(1, sizeof(*t));
	if (!t)
		return fail_detail(e, E_NOMEM, "template %s", name);
	str_copy(t->name, sizeof(t->name), name);
	t->html = html;
	t->dir = c->template_dir;
	error = new_parser(html, &t->base, &t->cs);
	if (!error) {
		cs_register_fileload(t->cs, t, load_file);
		error = cs_parse_file(t->cs, name);
	}
	if (error) {
		int rc = stop(e, name, error);

		template_free(t);
		return rc;
	}
	templates[n_templates++] = t;
	*out = t;
	return OK;
}

/* ---- rendering ---- */

static NEOERR *put_text(void *ctx, char *s)
{
	struct strbuf *out = ctx;

	strbuf_add(out, s);
	return out->overflow ? nerr_raise(NERR_NOMEM, "the page is too long") : STATUS_OK;
}

/* "set" writes to cs->hdf, which is searched first; the document is behind it, to be read only. */
static NEOERR *render(CSPARSE *cs, HDF *document, struct strbuf *out)
{
	HDF *before = cs->hdf, *global_before = cs->global_hdf, *own = NULL;
	NEOERR *error = document ? hdf_init(&own) : nerr_raise(NERR_NOMEM, "the document is too large");

	if (error)
		return nerr_pass(error);
	cs->hdf = own;
	cs->global_hdf = document;
	error = cs_render(cs, out, put_text);
	cs->hdf = before;
	cs->global_hdf = global_before;
	hdf_destroy(&own);
	return nerr_pass(error);
}

int render_template(struct arena *a, struct err *e, const struct conf *c, const char *template_,
	json_t *const *data, size_t n, bool html, const char **out, size_t *size)
{
	struct template *t;
	struct strbuf text;
	NEOERR *error;
	int rc;

	if (!template_)
		return fail_detail(e, E_NOMEM, "template's name");
	rc = template_get(c, e, template_, html, &t);
	if (rc)
		return rc;
	if (c->development)
		render_keep(a, template_, data, n);
	strbuf_init(&text, a, MAX_RENDERED);
	error = render(t->cs, hdf_tree(a, data, n), &text);
	if (error)
		return stop(e, template_, error);
	*out = text.text;
	*size = text.len;
	return OK;
}

int render_self_test(void)
{
	static const char source[] = "<?cs var:x ?><?cs var:_(x) ?>", wanted[] = "&lt;&lt;";
	struct arena *a = arena_new((size_t)64 << 10);
	json_t *data = json_pack("{s:s}", "x", "<");
	char *copy = strdup(source);
	HDF *base = NULL;
	CSPARSE *cs = NULL;
	NEOERR *error;
	struct strbuf out;
	int rc = -1;

	if (a && data && copy) {
		strbuf_init(&out, a, 1024);
		error = new_parser(true, &base, &cs);
		if (!error) {
			/* takes the copy, whatever comes of it */
			error = cs_parse_string(cs, copy, sizeof(source) - 1);
			copy = NULL;
		}
		if (!error)
			error = render(cs, hdf_tree(a, &data, 1), &out);
		rc = !error && str_eq(out.text, wanted) ? 0 : -1;
		if (error)
			nerr_ignore(&error);
	}
	if (cs)
		cs_destroy(&cs);
	if (base)
		hdf_destroy(&base);
	free(copy);
	json_decref(data);
	arena_free(a);
	return rc;
}
