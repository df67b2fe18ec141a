/** What both services need to know about Postgres. */
@NullMarked
package org.memoryqueue.database;

import org.jspecify.annotations.NullMarked;
