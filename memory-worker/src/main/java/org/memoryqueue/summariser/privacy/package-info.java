/**
 * Masks personal data before a transcript leaves the process, and puts it back into what comes of it.
 *
 * <p>Each {@code Detector} reads a text once, from left to right, with a bounded look at what is around: the time is linear in
 * its length, whatever it says. {@code PersonalData} settles where they overlap, {@code Placeholders} replaces and restores.
 */
@NullMarked
package org.memoryqueue.summariser.privacy;

import org.jspecify.annotations.NullMarked;
