package org.memoryqueue.operator;

import java.util.List;
import java.util.Map;
import org.memoryqueue.testing.Stores;

/** Tells the records of what operators did from all else. */
final class Records {

    private Records() {}

    static long count(Stores stores) {
        return (long) stores.value("SELECT count(*) FROM memory.operator_action");
    }

    /** Every row of every other table. */
    static Map<String, List<String>> allElse(Stores stores) {
        Map<String, List<String>> contents = stores.everything();
        contents.remove("operator_action");
        return contents;
    }

    /** The newest record: what was done to what, and how much it changed. */
    static String newest(Stores stores) {
        return (String) stores.value("""
                SELECT concat_ws(' ', operator, action, job_id, filter, changed) FROM memory.operator_action
                 ORDER BY id DESC LIMIT 1
                """);
    }
}
