package org.memoryqueue.api.memories;

import org.memoryqueue.erasure.Erased;

/**
 * What was erased.
 *
 * @param success always true
 * @param erased how much; zeros where nothing was held
 */
public record ErasureAnswer(boolean success, Erased erased) {

    static ErasureAnswer of(Erased erased) {
        return new ErasureAnswer(true, erased);
    }
}
