/** The connection to Postgres, as the deployment's variables describe it. */
@NullMarked
package org.memoryqueue.database;

import org.jspecify.annotations.NullMarked;
