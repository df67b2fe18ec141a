/**
 * Notices a transcript that tries to instruct whoever summarises it, and flags its memory. It never drops anything.
 *
 * <p>Each message is read in several ways (as it stands, with look-alike letters and digits put right, decoded where something
 * is encoded), and each reading is held against the rules of a resource and against what forged marks look like. All of it is
 * deterministic, and its time linear in the length of the text whatever it is made of: each look ahead or behind is bounded.
 */
@NullMarked
package org.memoryqueue.summariser.injection;

import org.jspecify.annotations.NullMarked;
