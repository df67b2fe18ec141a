package org.memoryqueue.api.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.operator.OperatorAction;
import org.memoryqueue.operator.Page;

/**
 * A page of what operators did.
 *
 * @param actions newest first
 * @param nextCursor where the next page starts; left out on the last page
 */
public record AuditPage(
        List<Entry> actions,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String nextCursor) {

    /**
     * One action.
     *
     * @param at epoch milliseconds
     * @param action a word of {@link org.memoryqueue.operator.Action}
     * @param jobId the job that it was done to, null where it was not one
     * @param filter what else it was done to: jobs by a filter, or a memory and the names of its fields; names no
     *     student
     * @param changed how much it changed; 0 when all was so already
     */
    public record Entry(
            String id,
            long at,
            String operator,
            String action,
            @Nullable String jobId,
            @Nullable Map<String, Object> filter,
            long changed) {

        static Entry of(OperatorAction action) {
            return new Entry(
                    String.valueOf(action.id()),
                    JobItem.millis(action.at()),
                    action.operator(),
                    action.action(),
                    action.jobId() == null ? null : String.valueOf(action.jobId()),
                    action.filter(),
                    action.changed());
        }
    }

    static AuditPage of(Page<OperatorAction> page) {
        return new AuditPage(
                page.items().stream().map(Entry::of).toList(),
                page.next().map(String::valueOf).orElse(null));
    }
}
