/** {@code ./run try}: hands in conversations as the chatbot would, and shows what the system makes of them. */
@NullMarked
package org.memoryqueue.local.tryout;

import org.jspecify.annotations.NullMarked;
