/* fail-alloc.c - makes one allocation of a program fail: preloaded, never linked
 *
 * FAIL_AT=N   the Nth allocation that the program itself (or jansson, or the database's library)
 *             asks for answers NULL; 0 or unset: none
 * FAIL_SAID   file that is told how many there were
 *
 * Allocations of other libraries are left alone: GLib, for one, ends the process by design.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_RANGES 32

static void *(*real_malloc)(size_t);
static void *(*real_calloc)(size_t, size_t);
static void *(*real_realloc)(void *, size_t);
static struct { uintptr_t from, to; } ranges[MAX_RANGES];
static size_t n_ranges;
static atomic_long asked;
static long fail_at;

/* Code of the program and of the libraries whose failures it must stand. */
static int note_object(struct dl_phdr_info *o, size_t size, void *arg)
{
	(void)size;
	(void)arg;
	if (*o->dlpi_name && !strstr(o->dlpi_name, "libjansson") && !strstr(o->dlpi_name, "libmariadb"))
		return 0;
	for (int i = 0; i < o->dlpi_phnum && n_ranges < MAX_RANGES; i++) {
		const ElfW(Phdr) *h = &o->dlpi_phdr[i];

		if (h->p_type == PT_LOAD && h->p_flags & PF_X) {
			ranges[n_ranges].from = o->dlpi_addr + h->p_vaddr;
			ranges[n_ranges++].to = o->dlpi_addr + h->p_vaddr + h->p_memsz;
		}
	}
	return 0;
}

__attribute__((constructor)) static void begin(void)
{
	const char *at = getenv("FAIL_AT");

	fail_at = at ? strtol(at, NULL, 10) : 0;
	dl_iterate_phdr(note_object, NULL);
}

__attribute__((destructor)) static void end(void)
{
	const char *path = getenv("FAIL_SAID");
	FILE *f = path ? fopen(path, "w") : NULL;

	if (f) {
		fprintf(f, "%ld\n", (long)asked);
		fclose(f);
	}
}

static int fails(const void *caller)
{
	uintptr_t at = (uintptr_t)caller;

	for (size_t i = 0; i < n_ranges; i++) {
		if (at < ranges[i].from || at >= ranges[i].to)
			continue;
		if (atomic_fetch_add(&asked, 1) + 1 != fail_at)
			return 0;
		errno = ENOMEM;
		return 1;
	}
	return 0;
}

void *malloc(size_t size)
{
	if (!real_malloc)
		real_malloc = (void *(*)(size_t))dlsym(RTLD_NEXT, "malloc");
	return fails(__builtin_return_address(0)) ? NULL : real_malloc(size);
}

/* dlsym() itself asks for a little before there is anybody to ask. */
void *calloc(size_t n, size_t size)
{
	static _Alignas(max_align_t) char early[4096];
	static size_t used;

	if (!real_calloc) {
		static int looking;

		if (looking++) {
			size_t room = (n * size + 15) & ~(size_t)15;
			void *p = early + used;

			used += room;
			return used <= sizeof(early) ? p : NULL;
		}
		real_calloc = (void *(*)(size_t, size_t))dlsym(RTLD_NEXT, "calloc");
	}
	return fails(__builtin_return_address(0)) ? NULL : real_calloc(n, size);
}

void *realloc(void *p, size_t size)
{
	if (!real_realloc)
		real_realloc = (void *(*)(void *, size_t))dlsym(RTLD_NEXT, "realloc");
	return fails(__builtin_return_address(0)) ? NULL : real_realloc(p, size);
}
