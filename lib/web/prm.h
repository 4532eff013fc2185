/* prm.h - what a program includes */
#ifndef WEB_PRM_H
#define WEB_PRM_H

#include "doc.h"
#include "field.h"
#include "intl.h"
#include "req.h"
#include "route.h"
#include "str.h"
#include "view.h"

#endif
