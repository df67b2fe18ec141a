/**
 * Fits the weights of the offline summariser's outcome model, and measures how good the summariser is, on labelled
 * tutoring dialogues that lie beside the project (docs/quality.md).
 */
@NullMarked
package org.memoryqueue.benchmarks.quality;

import org.jspecify.annotations.NullMarked;
