package org.memoryqueue.local.tryout;

import java.io.PrintStream;
import java.util.List;

/** A terminal, or a file, with lines of bounded width: labels on the left, text wrapped beside them. */
final class Paper {
    private static final int LABEL = 15;
    private static final int NARROWEST = 50;
    private static final int WIDEST = 110;

    private final PrintStream out;
    private final boolean terminal;
    private final int width;

    /** {@code columns} is the width of the terminal, or 0 when this is none or wants no colours. */
    Paper(PrintStream out, int columns) {
        this.out = out;
        this.terminal = columns > 0;
        this.width = columns > 0 ? Math.clamp(columns - 1L, NARROWEST, WIDEST) : 100;
    }

    boolean isTerminal() {
        return terminal;
    }

    void line(String text) {
        out.println(text);
    }

    void heading(String text, String remark) {
        out.println();
        out.println(bold(text) + "  " + dim(remark));
    }

    /** Replaces what was shown so before; to be used on a terminal only. */
    void passing(String text) {
        String cut = text.length() > width ? text.substring(0, width) : text;
        out.print("\r\u001b[K" + cut);
        out.flush();
    }

    /** Nothing is shown for an empty text. */
    void labelled(String label, String text) {
        if (text.isBlank()) {
            return;
        }
        String lead = label;
        for (String line : Wrapping.wrap(text, width - LABEL - 2)) {
            out.println("  " + dim(lead + " ".repeat(LABEL - lead.length())) + line);
            lead = "";
        }
    }

    /** One item a line; nothing is shown for an empty list. */
    void labelled(String label, List<String> items) {
        String lead = label;
        for (String item : items) {
            labelled(lead, "• " + item);
            lead = "";
        }
    }

    private String bold(String text) {
        return terminal ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    private String dim(String text) {
        return terminal ? "\u001b[2m" + text + "\u001b[0m" : text;
    }
}
