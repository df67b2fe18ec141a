/** Moving from the old system: the statements of docs/migrate, run against tables of its shape. */
@NullMarked
package org.memoryqueue.migrate;

import org.jspecify.annotations.NullMarked;
