/* render_tree.h - documents as ClearSilver reads them, without a copy */
#ifndef WEB_RENDER_TREE_H
#define WEB_RENDER_TREE_H

/* ClearSilver's own configuration has these names, too; ours come from the command line */
#undef PACKAGE_NAME
#undef PACKAGE_STRING
#undef PACKAGE_TARNAME
#undef PACKAGE_VERSION
#undef PACKAGE_BUGREPORT
#include <ClearSilver.h>
#include <jansson.h>

#include "arena.h"

/*
 * One tree of n documents laid over each other; a later one adds to and replaces what
 * an earlier one says.  Nodes are a's; names and values are the documents' own texts, so
 * these must live as long.  To be read only: never hdf_set_*(), never hdf_destroy().
 * NULL past the arena's cap, and when data is nested too deeply.
 */
HDF *hdf_tree(struct arena *a, json_t *const *data, size_t n);

#endif
