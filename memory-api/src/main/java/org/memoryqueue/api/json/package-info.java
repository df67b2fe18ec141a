/** How JSON is read. */
@NullMarked
package org.memoryqueue.api.json;

import org.jspecify.annotations.NullMarked;
