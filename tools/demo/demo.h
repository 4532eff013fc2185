/* demo.h - a believable programme to look at: one fictional vendor, forty firms, six hundred deals */
#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H

#include "conf.h"
#include "db.h"

/* Fills an empty portal; with a programme there already only the accounts file is written anew.
 * The deals are not invented row by row: a seeded story of 18 months is played through the same
 * functions the pages use, with the clock set back.  accounts_tsv gets one line an account:
 * role, e-mail, password, API token.  Passwords and tokens follow from the installation's key. */
int demo_data(struct db *db, const struct conf *c, const char *accounts_tsv);

#endif
