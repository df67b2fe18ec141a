/** Errors as problem details (RFC 9457), with the short text that the frontend shows. */
@NullMarked
package org.memoryqueue.api.problem;

import org.jspecify.annotations.NullMarked;
