package org.memoryqueue.benchmarks.quality;

import java.io.PrintStream;
import java.util.Locale;

/** A report in Markdown, which remembers whether all that must hold does. */
final class Table {

    private final PrintStream out;
    private boolean failed;

    Table(PrintStream out) {
        this.out = out;
    }

    boolean hasFailed() {
        return failed;
    }

    void title(String title) {
        out.printf("%n## %s%n%n", title);
    }

    void header(String... columns) {
        row(columns);
        out.println("|---".repeat(columns.length) + "|");
    }

    void row(String... columns) {
        out.println("| " + String.join(" | ", columns) + " |");
    }

    /** What is aimed at, for a cell, and whether it was met; the report fails when it was not. */
    String aim(String aim, boolean met) {
        failed |= !met;
        return aim + (met ? ", met" : ", MISSED");
    }

    /** A line of what must hold; the report fails when it does not. */
    void must(String what, boolean holds) {
        failed |= !holds;
        out.println("- " + what + ": " + (holds ? "yes" : "NO"));
    }

    static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    static String percent(double share) {
        return number(100 * share, 1) + " %";
    }
}
