/** The learning profile: a fold over what each session showed. */
@NullMarked
package org.memoryqueue.profile;

import org.jspecify.annotations.NullMarked;
