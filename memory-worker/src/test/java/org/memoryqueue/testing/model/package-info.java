/** A language model to test against, over real HTTP. */
@NullMarked
package org.memoryqueue.testing.model;

import org.jspecify.annotations.NullMarked;
