package org.memoryqueue.usage;

import java.time.LocalDate;

/**
 * What was used on one day.
 *
 * @param day a day of UTC, on the database's clock
 * @param usage by all workers together
 * @param budget what could have been, by the worker that wrote last
 */
public record DayOfUsage(LocalDate day, Usage usage, DailyBudget budget) {}
