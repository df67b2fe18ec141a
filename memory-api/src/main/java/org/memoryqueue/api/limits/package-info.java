/** How much a caller may ask for, and how much the service takes on. */
@NullMarked
package org.memoryqueue.api.limits;

import org.jspecify.annotations.NullMarked;
