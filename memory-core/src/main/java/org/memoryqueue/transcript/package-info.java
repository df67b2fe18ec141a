/** What was said in a tutoring session, as it was handed in. */
@NullMarked
package org.memoryqueue.transcript;

import org.jspecify.annotations.NullMarked;
