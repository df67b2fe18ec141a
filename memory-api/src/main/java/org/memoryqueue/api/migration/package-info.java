/** Bringing the schema up to date. */
@NullMarked
package org.memoryqueue.api.migration;

import org.jspecify.annotations.NullMarked;
