/** What tests build on: real servers, fresh databases, the beans of this module, and made-up conversations. */
@NullMarked
package org.memoryqueue.testing;

import org.jspecify.annotations.NullMarked;
